"""What was just taken out, with a button that brings it back. It stays until the next act."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain
from app.session.language import tell
from app.session.navigation import go
from app.session.person import person
from app.session.together import named_fields
from app.session.undoing import done_last, keep_done
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from db import DatabaseNotReady
from scoping import GroundworkError


def undo_bar(workspace: Workspace) -> None:
    """On the pages of one proposal: what this session took out of it last, or that it was just started."""
    started = done_last()
    if started is not None and started.proposal == workspace.id and workspace.last is None:
        if bar(started.said):
            started.take_back(person())
            keep_done(None)
            st.toast(tell("Taken back. It is kept in the archive."), icon=":material/undo:")
            go("portfolio")
        return
    said = _said(workspace)
    if said and bar(said):
        _undo(workspace)


def _said(workspace: Workspace) -> str:
    """What there is to bring back; nothing where nothing was lost."""
    if workspace.last is None:
        return ""
    lost = workspace.last.lost
    return workspace.last.said or (tell("Taken out: {fields}.", fields=named_fields(lost)) if lost else "")


def portfolio_undo_bar() -> None:
    """On the portfolio: what this session did last with a whole proposal."""
    done = done_last()
    if done is not None and bar(done.said):
        done.take_back(person())
        keep_done(None)
        st.rerun()


def bar(said: str) -> bool:
    """What was done, and a button that takes it back: true where it was pressed.

    It belongs at the bottom, in sight wherever the page was scrolled to: what was taken out may have stood at its end.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/info: {plain(said)}", width="content")
        return st.button(tell("Undo"), key="undo", icon=":material/undo:", type="tertiary")


def _undo(workspace: Workspace) -> None:
    try:
        workspace.undo()
    except GroundworkError as refused:
        if not isinstance(refused, DatabaseNotReady):
            workspace.last = None
        st.warning(refusal(refused), icon=":material/undo:")
        return
    st.toast(tell("Taken back"), icon=":material/undo:")
    st.rerun()
