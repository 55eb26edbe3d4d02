"""Choose: which proposals fit under limits of money and people, and are worth most together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from app.choosing.pool import MOST, pool_of, rows_of
from app.choosing.standing import apart, apart_told, has_real_ones, still_open
from app.fields.words import plain, short
from app.session import address
from app.session.language import tell, told
from app.session.navigation import Page, link
from app.session.shared import store
from app.views.parts.choose_compare import compare
from app.views.parts.choose_fields import title_of
from app.views.parts.choose_limits import limits
from app.views.parts.choose_result import head_of, told_result
from app.views.parts.choose_saved import one_scenario, saved_scenarios
from app.views.parts.choose_saving import keep
from app.views.parts.choose_valuing import are_valued
from app.views.parts.label_filters import own_filters, tag_filter
from app.views.parts.stage import stage_title
from app.views.parts.tabs import tabs
from app.views.parts.whose import is_demo_shown
from db import Filters, Listed
from scoping.text.languages import listed, message
from scoping.vocabulary import Stage

_PART = "part"
_ONLY = "only"
_SHORT = 60


def draw() -> None:
    """One saved scenario where the address names it; otherwise the choice, the saved ones, or some side by side."""
    st.title(tell("Choose among proposals"), anchor=False)
    if identity := address.text("scenario"):
        one_scenario(identity)
        return
    st.caption(
        tell(
            "You have more good proposals than money and people: this finds the ones that fit under your limits and are worth most together, tells what is left and why, and keeps the choice so that it can be approved."
        )
    )
    titles = {name: told(title) for name, (title, _) in _PARTS.items()}
    part = tabs(tell("Part of the page"), _PART, titles, lambda chosen: address.put(_PART, [chosen]))
    _PARTS[part][1]()


def _choose() -> None:
    if store().is_empty():
        st.info(
            tell("There is no proposal yet. Begin with one in the portfolio, or with an example there."),
            icon=":material/grid_view:",
        )
        link("portfolio", tell("Go to the portfolio"), ":material/grid_view:")
        return
    filters, only, rows = _among()
    if not rows:
        st.info(tell("No proposal matches. Clear the search or the filters."), icon=":material/search_off:")
        return
    if not are_valued(rows):
        return
    pool = pool_of(store(), rows, filters.display)
    st.caption(head_of(pool))
    limits(pool, is_demo=bool(filters.demo))
    found = told_result(pool)
    if found is not None:
        keep(pool, found, filtered=bool(only) or filters != _unfiltered(filters))


def _unfiltered(filters: Filters) -> Filters:
    """What is chosen among where nobody filters: the demo portfolio is never meant by itself."""
    return Filters(display=filters.display, demo=None if filters.demo else filters.demo)


def _among() -> tuple[Filters, list[str], dict[str, Listed]]:
    """Among which proposals: the filters and picks, which all stand in the address, and what they leave."""
    display = store().rates.display_currency()
    is_demo = is_demo_shown(tell("Whose proposals"), lambda: has_real_ones(store()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = address.search_field("search", tell("Search"), 240)
        teams = _several("team", tell("Team"), store().teams(is_demo), {})
        stages = _several("stage", tell("Stage"), [*Stage], {each: stage_title(each) for each in Stage})
        filters = Filters(
            text=text, teams=tuple(teams), stages=tuple(map(Stage, stages)), display=display, demo=is_demo,
            tags=tag_filter(is_demo), own=own_filters(),
        )  # fmt: skip
        rows = _rows(filters)
        titles = {name: row.title for name, row in rows.items()}
        only = _several(_ONLY, title_of("proposals"), list(titles)[:MOST], titles, 300)
    _without_rate(rows)
    _apart(filters)
    return filters, only, {name: row for name, row in rows.items() if not only or name in only}


def _rows(filters: Filters) -> dict[str, Listed]:
    """Those that are still open to choice; where the address picks others, they can be picked too."""
    rows = rows_of(store(), still_open(filters))
    if {*st.query_params.get_all(_ONLY)} - {*rows}:
        wider = replace(filters, stages=filters.stages or tuple(Stage))
        others = {} if filters.demo is None else rows_of(store(), replace(wider, demo=not filters.demo))
        return others | rows_of(store(), wider) | rows
    return rows


def _apart(filters: Filters) -> None:
    """How many stand apart, why, and how they are counted all the same."""
    if found := apart(store(), filters):
        st.caption(plain(told(apart_told(found)) + " " + tell("Pick their stage to count them all the same.")))


def _several(name: str, label: str, options: Sequence[str], titles: Mapping[str, str], width: int = 170) -> list[str]:
    return address.several_field(
        name, label, options, lambda each: short(titles.get(each, each), _SHORT), tell("Any"), width
    )


def _without_rate(rows: Mapping[str, Listed]) -> None:
    """Which of their currencies nobody gave a rate for: those proposals do not count."""
    missing = sorted({row.currency for row in rows.values() if row.rate is None})
    if missing:
        with st.container(horizontal=True, vertical_alignment="center"):
            names = plain(told(listed(missing)))
            st.caption(tell("No rate for {currencies}: those proposals are not counted.", currencies=names))
            link("settings", tell("Rates"), ":material/currency_exchange:")


_PARTS: Mapping[str, tuple[str, Callable[[], None]]] = {
    "set": (message("Choose"), _choose),
    "saved": (message("Saved scenarios"), saved_scenarios),
    "compare": (message("Compare"), compare),
}

PAGE = Page(
    url="choose",
    title=message("Choose"),
    icon=":material/checklist:",
    help=message("Which proposals fit under limits of money and people, and are worth most together."),
    place=17,
    draw=draw,
)
