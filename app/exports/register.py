"""The decisions that match a filter, as the register's files tell them."""

from __future__ import annotations

from db import MOST_ROWS, Decision, DecisionFilters, Store
from scoping.reports.register import RegisterLine


def register_lines(store: Store, filters: DecisionFilters) -> list[RegisterLine]:
    """All decisions that match, however many pages they fill."""
    pages = range(1, store.decisions(size=MOST_ROWS, filters=filters).pages + 1)
    rows = [row for number in pages for row in store.decisions(None, number, MOST_ROWS, filters).rows]
    return [_line(store, row) for row in rows]


def _line(store: Store, row: Decision) -> RegisterLine:
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
        is_overdue=row.is_overdue(store.today()),
        is_newest=row.is_newest,
        figures=row.figures,
    )
