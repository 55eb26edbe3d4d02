"""How the person wants to be told: mail at once, once a day or not at all, and a calendar of what is due."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.door.settings import Mode, door
from app.session.language import chosen_language, tell
from app.session.remembered import place_of
from app.session.shared import store
from app.views.parts.notices import refusal
from app.views.parts.report_by_mail import reports
from db import MailChoice, mail_is_set_up
from scoping import GroundworkError

_REFUSED, _TOKEN, _MAIL = "receiving_refused", "calendar_token", "mail_choice"
_FIELD_WIDTH = 420


def receiving() -> None:
    """The person's own choices; where nobody signs in, the one calendar that there is."""
    if store().person.is_signed_in:
        st.header(tell("Notices"), anchor="notices")
        if refused := st.session_state.pop(_REFUSED, ""):
            st.error(refused, icon=":material/error:")
        _mail()
        reports("settings")
        _calendar()
    elif door().mode is Mode.ALONE:
        st.header(tell("Calendar"), anchor="notices")
        st.markdown(tell("A calendar on this machine reads what is due from `/api/calendar.ics`."))


def _mail() -> None:
    if not mail_is_set_up():
        st.caption(tell("Mails are not set up here: what is new stands in the Inbox."))
        return
    if not store().person.email:
        st.caption(tell("Your sign-in proves no e-mail address: what is new stands in the Inbox."))
        return
    titles = {
        MailChoice.EACH: tell("Each at once"),
        MailChoice.DAILY: tell("Once a day, together"),
        MailChoice.NONE: tell("None"),
    }
    choices = [*MailChoice]
    st.session_state[_MAIL] = store().receiving.mail()
    st.selectbox(
        tell("Mail to {address}", address=store().person.email),
        choices,
        place_of(_MAIL, choices),
        format_func=titles.__getitem__,
        key=_MAIL,
        help=tell("Written in the language of these pages. The Inbox has everything in any case."),
        on_change=_act,
        args=(_choose_mail,),
        width=_FIELD_WIDTH,
    )


def _calendar() -> None:
    token, has_one = st.session_state.pop(_TOKEN, ""), store().receiving.has_calendar()
    st.markdown(
        tell("**Calendar.** Reviews, conditions and milestones that you may see, for a calendar to subscribe to.")
    )
    if token:
        st.info(tell("Shown this once. Whoever has this address can read these dates; a new one ends it."))
        st.code(f"{door().public_url}/api/calendar/{token}.ics", language=None)
    with st.container(horizontal=True):
        words = tell("Make a new address") if has_one else tell("Make an address")
        st.button(words, icon=":material/calendar_add_on:", key="calendar_new", on_click=_act, args=(_new_calendar,))
        if has_one:
            st.button(tell("End it"), key="calendar_end", type="tertiary", on_click=_act, args=(_end_calendar,))


def _act(change: Callable[[], None]) -> None:
    try:
        change()
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)


def _choose_mail() -> None:
    store().receiving.choose_mail(MailChoice(st.session_state[_MAIL]), chosen_language().tag)


def _new_calendar() -> None:
    st.session_state[_TOKEN] = store().receiving.new_calendar(chosen_language().tag)


def _end_calendar() -> None:
    store().receiving.end_calendar()
