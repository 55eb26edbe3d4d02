"""Decisions: the register. Who decided what, when, on which figures, and why; what is due for review."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from app.choosing.standing import has_real_ones
from app.exports.offer import offer
from app.exports.register import register_lines
from app.fields.words import short
from app.session import address
from app.session.language import chosen_language, tell, tell_count, told
from app.session.navigation import Page, link
from app.session.shared import store
from app.views.parts.badge import recommendation_title
from app.views.parts.decision_card import decision_card
from app.views.parts.whose import is_demo_shown
from db import Decision, DecisionFilters
from db import Page as ListPage
from scoping.reports.listed import LIST_FORMATS
from scoping.reports.register import render_register
from scoping.text.languages import Language, message
from scoping.text.reviewing import DECISION_STATES
from scoping.text.wording import number
from scoping.vocabulary import DecisionState, Outcome

_SIZE = 10
_SOON_DAYS = 30
_DUE = ("overdue", "today", "soon")
_STANDS = "standing"


def draw() -> None:
    """All decisions that match, newest first."""
    st.title(tell("Decisions"), anchor=False)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(tell("Decisions are never changed or deleted. At most one of a proposal stands."))
        link("audit", tell("Audit trail"), ":material/receipt_long:")
    if not store().any_decision():
        st.info(
            tell("No decision is recorded yet. They are signed on a proposal's Review page."), icon=":material/gavel:"
        )
        return
    filters = _filters(is_demo_shown(tell("Whose decisions"), lambda: has_real_ones(store())))
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


def _filters(is_demo: bool | None) -> DecisionFilters:
    """All of it stands in the address, so that a link shows the same list."""
    today = store().today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = address.search_field("search", tell("Search"), 220)
        outcomes = address.several_field("decision", tell("Decision"), [*Outcome], recommendation_title, tell("Any"))
        people = address.several_field("by", tell("Decided by"), store().deciders(is_demo), short, tell("Anyone"))
        first = address.day_field("from", tell("Decided from"))
        last = address.day_field("until", tell("Decided until"))
        standing = address.word_field("state", tell("State"), (_STANDS,), _state_title, placeholder=tell("Any"))
        due = address.word_field("due", tell("Review"), _DUE, _due_title, placeholder=tell("Any day"))
    return DecisionFilters(
        text=text,
        outcomes=tuple(map(Outcome, outcomes)),
        decided_by=tuple(people),
        decided_from=first,
        decided_to=last,
        due_by=_due_by(due, today),
        standing=standing == _STANDS,
        demo=is_demo,
    )


def _state_title(_: str) -> str:
    return told(DECISION_STATES[DecisionState.STANDING])


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


PAGE = Page(
    url="decisions",
    title=message("Decisions"),
    icon=":material/gavel:",
    help=message("Who decided what, when, on which figures, and why."),
    place=40,
    draw=draw,
)
