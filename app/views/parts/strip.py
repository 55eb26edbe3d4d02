"""The strip on every step: verdict, value, chance of loss and headroom, live; until then, what is missing."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.fields.words import plain
from app.session.browser import is_narrow, times_focused
from app.session.language import tell, told
from app.session.workspace import Workspace
from app.views.parts.badge import badge
from app.views.parts.missing import missing_line, missing_list
from app.views.parts.on_demand import firmness_shown
from scoping import Appraisal
from scoping.reports.blocks import KeyFigure
from scoping.reports.headline import Headline, headline
from scoping.verdict import NOT_ASSESSED


def strip(workspace: Workspace, assessment: Appraisal, beside: DeltaGenerator) -> None:
    """The figures that follow from what is filled in so far, or what they wait for; the reason stands beside."""
    line = headline(workspace.proposal, assessment)
    if not line.is_assessed:
        _nothing_yet(workspace, assessment)
    elif is_narrow():
        _folded(workspace, assessment, line)
    else:
        with st.container(border=True):
            _unfolded(workspace, assessment, line)
        beside.caption(plain(told(assessment.verdict.reasons[0])))


def _nothing_yet(workspace: Workspace, assessment: Appraisal) -> None:
    with st.container(border=not is_narrow(), horizontal=True, vertical_alignment="center"):
        badge(assessment.verdict.recommendation, NOT_ASSESSED)
        if not is_narrow():
            st.caption(tell("Fill in next:"), width="content")
            missing_line(workspace, assessment.missing)
        missing_list(workspace, assessment.missing)


def _folded(workspace: Workspace, assessment: Appraisal, line: Headline) -> None:
    """One line on a phone, which opens."""
    said = tell(
        "{verdict} · NPV {value} · loss {loss}", verdict=line.verdict, value=line.value.value, loss=line.loss.value
    )
    with st.popover(plain(said), width="stretch", key=f"folded_strip:{times_focused()}"):
        badge(line.recommendation, line.verdict)
        st.caption(plain(told(assessment.verdict.reasons[0])))
        for figure in (line.value, line.loss, line.headroom):
            _figure(st.container(), figure)
        if assessment.missing:
            missing_line(workspace, assessment.missing)


def _unfolded(workspace: Workspace, assessment: Appraisal, line: Headline) -> None:
    columns = st.columns([1.6, 1.15, 0.9, 0.95, 1.45], vertical_alignment="center")
    with columns[0].container(gap="xsmall"):
        badge(line.recommendation, line.verdict)
        with st.container(horizontal=True, gap="small"):
            _firmness(workspace)
            if assessment.missing:
                missing_list(workspace, assessment.missing)
    _figure(columns[1], line.value)
    if line.shares:
        columns[2].metric(
            tell("Distribution of NPV"),
            "",
            chart_data=list(line.shares),
            chart_type="bar",
            label_visibility="collapsed",
        )
    _figure(columns[3], line.loss)
    _figure(columns[4], line.headroom)


def _firmness(workspace: Workspace) -> None:
    """How firm the verdict is, and what would change it: it takes seconds, so it waits until somebody asks."""
    panel = st.popover(
        tell("How firm?"), type="tertiary", icon=":material/balance:", on_change="rerun",
        key=f"{workspace.id}:strip_firmness:{times_focused()}",
    )  # fmt: skip
    if panel.open:
        with panel, st.spinner(tell("Trying other seeds and other values")):
            firmness_shown(workspace)


def _figure(column: DeltaGenerator, figure: KeyFigure) -> None:
    with column.container(gap=None):
        st.metric(told(figure.label), told(figure.value))
        st.caption(plain(told(figure.detail)))
