"""The name of who is at the screen."""

from __future__ import annotations

import streamlit as st

from app.session.browser import remember, remembered
from app.session.shared import store

_NAME = "person"
_LONGEST_NAME = 80


def person() -> str:
    """Who is at the screen: by the sign-in, or else by the name given here, or in this browser before."""
    signed_in = store().person
    if signed_in.is_signed_in:
        return signed_in.label
    given = st.session_state.to_dict().get(_NAME)
    return remembered("name", _LONGEST_NAME) if given is None else str(given)


def set_person(name: str) -> None:
    """Remember who is at the screen, in this browser."""
    st.session_state[_NAME] = " ".join(name.split())[:_LONGEST_NAME]
    remember("name", st.session_state[_NAME])
