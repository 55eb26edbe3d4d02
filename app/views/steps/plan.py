"""Step Plan: the pilot, the milestones, and who and what the work needs."""

from __future__ import annotations

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field
from app.fields.rows import rows
from app.session.language import tell
from app.session.workspace import Workspace
from app.views.parts.step import Step
from scoping.document.plan import Milestone, Resource
from scoping.reports.completeness import filled
from scoping.text.languages import message


def draw(workspace: Workspace) -> None:
    """Pilot, milestones, resources."""
    st.header(tell("Pilot"), anchor=False)
    st.caption(
        tell(
            "A cheap look before the commitment: how many cases would you check against the truth, and what would it cost?"
        )
    )
    estimate_heading()
    field(workspace, "pilot.months")
    field(workspace, "pilot.cost")
    field(workspace, "pilot.labelled_cases")
    field(workspace, "pilot.cost_per_label")
    field(workspace, "pilot.reveals_failures")
    st.header(tell("Milestones"), anchor=False)
    rows(workspace, "milestones", Milestone, tell("Milestones"))
    st.header(tell("People and resources"), anchor=False)
    rows(workspace, "resources", Resource, tell("People and resources"))


STEP = Step(
    name="plan",
    title=message("Plan"),
    place=80,
    draw=draw,
    completeness=filled("pilot.cost", "pilot.labelled_cases", "milestones"),
    holds=("pilot", "milestones", "resources"),
)
