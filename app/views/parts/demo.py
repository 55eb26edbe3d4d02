"""The demo portfolio on the first page: loaded by one button, removed by one. Who sees it is told that it is one."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.demo import MANY, demo_proposals
from app.session.language import tell, tell_count
from app.session.navigation import link
from app.session.person import person
from app.session.shared import appraise_cached, store
from app.views.parts.notices import refusal
from db import Action
from scoping import GroundworkError

_REFUSED = "demo_refused"
_NAMED = 10


def demo_offer(place: str) -> None:
    """What it is, and the button that loads it. Where people sign in, all would see it: that is for administrators."""
    if not store().may(Action.MANAGE) or store().demo.is_here():
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container():
            st.markdown(f"**{tell('A demo portfolio')}**")
            st.caption(
                tell(
                    "{count} made-up proposals of different industries, decided on, with two years of what came of them: to see decisions, actuals and the track record at work. One button removes it again.",
                    count=str(MANY),
                )
            )
        if st.button(tell("Load the demo portfolio"), key=f"load_demo:{place}", icon=":material/download:"):
            _load()


def demo_note() -> None:
    """Told above the list for as long as it is here."""
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    if not store().demo.is_here():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/science: {tell('The demo portfolio is here: made-up proposals, whose titles begin with “Demo”.')}",
            width="content",
        )
        link("track", tell("Its track record"), ":material/query_stats:")
        if store().may(Action.MANAGE) and st.button(
            tell("Remove the demo portfolio"), key="remove_demo", type="tertiary", icon=":material/delete:"
        ):
            st.dialog(tell("Remove the demo portfolio?"))(_ask)()


def _load() -> None:
    """Takes some seconds: every proposal is assessed as any other."""
    said = tell("Assessing made-up proposals…")
    bar = st.progress(0.0, text=said)

    def told(done: int) -> None:
        bar.progress(min(done / MANY, 1.0), text=said)

    try:
        store().demo.load(demo_proposals(), appraise_cached, person(), told)
    except GroundworkError as error:
        st.error(refusal(error), icon=":material/error:")
        return
    st.rerun()


def _ask() -> None:
    """What goes; what somebody changed or decided in it goes too, so that is named first."""
    here = store().demo.here()
    st.markdown(
        tell_count(
            "{count} made-up proposal leaves all lists. Nothing else is touched; the audit trail keeps that it was here.",
            "{count} made-up proposals leave all lists. Nothing else is touched; the audit trail keeps that they were here.",
            here.count,
        )
    )
    if here.changed:
        st.warning(
            tell_count(
                "In {count} of them somebody changed, decided or entered something. That goes too:",
                "In {count} of them somebody changed, decided or entered something. That goes too:",
                len(here.changed),
            ),
            icon=":material/edit_note:",
        )
        st.markdown("\n".join(f"- {short_plain(each, 90)}" for each in here.changed[:_NAMED]))
        if len(here.changed) > _NAMED:
            st.caption(plain(tell("The first {shown} of {count}.", shown=str(_NAMED), count=str(len(here.changed)))))
    with st.container(horizontal=True):
        # The work is the callback's: whatever the run after it draws, it was done once.
        if st.button(tell("Remove it"), key="remove_demo_yes", type="primary", on_click=_remove):
            st.rerun()
        if st.button(tell("Keep it"), key="remove_demo_no"):
            st.rerun()


def _remove() -> None:
    try:
        store().demo.remove(person())
    except GroundworkError as error:
        st.session_state[_REFUSED] = refusal(error)
