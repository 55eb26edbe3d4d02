"""The pages, and going from one to another with the proposal in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from app.registry import declared
from app.session.browser import is_narrow
from app.session.language import chosen_language, tell, told
from app.session.shared import store
from db import Waits
from scoping import GroundworkError
from scoping.text.languages import message

_KEY, _WAITS = "pages", "waits"
_MORE = message("More")


@dataclass(frozen=True)
class Page:
    """One page: its address, what the menu says of it, its place there, and what draws it.

    A page that is about what was chosen on another one need not stand in the menu. `waits` says how many of all that
    waits do so there: the menu tells the number, where there are any. What is needed seldom may stand under one entry
    with others (`under_more`). The page in the first place is the one that opens without an address.
    """

    url: str
    title: str
    icon: str
    help: str
    place: int
    draw: Callable[[], None]
    in_menu: bool = True
    waits: Callable[[Waits], int] | None = None
    under_more: bool = False


def pages() -> tuple[Page, ...]:
    """Every page, in the order of the menu."""
    return declared("app.views", "PAGE", Page)


def begin(*, menu: bool = True) -> st.Page:
    """Show the menu, and make the pages known for this run; returns the one that the address names."""
    known, waiting = pages(), _asked() if menu else Waits()
    st.session_state[_WAITS] = waiting
    shown = {page.url: _shown(page, page.waits(waiting) if page.waits else 0, first=page is known[0]) for page in known}
    st.session_state[_KEY] = shown
    listed = _in_sections(known, shown) if _is_short_of_room() else [*shown.values()]
    return st.navigation(listed, position="top" if menu else "hidden")


def _is_short_of_room() -> bool:
    """Other languages are longer than English, and what has no room stands under a word of the framework's, in English.

    A phone lists all pages one below the other.
    """
    return chosen_language().locale.language != "en" and not is_narrow()


def _in_sections(known: Sequence[Page], shown: Mapping[str, st.Page]) -> dict[str, list[st.Page]]:
    """What the menu lists by itself, and what stands under one word of ours."""
    found: dict[str, list[st.Page]] = {}
    for page in known:
        found.setdefault(told(_MORE) if page.under_more else "", []).append(shown[page.url])
    return found


def what_waits() -> Waits:
    """What waits, as this run's menu tells it: asked once for the whole page."""
    found: Waits = st.session_state.get(_WAITS, Waits())
    return found


def _asked() -> Waits:
    """None are told while the database does not answer."""
    try:
        return store().inbox.waits()
    except GroundworkError:
        return Waits()


def _shown(page: Page, waiting: int, *, first: bool) -> st.Page:
    return st.Page(
        page.draw,
        title=f"{told(page.title)} ({waiting})" if waiting else told(page.title),
        icon=page.icon,
        url_path=page.url,
        default=first,
        help=told(page.help),
        visibility="visible" if page.in_menu else "hidden",
    )


def go(page: str, **address: str) -> NoReturn:
    """Show another page; `address` goes into the link, so that it can be shared."""
    st.switch_page(st.session_state[_KEY][page], query_params=address)


def link(page: str, label: str, icon: str, *, disabled: bool = False, **address: str | list[str]) -> None:
    """A link to another page."""
    st.page_link(st.session_state[_KEY][page], label=label, icon=icon, query_params=address, disabled=disabled)


def choose_first() -> None:
    """What a page about one proposal says when none is open."""
    st.info(tell("Choose a proposal in the portfolio, or start a new one there."), icon=":material/arrow_back:")
    link("portfolio", tell("Go to the portfolio"), ":material/grid_view:")
