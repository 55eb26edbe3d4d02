"""The decisions that match a filter, as the register's files tell them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.exports.notes import advice_notes, chain_note, duty_notes
from db import Decision, DecisionFilters, Store
from scoping.reports import advice_said
from scoping.reports.register import RegisterLine


def register_lines(store: Store, filters: DecisionFilters) -> Iterator[RegisterLine]:
    """All decisions that match, however many pages they fill."""
    today = store.today()
    return (_line(row, today) for row in store.every_decision(filters))


def _line(row: Decision, today: date) -> RegisterLine:
    return RegisterLine(
        title=row.title,
        outcome=row.outcome,
        alternative=row.alternative or "",
        recommendation=row.recommendation,
        accepted=row.accepted,
        version=row.version,
        decided_by=row.decided_by,
        decided_on=row.decided_at.date(),
        reason=row.reason,
        conditions=row.conditions,
        review_on=row.review_on,
        is_overdue=row.is_overdue(today),
        figures=row.figures,
        is_verified=row.is_verified,
        advice=tuple(map(advice_said, advice_notes(row.advice))),
        chain=chain_note(row),
        duties=duty_notes(row),
    )
