"""The form in which a decision is signed: filled in, checked, shown as it will stand, and only then recorded."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import streamlit as st

from app.fields.words import plain
from app.session.language import chosen_language, tell, told
from app.session.shared import store
from app.session.workspace import Workspace, person
from app.views.parts.badge import badge, recommendation_title
from app.views.parts.door import not_here
from app.views.parts.notices import refusal
from db import Action, Decision, DecisionRefused, DecisionRequest, Role, alternatives_for
from scoping import Assessment, GroundworkError
from scoping.deciding import alternative_recommended, conditions_for
from scoping.text.languages import say
from scoping.text.wording import day, money, percent
from scoping.verdict import is_assessed
from scoping.vocabulary import Recommendation

_RECORDED, _REFUSED = "decision_recorded", "decision_refused"


class _Way(StrEnum):
    ACCEPT = "accept"
    OVERRULE = "overrule"


def decision_form(workspace: Workspace, assessment: Assessment, newest: Decision | None) -> None:
    """Accept or overrule, with a reason; the alternative meant, conditions, who, and when to look again.

    `newest` is the proposal's newest decision. Once this session signed one, the form is a new one; what somebody
    else decided meanwhile is told before anything is signed, and leaves what was typed here.
    """
    if not is_assessed(assessment.verdict.recommendation, has_figures=assessment.has_figures):
        st.info(tell("There is nothing to decide yet: no alternative could be valued."), icon=":material/gavel:")
        return
    if Action.DECIDE not in store().sharing.allowed(workspace.id):
        not_here(_why_not())
        return
    if st.session_state.pop(_RECORDED, False):
        st.toast(tell("Decision recorded"), icon=":material/gavel:")
    follows = int(st.session_state.setdefault(_seen(workspace), newest.id if newest else 0))
    key = f"decision:{workspace.id}:{st.session_state.get(_signed(workspace), 0)}"
    seen = f"{key}:{workspace.saved.version}"
    recommendation = assessment.verdict.recommendation
    outcome = _outcome(recommendation, seen)
    alternative = _alternative(workspace, assessment, outcome, seen)
    reason = st.text_area(
        tell("Reason"), key=f"{key}:reason", height=80, help=tell("Required when the recommendation is overruled."),
        placeholder=tell("Why this decision, on what grounds beyond the figures"),
    )  # fmt: skip
    conditions = _conditions(workspace, assessment, outcome, alternative, seen)
    name, review = _signature(key)
    if st.button(tell("Check and sign"), type="primary", icon=":material/gavel:", key=f"{key}:sign"):
        request = DecisionRequest(
            version=workspace.saved.version,
            recommendation=recommendation,
            outcome=outcome,
            decided_by=name,
            reason=reason,
            conditions=conditions,
            review_on=review,
            figures=assessment.to_dict(),
            alternative=alternative,
            follows=follows,
        )
        _check(workspace, request, newest)


def _why_not() -> str:
    """Why the person may not decide: the role, or four eyes."""
    if store().person.has(Role.APPROVER):
        return tell("This proposal is your own work: somebody else decides on it (four eyes).")
    return tell("Approvers sign decisions; your role does not.")


def _seen(workspace: Workspace) -> str:
    """Where the session keeps which decision it has seen as the newest."""
    return f"decision_seen:{workspace.id}"


def _signed(workspace: Workspace) -> str:
    """Where it keeps how many it has signed."""
    return f"decision_signed:{workspace.id}"


def _outcome(recommendation: Recommendation, key: str) -> Recommendation:
    """What is decided: the recommendation, or another one instead."""
    way = st.radio(
        tell("Recommended: **{verdict}**", verdict=recommendation_title(recommendation)),
        list(_Way),
        key=f"{key}:way",
        format_func={each: _way_title(each) for each in _Way}.__getitem__,
        horizontal=True,
    )
    if way == _Way.ACCEPT:
        return recommendation
    others = [each for each in Recommendation if each != recommendation]
    chosen = st.selectbox(
        tell("Decision instead"),
        others,
        format_func={each: recommendation_title(each) for each in others}.__getitem__,
        key=f"{key}:outcome",
    )
    return Recommendation(chosen)


def _way_title(way: str) -> str:
    return tell("Accept the recommendation") if way == _Way.ACCEPT else tell("Overrule it")


def _alternative(workspace: Workspace, assessment: Assessment, outcome: Recommendation, key: str) -> str:
    """Which alternative is meant, where the outcome means one."""
    offered = alternatives_for(outcome, workspace.proposal)
    if not offered:
        return ""
    usual = alternative_recommended(outcome, assessment)
    return str(
        st.selectbox(
            tell("Alternative"),
            offered,
            index=offered.index(usual) if usual in offered else 0,
            key=f"{key}:{outcome}:alternative",
            help=tell("The alternative that this decision means. It stands in the record and in every export."),
        )
    )


def _conditions(
    workspace: Workspace, assessment: Assessment, outcome: Recommendation, alternative: str, key: str
) -> tuple[str, ...]:
    """They are signed as they stand here, so they begin in the language of the memo above; each outcome has its own."""
    found = conditions_for(outcome, alternative, workspace.proposal, assessment)
    proposed = "\n".join(say(each, chosen_language()) for each in found)
    written = st.text_area(
        tell("Conditions (one a line)"),
        key=f"{key}:{outcome}:{alternative}:conditions",
        height=100,
        value=proposed,
        help=tell("Proposed for what is decided. Change them, or take out what you do not ask for."),
    )
    return tuple(line.strip() for line in written.splitlines() if line.strip())


def _signature(key: str) -> tuple[str, date | None]:
    """Who decides, and when to look again."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            tell("Decided by"),
            value=person(),
            key=f"{key}:by",
            placeholder=tell("Name of the person who signs"),
            width=320,
            # Who signs is who signed in.
            disabled=store().person.is_signed_in,
        )
        review = st.date_input(
            tell("Review on"),
            value=None,
            key=f"{key}:review",
            help=tell("When the estimate is held against what happened. Today or later."),
            format="YYYY-MM-DD",
            width=220,
        )
    return name, review


