"""What others changed since the person last looked at a proposal: a line, and the fields on the History page."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from app.fields.words import short_plain
from app.session.language import tell, tell_count
from app.session.navigation import link
from app.session.person import person
from app.session.shared import store
from app.session.workspace import Workspace
from db import DatabaseNotReady, SavedBy
from scoping.reports.news import ChangesOf, Saving, changes_by_person

SINCE = "since"
"""The name in the address of the version from which on changes are told."""
_KEY, _OTHERS = "looked", "looked_others"
_LONGEST_NAME, _MOST_NAMED = 40, 4


def since_last_look(workspace: Workspace) -> None:
    """A line, where others saved something since; for as long as the session lasts, until it is put aside."""
    version = _seen_before(workspace)
    if version is None or version >= workspace.saved.version or workspace.is_away:
        return
    others = _by_others(workspace, version)
    if not others:
        return
    named = ", ".join(short_plain(who, _LONGEST_NAME) or tell("Someone") for who in [*others][:_MOST_NAMED])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            ":small["
            + tell_count(
                "Since you were last here (version {version}), {who} changed {count} field.",
                "Since you were last here (version {version}), {who} changed {count} fields.",
                len({path for paths in others.values() for path in paths}),
                version=str(version),
                who=named if len(others) <= _MOST_NAMED else tell("{names} and others", names=named),
            )
            + "]",
            width="content",
        )
        link("history", tell("Show"), ":material/difference:", proposal=workspace.id, since=str(version))
        st.button(tell("Seen"), key=f"seen:{workspace.id}", type="tertiary", on_click=seen, args=(workspace,))


def _seen_before(workspace: Workspace) -> int | None:
    """What the person had seen when this session first showed the proposal; from then on it counts as seen."""
    known: dict[str, int | None] = st.session_state.setdefault(_KEY, {})
    if workspace.id not in known:
        try:
            known[workspace.id] = store().looking.last(workspace.id)
        except DatabaseNotReady:
            return None
        _note(workspace)
    return known[workspace.id]


def _note(workspace: Workspace) -> None:
    # Where nothing can be written, it will be new once more: better than to be told nothing.
    with suppress(DatabaseNotReady):
        store().looking.note(workspace.id, workspace.saved.version)


def seen(workspace: Workspace) -> None:
    """Only what is saved from now on is new."""
    st.session_state.setdefault(_KEY, {})[workspace.id] = workspace.saved.version
    _note(workspace)


def _by_others(workspace: Workspace, version: int) -> dict[str, set[str]]:
    """By name, the paths; asked anew when a version was saved, and not with each run."""
    asked = (workspace.id, version, workspace.saved.version)
    known = st.session_state.get(_OTHERS)
    if known is None or known[0] != asked:
        found: dict[str, set[str]] = {}
        for each in _savings(workspace, version):
            if not each.is_own:
                found.setdefault(each.saved_by, set()).update(each.changed)
        known = st.session_state[_OTHERS] = (asked, found)
    others: dict[str, set[str]] = known[1]
    return others


def _savings(workspace: Workspace, version: int) -> tuple[SavedBy, ...]:
    return store().looking.saved_since(workspace.id, version, person())


def changes_since(workspace: Workspace, version: int) -> tuple[ChangesOf, ...]:
    """What changed after that version, by person. Raises NotFound."""
    savings = [Saving(each.saved_by, each.changed) for each in _savings(workspace, version)]
    return changes_by_person(store().revision(workspace.id, version).proposal, workspace.saved.proposal, savings)
