"""Which alternative a step is about."""

from __future__ import annotations

import streamlit as st

from app.fields.words import short_plain
from app.session.workspace import Workspace

_KEY = "chosen_alternative"


def choose_alternative(workspace: Workspace) -> int | None:
    """A row of alternatives to choose from; returns the index of the chosen one."""
    count = len(workspace.proposal.alternatives)
    if not count:
        return None
    names = [
        short_plain(each.name, 36) or f"Alternative {index + 1}"
        for index, each in enumerate(workspace.proposal.alternatives)
    ]
    wanted = st.session_state.get(_KEY, 0)
    key = workspace.key(f"alternative:{count}")
    if key not in st.session_state:
        st.session_state[key] = wanted if wanted < count else count - 1
    chosen = st.segmented_control(
        "Alternative",
        range(count),
        format_func=names.__getitem__,
        key=key,
        default=st.session_state[key],
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    st.session_state[_KEY] = chosen
    return int(chosen)


def show_alternative(index: int) -> None:
    """Choose an alternative on the next run."""
    st.session_state[_KEY] = index
