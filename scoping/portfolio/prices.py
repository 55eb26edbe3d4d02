"""What one unit more of each limit would be worth: solved again with it, for whole proposals have no slopes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from .candidates import Candidate
from .choosing import Choice, numbers_of, programme_of
from .limits import Limit, LimitKind, Limits, Row, rows_of
from .optimum import Change, Optimum, solve
from .risk import Risk

_OF_UNITS = frozenset({LimitKind.BUDGET, LimitKind.PEOPLE, LimitKind.AT_ONCE})
_FROM_THEN_ON = frozenset({LimitKind.PEOPLE, LimitKind.AT_ONCE})
_NOTHING = 1e-9


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
    programme = programme_of(candidates, rows, risk)
    before = best.objective if best else solve(programme).objective
    units = {LimitKind.BUDGET: money, LimitKind.PEOPLE: people, LimitKind.AT_ONCE: 1.0}
    optimum = Optimum(programme) if len(programme.values) else None
    if optimum is not None and best is not None:
        optimum.know(numbers_of(candidates, best))

    def gained(wanted: Collection[Limit]) -> float:
        if optimum is None:
            return 0.0
        by = units[next(iter(wanted)).kind]
        return optimum.best(Change(wider=_widened(rows, wanted, by))).objective - before

    found = [
        Price(limit, units[limit.kind], worth)
        for series in _series(rows)
        for limit, worth in _worths(series, gained).items()
        if worth > _NOTHING * max(abs(before), 1.0)
    ]
    return sorted(found, key=lambda each: -each.worth)


def _series(rows: Sequence[Row]) -> list[list[Limit]]:
    """The limits that can be priced, those of one kind and role together, in the order of time."""
    found: dict[tuple[LimitKind, tuple[str, ...]], list[Limit]] = {}
    for limit in dict.fromkeys(row.limit for row in rows if row.limit.kind in _OF_UNITS):
        found.setdefault((limit.kind, limit.about), []).append(limit)
    return list(found.values())


def _worths(series: Sequence[Limit], gained: Callable[[Collection[Limit]], float]) -> dict[Limit, float]:
    """What each limit of a series gains when it is widened.

    All at once gain at least as much as one, so that a series which never binds is asked about once. Somebody who comes
    earlier is worth at least as much as one who comes later: between two months that are worth the same, all are.
    """
    if series[0].kind in _FROM_THEN_ON:
        return _falling(series, gained, {})
    return {each: gained([each]) for each in series} if len(series) == 1 or gained(series) > 0 else {}


def _falling(
    series: Sequence[Limit], gained: Callable[[Collection[Limit]], float], known: dict[Limit, float]
) -> dict[Limit, float]:
    """Halves a series whose worth falls until both ends are worth the same; `known` has what was asked already."""
    for number in (0, -1):
        if series[number] not in known:
            known[series[number]] = gained([series[number]])
    first, last = known[series[0]], known[series[-1]]
    if len(series) <= 2 or first - last <= _NOTHING * max(abs(first), 1.0):
        return known | {each: first for each in series if each not in known}
    middle = len(series) // 2
    return _falling(series[: middle + 1], gained, known) | _falling(series[middle:], gained, known)


def _widened(rows: Sequence[Row], wanted: Collection[Limit], by: float) -> dict[Limit, float]:
    return {row.limit: by for row in rows if any(_is_meant(row.limit, each) for each in wanted)}


def _is_meant(row: Limit, limit: Limit) -> bool:
    """Somebody who is hired in April is there in May too; money of a quarter is not."""
    if (row.kind, row.about) != (limit.kind, limit.about):
        return False
    if limit.kind not in _FROM_THEN_ON or row.when is None or limit.when is None:
        return row.when == limit.when
    return row.when >= limit.when
