"""Step Risks: what may go wrong, and what is done about it."""

from __future__ import annotations

import streamlit as st

from app.fields.rows import rows
from app.session.language import tell
from app.session.workspace import Workspace
from app.views.parts.step import Step
from scoping.document.plan import Risk
from scoping.reports.completeness import filled
from scoping.text.languages import message


def draw(workspace: Workspace) -> None:
    """The register of risks."""
    st.header(tell("What may go wrong"), anchor=False)
    st.caption(tell("What would make the figures wrong, or the project unwanted? Name someone who watches each."))
    rows(workspace, "risks", Risk, tell("Risks"))


STEP = Step(
    name="risks",
    title=message("Risks"),
    place=70,
    draw=draw,
    completeness=filled("risks"),
    holds=("risks",),
)
