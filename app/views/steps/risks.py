"""Step Risks: what may go wrong, and what is done about it."""

from __future__ import annotations

import streamlit as st

from app.fields.rows import rows
from app.session.workspace import Workspace
from app.views.parts.step import Step
from scoping.document.plan import Risk
from scoping.reports.completeness import filled


def draw(workspace: Workspace) -> None:
    """The register of risks."""
    st.subheader("Risks", anchor=False)
    st.caption("What would make the figures wrong, or the project unwanted? Name someone who watches each.")
    rows(workspace, "risks", Risk, "Risks")


STEP = Step(
    name="risks",
    title="Risks",
    place=70,
    draw=draw,
    completeness=filled("risks"),
)
