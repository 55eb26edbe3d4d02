"""Going from page to page, with the proposal in the address."""

from __future__ import annotations

from typing import Any, NoReturn

import streamlit as st

_KEY = "pages"


def register(pages: dict[str, Any]) -> None:
    """Make the app's pages known for this run."""
    st.session_state[_KEY] = pages


def go(page: str, **address: str) -> NoReturn:
    """Show another page; `address` goes into the link, so that it can be shared."""
    st.switch_page(st.session_state[_KEY][page], query_params=address)


def link(page: str, label: str, icon: str, **address: str) -> None:
    """A link to another page."""
    st.page_link(st.session_state[_KEY][page], label=label, icon=icon, query_params=address)


def choose_first() -> None:
    """What a page about one proposal says when none is open."""
    st.info("Choose a proposal in the portfolio, or start a new one there.", icon=":material/arrow_back:")
    link("portfolio", "Go to the portfolio", ":material/grid_view:")
