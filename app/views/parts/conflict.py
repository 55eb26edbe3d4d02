"""Two people changed the same field to different values: both are shown, for that field only, and the person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, tell_count, told
from app.session.together import Conflict, named_fields
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from scoping import DocumentRefused, GroundworkError, read
from scoping.document.merging import Clash
from scoping.document.paths import Path
from scoping.document.refusal import problem_said
from scoping.reports.changes import labels_of_changes, place_told, value_told

Side = Literal["mine", "theirs"]


def conflict_panel(workspace: Workspace) -> None:
    """Both values of each field in question. Nothing is lost until the person has chosen."""
    conflict = workspace.conflict
    assert conflict is not None
    who = conflict.theirs.saved_by or tell("Someone else")
    _head(conflict, who)
    chosen = {clash.path: _choice(workspace, conflict, clash, who) for clash in conflict.clashes}
    with st.container(horizontal=True):
        save = st.button(tell("Save the chosen version"), type="primary", icon=":material/save:", key="save_chosen")
        take_theirs = st.button(tell("Take all of theirs"), key="take_theirs")
    if save or take_theirs:
        sides = {path: side == "mine" and not take_theirs for path, side in chosen.items()}
        _settle(workspace, conflict.merge.settled(sides))


def _head(conflict: Conflict, who: str) -> None:
    st.warning(
        tell_count(
            "{who} saved version {version} while you were editing, and changed the same field to another value. Yours is not saved yet; nothing of theirs was overwritten.",
            "{who} saved version {version} while you were editing, and changed the same {count} fields to other values. Yours are not saved yet; nothing of theirs was overwritten.",
            len(conflict.clashes),
            who=short_plain(who, 40),
            version=str(conflict.theirs.version),
        ),
        title=tell("Two versions of one field"),
        icon=":material/call_split:",
    )
    others = _put_together(conflict)
    if others:
        st.caption(tell("Both of you are kept in everything else: {fields}.", fields=plain(others)))


def _put_together(conflict: Conflict) -> str:
    """The fields that were merged without a question."""
    asked = {told(place_told(conflict.placed, each.path)) for each in conflict.clashes}
    changed = (
        *labels_of_changes(conflict.base, conflict.theirs.proposal),
        *labels_of_changes(conflict.base, conflict.mine),
    )
    return named_fields(dict.fromkeys(each for each in changed if told(each) not in asked))


def _choice(workspace: Workspace, conflict: Conflict, clash: Clash, who: str) -> Side:
    """One field in both versions."""
    title = told(place_told(conflict.placed, clash.path))
    sides: Mapping[Side, str] = {
        "mine": tell("Yours"),
        "theirs": tell("Theirs ({who})", who=short_plain(who, 40)),
    }
    with st.container(border=True):
        st.markdown(f"**{plain(title)}**")
        with st.container(horizontal=True):
            for side, value in zip(sides.values(), (clash.mine, clash.theirs), strict=True):
                with st.container(width=360, gap=None):
                    st.caption(side)
                    st.text(_shown(conflict, clash.path, value))
        chosen: Side = st.radio(
            tell("Which version of {field}", field=plain(title)),
            list(sides),
            format_func=sides.__getitem__,
            horizontal=True,
            label_visibility="collapsed",
            key=f"conflict:{workspace.id}:{conflict.theirs.version}:{clash.path}",
        )
    return chosen


def _shown(conflict: Conflict, path: Path, value: Any) -> str:
    if value is None:
        return tell("(taken out)")
    return told(value_told(conflict.placed, path, value)) or tell("(empty)")


def _settle(workspace: Workspace, merged: dict[str, Any]) -> None:
    try:
        workspace.settle(read(merged))
    except DocumentRefused as refused:
        problems = "\n".join(f"- {plain(told(problem_said(each)))}" for each in refused.problems)
        st.error(tell("These two versions do not go together:") + f"\n\n{problems}")
        return
    except GroundworkError as error:
        # The question stands until it is settled.
        st.error(refusal(error), icon=":material/error:")
        return
    st.rerun()
