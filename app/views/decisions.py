"""Decisions: the register. Who decided what, when, on which figures, and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.fields.words import plain, short_plain
from app.session.navigation import Page, link
from app.session.shared import store
from app.views.parts.badge import badge
from db import Decision
from scoping.text.wording import compact_money, percent
from scoping.verdict import RECOMMENDATIONS

_SIZE = 10


def draw() -> None:
    """All decisions, newest first."""
    st.title("Decisions", anchor=False)
    st.caption("Decisions are never changed or deleted. A later one stands beside the earlier.")
    found = store().decisions(page=int(st.session_state.get("decisions_page", 1)), size=_SIZE)
    if not found.total:
        st.info("No decision is recorded yet. They are signed on a proposal's Review page.", icon=":material/gavel:")
        return
    for decision in found.rows:
        decision_card(decision, with_title=True)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(f"{found.total:,} decision{'' if found.total == 1 else 's'}")
        if found.pages > 1:
            st.pagination(found.pages, key="decisions_page")


def decision_card(decision: Decision, *, with_title: bool) -> None:
    """One decision with the figures that were seen."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            badge(decision.outcome)
            if with_title:
                link("review", short_plain(decision.title, 70), ":material/fact_check:", proposal=decision.proposal_id)
        recommended = RECOMMENDATIONS[decision.recommendation]
        agreement = "as recommended" if decision.accepted else f"overruling the recommendation “{recommended}”"
        review = f" Review on {decision.review_on:%d %B %Y}." if decision.review_on else ""
        who = f"{short_plain(decision.decided_by, 60)}, {decision.decided_at:%d %B %Y}"
        st.markdown(f"**{who}**, {agreement}, on version {decision.version}.{review}")
        if decision.reason:
            st.text(decision.reason)
        if decision.conditions:
            st.markdown("\n".join(f"- {plain(condition)}" for condition in decision.conditions))
        with st.expander("Figures that were seen"):
            st.dataframe(_figures(decision), hide_index=True, alt="Figures seen at the decision")


def _figures(decision: Decision) -> pd.DataFrame:
    """The alternatives as they were assessed when the decision was signed."""
    currency = str(decision.figures.get("currency", ""))
    return pd.DataFrame(
        [
            {
                "Alternative": each["name"],
                "Expected NPV": compact_money(each["npv"]["mean"], currency),
                "P10": compact_money(each["npv"]["p10"], currency),
                "P90": compact_money(each["npv"]["p90"], currency),
                "Chance of loss": percent(each["probability_of_loss"]),
            }
            for each in decision.figures.get("alternatives", [])
        ]
    )


PAGE = Page(
    url="decisions",
    title="Decisions",
    icon=":material/gavel:",
    help="Who decided what, when, on which figures, and why.",
    place=40,
    draw=draw,
)
