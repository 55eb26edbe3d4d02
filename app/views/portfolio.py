"""Portfolio: all proposals, found, compared, started."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from app.charts.draw import chart
from app.exports.bulk import bulk_dialog
from app.exports.notes import portfolio_lines
from app.fields.words import plain, short, short_plain
from app.session.language import chosen_language
from app.session.navigation import Page, go
from app.session.shared import store
from app.session.workspace import person
from app.views.parts.badge import badge
from app.views.parts.new_proposal import start_dialog, welcome
from db import Filters, Listed
from db import Page as ListPage
from scoping.reports.figures import portfolio as portfolio_figure
from scoping.reports.portfolio import PORTFOLIO_FORMATS, render_portfolio
from scoping.text.languages import Language
from scoping.text.wording import compact_money, percent
from scoping.verdict import RECOMMENDATIONS, called
from scoping.vocabulary import Recommendation

_SIZE = 10
_CHARTS_SIDE_BY_SIDE = 2
_CHARTED = 200
_NOTHING = "—"
_WIDTHS = (2.9, 1.9, 1.1, 1.7, 0.75, 0.9, 1.4, 0.85)
_NUMERIC = {2, 3, 4, 5}
_SORTS = {
    "saved_at": "Last saved",
    "npv_mean": "Expected NPV",
    "feasibility_score": "Feasibility",
    "title": "Title",
}


def draw() -> None:
    """The list, and how to add to it."""
    head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    head.title("Portfolio", anchor=False)
    with head.container(horizontal=True, width="content"):
        if st.button("New proposal", type="primary", icon=":material/add:"):
            start_dialog()
    filters = _filters()
    found = store().list(filters, page=int(st.session_state.get("portfolio_page", 1)), size=_SIZE)
    if not found.total and filters == Filters():
        welcome()
        return
    if not found.total:
        st.info("No proposal matches. Clear the search or the filters.", icon=":material/search_off:")
        return
    _table(found)
    _reports(filters)
    _chart(store().list(filters, size=_CHARTED).rows)


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
        text=text or "",
        recommendations=tuple(map(Recommendation, chosen)),
        archived=archived,
        sort=sort,
        descending=sort != "title",
    )


def _table(found: ListPage[Listed]) -> None:
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
        badge(row.recommendation, called(row.recommendation, has_figures=row.npv_mean is not None))
    columns[2].markdown(f"**{plain(_money(row.npv_mean, row.currency))}**", text_alignment="right")
    spread = (
        f"{_money(row.npv_p10, row.currency)} to {_money(row.npv_p90, row.currency)}"
        if row.npv_p10 is not None
        else _NOTHING
    )
    columns[3].markdown(plain(spread), text_alignment="right")
    columns[4].markdown(_share(row.probability_of_loss), text_alignment="right")
    columns[5].markdown(_share(row.feasibility_score), text_alignment="right")
    with columns[6]:
        if row.decision:
            badge(row.decision)
        else:
            st.caption("None yet")
    with columns[7]:
        _menu(row)


def _menu(row: Listed) -> None:
    actions: dict[str, Callable[[Listed], None]] = {
        "Review": _review,
        "Duplicate": _duplicate,
        **({"Restore": _restore} if row.archived else {"Archive": _archive}),
    }
    chosen = st.menu_button(
        "More", list(actions), key=f"menu:{row.id}", type="tertiary", help="Review, duplicate, archive"
    )
    if chosen:
        actions[chosen](row)


def _review(row: Listed) -> None:
    go("review", proposal=row.id)


def _duplicate(row: Listed) -> None:
    go("proposal", proposal=store().duplicate(row.id, person()).id)


def _archive(row: Listed) -> None:
    store().archive(row.id, person())
    st.rerun()


def _restore(row: Listed) -> None:
    store().restore(row.id, person())
    st.rerun()


def _money(amount: float | None, currency: str) -> str:
    return _NOTHING if amount is None else compact_money(amount, currency)


def _share(share: float | None) -> str:
    return _NOTHING if share is None else plain(percent(share))


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


PAGE = Page(
    url="portfolio",
    title="Portfolio",
    icon=":material/grid_view:",
    help="All proposals: find, compare, start a new one.",
    place=10,
    draw=draw,
)
