"""How a programme is searched, once or many times with something changed: by the options that count.

Most options are never of use. The programme that may do options in part is quickly solved, anew from where it ended
last, and its reduced costs say for each option by how much, at least, any choice with it falls short of that bound. So
only what is nearer to the bound than the best choice known (the *core*) is searched exactly: no option left out can be
in a better one (Balas and Zemel 1980, An Algorithm for Large Zero-One Knapsack Problems, Operations Research 28(5);
reduced-cost fixing: Wolsey 1998, Integer Programming, ch. 7.5). Choices that were found before are where the next
search begins.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .repairing import Repair
from .risk import Risk
from .solver import Asked, Columns, Matrix, Relaxation, Relaxed, Vector, Whole, stacked, whole, wider
from .tail import Tail

_FIRST_CORE, _GROWTH = 90, 2
_TAKEN = 0.5
_CLOSE = 1e-9
_KEPT = 24
_IN_PART = 1e-7


@dataclass(frozen=True)
class Question:
    """What is asked of a programme: which options are open, what they are worth, between what the rows must be.

    `needed` are the groups, by number, of which one option must be done. `weight` is that of the shortfall.
    """

    values: Vector
    lower: Vector
    upper: Vector
    closed: Sequence[int] = ()
    needed: Sequence[int] = ()
    weight: float = 0.0


@dataclass(frozen=True)
class Searched:
    """What was found: the chosen options (None where nothing was), the objective, and what no choice exceeds."""

    taken: tuple[int, ...] | None
    objective: float
    bound: float
    is_conflict: bool = False


@dataclass(frozen=True)
class _Around:
    """What a question is searched in: its numbers, the bound, and the best choice known so far with its objective."""

    question: Question
    asked: Asked
    ideal: Relaxed
    best: Vector | None
    objective: float


class Search:
    """One programme, asked again and again. The first rows are the groups, of each of which at most one is done."""

    def __init__(self, matrix: Matrix, groups: int, tail: Tail | None = None) -> None:
        self._options, self._groups, self._tail = matrix, groups, tail
        self._repairing = Repair(matrix)
        self._relaxation: Relaxation | None = None
        self._known: list[Vector] = []

    def know(self, taken: Sequence[int]) -> None:
        """A choice that was found elsewhere; whether it keeps to what is asked is looked at then."""
        self._keep(_as_vector(taken, self._many))

    @property
    def _many(self) -> int:
        return int(self._options.shape[1])

    def best(self, question: Question, until: float, enough: float = -np.inf) -> Searched:
        """The best choice, searched until then. A choice that is no better than `enough` need not be found."""
        around = self._around(question)
        if around is None:
            return Searched(None, -np.inf, np.inf)
        if around.ideal.is_conflict:
            return Searched(None, -np.inf, -np.inf, is_conflict=True)
        size, bound = self._first_size(around), around.ideal.bound
        while True:
            reach = self._reach(around, size)
            if bound <= enough or bound - around.objective <= _CLOSE * abs(bound):
                return _said(around, bound)
            around, inside = self._within(around, reach, until)
            bound = min(bound, max(inside, around.ideal.bound - reach, around.objective))
            if np.isinf(reach) or time.monotonic() >= until:
                return _said(around, bound, is_all=bool(np.isinf(reach)))
            size *= _GROWTH

    def _around(self, question: Question) -> _Around | None:
        asked = self._asked(question)
        ideal = self._relaxed(question, asked)
        if ideal is None:
            return None
        self._repair(question, asked, ideal)
        best, objective = self._best_known(question, asked)
        return _Around(question, asked, ideal, best, objective)

    # What is asked, in numbers ---------------------------------------------------------------------

    def _asked(self, question: Question) -> Asked:
        most, lower = np.ones(self._many), question.lower.copy()
        most[list(question.closed)] = 0.0
        lower[list(question.needed)] = 1.0
        costs = (1 - question.weight) * question.values
        return Asked(costs, self._options, lower, question.upper, np.zeros(self._many), most)

    def _relaxed(self, question: Question, asked: Asked) -> Relaxed | None:
        """Options in part; with risk, until no scenario falls below the threshold without a row."""
        if self._tail is None:
            self._relaxation = self._relaxation or Relaxation(asked)
            return self._relaxation.solved(asked)
        every = np.arange(self._tail.many)
        with_falls = _beside(asked, self._tail, question.weight, every)
        if self._relaxation is None:
            self._relaxation = Relaxation(with_falls)
            self._add(self._tail.first((question.values > 0).astype(float)))
        found = self._relaxation.solved(with_falls)
        while question.weight and found is not None and found.part is not None:
            new = self._tail.missing(found.part[: self._many], float(found.part[self._many]))
            if not len(new):
                break
            self._add(new)
            found = self._relaxation.again()
        return found

    def _add(self, scenarios: Columns) -> None:
        """Rows for these scenarios, in the relaxation too."""
        assert self._tail is not None
        assert self._relaxation is not None
        options = np.arange(self._many)
        for each in scenarios:
            columns = np.append(options, [self._many, self._many + 1 + each])
            self._relaxation.add(columns, np.append(-self._tail.scaled[each], [1.0, -1.0]))

    # Choices that are known ------------------------------------------------------------------------

    def _keep(self, options: Vector) -> None:
        if not any(np.array_equal(options, each) for each in self._known):
            self._known.append(options)
            # The first one is where repairs begin.
            del self._known[1:-_KEPT]

    def _repair(self, question: Question, asked: Asked, ideal: Relaxed) -> None:
        """What is known, made to keep to what is asked: so that there is something to begin with."""
        if not self._known or ideal.part is None or ideal.short is None:
            return
        part, short = ideal.part[: self._many], ideal.short[: self._many]
        made = self._repairing.repaired(self._known[0], asked, question.needed, part, short)
        if made is not None:
            self._keep(made)

    def _best_known(self, question: Question, asked: Asked) -> tuple[Vector | None, float]:
        found = [(self._worth(question, each), each) for each in self._known if self._holds(each, asked)]
        worth, best = max(found, key=lambda pair: pair[0], default=(-np.inf, None))
        return best, worth

    def _holds(self, options: Vector, asked: Asked) -> bool:
        sums = self._options @ options
        return bool(
            (options <= asked.most[: self._many]).all()
            and (sums <= asked.upper + _CLOSE).all()
            and (sums >= asked.lower - _CLOSE).all()
        )

    def _worth(self, question: Question, options: Vector) -> float:
        value = (1 - question.weight) * float(question.values @ options)
        if self._tail is None or question.weight == 0:
            return value
        return value + question.weight * self._tail.shortfall(options)

    # The core --------------------------------------------------------------------------------------

    def _first_size(self, around: _Around) -> int:
        """Some dozens, and more where many options are done in part."""
        assert around.ideal.part is not None
        part = around.ideal.part[: self._many]
        return max(_FIRST_CORE, _GROWTH * int(((part > _IN_PART) & (part < 1 - _IN_PART)).sum()))

    def _reach(self, around: _Around, size: int) -> float:
        """How far from the bound is searched: as far as so many options are, or as far as a better choice can be."""
        assert around.ideal.short is not None
        short = np.sort(around.ideal.short[: self._many])
        few = float(short[size]) if len(short) > size else np.inf
        return min(max(few, _CLOSE), _with_slack(around.ideal.bound - around.objective))

    def _within(self, around: _Around, reach: float, until: float) -> tuple[_Around, float]:
        """The best of what is nearer to the bound than this, and what none of these exceeds."""
        inner, columns, fixed = self._core(around, reach)
        while True:
            found = self._whole(around, inner, columns, fixed, until)
            if found.part is None:
                return around, found.bound
            options = np.zeros(self._many)
            options[columns], options[fixed] = np.round(found.part[: len(columns)]), 1.0
            self._keep(options)
            worth = self._worth(around.question, options)
            if worth > around.objective:
                around = replace(around, best=options, objective=worth)
            if self._tail is None or not around.question.weight or time.monotonic() >= until:
                return around, found.bound
            new = self._tail.missing(options, float(found.part[len(columns)]))
            if not len(new):
                return around, max(worth, around.objective) if found.is_proved else found.bound
            self._add(new)

    def _core(self, around: _Around, reach: float) -> tuple[Asked, np.ndarray, np.ndarray]:
        """The programme of the options that count: those that must be done are done, those that cannot be are not."""
        ideal, asked = around.ideal, around.asked
        assert ideal.short is not None
        assert ideal.part is not None
        assert ideal.short_rows is not None
        far = ideal.short[: self._many] > reach
        part, most = ideal.part[: self._many], asked.most[: self._many]
        fixed = np.flatnonzero(far & (part > 1 - _IN_PART) & (most > 0))
        columns = np.flatnonzero(~(far & ((part < _IN_PART) | (part > 1 - _IN_PART))) & (most > 0))
        matrix = self._options[:, columns]
        done = self._options[:, fixed].sum(axis=1) if len(fixed) else np.zeros(len(asked.lower))
        lower = asked.lower.copy()
        tight = np.flatnonzero(ideal.short_rows[: self._groups] > reach)
        lower[tight] = 1.0
        inner = Asked(
            asked.costs[columns],
            matrix,
            lower - done,
            asked.upper - done,
            np.zeros(len(columns)),
            np.ones(len(columns)),
        )
        return inner, columns, fixed

    def _whole(self, around: _Around, inner: Asked, columns: Columns, fixed: Columns, until: float) -> Whole:
        known = self._known_within(around, columns, fixed)
        base = float(around.asked.costs[fixed].sum())
        if self._tail is not None and around.question.weight:
            known = (
                None if known is None or around.best is None else np.append(known, self._tail.completed(around.best))
            )
            inner = _with_rows(inner, self._tail, around.question.weight, columns, fixed)
        found = whole(inner, len(columns), until, known)
        return replace(found, bound=found.bound + base)

    def _known_within(self, around: _Around, columns: Columns, fixed: Columns) -> Vector | None:
        """The best choice known, where it lies in the core."""
        best = around.best
        if best is None or not best[fixed].all() or best.sum() > best[columns].sum() + len(fixed):
            return None
        return best[columns]


def _beside(asked: Asked, tail: Tail, weight: float, scenarios: Columns) -> Asked:
    """The programme with the columns of a tail: the threshold, and the falls of these scenarios."""
    return Asked(
        np.append(asked.costs, tail.costs(Risk(weight, tail.share), scenarios)),
        wider(asked.matrix, 1 + len(scenarios)),
        asked.lower,
        asked.upper,
        np.append(asked.least, tail.least(scenarios)),
        np.append(asked.most, np.full(1 + len(scenarios), np.inf)),
    )


def _with_rows(inner: Asked, tail: Tail, weight: float, columns: Columns, fixed: Columns) -> Asked:
    """The core with the scenarios that have a row; what is done for certain stands on their other side."""
    rows = tail.rows
    beside = _beside(inner, tail, weight, rows)
    return replace(
        beside,
        matrix=stacked(beside.matrix, tail.weights(rows, columns)),
        lower=np.append(inner.lower, np.full(len(rows), -np.inf)),
        upper=np.append(inner.upper, tail.scaled[np.ix_(rows, fixed)].sum(axis=1)),
    )


def _as_vector(taken: Sequence[int], many: int) -> Vector:
    found = np.zeros(many)
    found[list(taken)] = 1.0
    return found


def _with_slack(far: float) -> float:
    return far + _CLOSE * abs(far) + _CLOSE


def _said(around: _Around, bound: float, *, is_all: bool = False) -> Searched:
    if around.best is None:
        return Searched(None, -np.inf, bound, is_conflict=is_all and bound == -np.inf)
    taken = tuple(int(each) for each in np.flatnonzero(around.best > _TAKEN))
    return Searched(taken, around.objective, max(bound, around.objective))
