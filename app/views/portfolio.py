"""Portfolio: all proposals, found, compared, started."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO

import streamlit as st

from app.choosing.standing import has_real_ones
from app.exports.bulk import bulk_dialog
from app.exports.notes import portfolio_report
from app.exports.offer import offer
from app.fields.words import plain, short, short_plain
from app.session import address
from app.session.language import chosen_language, tell, tell_count, told
from app.session.navigation import Page, go, link, what_waits
from app.session.person import person
from app.session.shared import store
from app.session.undoing import Done, keep_done, started
from app.views.parts.badge import badge, recommendation_title
from app.views.parts.demo import demo_note
from app.views.parts.label_filters import own_filters, tag_filter
from app.views.parts.new_proposal import start_dialog, welcome
from app.views.parts.notices import refusal
from app.views.parts.portfolio_chart import portfolio_charts
from app.views.parts.report_by_mail import report_by_mail
from app.views.parts.stage import stage_badge, stage_title
from app.views.parts.undo_bar import portfolio_undo_bar
from app.views.parts.whose import is_demo_shown
from db import NOT_DECIDED, Action, Filters, Listed
from db import Page as ListPage
from scoping import GroundworkError
from scoping.reports.comparison import FEWEST, MOST
from scoping.reports.portfolio import PORTFOLIO_FORMATS
from scoping.text.languages import Language, listed, message
from scoping.text.wording import amounts_in_list, day, money_in_list, number, percent_in_list
from scoping.verdict import called
from scoping.vocabulary import Recommendation, Stage

_SIZE = 10
_CHARTED = 200
_SOON_DAYS = 30
_DUE_DAYS = {"today": 0, "soon": _SOON_DAYS}
_SORTS = ("saved_at", "npv_mean", "feasibility_score", "title")
_TICKED = "ticked"


def draw() -> None:
    """The list, and how to add to it."""
    head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    head.title(tell("Portfolio"), anchor=False)
    with head.container(horizontal=True, width="content", vertical_alignment="center"):
        if store().may(Action.CREATE):
            link("propose", tell("Propose an idea"), ":material/lightbulb:")
            _start()
    with st.bottom:
        portfolio_undo_bar()
    demo_note()
    if store().is_empty():
        _nothing_yet()
        return
    waiting = what_waits().ideas
    filters = _filters(is_demo_shown(tell("Whose proposals"), lambda: has_real_ones(store())))
    _ideas(waiting)
    found = address.shown(lambda number: store().list(filters, page=number, size=_SIZE))
    if not found.total:
        _none_found(filters)
        return
    _currencies(filters)
    _table(found, filters)
    _reports(filters, found.total)
    portfolio_charts(store().first(filters, _CHARTED), filters.display)


def _none_found(filters: Filters) -> None:
    if replace(filters, display="", sort="saved_at", descending=True, demo=None) == Filters():
        st.info(tell("Nothing but ideas so far, or what is archived."), icon=":material/grid_view:")
    else:
        st.info(tell("No proposal matches. Clear the search or the filters."), icon=":material/search_off:")


def _nothing_yet() -> None:
    if store().may(Action.CREATE):
        welcome()
    else:
        st.info(tell("There is no proposal yet that you may see."), icon=":material/grid_view:")


def _start() -> None:
    if st.button(tell("New proposal"), type="primary", icon=":material/add:", key="new_proposal"):
        start_dialog()


def _ideas(waiting: int) -> None:
    """Ideas have a page of their own: they are listed here only where somebody asks for their stage."""
    if waiting:
        said = tell_count("{many} idea waits to be taken up", "{many} ideas wait to be taken up", waiting, many=number(waiting, 0))  # fmt: skip
        link("ideas", said, ":material/lightbulb:")


def _filters(is_demo: bool | None) -> Filters:
    """All of it stands in the address, so that a link shows the same list."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = address.search_field("search", tell("Search"), 240)
        verdicts = _several(tell("Verdict"), "verdict", [*Recommendation], recommendation_title)
        stages = _several(tell("Stage"), "stage", [*Stage], stage_title)
        decisions = _several(tell("Decision"), "decision", [*Recommendation, NOT_DECIDED], _decision_title)
        teams = _several(tell("Team"), "team", store().teams(is_demo), _as_it_is)
        owners = _several(tell("Owner"), "owner", store().owners(is_demo), _as_it_is)
        tags, own = tag_filter(is_demo), own_filters()
        due_by = _due_by()
        sort = address.word_field("sort", tell("Sort by"), _SORTS, _sort_title, default=_SORTS[0], width=170)
        archived = address.switch("archived", tell("Archived"))
    return Filters(
        text=text,
        recommendations=tuple(map(Recommendation, verdicts)),
        archived=archived,
        sort=sort or _SORTS[0],
        descending=sort != "title",
        decisions=tuple(decisions),
        teams=tuple(teams),
        owners=tuple(owners),
        due_by=due_by,
        display=store().rates.display_currency(),
        stages=tuple(map(Stage, stages)),
        demo=is_demo,
        tags=tags,
        own=own,
    )


