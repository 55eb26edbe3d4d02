"""A text that is being written and belongs to no field of the document: kept as the person's draft until it is sent."""

from __future__ import annotations

import streamlit as st

from app.session.remembered import held, text_of
from app.session.workspace import Workspace
from db import WORDS


def unfinished_text(workspace: Workspace, name: str, label: str, placeholder: str = "", height: int = 90) -> str:
    """A box for it. No reload, page or newer version loses what is in it."""
    path, key = f"{WORDS}{name}", box_of(workspace, name)
    draft = workspace.drafts.get(path)
    st.session_state.setdefault(key, draft.text if draft else "")
    written: str = st.text_area(
        label,
        text_of(key),
        key=key,
        height=height,
        placeholder=placeholder,
        on_change=_keep,
        args=(workspace, path, key),
    )
    return written


def sent(workspace: Workspace, name: str) -> None:
    """It was taken: the box is empty from now on."""
    workspace.forget(f"{WORDS}{name}")
    times = _times(workspace, name)
    st.session_state[times] = int(st.session_state.get(times, 0)) + 1


def _keep(workspace: Workspace, path: str, key: str) -> None:
    typed = str(held(key) or "")
    if typed:
        workspace.keep_unfinished(path, typed)
    else:
        workspace.forget(path)


def box_of(workspace: Workspace, name: str) -> str:
    """The key of the box: what it holds is read there by a callback."""
    elsewhere = workspace.replaced.get(f"{WORDS}{name}", 0)
    times = st.session_state.get(_times(workspace, name), 0)
    return f"{WORDS}{workspace.id}:{workspace.number}.{times}.{elsewhere}:{name}"


def _times(workspace: Workspace, name: str) -> str:
    """Where the session keeps how many were sent."""
    return f"sent:{workspace.id}:{name}"
