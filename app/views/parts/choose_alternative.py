"""Which alternative a step is about."""

from __future__ import annotations

import streamlit as st

from app.fields.words import short_plain
from app.session.language import tell
from app.session.workspace import Workspace
from app.views.parts.tabs import one_of

_KEY = "chosen_alternative"


def choose_alternative(workspace: Workspace) -> int | None:
    """A row of alternatives to choose from; returns the index of the chosen one."""
    if not workspace.proposal.alternatives:
        return None
    names = [
        short_plain(each.name, 36) or tell("Alternative {number}", number=str(index + 1))
        for index, each in enumerate(workspace.proposal.alternatives)
    ]
    chosen = one_of(tell("Alternative"), names, _widget_key(workspace), int(st.session_state.get(_KEY, 0)))
    st.session_state[_KEY] = chosen
    return chosen


def show_alternative(index: int, workspace: Workspace | None = None) -> None:
    """Choose an alternative on the next run, or, of a workspace whose alternatives stay the same, on this one."""
    st.session_state[_KEY] = index
    if workspace is not None:
        st.session_state[_widget_key(workspace)] = index


def _widget_key(workspace: Workspace) -> str:
    return workspace.key(f"alternative:{len(workspace.proposal.alternatives)}")
