"""Who is at the screen: asked once, beside the work, when something has been saved under no name."""

from __future__ import annotations

import streamlit as st

from app.session.browser import remember, remembered
from app.session.language import tell
from app.session.person import person, set_person
from app.session.remembered import held, text_of
from app.session.workspace import Workspace

_KEY = "who"
_ASKED = "asked"
_YES = "yes"
_WIDTH = 260


def ask_who(workspace: Workspace) -> None:
    """One line that can be answered, put away or left alone."""
    if person() or not _has_saved_something(workspace) or remembered(_ASKED, len(_YES)) == _YES:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            tell("Your name, to stand beside what you save"),
            text_of(_KEY),
            key=_KEY,
            width=_WIDTH,
            on_change=lambda: set_person(str(held(_KEY) or "")),
        )
        st.button(tell("Not now"), type="tertiary", key="who_later", on_click=remember, args=(_ASKED, _YES))


def name_field(key: str, about: str) -> None:
    """The name that somebody types where nobody signs in, on a page that cannot do without one."""
    st.session_state.setdefault(key, person())
    st.text_input(
        tell("Your name"),
        text_of(key),
        key=key,
        width=_WIDTH,
        help=tell(about),
        on_change=lambda: set_person(str(held(key) or "")),
    )


def _has_saved_something(workspace: Workspace) -> bool:
    """True where this session saw the proposal in an older version, and the newer one bears no name."""
    first = st.session_state.setdefault(f"{_KEY}:{workspace.id}", workspace.saved.version)
    return workspace.saved.version > first and not workspace.saved.saved_by
