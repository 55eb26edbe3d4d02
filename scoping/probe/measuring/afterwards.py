"""Columns that were made after the event: filled only once the outcome is there, dated later, or the next outcome."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from ...document.evidence import Leak
from .inputs import Kind
from .preparing import Prepared
from .problem import Problem
from .series import Ordering
from .values import Codes, Floats

Flags = NDArray[np.bool_]

_PURE = 0.99
_LEAST_FILLED = 20
_COVERED = 0.3
_NEARLY_COVERED = 0.9
_TWO = 2
_BY_CHANCE = 1e-6
_OFTEN = 0.2
_LATER = 0.5
_AHEAD = (1, 2, 3)
_MOVES_WITH = 0.95
_MORE_THAN_NOW = 0.1
_FEW_VALUES = 50


def known_afterwards(prepared: Prepared) -> Iterator[Leak]:
    """Columns that cannot have been known when the prediction was due."""
    problem = prepared.problem
    outcomes = _outcomes(problem)
    for place, name in enumerate(problem.inputs.names[: problem.columns]):
        feature = int(problem.inputs.features_of(place)[0])
        values = problem.inputs.matrix[:, feature]
        if _is_filled_by_outcome(values, outcomes, problem.inputs.kinds[feature]):
            yield Leak(kind="known_afterwards", columns=[name], rows=int((~np.isnan(values)).sum()))
        elif _is_next_outcome(problem, values, problem.inputs.kinds[feature]):
            yield Leak(kind="known_afterwards", columns=[name])
    for name, later in prepared.later.items():
        if later.share >= _LATER:
            yield Leak(kind="known_afterwards", columns=[name], rows=later.rows)


# Filled only where the outcome is there ------------------------------------------------------------


def _outcomes(problem: Problem) -> list[Flags]:
    """What may have happened to a row: a class; of numbers, another value than the most frequent one."""
    if problem.classes:
        return [problem.target == each for each in range(problem.classes)]
    values, counts = np.unique(problem.target, return_counts=True)
    if counts.max() < _OFTEN * problem.rows:
        return []
    usual = problem.target == values[np.argmax(counts)]
    return [usual, ~usual]


def _is_filled_by_outcome(values: Floats, outcomes: list[Flags], kind: Kind) -> bool:
    """True where a column is filled, or has another value than its usual one, for one outcome alone.

    A number that is zero but for one of two outcomes is a column that was not filled before it. Of other values, and
    of several classes, such a part is often but a sign of its class: there nearly all of the outcome must be in it.
    """
    filled = ~np.isnan(values)
    if not filled.all():
        return any(_tells(part, each, _COVERED) for part in (filled, ~filled) for each in outcomes)
    found, counts = np.unique(values, return_counts=True)
    unusual = values != found[np.argmax(counts)]
    is_usual = counts.max() >= _OFTEN * len(values)
    is_empty = kind is Kind.NUMBER and len(outcomes) == _TWO and found[np.argmax(counts)] == 0
    covered = _COVERED if is_empty else _NEARLY_COVERED
    return len(found) > _TWO and is_usual and any(_tells(unusual, each, covered) for each in outcomes)


def _tells(part: Flags, outcome: Flags, covered: float) -> bool:
    """True where nearly all rows of the part had the outcome, and much of the outcome is in it: too pure for chance."""
    count, right = int(part.sum()), int((part & outcome).sum())
    if count < _LEAST_FILLED or right < _PURE * count or right < covered * outcome.sum():
        return False
    return bool(binom.sf(right - 1, count, outcome.mean()) < _BY_CHANCE)


# The next outcome --------------------------------------------------------------------------------


def _is_next_outcome(problem: Problem, values: Floats, kind: Kind) -> bool:
    """True where a column tells what the target is some rows later, better than what it is now."""
    ordering = _ordering(problem)
    if problem.classes:
        if kind is Kind.MANY or len(np.unique(values)) > _FEW_VALUES:
            return False
        now = _told(values, problem.target, problem.classes)
        return any(
            _told(values, _ahead(ordering, problem.target, each), problem.classes) > max(_PURE, now) for each in _AHEAD
        )
    if kind is not Kind.NUMBER:
        return False
    change, moves = values - ordering.lag(values, 1), problem.target - ordering.lag(problem.target, 1)
    now = _correlation(change, moves)
    return any(
        _correlation(change, _ahead(ordering, moves, each)) > max(_MOVES_WITH, now + _MORE_THAN_NOW) for each in _AHEAD
    )


def _ordering(problem: Problem) -> Ordering:
    keys = np.zeros(problem.rows, dtype=np.int64) if problem.groups is None else problem.groups
    return Ordering.of(np.arange(problem.rows, dtype=np.float64), keys)


def _ahead(ordering: Ordering, values: Floats, by: int) -> Floats:
    """What stands so many rows later in the same series."""
    reverse = Ordering(ordering.order[::-1].copy(), ordering.keys[::-1].copy())
    return reverse.lag(values, by)


def _correlation(first: Floats, second: Floats) -> float:
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < _LEAST_FILLED or np.ptp(first[both]) == 0 or np.ptp(second[both]) == 0:
        return 0.0
    scaled = [(each[both] - each[both].mean()) / np.ptp(each[both]) for each in (first, second)]
    return float(np.corrcoef(*scaled)[0, 1])


def _told(values: Floats, target: Floats, classes: int) -> float:
    """How far the values tell the target: the share of rows of the usual class of their value, none where that is the
    usual class anyway."""
    both = ~np.isnan(values) & ~np.isnan(target)
    if both.sum() < _LEAST_FILLED:
        return 0.0
    _, codes = np.unique(values[both], return_inverse=True)
    table: Codes = np.zeros((codes.max() + 1, classes), dtype=np.int64)
    np.add.at(table, (codes, target[both].astype(int)), 1)
    usual = table.sum(axis=0).max()
    right = table.max(axis=1).sum()
    return float((right - usual) / (both.sum() - usual)) if both.sum() > usual else 0.0
