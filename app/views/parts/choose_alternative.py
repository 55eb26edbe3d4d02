"""Which alternative a step is about."""

from __future__ import annotations

import streamlit as st

from app.fields.words import short_plain
from app.session.language import tell
from app.session.workspace import Workspace
from app.views.parts.tabs import picked

_KEY = "chosen_alternative"


def choose_alternative(workspace: Workspace) -> int | None:
    """A row of alternatives to choose from; returns the index of the chosen one."""
    count = len(workspace.proposal.alternatives)
    if not count:
        return None
    names = [
        short_plain(each.name, 36) or tell("Alternative {number}", number=str(index + 1))
        for index, each in enumerate(workspace.proposal.alternatives)
    ]
    wanted = st.session_state.get(_KEY, 0)
    key = _widget_key(workspace)
    if key not in st.session_state:
        st.session_state[key] = wanted if wanted < count else count - 1
    shown = int(st.session_state[key])
    chosen = st.segmented_control(
        tell("Alternative"),
        range(count),
        format_func=lambda each: picked(names[each]) if each == shown else names[each],
        key=key,
        default=shown,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    st.session_state[_KEY] = chosen
    return int(chosen)


def show_alternative(index: int, workspace: Workspace | None = None) -> None:
    """Choose an alternative on the next run, or, of a workspace whose alternatives stay the same, on this one."""
    st.session_state[_KEY] = index
    if workspace is not None:
        st.session_state[_widget_key(workspace)] = index


def _widget_key(workspace: Workspace) -> str:
    return workspace.key(f"alternative:{len(workspace.proposal.alternatives)}")
