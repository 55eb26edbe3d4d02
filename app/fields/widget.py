"""What all fields share: the name, where the widget begins, and what is said when it cannot be saved."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.fields.words import plain
from app.session.outcome import Unsaved
from app.session.workspace import Workspace
from scoping import to_dict
from scoping.document.paths import value_at
from scoping.document.specs import Spec
from scoping.text import entry


def label(workspace: Workspace, spec: Spec) -> str:
    """The field's title with its unit."""
    unit = entry.unit_label(spec.quantity, workspace.proposal.currency, spec.title)
    return f"{plain(spec.title)} ({plain(unit)})" if unit else plain(spec.title)


def begin(workspace: Workspace, path: str, shown: str) -> str:
    """The key of the box at a path. A new box begins with `shown`; one that was saved shows what was understood."""
    key = workspace.key(path)
    st.session_state.setdefault(key, shown)
    if key in workspace.restated:
        st.session_state[key] = workspace.restated.pop(key)
    return key


def saved_at(workspace: Workspace, path: str) -> Any:
    """What the document holds at a path."""
    return value_at(to_dict(workspace.proposal), path)


def complain(draft: Unsaved | None, title: str = "", typed: str = "") -> None:
    """Say what is wrong with what was typed, where something was."""
    if draft is None:
        return
    quoted = f" “{plain(typed)}”" if typed else ""
    name = f"**{plain(title)}**{quoted}: " if title else ""
    st.markdown(f":red[:material/error: {name}{plain(draft.problem)} Not saved yet.]")
