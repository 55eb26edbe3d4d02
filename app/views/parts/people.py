"""Who belongs here, and with which role: for administrators."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.remembered import held, text_of
from app.session.shared import store
from app.views.parts.notices import refusal
from db import DUTIES, ROLES, Action, Member, Role
from scoping import GroundworkError
from scoping.text.wording import moment

_REFUSED, _EMAIL = "people_refused", "people_email"
_LONGEST_NAME = 70
_BY_GROUPS = ""


def people() -> None:
    """Everybody with their role; adding and removing; whether decisions need four eyes."""
    if not (store().person.is_signed_in and store().may(Action.MANAGE)):
        return
    st.header(tell("People"), anchor="people")
    with st.expander(tell("What each role may do"), icon=":material/badge:"):
        st.markdown("\n".join(f"- **{told(ROLES[role])}** {told(DUTIES[role])}" for role in Role))
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    for each in store().people.all():
        _line(each)
    _add()
    _four_eyes()


def _line(each: Member) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{short_plain(each.label, _LONGEST_NAME)}**  \n:small[{_said_of(each)}]", width="stretch")
        if each.id == store().person.id:
            st.caption(tell("You"), width="content")
            return
        if each.is_removed:
            st.button(tell("Bring back"), key=f"back:{each.id}", on_click=_act, args=(_bring_back, each.id))
            return
        _role_of(each)
        st.button(tell("Remove"), key=f"out:{each.id}", on_click=_act, args=(_remove, each.id), type="tertiary")


def _said_of(each: Member) -> str:
    if each.is_removed:
        return tell("Removed: no longer let in")
    role = told(ROLES[each.role]) if each.role else tell("No role: sees nothing")
    when = told(moment(each.seen_at)) if each.seen_at else tell("has not signed in yet")
    return f"{role} · {plain(when)}"


def _role_of(each: Member) -> None:
    """The role that is given here; another one may follow from groups, and the higher one counts."""
    key = f"role:{each.id}"
    # The framework takes None for nothing chosen yet.
    options = [_BY_GROUPS, *Role]
    st.session_state[key] = each.given or _BY_GROUPS
    st.selectbox(
        tell("Role of {name}", name=each.label),
        options,
        key=key,
        format_func=lambda role: tell("By groups only") if role == _BY_GROUPS else told(ROLES[role]),
        label_visibility="collapsed",
        width=200,
        on_change=_act,
        args=(_give_role, each.id),
    )


def _add() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            tell("Add by e-mail address"), text_of(_EMAIL), key=_EMAIL, width=320, placeholder="name@example.org"
        )
        st.selectbox(
            tell("Role"), [*Role], index=1, key="people_role", format_func=lambda role: told(ROLES[role]), width=200
        )
        st.button(tell("Add"), icon=":material/person_add:", on_click=_act, args=(_add_expected, ""), key="people_add")
    st.caption(
        tell(
            "Whoever signs in with that address, proven by the sign-in, gets the role. "
            "A question mark after an address says that nobody proved it."
        )
    )


def _four_eyes() -> None:
    st.session_state["four_eyes"] = store().people.needs_four_eyes
    st.toggle(
        tell(
            "Four eyes: nobody advises or decides on a proposal that is theirs, or of which they saved or submitted a version"
        ),
        key="four_eyes",
        on_change=_act,
        args=(_set_four_eyes, ""),
    )


def _act(change: Callable[[str], None], identity: str) -> None:
    try:
        change(identity)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)


def _bring_back(identity: str) -> None:
    store().people.bring_back(identity)


def _remove(identity: str) -> None:
    store().people.remove(identity)


def _give_role(identity: str) -> None:
    chosen = st.session_state[f"role:{identity}"]
    store().people.give_role(identity, None if chosen == _BY_GROUPS else Role(chosen))


def _add_expected(_: str) -> None:
    store().people.add(str(held(_EMAIL) or ""), st.session_state["people_role"])
    st.session_state[_EMAIL] = ""


def _set_four_eyes(_: str) -> None:
    store().people.require_four_eyes(bool(st.session_state["four_eyes"]))
