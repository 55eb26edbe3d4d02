"""Who sees to a condition of a decision, and by when: beside the text in which the conditions are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.shared import store
from app.views.parts.decision_fields import DecisionFields
from db import Duty, Member
from scoping.text.wording import day

_MOST = 12
_LONGEST_TEXT = 160


def duties(fields: DecisionFields, conditions: Sequence[str]) -> tuple[Duty, ...]:
    """What was said of the conditions that stand in the form now; nothing of those that nobody was given."""
    different = [*dict.fromkeys(conditions)]
    if not different:
        return ()
    people = _people()
    with st.expander(tell("Who sees to it, and by when"), icon=":material/event:"):
        st.caption(tell("Each condition becomes a task in the Inbox. Without an owner it is the proposal's owner's."))
        found = [_duty(fields, each, people) for each in different[:_MOST]]
    return tuple(each for each in found if each.due_on or each.owner)


def _people() -> dict[str, Member]:
    """Who may be chosen, where people sign in."""
    return {each.id: each for each in store().people.directory()} if store().person.is_signed_in else {}


def _duty(fields: DecisionFields, condition: str, people: dict[str, Member]) -> Duty:
    name = sha256(condition.encode("utf-8", "replace")).hexdigest()[:12]
    st.markdown(short_plain(condition, _LONGEST_TEXT))
    owner, due_on = fields.duty(condition)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _owner(fields, name, condition, owner, people)
        begun = _begun(fields, f"due:{name}", due_on, condition)
        due = st.date_input(tell("Due on"), format="YYYY-MM-DD", width=220, **{"value": None, **begun})
    given = due if isinstance(due, date) else None
    if people:
        return Duty(condition, given, people[chosen].name or people[chosen].email if chosen else "", chosen or None)
    return Duty(condition, given, chosen)


def _owner(fields: DecisionFields, name: str, condition: str, owner: str, people: dict[str, Member]) -> str:
    begun = _begun(fields, f"owner:{name}", owner or None if people else owner, condition)
    if not people:
        typed = st.text_input(tell("Owner"), placeholder=tell("The proposal's owner"), width=320, **begun)
        return str(typed or "").strip()
    chosen = st.selectbox(
        tell("Owner"),
        [*people],
        format_func={key: each.label for key, each in people.items()}.__getitem__,
        placeholder=tell("The proposal's owner"),
        width=320,
        **{"index": None, **begun},
    )
    return str(chosen or "")


def _begun(fields: DecisionFields, name: str, value: Any, condition: str) -> dict[str, Any]:
    key = fields.key(f"duty:{name}")
    st.session_state.setdefault(key, value)
    part = name.partition(":")[0]
    return {"key": key, "on_change": fields.keep_duty, "args": (condition, part, key)}


def said_of(condition: str, found: Sequence[Duty]) -> str:
    """A condition with who sees to it and by when, for a page."""
    duty = next((each for each in found if each.condition == condition), Duty(condition))
    beside = [plain(duty.owner)] if duty.owner else []
    if duty.due_on:
        beside.append(tell("by {day}", day=plain(told(day(duty.due_on)))))
    return f"{plain(condition)} ({', '.join(beside)})" if beside else plain(condition)
