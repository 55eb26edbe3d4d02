"""What the organisation lays down, for the pages of a proposal: they go on while the database does not answer."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from app.session.shared import store
from app.session.workspace import Workspace
from db import DatabaseNotReady, LaidDown

_KEY = "laid_down"


def laid_down(workspace: Workspace) -> LaidDown | None:
    """The newest settings, or those of the last answer; None where nobody laid anything down.

    Read when their version is another one than this session knows: a version never changes.
    """
    found = st.session_state.get(_KEY)
    with suppress(DatabaseNotReady):
        if not isinstance(found, LaidDown) or found.version != workspace.around().settings_version:
            found = st.session_state[_KEY] = store().organisation.current()
    return found if isinstance(found, LaidDown) and found.version else None
