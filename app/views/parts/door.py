"""Who came in, who may not, and how to leave."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from app.door.identity import NotSignedIn
from app.door.settings import Mode, door
from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.shared import store
from app.views.parts.notices import refusal
from db import ROLES, NotAMember, Person

_LONGEST_NAME = 60


def outside(why: NotAMember) -> None:
    """The only thing that is shown to who did not come in: why not, and the way."""
    st.title("Groundwork", anchor=False)
    st.markdown(tell("Scope machine-learning projects before anyone builds them."))
    if isinstance(why, NotSignedIn):
        st.info(refusal(why), icon=":material/lock:")
    else:
        st.warning(refusal(why), icon=":material/block:")
    _ways(is_signed_in=not isinstance(why, NotSignedIn))


def _ways(*, is_signed_in: bool) -> None:
    if door().mode is Mode.PROXY:
        _proxy_sign_out()
        return
    if not is_signed_in:
        st.button(tell("Sign in"), type="primary", icon=":material/login:", on_click=st.login, key="sign_in")
        return
    st.button(tell("Sign in as somebody else"), icon=":material/logout:", on_click=st.logout, key="sign_in_again")


def whose_session(person: Person) -> None:
    """At the end of every page: who is signed in, or that nobody is."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if not person.is_signed_in:
            st.caption(_without_sign_in(), width="content")
            return
        assert person.role is not None
        name, role = short_plain(person.label, _LONGEST_NAME), told(ROLES[person.role])
        st.caption(tell("Signed in as {name} · {role}", name=name, role=role), width="content")
        if door().mode is Mode.PROXY:
            _proxy_sign_out()
        else:
            st.button(tell("Sign out"), type="tertiary", icon=":material/logout:", on_click=_sign_out, key="sign_out")


def _without_sign_in() -> str:
    if door().mode is Mode.OPEN:
        return ":material/warning: " + tell(
            "Open to everybody who reaches this address: nobody signs in, everything is allowed, and names are typed."
        )
    return ":material/lock_open: " + tell(
        "Nobody signs in here: whoever uses this machine may do everything, and names are typed."
    )


def _sign_out() -> None:
    """In every tab and on every machine: what was issued before is worth nothing.

    This browser forgets the sign-in also where there is nothing to end any more, or the database is away.
    """
    try:
        with suppress(NotAMember):
            store().people.sign_out()
    finally:
        st.logout()


def _proxy_sign_out() -> None:
    proxy = door().proxy
    if proxy is not None and proxy.sign_out_url:
        st.link_button(tell("Sign out"), proxy.sign_out_url, icon=":material/logout:", type="tertiary")


def not_here(reason: str) -> None:
    """What a person may not do on a page, said where it would be done."""
    st.info(plain(reason), icon=":material/lock:")
