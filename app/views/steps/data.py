"""Step Data: what there is to learn from, and what production asks for."""

from __future__ import annotations

import streamlit as st

from app.fields.field import field, fields, pair
from app.fields.rows import rows
from app.session.language import tell
from app.session.workspace import Workspace
from app.views.parts.measuring import evidence_from_data
from app.views.parts.step import Step
from scoping.document.data import DataSource
from scoping.reports.completeness import filled
from scoping.text.languages import message


def draw(workspace: Workspace) -> None:
    """Sources, labels, and operations."""
    st.header(tell("Sources"), anchor=False)
    rows(workspace, "data.sources", DataSource, tell("Sources"))
    pair(workspace, "data.structure", "data.size", "data.gigabytes")
    fields(workspace, "data.labels", "data.quality", "data.privacy")
    evidence_from_data(workspace)
    st.header(tell("In production"), anchor=False)
    pair(workspace, "operations.latency_ms.budget", "operations.latency_ms.expected")
    pair(workspace, "operations.throughput", "operations.availability")
    fields(workspace, "operations.explainability")
    field(workspace, "operations.features_at_risk")


STEP = Step(
    name="data",
    title=message("Data"),
    place=60,
    draw=draw,
    completeness=filled("data.sources", "data.structure", "data.labels", "data.size", "data.privacy", "data.quality"),
    holds=("data", "operations", "evidence"),
)
