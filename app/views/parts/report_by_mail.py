"""The portfolio as a report by mail, each week or month: asked for beside the list, stopped with one click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.fields.words import plain, short
from app.notices.report_mail import filters_said
from app.session.language import chosen_language, tell, told
from app.session.shared import store
from app.views.parts.notices import refusal
from db import Filters, Report, ReportFile, ReportRequest, Rhythm, mail_is_set_up
from scoping import GroundworkError
from scoping.text.wording import day

_REFUSED, _RHYTHM, _FILE = "report_refused", "report_rhythm", "report_file"
_LONGEST_FILTER = 160


def report_by_mail(filters: Filters, due_within: int | None) -> None:
    """To ask for the list as it is filtered, where mails go out to the person; and the reports that come already."""
    if not can_be_mailed():
        return
    with st.popover(tell("Report by mail…"), icon=":material/schedule_send:", key="report_by_mail"):
        st.markdown(tell("This list as it is filtered now, sent to {address}.", address=plain(store().person.email)))
        st.segmented_control(
            tell("How often"), list(Rhythm), format_func=rhythm_title, key=_RHYTHM, default=Rhythm.WEEKLY, required=True
        )
        st.segmented_control(
            tell("Attached"),
            list(ReportFile),
            format_func=_file_title,
            key=_FILE,
            default=ReportFile.PDF,
            required=True,
        )
        st.caption(tell("What you may see on that day, in the language of these pages."))
        ask = partial(_ask, filters, due_within)
        st.button(
            tell("Send it to me"), type="primary", icon=":material/send:", key="report_ask", on_click=_act, args=(ask,)
        )
        reports("list")


def can_be_mailed() -> bool:
    """Whether somebody is signed in whose address is known, and mails go out."""
    person = store().person
    return person.is_signed_in and bool(person.email) and mail_is_set_up()


def reports(place: str) -> None:
    """The person's reports, each with the button that stops it; nothing where there are none."""
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    own = store().reporting.own()
    if own:
        st.markdown(tell("**Reports that come to you**"))
    for each in own:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(_said(each), width="stretch")
            st.button(
                tell("End it"), icon=":material/cancel:", type="tertiary", key=f"report_stop:{place}:{each.id}",
                on_click=_act, args=(partial(_stop, each.id),),
            )  # fmt: skip


def _said(report: Report) -> str:
    narrowed = told(filters_said(report.filters_on(store().today())))
    about = plain(short(narrowed, _LONGEST_FILTER)) if narrowed else tell("All proposals that you may see")
    rhythm = tell("{rhythm}, next on {day}", rhythm=rhythm_title(report.request.rhythm), day=told(day(report.next_on)))
    return f"{rhythm}  \n:small[{about}]"


def rhythm_title(rhythm: Rhythm) -> str:
    """What people call it."""
    return {Rhythm.WEEKLY: tell("Every week"), Rhythm.MONTHLY: tell("Every month")}[rhythm]


def _file_title(file: ReportFile) -> str:
    return {ReportFile.PDF: tell("PDF"), ReportFile.EXCEL: tell("Excel")}[file]


def _ask(filters: Filters, due_within: int | None) -> None:
    state = st.session_state.to_dict()
    rhythm, file = Rhythm(state[_RHYTHM]), ReportFile(state[_FILE])
    made = store().reporting.ask(ReportRequest(rhythm, file, filters, chosen_language().tag, due_within))
    st.toast(tell("The first one comes on {day}.", day=told(day(made.next_on))), icon=":material/schedule_send:")


def _stop(report: str) -> None:
    store().reporting.stop(report)
    st.toast(tell("The report is stopped."), icon=":material/cancel:")


def _act(change: Callable[[], None]) -> None:
    try:
        change()
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
