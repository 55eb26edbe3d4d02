"""What one unit more of each limit would be worth: solved again with it, for whole proposals have no slopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .candidates import Candidate
from .choosing import Choice, programme_of
from .limits import Limit, LimitKind, Limits, Row, rows_of
from .optimum import solve
from .risk import Risk

_OF_UNITS = frozenset({LimitKind.BUDGET, LimitKind.PEOPLE, LimitKind.AT_ONCE})
_FROM_THEN_ON = frozenset({LimitKind.PEOPLE, LimitKind.AT_ONCE})


@dataclass(frozen=True)
class Price:
    """A limit, by how much it was widened from its time on, and what the portfolio gains by that."""

    limit: Limit
    by: float
    worth: float


def prices(
    candidates: Sequence[Candidate],
    limits: Limits,
    *,
    money: float,
    people: float = 1.0,
    risk: Risk | None = None,
    best: Choice | None = None,
) -> list[Price]:
    """The worth of widening each limit: a budget by `money` in its quarter, people from a month on, one more at a time.

    `best` is the choice, where it is known. Limits that do not bind are worth nothing and left out; the dearest come
    first. Raises Unsolvable, PortfolioRefused.
    """
    rows = rows_of(candidates, limits)
    before = best.objective if best else solve(programme_of(candidates, rows, risk)).objective
    units = {LimitKind.BUDGET: money, LimitKind.PEOPLE: people, LimitKind.AT_ONCE: 1.0}
    found = []
    for limit in dict.fromkeys(row.limit for row in rows if row.limit.kind in _OF_UNITS):
        by = units[limit.kind]
        wider = solve(programme_of(candidates, _widened(rows, limit, by), risk)).objective
        if wider > before:
            found.append(Price(limit, by, wider - before))
    return sorted(found, key=lambda each: -each.worth)


def _widened(rows: Sequence[Row], limit: Limit, by: float) -> list[Row]:
    return [replace(row, upper=row.upper + by) if _is_meant(row.limit, limit) else row for row in rows]


def _is_meant(row: Limit, limit: Limit) -> bool:
    """Somebody who is hired in April is there in May too; money of a quarter is not."""
    if (row.kind, row.about) != (limit.kind, limit.about):
        return False
    if limit.kind not in _FROM_THEN_ON or row.when is None or limit.when is None:
        return row.when == limit.when
    return row.when >= limit.when
