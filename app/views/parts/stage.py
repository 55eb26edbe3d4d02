"""How far a proposal has come: as a badge, and moved by hand once it was decided to do something."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from app.session.language import tell, told
from app.session.person import person
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.badge import Look
from app.views.parts.notices import refusal
from app.views.parts.unfinished import sent, unfinished_text
from db import Action, Standing
from scoping import GroundworkError
from scoping.text.reviewing import STAGES
from scoping.vocabulary import Stage

STAGE_LOOKS: Mapping[Stage, Look] = MappingProxyType(
    {
        Stage.IDEA: Look(":material/lightbulb:", "gray"),
        Stage.DRAFT: Look(":material/edit:", "gray"),
        Stage.SUBMITTED: Look(":material/send:", "blue"),
        Stage.CHANGES_REQUESTED: Look(":material/rate_review:", "orange"),
        Stage.DECIDED: Look(":material/gavel:", "green"),
        Stage.IN_BUILD: Look(":material/construction:", "blue"),
        Stage.LIVE: Look(":material/rocket_launch:", "green"),
        Stage.RETIRED: Look(":material/inventory_2:", "gray"),
    }
)
"""How each stage looks."""
_NOTE = "stage"


def stage_title(stage: str) -> str:
    """What people call a stage."""
    return told(STAGES[Stage(stage)])


def stage_badge(stage: Stage) -> None:
    """The stage as a badge."""
    look = STAGE_LOOKS[stage]
    st.badge(stage_title(stage), icon=look.icon, color=look.colour)


def standing_of(workspace: Workspace) -> Standing | None:
    """How far it has come; None while the database is away."""
    return None if workspace.is_away else workspace.around().standing


def stage_by_hand(workspace: Workspace) -> None:
    """To say that what was decided is being built, is live or is retired; nothing where there is nothing to say."""
    if Action.EDIT not in workspace.allowed():
        return
    stages = store().reviewing.stages_to_set(workspace.id)
    if not stages:
        return
    with st.expander(tell("What became of it"), icon=":material/flag:"):
        chosen = st.segmented_control(
            tell("Stage"),
            stages,
            format_func={each: stage_title(each) for each in stages}.__getitem__,
            key=f"stage:{workspace.id}",
        )
        note = unfinished_text(workspace, _NOTE, tell("Note"), tell("For example since when, or where it runs"))
        if st.button(tell("Set the stage"), icon=":material/flag:", key="set_stage", disabled=chosen is None):
            _set(workspace, Stage(str(chosen)), note)


def _set(workspace: Workspace, stage: Stage, note: str) -> None:
    try:
        store().reviewing.set_stage(workspace.id, stage, note, person())
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    sent(workspace, _NOTE)
    st.rerun()
