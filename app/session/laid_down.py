"""What the organisation lays down, for the pages of a proposal: they go on while the database does not answer."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from app.session.shared import store
from db import DatabaseNotReady, LaidDown

_KEY = "laid_down"


def laid_down() -> LaidDown | None:
    """The newest settings, or those of the last answer; None where nobody laid anything down."""
    with suppress(DatabaseNotReady):
        st.session_state[_KEY] = store().organisation.current()
    found = st.session_state.get(_KEY)
    return found if isinstance(found, LaidDown) and found.version else None
