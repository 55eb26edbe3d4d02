"""The form in which a decision is signed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import streamlit as st

from app.fields.words import plain
from app.session.language import chosen_language
from app.session.shared import store
from app.session.workspace import Workspace, person
from db import DecisionRefused, DecisionRequest
from scoping import Assessment
from scoping.text.languages import say
from scoping.verdict import RECOMMENDATIONS
from scoping.vocabulary import Recommendation


class _Way(StrEnum):
    ACCEPT = "Accept the recommendation"
    OVERRULE = "Overrule it"


def decision_form(workspace: Workspace, assessment: Assessment) -> None:
    """Accept or overrule, with a reason; conditions, who, and when to look again."""
    key = f"decision:{workspace.id}:{workspace.saved.version}"
    recommendation = assessment.verdict.recommendation
    outcome = _outcome(recommendation, key)
    reason = st.text_area(
        "Reason", key=f"{key}:reason", height=80, help="Required when the recommendation is overruled.",
        placeholder="Why this decision, on what grounds beyond the figures",
    )  # fmt: skip
    conditions = _conditions(assessment, key)
    name, review = _signature(key)
    if st.button("Record the decision", type="primary", icon=":material/gavel:", key=f"{key}:sign"):
        request = DecisionRequest(
            version=workspace.saved.version,
            recommendation=recommendation,
            outcome=Recommendation(outcome),
            decided_by=name,
            reason=reason,
            conditions=conditions,
            review_on=review,
            figures=assessment.to_dict(),
        )
        _record(workspace, request)


def _outcome(recommendation: str, key: str) -> str:
    """What is decided: the recommendation, or another one instead."""
    called = RECOMMENDATIONS[recommendation]
    way = st.radio(f"Recommended: **{called}**", [str(each) for each in _Way], key=f"{key}:way", horizontal=True)
    if way == _Way.ACCEPT:
        return recommendation
    others = [each for each in RECOMMENDATIONS if each != recommendation]
    return str(st.selectbox("Decision instead", others, format_func=RECOMMENDATIONS.__getitem__, key=f"{key}:outcome"))


def _conditions(assessment: Assessment, key: str) -> tuple[str, ...]:
    """They are signed as they stand here, so they begin in the language of the memo above."""
    proposed = "\n".join(say(each, chosen_language()) for each in assessment.verdict.conditions)
    written = st.text_area("Conditions (one a line)", key=f"{key}:conditions", height=100, value=proposed)
    return tuple(line.strip() for line in written.splitlines() if line.strip())


def _signature(key: str) -> tuple[str, date | None]:
    """Who decides, and when to look again."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Decided by", value=person(), key=f"{key}:by", placeholder="Name of the person who signs")
        review = st.date_input(
            "Review on",
            value=None,
            key=f"{key}:review",
            help="When the estimate is held against what happened.",
            format="YYYY-MM-DD",
        )
    return name, review


def _record(workspace: Workspace, request: DecisionRequest) -> None:
    try:
        store().decide(workspace.id, request)
    except DecisionRefused as refused:
        st.error(plain(str(refused)), icon=":material/error:")
        return
    st.toast("Decision recorded", icon=":material/gavel:")
    st.rerun()
