"""Two people saved the same proposal: both versions, field by field, and the person chooses."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.workspace import Conflict, Workspace
from scoping import DocumentRefused, read, to_dict
from scoping.document.paths import value_at, with_value
from scoping.text.labels import label_of


class _Side(StrEnum):
    MINE = "Mine"
    THEIRS = "Theirs"


def conflict_panel(workspace: Workspace) -> None:
    """Show both versions and save the chosen one. Nothing is lost until the person has chosen."""
    conflict = workspace.conflict
    assert conflict is not None
    who = short_plain(conflict.theirs.saved_by or "Someone else", 40)
    st.warning(
        f"{who} saved version {conflict.theirs.version} while you were editing. Your change is not saved yet; "
        "nothing of theirs was overwritten. Choose for each field which version stands.",
        title="Two versions of this proposal",
        icon=":material/call_split:",
    )
    mine, theirs, base = (to_dict(each) for each in (conflict.mine, conflict.theirs.proposal, conflict.base))
    chosen = {path: _choice(workspace, conflict, path, mine, theirs, base) for path in conflict.changed}
    with st.container(horizontal=True):
        save = st.button("Save the chosen version", type="primary", icon=":material/save:")
        take_theirs = st.button("Take all of theirs")
    if save or take_theirs:
        merged = theirs
        for path, side in chosen.items():
            if side == _Side.MINE and not take_theirs:
                merged = with_value(merged, path, value_at(mine, path))
        _settle(workspace, merged)


def _choice(
    workspace: Workspace,
    conflict: Conflict,
    path: str,
    mine: dict[str, Any],
    theirs: dict[str, Any],
    base: dict[str, Any],
) -> str:
    """One field in both versions. What only one side changed is chosen from that side to begin with."""
    changed_by_me = value_at(mine, path) != value_at(base, path)
    with st.container(border=True):
        st.markdown(f"**{plain(label_of(conflict.mine, path))}**")
        columns = st.columns(2)
        for column, side, document in zip(columns, _Side, (mine, theirs), strict=True):
            column.caption(side)
            column.text(_shown(value_at(document, path)))
        chosen = st.radio(
            f"Which version of {plain(label_of(conflict.mine, path))}",
            [str(side) for side in _Side],
            index=0 if changed_by_me else 1,
            horizontal=True,
            label_visibility="collapsed",
            key=f"conflict:{workspace.id}:{conflict.theirs.version}:{path}",
        )
    return str(chosen)


def _shown(value: Any) -> str:
    if value is None:
        return "(empty)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


def _settle(workspace: Workspace, merged: dict[str, Any]) -> None:
    try:
        workspace.settle(read(merged))
    except DocumentRefused as refused:
        st.error(
            "These two versions do not go together:\n\n"
            + "\n".join(f"- {plain(str(each))}" for each in refused.problems)
        )
        return
    st.rerun()
