"""The form in which a decision is signed: filled in, checked, shown as it will stand, and only then recorded."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain
from app.session.language import tell, told
from app.session.shared import store
from app.session.signing import PATH
from app.session.workspace import Workspace
from app.views.parts.badge import badge, recommendation_title
from app.views.parts.deciding_on import Subject, told_before
from app.views.parts.decision_duties import duties, said_of
from app.views.parts.decision_fields import DecisionFields
from app.views.parts.door import not_here
from app.views.parts.notices import refusal
from db import OWN_WORK, Action, DatabaseNotReady, Decision, DecisionRefused, DecisionRequest, Role
from scoping import GroundworkError
from scoping.text.wording import day, money, percent
from scoping.verdict import is_assessed

_RECORDED, _REFUSED = "decision_recorded", "decision_refused"


def decision_form(subject: Subject, newest: Decision | None) -> None:
    """Accept or overrule, with a reason; the alternative meant, conditions, who, and when to look again.

    `newest` is the proposal's newest decision, whether it stands or not. Once this session signed one, the form is a new one; what somebody
    else decided meanwhile is told before anything is signed, and leaves what was typed here.
    """
    workspace, assessment = subject.workspace, subject.assessment
    if not is_assessed(assessment.verdict.recommendation, has_figures=assessment.has_figures):
        st.info(tell("There is nothing to decide yet: no alternative could be valued."), icon=":material/gavel:")
        return
    if Action.DECIDE not in workspace.allowed():
        not_here(_why_not())
        return
    told_before(subject)
    if st.session_state.pop(_RECORDED, False):
        st.toast(tell("Decision recorded"), icon=":material/gavel:")
    follows, supersedes = st.session_state.setdefault(_seen(workspace), _newest_and_standing(newest))
    fields = DecisionFields(subject, int(st.session_state.get(_signed(workspace), 0)))
    outcome = fields.outcome()
    alternative = fields.alternative(outcome)
    reason = fields.reason()
    conditions = fields.conditions(outcome, alternative)
    given = duties(fields, conditions)
    name, review = fields.signature()
    if workspace.is_waiting:
        # What is signed must be what is saved.
        st.info(tell("This can be signed once everything is saved."), icon=":material/cloud_off:")
        return
    if st.button(tell("Check and sign"), type="primary", icon=":material/gavel:", key=fields.key("sign")):
        request = DecisionRequest(
            version=subject.version,
            recommendation=fields.recommendation,
            outcome=outcome,
            decided_by=name,
            reason=reason,
            conditions=conditions,
            review_on=review,
            figures=assessment.to_dict(),
            alternative=alternative,
            follows=follows,
            duties=given,
            supersedes=supersedes,
        )
        _check(subject, request, newest)


def _why_not() -> str:
    """Why the person may not decide: the role, or four eyes."""
    if store().person.has(Role.APPROVER):
        return tell(OWN_WORK)
    return tell("Approvers sign decisions; your role does not.")


def _seen(workspace: Workspace) -> str:
    """Where the session keeps which decisions it has seen: the newest one, and the one that stands."""
    return f"decision_seen:{workspace.id}"


def _newest_and_standing(newest: Decision | None) -> tuple[int, int]:
    """Their ids, 0 for none; no other than the newest stands."""
    return (0, 0) if newest is None else (newest.id, newest.id if newest.is_standing else 0)


def _signed(workspace: Workspace) -> str:
    """Where it keeps how many it has signed."""
    return f"decision_signed:{workspace.id}"


def _check(subject: Subject, request: DecisionRequest, newest: Decision | None) -> None:
    """What is missing is said here; what is complete is shown once more before it is final."""
    workspace = subject.workspace
    try:
        checked = store().check_decision(workspace.id, request)
    except DecisionRefused as refused:
        st.error(refusal(refused), icon=":material/error:")
        # It was told of what someone else decided, and may go on from there.
        st.session_state[_seen(workspace)] = _newest_and_standing(newest)
        return
    except DatabaseNotReady as error:
        st.error(_not_recorded(error), icon=":material/database_off:")
        return
    st.dialog(tell("What is signed"), width="medium", icon=":material/gavel:")(_confirm)(subject, checked)


def _confirm(subject: Subject, request: DecisionRequest) -> None:
    """The decision as it will stand in the record, for ever."""
    if _RECORDED in st.session_state:
        st.rerun()
    badge(request.outcome)
    st.markdown(f"**{plain(subject.proposal.title)}**")
    _facts(request)
    if request.reason.strip():
        st.caption(tell("Reason"))
        st.text(request.reason.strip())
    st.caption(tell("Conditions"))
    st.markdown("\n".join(f"- {said_of(each, request.duties)}" for each in request.conditions) or tell("None"))
    st.info(_once(request), icon=":material/lock:")
    problem = st.session_state.pop(_REFUSED, "")
    if problem:
        st.error(problem, icon=":material/error:")
    st.button(
        tell("Sign the decision"),
        type="primary",
        icon=":material/gavel:",
        key=f"final:{request.follows}",
        on_click=_record,
        args=(subject.workspace, request),
    )


def _once(request: DecisionRequest) -> str:
    """That it is for ever, and whether it supersedes another one."""
    if request.supersedes:
        return tell("It supersedes the decision that stands. Neither is ever changed or deleted.")
    return tell("A decision is never changed or deleted. A later one may supersede it, or it may be withdrawn.")


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
    except DatabaseNotReady as error:
        st.session_state[_REFUSED] = _not_recorded(error)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
    else:
        workspace.forget(PATH)
        st.session_state[_RECORDED] = True
        st.session_state[_seen(workspace)] = _newest_and_standing(made)
        st.session_state[_signed(workspace)] = st.session_state.get(_signed(workspace), 0) + 1


def _not_recorded(error: DatabaseNotReady) -> str:
    return f"{tell('Not signed yet; what you wrote is kept. Sign again once the database answers.')} {refusal(error)}"