def _check(workspace: Workspace, request: DecisionRequest, newest: Decision | None) -> None:
    """What is missing is said here; what is complete is shown once more before it is final."""
    try:
        checked = store().check_decision(workspace.id, request)
    except DecisionRefused as refused:
        st.error(refusal(refused), icon=":material/error:")
        # It was told of what someone else decided, and may go on from there.
        st.session_state[_seen(workspace)] = newest.id if newest else 0
        return
    st.dialog(tell("What is signed"), width="medium", icon=":material/gavel:")(_confirm)(workspace, checked)


def _confirm(workspace: Workspace, request: DecisionRequest) -> None:
    """The decision as it will stand in the record, for ever."""
    if _RECORDED in st.session_state:
        st.rerun()
    badge(request.outcome)
    st.markdown(f"**{plain(workspace.proposal.title)}**")
    _facts(request)
    if request.reason.strip():
        st.caption(tell("Reason"))
        st.text(request.reason.strip())
    st.caption(tell("Conditions"))
    st.markdown("\n".join(f"- {plain(each)}" for each in request.conditions) or tell("None"))
    st.info(tell("A decision is never changed or deleted. A later one stands beside it."), icon=":material/lock:")
    problem = st.session_state.pop(_REFUSED, "")
    if problem:
        st.error(problem, icon=":material/error:")
    st.button(
        tell("Sign the decision"),
        type="primary",
        icon=":material/gavel:",
        key=f"final:{request.follows}",
        on_click=_record,
        args=(workspace, request),
    )


def _facts(request: DecisionRequest) -> None:
    accepted = tell("as recommended") if request.accepted else tell("overruling the recommendation")
    lines = [
        (tell("Decided by"), request.decided_by),
        (tell("Decision"), f"{recommendation_title(request.outcome)} ({accepted})"),
        (tell("Alternative"), request.alternative),
        (tell("On version"), str(request.version)),
        *_figures(request),
        (tell("Review on"), told(day(request.review_on)) if request.review_on else tell("no day")),
    ]
    st.markdown("\n".join(f"- {plain(label)}: **{plain(value)}**" for label, value in lines if value))


def _figures(request: DecisionRequest) -> list[tuple[str, str]]:
    """The figures that are signed: those of the alternative that is meant, or of each one where none is."""
    currency = str(request.figures["currency"])
    own = [each for each in request.figures["alternatives"] if request.alternative in ("", each["name"])]
    return [
        (
            str(each["name"]),
            tell(
                "expected NPV {npv} (P10 {low}, P90 {high}), chance of loss {loss}",
                npv=money(each["npv"]["mean"], currency),
                low=money(each["npv"]["p10"], currency),
                high=money(each["npv"]["p90"], currency),
                loss=percent(each["probability_of_loss"]),
            ),
        )
        for each in own
        if each["npv"]["mean"] is not None and each["kind"] != "status_quo"
    ]


def _record(workspace: Workspace, request: DecisionRequest) -> None:
    """A second click finds the decision of the first one."""
    try:
        made = store().decide(workspace.id, request)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
    else:
        st.session_state[_RECORDED] = True
        st.session_state[_seen(workspace)] = made.id
        st.session_state[_signed(workspace)] = st.session_state.get(_signed(workspace), 0) + 1
