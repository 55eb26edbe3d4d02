"""What people do in an open round: advise for a function, request changes, withdraw it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.fields.words import plain
from app.session.language import tell, told
from app.session.person import person
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from app.views.parts.unfinished import sent, unfinished_text
from app.views.parts.who import name_field
from db import OWN_WORK, Action, AdviceRequest, Review, Role
from scoping import GroundworkError
from scoping.text.languages import message
from scoping.text.reviewing import OWN_STANCES, function_title
from scoping.vocabulary import Stance

_ADVICE, _CHANGES = "advice", "changes"


def advice_form(workspace: Workspace, review: Review) -> None:
    """To speak for a function that is asked; nothing for who speaks for none."""
    own = store().reviewing.speaks_for(workspace.id)
    if not own:
        if review.asked and store().person.has(Role.REVIEWER):
            is_let = Action.ADVISE in workspace.allowed()
            st.caption(tell("Others speak for the functions that are asked.") if is_let else tell(OWN_WORK))
        return
    with st.expander(tell("Give advice"), icon=":material/rate_review:", expanded=True):
        silent = [each for each in own if each in review.silent]
        function = _function(workspace, own, (silent or [*own])[0])
        stance = st.segmented_control(
            tell("Your advice"),
            list(Stance),
            format_func={each: told(OWN_STANCES[each]) for each in Stance}.__getitem__,
            key=f"stance:{workspace.id}:{review.number}:{function}",
        )
        said = unfinished_text(
            workspace,
            f"{_ADVICE}:{function}",
            tell("On which condition, or why"),
            tell("Needed unless you agree without a condition"),
        )
        _name("advice_name")
        if st.button(tell("Give this advice"), type="primary", icon=":material/send:", key="advise"):
            _advise(workspace, review, function, stance, said)


def _function(workspace: Workspace, own: tuple[str, ...], usual: str) -> str:
    if len(own) == 1:
        st.markdown(tell("You speak for **{function}**.", function=_title(own[0])))
        return own[0]
    key = f"advice_function:{workspace.id}"
    if st.session_state.get(key) not in own:
        st.session_state[key] = usual
    chosen = st.segmented_control(
        tell("You speak for"), own, format_func={each: _title(each) for each in own}.__getitem__, key=key, required=True
    )
    return str(chosen)


def _title(function: str) -> str:
    return plain(told(function_title(function)))


def _advise(workspace: Workspace, review: Review, function: str, stance: Stance | None, said: str) -> None:
    if stance is None:
        st.error(tell("Say whether you agree, agree if something holds, or disagree."), icon=":material/error:")
        return
    request = AdviceRequest(review.number, function, Stance(stance), said)
    if _is_done(lambda: store().reviewing.advise(workspace.id, request, person())):
        sent(workspace, f"{_ADVICE}:{function}")
        # The next function that is asked is the one to speak for.
        st.session_state.pop(f"advice_function:{workspace.id}", None)
        _again(tell("Advice given"))


def changes_form(workspace: Workspace, review: Review) -> None:
    """To end the round because something must change, for who may decide."""
    if Action.REQUEST_CHANGES not in workspace.allowed():
        return
    panel = st.popover(tell("Request changes"), icon=":material/edit_note:", key=f"{workspace.id}:changes")
    with panel:
        said = unfinished_text(workspace, _CHANGES, tell("What must change"))
        _name("changes_name")
        # By its round: a click on what was shown must not end another one that was begun meanwhile.
        key = f"request_changes:{review.number}"
        if st.button(tell("Request these changes"), type="primary", key=key) and _is_done(
            lambda: store().reviewing.request_changes(workspace.id, review.number, said, person())
        ):
            sent(workspace, _CHANGES)
            _again(tell("Changes requested"))


def withdraw_button(workspace: Workspace, review: Review) -> None:
    """To end the round without anything, for who may submit."""
    if Action.SUBMIT not in workspace.allowed():
        return
    key = f"withdraw:{review.number}"
    if st.button(tell("Withdraw"), icon=":material/undo:", type="tertiary", key=key) and _is_done(
        lambda: store().reviewing.withdraw(workspace.id, review.number, actor=person())
    ):
        _again(tell("Withdrawn from review"))


def _name(key: str) -> None:
    if not store().person.is_signed_in:
        name_field(key, message("Stands beside what you say in the review."))


def _is_done(act: Callable[[], object]) -> bool:
    """Whether it could be done; otherwise the reason is told, and what was typed stays."""
    try:
        act()
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return False
    return True


def _again(said: str) -> None:
    st.toast(said, icon=":material/check:")
    st.rerun()
