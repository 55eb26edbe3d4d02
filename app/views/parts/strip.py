"""The strip on every step: verdict, value, chance of loss and headroom, live."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.fields.words import plain
from app.views.parts.badge import badge
from scoping import Appraisal, Proposal
from scoping.reports.blocks import KeyFigure
from scoping.reports.headline import headline


def strip(proposal: Proposal, assessment: Appraisal) -> None:
    """The figures that follow from what is filled in so far."""
    line = headline(proposal, assessment)
    with st.container(border=True):
        columns = st.columns([1.7, 1.15, 0.9, 0.85, 1.35], vertical_alignment="center")
    with columns[0].container(gap="xsmall"):
        badge(line.recommendation, line.verdict)
        st.caption(plain(line.reason))
    _figure(columns[1], line.value)
    if line.shares:
        columns[2].metric(
            "Distribution of NPV", "", chart_data=list(line.shares), chart_type="bar", label_visibility="collapsed"
        )
    _figure(columns[3], line.loss)
    _figure(columns[4], line.headroom)


def _figure(column: DeltaGenerator, figure: KeyFigure) -> None:
    with column.container(gap=None):
        st.metric(figure.label, figure.value)
        st.caption(plain(figure.detail))
