"""Decisions: the register. Who decided what, when, on which figures, and why; what is due for review."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from app.exports.notes import advice_notes
from app.exports.offer import offer
from app.exports.register import register_lines
from app.fields.words import plain, short, short_plain
from app.session import address
from app.session.language import chosen_language, tell, tell_count, told
from app.session.navigation import Page, link
from app.session.shared import store
from app.views.parts.badge import badge, recommendation_title
from app.views.parts.decision_duties import said_of
from db import Decision, DecisionFilters
from db import Page as ListPage
from scoping.reports import advice_said
from scoping.reports.listed import LIST_FORMATS
from scoping.reports.register import render_register
from scoping.text.languages import Language, message
from scoping.text.wording import amount_among, chance, day, number
from scoping.verdict import RECOMMENDATIONS
from scoping.vocabulary import Outcome

_SIZE = 10
_SOON_DAYS = 30
_DUE = ("overdue", "today", "soon")


def draw() -> None:
    """All decisions that match, newest first."""
    st.title(tell("Decisions"), anchor=False)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(tell("Decisions are never changed or deleted. A later one stands beside the earlier."))
        link("audit", tell("Audit trail"), ":material/receipt_long:")
    if not store().any_decision():
        st.info(
            tell("No decision is recorded yet. They are signed on a proposal's Review page."), icon=":material/gavel:"
        )
        return
    filters = _filters()
    found = address.shown(lambda number: store().decisions(page=number, size=_SIZE, filters=filters))
    if not found.total:
        st.info(tell("No decision matches. Clear the search or the filters."), icon=":material/search_off:")
    for decision in found.rows:
        decision_card(decision, with_title=True)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_how_many(found))
        address.pages(found.pages)
    if found.total:
        _exports(filters)


def _how_many(found: ListPage[Decision]) -> str:
    many = number(found.total, 0)
    if found.has_more:
        return tell("More than {many} decisions", many=many)
    return tell_count("{many} decision", "{many} decisions", found.total, many=many)


def _filters() -> DecisionFilters:
    """All of it stands in the address, so that a link shows the same list."""
    today = store().today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = address.search_field("search", tell("Search"), 220)
        outcomes = address.several_field("decision", tell("Decision"), [*Outcome], recommendation_title, tell("Any"))
        people = address.several_field("by", tell("Decided by"), store().deciders(), short, tell("Anyone"))
        first = address.day_field("from", tell("Decided from"))
        last = address.day_field("until", tell("Decided until"))
        due = address.word_field("due", tell("Review"), _DUE, _due_title, placeholder=tell("Any day"))
    return DecisionFilters(
        text=text,
        outcomes=tuple(map(Outcome, outcomes)),
        decided_by=tuple(people),
        decided_from=first,
        decided_to=last,
        due_by=_due_by(due, today),
    )


def _due_title(due: str) -> str:
    titles = {
        "overdue": tell("Overdue"),
        "today": tell("Due by today"),
        "soon": tell("Due within {days} days", days=str(_SOON_DAYS)),
    }
    return titles[due]


def _due_by(due: str | None, today: date) -> date | None:
    last_days = {
        "overdue": today - timedelta(days=1),
        "today": today,
        "soon": today + timedelta(days=_SOON_DAYS),
    }
    return last_days.get(due or "")


def _exports(filters: DecisionFilters) -> None:
    """The whole list as it is filtered."""
    with st.container(horizontal=True):
        for each in LIST_FORMATS:
            make = partial(_file, filters, each.name, chosen_language())
            name = f"groundwork-decisions.{each.name}"
            offer(told(each.title), make, name, each.media_type, f"register:{each.name}")


def _file(filters: DecisionFilters, name: str, language: Language) -> bytes:
    return render_register(register_lines(store(), filters), name, language)


def decision_card(decision: Decision, *, with_title: bool) -> None:
    """One decision with the figures that were seen."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            badge(decision.outcome)
            if decision.alternative:
                st.markdown(f"**{short_plain(decision.alternative, 60)}**", width="content")
            _due_badge(decision)
            if with_title:
                link("review", short_plain(decision.title, 70), ":material/fact_check:", proposal=decision.proposal_id)
        st.markdown(_sentence(decision))
        if decision.reason:
            st.text(decision.reason)
        if decision.conditions:
            st.markdown("\n".join(f"- {said_of(condition, decision.duties)}" for condition in decision.conditions))
        if decision.advice:
            _advice(decision)
        with st.expander(tell("Figures that were seen")):
            st.dataframe(_figures(decision), hide_index=True, alt=tell("Figures seen at the decision"))


def _advice(decision: Decision) -> None:
    """What the functions had said when it was signed."""
    st.caption(tell("Advice that there was"))
    lines = (told(advice_said(each)) for each in advice_notes(decision.advice))
    st.markdown("\n".join(f"- {plain(each)}" for each in lines))


def _due_badge(decision: Decision) -> None:
    today = store().today()
    if decision.is_overdue(today):
        st.badge(tell("Review overdue"), icon=":material/event_busy:", color="red")
    elif not decision.is_newest:
        st.badge(tell("Followed by a later decision"), icon=":material/history:", color="gray")
    elif decision.review_on == today:
        st.badge(tell("Review today"), icon=":material/event:", color="orange")


def _sentence(decision: Decision) -> str:
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


PAGE = Page(
    url="decisions",
    title=message("Decisions"),
    icon=":material/gavel:",
    help=message("Who decided what, when, on which figures, and why."),
    place=40,
    draw=draw,
)
