"""The exact optimum of a choice under limits: a mixed-integer linear programme, solved by HiGHS.

Each option is a number that is 0 or 1. Rows are divided by their largest weight, so that the solver's tolerance, which
is absolute, is small beside euros and people alike.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from ..errors import GroundworkError
from ..text.languages import message
from .limits import Limit, Row
from .risk import Risk
from .searching import Question, Search, Searched
from .solver import Asked, Matrix, Vector, whole
from .tail import Tail

SECONDS = 20.0
"""So long is searched for one choice."""
_PROVED = 1e-7
"""A gap of no more is the solver's rounding: it takes a number within a millionth of a whole one for whole."""
_NOTHING = 1e-9
"""A weight below this share of its row's largest is none: the solver would refuse the row."""


class Unsolvable(GroundworkError):
    """The limits cannot all be kept, or the solver found nothing in its time; `is_conflict` tells which."""

    def __init__(self, said: str, *, is_conflict: bool) -> None:
        super().__init__(said)
        self.is_conflict = is_conflict


@dataclass(frozen=True)
class Chosen:
    """The numbers of the chosen options, the objective's value, and the best that could still be found.

    `bound` - `objective` is the optimality gap: 0 where the optimum is proved.
    """

    numbers: tuple[int, ...]
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """The gap as a share of the objective; 0 where it is proved to be the best, as near as the solver tells."""
        found = max(self.bound - self.objective, 0.0) / max(abs(self.objective), 1.0)
        return found if found > _PROVED else 0.0


@dataclass(frozen=True)
class Programme:
    """A choice to be made: which options exclude each other, what all are worth, and the limits.

    `groups` are the options of each proposal, `values` (options,) what each adds to the objective, `draws`
    (scenarios, options) their NPV in each scenario where `risk` counts.
    """

    groups: Sequence[Sequence[int]]
    values: Vector
    rows: Sequence[Row]
    risk: Risk | None = None
    draws: Vector | None = None


@dataclass(frozen=True)
class Change:
    """What is otherwise than in a programme: options that are not offered, and groups of which one must be done.

    `wider` says by how much a limit's upper end is moved, `values` what options are worth, `weight` how much risk
    counts, where these are otherwise too.
    """

    closed: Sequence[int] = ()
    needed: Sequence[int] = ()
    wider: Mapping[Limit, float] = field(default_factory=dict)
    values: Vector | None = None
    weight: float | None = None


class Optimum:
    """A programme whose best choice is asked for once, or often with something changed: what was found helps later."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        matrix, self._lower, self._upper, self._scales = _rows(programme)
        self._search = Search(matrix, len(programme.groups), _tail(programme))

    def know(self, numbers: Sequence[int]) -> None:
        """A choice that was found before."""
        self._search.know(numbers)

    def ask(self, change: Change, seconds: float, enough: float = -inf) -> Searched:
        """What is found in that time; of choices that are no better than `enough`, none need be."""
        return self._search.best(self._question(change), time.monotonic() + seconds, enough)

    def best(self, change: Change | None = None, *, seconds: float = SECONDS) -> Chosen:
        """The best choice. Raises Unsolvable where the limits conflict, or nothing was found in time."""
        return chosen_of(self.ask(change or Change(), seconds))

    def _question(self, change: Change) -> Question:
        programme, upper = self._programme, self._upper.copy()
        for at, row in enumerate(programme.rows, start=len(programme.groups)):
            if row.limit in change.wider:
                upper[at] += change.wider[row.limit] / self._scales[at]
        weight = programme.risk.weight if programme.risk is not None else 0.0
        return Question(
            programme.values if change.values is None else change.values,
            self._lower,
            upper,
            change.closed,
            change.needed,
            weight if change.weight is None else change.weight,
        )


def _tail(programme: Programme) -> Tail | None:
    if programme.risk is None or programme.draws is None or programme.draws.size == 0:
        return None
    return Tail(programme.draws, programme.risk.share)


def chosen_of(found: Searched) -> Chosen:
    """What was found, as a choice. Raises Unsolvable where there is none."""
    if found.is_conflict:
        raise _conflict()
    if found.taken is None:
        raise _not_in_time()
    return Chosen(found.taken, found.objective, found.bound)


def solve(programme: Programme, *, seconds: float = SECONDS) -> Chosen:
    """The best choice. Raises Unsolvable where the limits conflict, or nothing was found in time."""
    if len(programme.values) == 0:
        if not _nothing_keeps_to(programme.rows):
            raise _conflict()
        return Chosen((), 0.0, 0.0)
    return Optimum(programme).best(seconds=seconds)


class Feasible:
    """Whether any choice keeps to some of the rows of a programme: nothing is looked for beside that."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._many = len(programme.values)
        self._matrix, self._lower, self._upper, _ = _rows(programme)

    def can_keep(self, wanted: NDArray[np.bool_]) -> bool:
        """Whether these of the rows can be kept together. Raises Unsolvable where no time was enough."""
        if self._many == 0:
            return _nothing_keeps_to(
                [row for row, is_wanted in zip(self._programme.rows, wanted, strict=True) if is_wanted]
            )
        kept = np.concatenate([np.ones(len(self._programme.groups), dtype=bool), wanted])
        none, ones = np.zeros(self._many), np.ones(self._many)
        asked = Asked(none, Matrix(self._matrix[kept]), self._lower[kept], self._upper[kept], none, ones)
        found = whole(asked, self._many, time.monotonic() + SECONDS)
        if found.part is None and not found.is_conflict:
            raise _not_in_time()
        return found.part is not None


def _not_in_time() -> Unsolvable:
    return Unsolvable(message("No choice was found in time. Take fewer proposals, or wider limits."), is_conflict=False)


def _conflict() -> Unsolvable:
    return Unsolvable(message("The limits cannot all be kept."), is_conflict=True)


def _nothing_keeps_to(rows: Sequence[Row]) -> bool:
    """Whether to choose nothing keeps to these."""
    return not any(row.lower > 0 or row.upper < 0 for row in rows)


def _rows(programme: Programme) -> tuple[Matrix, Vector, Vector, Vector]:
    """The rows of the groups and then those of the limits, their ends, and by what each was divided."""
    one_each = [(dict.fromkeys(group, 1.0), -inf, 1.0) for group in programme.groups]
    rows = [*one_each, *((row.weights, row.lower, row.upper) for row in programme.rows)]
    scales = np.array([max((abs(each) for each in weights.values()), default=1.0) for weights, _, _ in rows])
    entries = [
        (each / scale, at, number)
        for at, ((weights, _, _), scale) in enumerate(zip(rows, scales, strict=True))
        for number, each in weights.items()
        if abs(each) > _NOTHING * scale
    ]
    data, at, numbers = np.array(entries, dtype=float).reshape(-1, 3).T
    shape = (len(rows), len(programme.values))
    matrix = Matrix(coo_array((data, (at.astype(int), numbers.astype(int))), shape=shape).tocsr())
    lower = np.array([row[1] for row in rows], dtype=float) / scales
    upper = np.array([row[2] for row in rows], dtype=float) / scales
    return matrix, lower, upper, scales
