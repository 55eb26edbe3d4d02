"""To take back the decision that stands: with a reason, signed like a decision, and never undone."""

from __future__ import annotations

import streamlit as st

from app.session.language import tell
from app.session.person import person
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from app.views.parts.unfinished import sent, unfinished_text
from app.views.parts.who import name_field
from db import Action, DatabaseNotReady, Decision
from scoping import GroundworkError
from scoping.text.languages import message

_REASON = "withdrawal"


def withdrawal_form(workspace: Workspace, decision: Decision) -> None:
    """For who may decide, below the decision that stands; nothing below any other."""
    if not decision.is_standing or Action.DECIDE not in workspace.allowed():
        return
    panel = st.popover(tell("Withdraw this decision…"), icon=":material/undo:", key=f"{workspace.id}:withdrawal")
    with panel:
        said = tell(
            "It stays in the record as it is and stands no more; its tasks end. An earlier decision does not stand again."
        )
        st.caption(said)
        reason = unfinished_text(workspace, _REASON, tell("Why it does not hold any more"))
        if not store().person.is_signed_in:
            name_field("withdrawal_name", message("Who signs the withdrawal."))
        if st.button(tell("Withdraw the decision"), type="primary", icon=":material/undo:", key="withdraw_decision"):
            _withdraw(workspace, decision, reason)


def _withdraw(workspace: Workspace, decision: Decision, reason: str) -> None:
    try:
        store().withdrawing.withdraw(workspace.id, decision.id, reason, person())
    except DatabaseNotReady as error:
        said = tell("Not withdrawn yet; what you wrote is kept. Try again once the database answers.")
        st.error(f"{said} {refusal(error)}", icon=":material/database_off:")
        return
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    sent(workspace, _REASON)
    st.toast(tell("Decision withdrawn"), icon=":material/undo:")
    st.rerun()
