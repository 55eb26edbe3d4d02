"""Step Problem: what is wrong, who decides what differently, which business metric should move."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.fields.field import field, fields, pair
from app.session.language import tell, told
from app.session.workspace import Workspace
from app.views.parts.step import Step
from scoping.reports.completeness import filled
from scoping.text.languages import message
from scoping.vocabulary import System

_SYSTEMS: Mapping[str, str] = {
    System.NEW: message("A new system"),
    System.EXISTING: message("An existing system is improved"),
}


def draw(workspace: Workspace) -> None:
    """The fields of the step."""
    fields(workspace, "title", "summary")
    pair(workspace, "owner", "sponsor", "team", "currency")
    st.header(tell("The problem"), anchor=False)
    fields(workspace, "problem.statement", "problem.affected", "problem.status_quo", "problem.decision")
    field(workspace, "problem.system", options={name: told(title) for name, title in _SYSTEMS.items()})
    st.header(tell("The business metric that should move"), anchor=False)
    pair(workspace, "problem.business_metric.name", "problem.business_metric.unit", "problem.business_metric.direction")
    pair(workspace, "problem.business_metric.current", "problem.business_metric.target")
    fields(workspace, "problem.business_metric.guardrails", "tags")


STEP = Step(
    name="problem",
    title=message("Problem"),
    place=10,
    draw=draw,
    completeness=filled(
        "title",
        "summary",
        "owner",
        "sponsor",
        "problem.statement",
        "problem.affected",
        "problem.status_quo",
        "problem.decision",
        "problem.business_metric.name",
    ),
    holds=("title", "summary", "owner", "sponsor", "team", "currency", "tags", "problem"),
)
