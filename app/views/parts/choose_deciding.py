"""A scenario is approved or rejected: with a reason, shown once more as it will stand, and only then recorded."""

from __future__ import annotations

import streamlit as st

from app.exports.scenario import OUTCOMES
from app.fields.words import plain
from app.session.language import tell, told
from app.session.person import person
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.views.parts.door import not_here
from app.views.parts.notices import refusal
from db import Action, Scenario, ScenarioDecisionRequest, ScenarioOutcome
from scoping import GroundworkError
from scoping.reports.chosen import Heading

_REASON, _NAME, _OUTCOME = "scenario_reason", "scenario_signer", "scenario_outcome"
_REFUSED, _RECORDED = "scenario_refused", "scenario_recorded"


def deciding(each: Scenario, heading: Heading) -> None:
    """The form for an approver; for others, who decides."""
    st.header(tell("Decide on it"), anchor=False, divider="gray")
    if st.session_state.pop(_RECORDED, False):
        st.toast(tell("Decision recorded"), icon=":material/gavel:")
    if (why := _why_not(each)) is not None:
        not_here(why)
        return
    if heading.standing is not None:
        st.caption(tell("A decision stands. A new one supersedes it; neither is ever changed or deleted."))
    outcomes = {str(name): told(title) for name, title in OUTCOMES.items()}
    outcome = st.segmented_control(
        tell("Decision"), list(outcomes), key=_key(each, _OUTCOME), format_func=outcomes.__getitem__
    )  # fmt: skip
    key = _key(each, _REASON)
    reason = st.text_area(tell("Reason"), str(st.session_state.get(key, "")), key=key, height=110)
    name = _signer()
    if st.button(tell("Check and sign"), type="primary", icon=":material/gavel:", key="scenario_sign"):
        _check(each, outcome, str(reason or ""), name)


def _key(each: Scenario, name: str) -> str:
    """Once somebody decided, the form is a new one."""
    return f"{name}:{each.id}:{each.decision.id if each.decision else 0}"


def _why_not(each: Scenario) -> str | None:
    """Why nobody, or not this person, decides on what is shown."""
    if not store().may(Action.DECIDE_SCENARIO):
        return tell("Approvers decide on scenarios; your role does not.")
    if each.hidden:
        return tell("Somebody decides who may see every proposal of this scenario.")
    if each.version != each.newest:
        return tell("Only the newest version is decided on.")
    return tell("This scenario is in the archive. Restore it first.") if each.archived else None


def _signer() -> str:
    """Who signs: by the sign-in, or else a name that is typed."""
    if store().person.is_signed_in:
        st.caption(tell("You sign as {name}.", name=plain(person())))
        return person()
    st.session_state.setdefault(_NAME, person())
    return str(st.text_input(tell("Who decides"), str(st.session_state[_NAME]), key=_NAME, width=360) or "")


def _check(each: Scenario, outcome: str | None, reason: str, name: str) -> None:
    """What is missing is said here; what is complete is shown once more before it is final."""
    missing = [
        said
        for is_there, said in (
            (outcome, tell("Decision: approve or reject.")),
            (reason.strip(), tell("Reason: say why this scenario is approved or rejected.")),
            (name.strip(), tell("Who decides? Enter the name of the person who signs.")),
        )
        if not is_there
    ]
    for said in missing:
        st.error(said, icon=":material/error:")
    if missing or outcome is None:
        return
    follows = each.decision.id if each.decision else 0
    request = ScenarioDecisionRequest(each.version, ScenarioOutcome(outcome), reason, follows, name)
    st.dialog(tell("What is signed"), width="medium", icon=":material/gavel:")(_confirm)(each, request)


def _confirm(each: Scenario, request: ScenarioDecisionRequest) -> None:
    """The decision as it will stand, for ever."""
    if _RECORDED in st.session_state:
        st.rerun()
    lines = [
        (tell("Scenario"), each.name),
        (tell("On version"), str(each.version)),
        (tell("Decision"), told(OUTCOMES[request.outcome])),
        (tell("Decided by"), request.decided_by),
        (tell("Fingerprint of the figures"), each.content_hash[:16]),
    ]
    st.markdown("\n".join(f"- {plain(label)}: **{plain(value)}**" for label, value in lines))
    st.caption(tell("Reason"))
    st.text(request.reason.strip())
    st.info(tell("It is about these figures and these versions of the proposals. It is never changed or deleted; a later one may supersede it."), icon=":material/lock:")  # fmt: skip
    problem = st.session_state.pop(_REFUSED, "")
    if problem:
        st.error(problem, icon=":material/error:")
    st.button(
        tell("Sign the decision"), type="primary", icon=":material/gavel:", key="scenario_final",
        on_click=_record, args=(each.id, request),
    )  # fmt: skip


def _record(identity: str, request: ScenarioDecisionRequest) -> None:
    """A second click finds the decision of the first one."""
    try:
        store().scenarios.decide(identity, request)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
        return
    typed_texts_are_safe()
    st.session_state[_RECORDED] = True