def _several(label: str, key: str, options: Sequence[str], title: Callable[[str], str]) -> list[str]:
    return address.several_field(key, label, options, title, tell("Any"))


def _as_it_is(text: str) -> str:
    return short(text, 60)


def _decision_title(decision: str) -> str:
    return tell("None yet") if decision == NOT_DECIDED else recommendation_title(decision)


def _due_title(due: str) -> str:
    titles = {
        "today": tell("Due now"),
        "soon": tell("Within {days} days", days=str(_SOON_DAYS)),
        "day": tell("By a day"),
    }
    return titles[due]


def _due_by() -> date | None:
    """The last day of review that is looked for."""
    today, ways = store().today(), ("today", "soon", "day")
    due = address.word_field("due", tell("Due for review"), ways, _due_title, placeholder=tell("Any day"))
    if due == "day":
        return address.day_field("due_by", tell("Due by")) or today
    return today + timedelta(days=_DUE_DAYS[due]) if due in _DUE_DAYS else None


def _sort_title(sort: str) -> str:
    titles = {
        "saved_at": tell("Last saved"),
        "npv_mean": tell("Expected NPV"),
        "feasibility_score": tell("Feasibility"),
        "title": tell("Title"),
    }
    return titles[sort]


def _currencies(filters: Filters) -> None:
    """In which currency amounts compare, as of when, and which proposals stand apart."""
    known, missing = store().rates.current(), store().rates.without_rate()
    if not known and not missing:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        said = [tell("Amounts compare in {currency}.", currency=filters.display)]
        if known:
            oldest = min(rate.as_of for rate in known.values())
            said.append(tell("Rates as of {day} or later.", day=plain(told(day(oldest)))))
        if missing:
            names = plain(told(listed(missing)))
            said.append(tell("No rate for {currencies}: those proposals stand apart.", currencies=names))
        st.caption(" ".join(said))
        link("settings", tell("Rates"), ":material/currency_exchange:")


def _table(found: ListPage[Listed], filters: Filters) -> None:
    ticked = _ticked()
    for row in found.rows:
        _row(row, filters)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_how_many(found))
        address.pages(found.pages)
        _compare_link(len(ticked))


def _how_many(found: ListPage[Listed]) -> str:
    many = number(found.total, 0)
    if found.has_more:
        return tell("More than {many} proposals", many=many)
    return tell_count("{many} proposal", "{many} proposals", found.total, many=many)


def _ticked() -> dict[str, bool]:
    found: dict[str, bool] = st.session_state.setdefault(_TICKED, {})
    return found


def _compare_link(many: int) -> None:
    """Two to four proposals side by side; which ones stands in the address of the next page."""
    label = tell("Compare ({count} of {most} ticked)", count=str(many), most=str(MOST))
    if FEWEST <= many <= MOST:
        link("compare", label, ":material/compare_arrows:", ids=[*_ticked()])
    else:
        st.caption(label)


def _tick(identity: str, key: str) -> None:
    if st.session_state.to_dict()[key]:
        _ticked()[identity] = True
    else:
        _ticked().pop(identity, None)


def _reports(filters: Filters, total: int) -> None:
    """The whole list as it is filtered, in each format of the portfolio report."""
    with st.container(horizontal=True):
        if st.button(
            tell("Summaries as ZIP"),
            icon=":material/folder_zip:",
            type="tertiary",
            key="bulk",
            help=tell("The summary of every proposal in this list, in the formats that you choose"),
        ):
            bulk_dialog(filters)
        report_by_mail(filters, _DUE_DAYS.get(address.text("due")))
        for each in PORTFOLIO_FORMATS.values():
            if each.most is not None and total > each.most:
                st.caption(tell("{format}: up to {most} proposals", format=told(each.title), most=number(each.most, 0)))
                continue
            make = partial(_report, filters, each.name, chosen_language())
            name = f"groundwork-portfolio.{each.name}"
            offer(told(each.title), make, name, each.media_type, f"report:{each.name}")


def _report(filters: Filters, name: str, language: Language) -> bytes:
    target = BytesIO()
    portfolio_report(store(), name, target, language, filters)
    return target.getvalue()


