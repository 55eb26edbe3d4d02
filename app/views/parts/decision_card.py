"""A recorded decision on a page: how it stands, what was decided by whom and why, and the figures that were seen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from app.exports.notes import advice_notes, chain_note
from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.navigation import link
from app.session.shared import store
from app.views.parts.badge import Look, badge
from app.views.parts.decision_duties import said_of
from db import Decision
from scoping.reports import advice_said, chain_said
from scoping.text.reviewing import DECISION_STATES
from scoping.text.wording import amount_among, chance, day
from scoping.verdict import RECOMMENDATIONS
from scoping.vocabulary import DecisionState

_STATES: Mapping[DecisionState, Look] = MappingProxyType(
    {
        DecisionState.STANDING: Look(":material/verified:", "green"),
        DecisionState.SUPERSEDED: Look(":material/history:", "gray"),
        DecisionState.WITHDRAWN: Look(":material/undo:", "orange"),
    }
)


def decision_card(decision: Decision, *, with_title: bool) -> None:
    """One decision with the figures that were seen."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            badge(decision.outcome)
            if decision.alternative:
                st.markdown(f"**{short_plain(decision.alternative, 60)}**", width="content")
            state_badge(decision)
            _due_badge(decision)
            if with_title:
                link("review", short_plain(decision.title, 70), ":material/fact_check:", proposal=decision.proposal_id)
        chain_told(decision)
        st.markdown(sentence(decision))
        if decision.reason:
            st.text(decision.reason)
        if decision.conditions:
            st.markdown("\n".join(f"- {said_of(condition, decision.duties)}" for condition in decision.conditions))
        if decision.advice:
            _advice(decision)
        with st.expander(tell("Figures that were seen")):
            st.dataframe(_figures(decision), hide_index=True, alt=tell("Figures seen at the decision"))


def state_badge(decision: Decision) -> None:
    """Whether it stands, or what became of it."""
    look = _STATES[decision.state]
    st.badge(told(DECISION_STATES[decision.state]), icon=look.icon, color=look.colour)


def chain_told(decision: Decision) -> None:
    """Its place among the decisions on the proposal, where there are several, or it was withdrawn."""
    if said := chain_said(chain_note(decision)):
        st.caption(plain(told(said)))


def _advice(decision: Decision) -> None:
    """What the functions had said when it was signed."""
    st.caption(tell("Advice that there was"))
    lines = (told(advice_said(each)) for each in advice_notes(decision.advice))
    st.markdown("\n".join(f"- {plain(each)}" for each in lines))


def _due_badge(decision: Decision) -> None:
    today = store().today()
    if decision.is_overdue(today):
        st.badge(tell("Review overdue"), icon=":material/event_busy:", color="red")
    elif decision.is_standing and decision.review_on == today:
        st.badge(tell("Review today"), icon=":material/event:", color="orange")


def sentence(decision: Decision) -> str:
    """Who decided, when, whether as recommended, on which version, and when to look again."""
    who, on = short_plain(decision.decided_by, 60), plain(told(day(decision.decided_at.date())))
    version = str(decision.version)
    if not decision.is_verified:
        who = tell("{name} (name typed)", name=who)
    if decision.accepted:
        said = tell("**{who}, {day}**, as recommended, on version {version}.", who=who, day=on, version=version)
    else:
        said = tell(
            "**{who}, {day}**, overruling the recommendation “{recommended}”, on version {version}.",
            who=who,
            day=on,
            version=version,
            recommended=RECOMMENDATIONS[decision.recommendation],
        )
    review = tell("Review on {day}.", day=plain(told(day(decision.review_on)))) if decision.review_on else ""
    return f"{said} {review}".strip()


def _figures(decision: Decision) -> pd.DataFrame:
    """The alternatives as they were assessed when the decision was signed."""
    rows = decision.figures.get("alternatives", [])
    parts = {"mean": tell("Expected NPV"), "p10": tell("P10"), "p90": tell("P90")}
    write = amount_among(
        [each["npv"][part] for each in rows for part in parts], str(decision.figures.get("currency", ""))
    )
    return pd.DataFrame(
        [
            {
                tell("Alternative"): each["name"],
                **{title: told(write(each["npv"][part])) for part, title in parts.items()},
                tell("Chance of loss"): told(chance(each["probability_of_loss"])),
            }
            for each in rows
        ]
    )
