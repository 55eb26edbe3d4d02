"""Personal tokens: with what programs of a person come in. Made, listed, revoked; administrators see everybody's."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.person import person
from app.session.remembered import held, text_of
from app.session.shared import store
from app.views.parts.notices import refusal
from db import USUAL_DAYS, Action, MadeToken, Scope, Token
from scoping import GroundworkError
from scoping.text.languages import message
from scoping.text.wording import day

_NAME, _SCOPE, _DAYS, _REFUSED = "token_name", "token_scope", "token_days", "token_refused"
_LONGEST_NAME = 60
_CHOICES_OF_DAYS = (7, 30, USUAL_DAYS, 180, 365)
_SCOPES = {Scope.READ: message("reads"), Scope.WRITE: message("reads and writes")}


def tokens() -> None:
    """The tokens of who is at the screen, and a way to make one."""
    if not store().may(Action.MAKE_TOKENS):
        return
    st.header(tell("Personal tokens"), anchor="tokens")
    st.caption(
        tell(
            "With a token, a program of yours does at most what you may do. It never signs a decision, shares a proposal or changes settings."
        )
    )
    _make()
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    for each in store().tokens.own():
        _line(each, "own")
    _everybodys()


def _make() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(tell("What it is for"), text_of(_NAME), key=_NAME, width=260, max_chars=100)
        st.selectbox(
            tell("What it may do"),
            [*_SCOPES],
            key=_SCOPE,
            format_func={scope: tell(said) for scope, said in _SCOPES.items()}.__getitem__,
            width=180,
        )
        st.selectbox(
            tell("Good for"),
            _CHOICES_OF_DAYS,
            index=_CHOICES_OF_DAYS.index(USUAL_DAYS),
            key=_DAYS,
            format_func=lambda days: tell("{days} days", days=str(days)),
            width=140,
        )
        is_asked = st.button(tell("Make token"), icon=":material/key:", key="token_make")
    if is_asked and (made := _made()):
        st.dialog(tell("New token"), icon=":material/key:")(_show)(made)


def _made() -> MadeToken | None:
    """The new token; None, with the reason kept for the page, where there is none."""
    chosen, days = st.session_state[_SCOPE], st.session_state[_DAYS]
    try:
        return store().tokens.make(str(held(_NAME) or ""), days, [chosen], person())
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
        return None


def _show(made: MadeToken) -> None:
    """The secret, this once: it is in no state of the page, and nobody can be shown it again."""
    st.markdown(tell("**{name}**: copy the token now. It is shown this once.", name=plain(made.token.name)))
    st.code(made.secret, language=None, wrap_lines=True)
    st.caption(tell("Keep it like a password: a program that has it is taken for you."))


def _line(each: Token, whose: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            owner = f" · {short_plain(each.owner, _LONGEST_NAME)}" if each.owner else ""
            st.markdown(f"**{short_plain(each.name, _LONGEST_NAME)}** `{each.beginning}…`{owner}")
            st.caption(plain(_told_of(each)))
        st.button(
            tell("Revoke"),
            key=f"token:{whose}:{each.id}",
            icon=":material/block:",
            type="tertiary",
            help=tell("Revoke {name}", name=short_plain(each.name, _LONGEST_NAME)),
            on_click=_revoke,
            args=(each.id,),
        )


def _told_of(each: Token) -> str:
    until = told(day(each.expires_at.date()))
    end = tell("expired {day}", day=until) if each.is_past(store().today()) else tell("until {day}", day=until)
    used = tell("last used {day}", day=told(day(each.used_at.date()))) if each.used_at else tell("never used")
    scope = Scope.WRITE if Scope.WRITE in each.scopes else Scope.READ
    return " · ".join((tell(_SCOPES[scope]), end, used))


def _revoke(token_id: str) -> None:
    try:
        store().tokens.revoke(token_id, person())
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)


def _everybodys() -> None:
    """For administrators, on demand: all tokens, each with its owner."""
    if not (store().person.is_signed_in and store().may(Action.MANAGE)):
        return
    if not st.toggle(tell("Everybody's tokens"), key="tokens_of_all"):
        return
    others = [each for each in store().tokens.all() if each.owner != store().person.label]
    if not others:
        st.caption(tell("Nobody else has one."))
    for each in others:
        _line(each, "all")