def _row(row: Listed, filters: Filters) -> None:
    """One proposal as a card: every figure bears its label, on a phone as on a wide screen."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            with st.container(gap=None):
                link("review", f"**{short_plain(row.title, 90)}**", ":material/fact_check:", proposal=row.id)
                about = (short(row.team, 40), short(row.owner, 30), told(day(row.saved_at.date())))
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    stage_badge(row.stage)
                    st.caption(plain(" · ".join(filter(None, about))), width="content")
            with st.container(horizontal=True, width="content", vertical_alignment="center"):
                _comparing(row)
                link("proposal", tell("Edit"), ":material/edit_note:", proposal=row.id)
                _menu(row)
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            _figures(row, filters)


def _figures(row: Listed, filters: Filters) -> None:
    with st.container(width=190, gap=None):
        st.caption(tell("Verdict"))
        badge(row.recommendation, called(row.recommendation, has_figures=row.npv_mean is not None))
    own = row.currency
    mean, low, high = (told(amount) for amount in amounts_in_list((row.npv_mean, row.npv_p10, row.npv_p90), own))
    _figure(tell("Expected NPV"), [f"**{plain(mean)}**", _in_display(row, filters)], 150)
    spread = tell("{low} to {high}", low=low, high=high) if row.npv_p10 is not None else low
    _figure(tell("P10 to P90"), [plain(spread)], 190)
    _figure(tell("Chance of loss"), [plain(told(percent_in_list(row.probability_of_loss)))], 110)
    _figure(tell("Feasibility"), [plain(told(percent_in_list(row.feasibility_score)))], 90)
    with st.container(width=230, gap=None):
        _decision(row)


def _figure(label: str, values: Sequence[str], width: int) -> None:
    with st.container(width=width, gap=None):
        st.caption(label)
        for value in filter(None, values):
            st.markdown(value)


def _in_display(row: Listed, filters: Filters) -> str:
    """The amount in the currency in which the list compares, where that is another one."""
    if row.currency == filters.display or row.npv_mean is None:
        return ""
    if row.rate is None:
        return tell(":orange[no rate for {currency}]", currency=row.currency)
    return f"≈ {plain(told(money_in_list(row.converted(row.npv_mean), filters.display)))}"


def _decision(row: Listed) -> None:
    st.caption(tell("Decision"))
    if row.decision is None:
        st.markdown(tell("None yet"))
        return
    badge(row.decision)
    if row.decision_alternative:
        st.caption(short_plain(row.decision_alternative, 60))
    if row.review_on is not None:
        said = told(day(row.review_on))
        due = row.is_due(store().today())
        st.caption(tell(":red[Review due {day}]", day=said) if due else tell("Review on {day}", day=said))


def _comparing(row: Listed) -> None:
    key = f"tick:{row.id}"
    st.session_state[key] = row.id in _ticked()
    st.checkbox(
        tell("Compare"),
        value=row.id in _ticked(),
        key=key,
        on_change=_tick,
        args=(row.id, key),
        width="content",
    )


def _menu(row: Listed) -> None:
    actions: dict[str, Callable[[Listed], None]] = {
        tell("Review"): _review,
        tell("History"): _history,
        tell("Duplicate"): _duplicate,
        **({tell("Restore"): _restore} if row.archived else {tell("Archive"): _archive}),
    }
    if not store().may(Action.CREATE):
        actions = {name: act for name, act in actions.items() if act in (_review, _history)}
    chosen = st.menu_button(
        tell("More"), list(actions), key=f"menu:{row.id}", type="tertiary", help=tell("Review, history, duplicate, archive")
    )  # fmt: skip
    if chosen:
        actions[chosen](row)


def _review(row: Listed) -> None:
    go("review", proposal=row.id)


def _history(row: Listed) -> None:
    go("history", proposal=row.id)


def _is_done(act: Callable[[], None]) -> bool:
    """Whether it could be done; otherwise the reason is told."""
    try:
        act()
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return False
    return True


def _duplicate(row: Listed) -> None:
    copy = store().duplicate(row.id, person())
    started(copy, tell("“{title}” was duplicated; this is the copy.", title=short(row.title, 60)))
    go("proposal", proposal=copy.id)


def _archive(row: Listed) -> None:
    if not _is_done(lambda: store().archive(row.id, person())):
        return
    keep_done(Done(tell("“{title}” is in the archive now.", title=short(row.title, 60)), row.id, "restore"))
    st.rerun()


def _restore(row: Listed) -> None:
    if not _is_done(lambda: store().restore(row.id, person())):
        return
    keep_done(Done(tell("“{title}” is back in the list.", title=short(row.title, 60)), row.id, "archive"))
    st.rerun()


PAGE = Page(
    url="portfolio",
    title=message("Portfolio"),
    icon=":material/grid_view:",
    help=message("All proposals: find, compare, start a new one."),
    place=10,
    draw=draw,
)
