"""Portfolio: all proposals, found, compared, started."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from app.charts.draw import chart
from app.exports.bulk import bulk_dialog
from app.exports.notes import portfolio_lines
from app.fields.words import plain, short, short_plain
from app.session.language import chosen_language
from app.session.navigation import go
from app.session.shared import store
from app.session.workspace import person
from app.views.parts.strip import badge
from db import Filters, Listed, Page
from scoping import DocumentRefused, Proposal, examples, read
from scoping.reports.figures import portfolio as portfolio_figure
from scoping.reports.portfolio import PORTFOLIO_FORMATS, render_portfolio
from scoping.text.languages import Language
from scoping.text.wording import compact_money, percent
from scoping.verdict import RECOMMENDATIONS

_SIZE = 10
_CHARTS_SIDE_BY_SIDE = 2
_PROBLEMS_SHOWN = 20
_WIDTHS = (2.9, 1.9, 1.1, 1.7, 0.75, 0.9, 1.4, 0.85)
_NUMERIC = {2, 3, 4, 5}
_SORTS = {
    "saved_at": "Last saved",
    "npv_mean": "Expected NPV",
    "feasibility_score": "Feasibility",
    "title": "Title",
}


def page() -> None:
    """The list, and how to add to it."""
    head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    head.title("Portfolio", anchor=False)
    with head.container(horizontal=True, width="content"):
        if st.button("New proposal", type="primary", icon=":material/add:"):
            _start_dialog()
    filters = _filters()
    found = store().list(filters, page=int(st.session_state.get("portfolio_page", 1)), size=_SIZE)
    if not found.total and filters == Filters():
        _welcome()
        return
    if not found.total:
        st.info("No proposal matches. Clear the search or the filters.", icon=":material/search_off:")
        return
    _table(found)
    _reports(filters)
    _chart(store().list(filters, size=200).rows)


def _filters() -> Filters:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Search", key="search", type="search", bind="query-params", icon=":material/search:", width=260
        )
        chosen = st.multiselect(
            "Verdict",
            list(RECOMMENDATIONS),
            format_func=RECOMMENDATIONS.__getitem__,
            key="verdict",
            placeholder="Any",
            width=230,
        )
        sort = st.selectbox("Sort by", list(_SORTS), format_func=_SORTS.__getitem__, key="sort", width=170)
        archived = st.toggle("Archived", key="archived")
    return Filters(
        text=text or "", recommendations=tuple(chosen), archived=archived, sort=sort, descending=sort != "title"
    )


def _welcome() -> None:
    with st.container(border=True):
        st.subheader("Is it worth building, and can it be built?", anchor=False)
        st.markdown(
            "Groundwork takes a team through the value and the feasibility of a machine-learning project before "
            "anyone builds it, and hands the sponsor a summary to sign. Start from an example to see how it works."
        )
        _examples("welcome")
        st.divider()
        _blank("welcome")


@st.dialog("New proposal", width="medium")
def _start_dialog() -> None:
    way = st.segmented_control(
        "Start from", ["An example", "Blank", "A JSON file"], default="An example", required=True, key="start_from"
    )
    if way == "An example":
        _examples("dialog")
    elif way == "Blank":
        _blank("dialog")
    else:
        _upload()


def _examples(place: str) -> None:
    for name in examples.NAMES:
        example = examples.load(name)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f"**{plain(example.title)}**")
                st.caption(short_plain(example.summary, 170))
            if st.button("Start from this", key=f"{place}:{name}", help=plain(example.title)):
                _open(example, f"example {name}")


def _blank(place: str) -> None:
    with st.form(f"blank:{place}", border=False):
        title = st.text_input("Title of a blank proposal", placeholder="What would the system do, and for whom?")
        if st.form_submit_button("Create blank proposal", type="primary"):
            if title.strip():
                _open(read({"title": title.strip()}), "blank")
            st.error("Title: give the proposal a name; you can change it later.")


def _upload() -> None:
    file = st.file_uploader("Proposal document", type="json", key="upload")
    if file is None:
        st.caption("A JSON file that Groundwork exported, or one that follows its JSON Schema (see Settings).")
        return
    try:
        proposal = read(file.getvalue())
    except DocumentRefused as refused:
        st.error("Nothing was imported. Mend these places and try again:", icon=":material/error:")
        st.markdown("\n".join(f"- {plain(str(problem))}" for problem in refused.problems[:_PROBLEMS_SHOWN]))
        if len(refused.problems) > _PROBLEMS_SHOWN:
            st.caption(f"The first {_PROBLEMS_SHOWN} of {len(refused.problems):,}.")
        return
    st.markdown(f"**{short_plain(proposal.title)}**")
    if st.button("Import", type="primary"):
        _open(proposal, "import")


def _open(proposal: Proposal, origin: str) -> None:
    saved = store().create(proposal, person(), origin)
    go("proposal", proposal=saved.id)


def _table(found: Page[Listed]) -> None:
    heads = ("Proposal", "Verdict", "Expected NPV", "P10 to P90", "Loss", "Feasibility", "Decision", "")
    with st.container(border=True, gap="small"):
        for index, (column, head) in enumerate(zip(st.columns(_WIDTHS), heads, strict=True)):
            column.caption(head, text_alignment="right" if index in _NUMERIC else "left")
        for row in found.rows:
            _row(row)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(f"{found.total:,} proposal{'' if found.total == 1 else 's'}")
        if found.pages > 1:
            st.pagination(found.pages, key="portfolio_page")


def _reports(filters: Filters) -> None:
    """The whole list as it is filtered, in each format of the portfolio report."""
    with st.container(horizontal=True):
        if st.button(
            "Summaries as ZIP",
            icon=":material/folder_zip:",
            type="tertiary",
            help="The summary of every proposal in this list, in the formats that you choose",
        ):
            bulk_dialog(filters)
        for each in PORTFOLIO_FORMATS.values():
            st.download_button(
                each.title,
                data=partial(_report, filters, each.name, chosen_language()),
                file_name=f"groundwork-portfolio.{each.name}",
                mime=each.media_type,
                key=f"report:{each.name}",
                icon=":material/download:",
                on_click="ignore",
                type="tertiary",
            )


def _report(filters: Filters, name: str, language: Language) -> bytes:
    return render_portfolio(portfolio_lines(store(), filters), name, language)


def _row(row: Listed) -> None:
    columns = st.columns(_WIDTHS, vertical_alignment="center")
    with columns[0], st.container(gap=None):
        if st.button(
            short_plain(row.title, 46), key=f"open:{row.id}", type="tertiary", help=short_plain(row.title, 200)
        ):
            go("proposal", proposal=row.id)
        about = (short(row.team, 28), f"{row.saved_at:%d %b %Y %H:%M} UTC")
        st.caption(plain(" · ".join(filter(None, about))))
    with columns[1]:
        badge(row.recommendation, RECOMMENDATIONS[row.recommendation])
    columns[2].markdown(f"**{plain(_money(row.npv_mean, row.currency))}**", text_alignment="right")
    spread = (
        f"{_money(row.npv_p10, row.currency)} to {_money(row.npv_p90, row.currency)}"
        if row.npv_p10 is not None
        else "—"
    )
    columns[3].markdown(plain(spread), text_alignment="right")
    columns[4].markdown(_share(row.probability_of_loss), text_alignment="right")
    columns[5].markdown(_share(row.feasibility_score), text_alignment="right")
    with columns[6]:
        if row.decision:
            badge(row.decision, RECOMMENDATIONS[row.decision])
        else:
            st.caption("None yet")
    with columns[7]:
        _menu(row)


def _menu(row: Listed) -> None:
    actions = ["Review", "Duplicate", "Restore" if row.archived else "Archive"]
    chosen = st.menu_button("More", actions, key=f"menu:{row.id}", type="tertiary", help="Review, duplicate, archive")
    if chosen == "Review":
        go("review", proposal=row.id)
    elif chosen == "Duplicate":
        go("proposal", proposal=store().duplicate(row.id, person()).id)
    elif chosen == "Archive":
        store().archive(row.id, person())
        st.rerun()
    elif chosen == "Restore":
        store().restore(row.id, person())
        st.rerun()


def _money(amount: float | None, currency: str) -> str:
    return "—" if amount is None else compact_money(amount, currency)


def _share(share: float | None) -> str:
    return "—" if share is None else plain(percent(share))


def _chart(rows: Sequence[Listed]) -> None:
    """Value against feasibility, one chart for each currency: amounts in two currencies do not compare."""
    with st.grid(_CHARTS_SIDE_BY_SIDE, min_column_width=480, gap="medium") as grid:
        _charts(rows, grid)


def _charts(rows: Sequence[Listed], grid: Any) -> None:
    for currency in dict.fromkeys(row.currency for row in rows):
        known = [
            (row.title, row.feasibility_score, row.npv_mean, row.recommendation)
            for row in rows
            if row.currency == currency and row.npv_mean is not None and row.feasibility_score is not None
        ]
        if known:
            with grid.cell():
                chart(portfolio_figure(known, currency), f"portfolio:{currency}")
