"""What somebody said that a figure or an answer rests on: found, told in one line, and saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from app.fields.words import short_plain
from app.session.entry_form import EntryForm
from app.session.language import told
from app.session.outcome import SaveOutcome
from app.session.person import person
from app.session.workspace import Workspace
from scoping.document.grounds import Ground, with_ground
from scoping.document.paths import Path
from scoping.text.grounds import ground_said

GROUNDS = Path.of("grounds")
_LONGEST_LINE = 160


def rest(workspace: Workspace, place: Path, said: Mapping[str, object]) -> SaveOutcome:
    """Save what a figure rests on from now on; by whom and when, where that is not said."""
    ground = {"on": date.today().isoformat(), "by": person(), **said}
    return workspace.set(GROUNDS, with_ground(workspace.document.get("grounds", []), place, ground), "")


def ground_at(workspace: EntryForm, place: Path) -> Ground | None:
    """What somebody said that a figure rests on; of what an organisation lays down nobody is asked."""
    said = (each for each in workspace.document.get("grounds", ()) if each["path"] == place)
    return next(map(Ground.model_validate, said), None)


def ground_line(workspace: EntryForm, place: Path) -> None:
    """What somebody said that a figure or answer rests on, beside it."""
    said = ground_at(workspace, place)
    if said is not None:
        st.caption(f":material/foundation: {short_plain(told(ground_said(said)), _LONGEST_LINE)}")
