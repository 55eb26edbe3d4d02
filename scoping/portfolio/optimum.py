"""The exact optimum of a choice under limits: a mixed-integer linear programme, solved by HiGHS through scipy.

Each option is a number that is 0 or 1. Rows are divided by their largest weight, so that the solver's tolerance, which
is absolute, is small beside euros and people alike.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from ..errors import GroundworkError
from ..text.languages import message
from .limits import Row
from .risk import Risk
from .searching import INFEASIBLE, STOPPED, Assembled, Matrix, Vector, by_core, relaxed, searched

SECONDS = 20.0
"""So long is searched for one choice."""
_MANY = 600
"""From so many options on, those that count are looked for first."""
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
        """The gap as a share of the objective; 0 where it is proved to be the best."""
        return max(self.bound - self.objective, 0.0) / max(abs(self.objective), 1.0)


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


def solve(programme: Programme, *, seconds: float = SECONDS) -> Chosen:
    """The best choice. Raises Unsolvable where the limits conflict, or nothing was found in time."""
    many = len(programme.values)
    if many == 0:
        _check_empty(programme)
        return Chosen((), 0.0, 0.0)
    until = time.monotonic() + seconds
    assembled = _assembled(programme)
    found = by_core(assembled, until) if many > _MANY else None
    return Chosen(found.taken, found.objective, found.bound) if found else _directly(assembled, until)


class Feasible:
    """Whether any choice keeps to some of the rows of a programme: nothing is looked for beside that."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._many = len(programme.values)
        self._first = sum(len(group) > 1 for group in programme.groups)
        self._matrix, self._lower, self._upper = _rows(programme, self._many)

    def can_keep(self, wanted: NDArray[np.bool_]) -> bool:
        """Whether these of the rows can be kept together. Raises Unsolvable where no time was enough."""
        if self._many == 0:
            rows = [row for row, is_wanted in zip(self._programme.rows, wanted, strict=True) if is_wanted]
            return not any(row.lower > 0 or row.upper < 0 for row in rows)
        kept = np.concatenate([np.ones(self._first, dtype=bool), wanted])
        found = milp(
            np.zeros(self._many),
            integrality=np.ones(self._many, dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(self._matrix[kept], self._lower[kept], self._upper[kept]),
            options={"time_limit": SECONDS},
        )
        if found.x is None and found.status != INFEASIBLE:
            raise _not_in_time()
        return found.x is not None


def _not_in_time() -> Unsolvable:
    return Unsolvable(message("No choice was found in time. Take fewer proposals, or wider limits."), is_conflict=False)


def _directly(assembled: Assembled, until: float) -> Chosen:
    """The whole programme at once."""
    found = searched(assembled, until)
    if found.status == INFEASIBLE:
        raise Unsolvable(message("The limits cannot all be kept."), is_conflict=True)
    if found.x is None:
        raise _not_in_time()
    objective = -float(found.fun)
    if found.status != STOPPED:
        return Chosen(assembled.taken(found.x), objective, objective)
    # The solver's own bound, and that of all options done in part, which is often the closer one.
    in_part = relaxed(assembled)
    bounds = [found.mip_dual_bound, None if in_part is None else -in_part.bound]
    return Chosen(assembled.taken(found.x), objective, -max(float(each) for each in bounds if each is not None))


def _check_empty(programme: Programme) -> None:
    if any(row.lower > 0 or row.upper < 0 for row in programme.rows):
        raise Unsolvable(message("The limits cannot all be kept."), is_conflict=True)


def _assembled(programme: Programme) -> Assembled:
    many = len(programme.values)
    matrix, lower, upper = _rows(programme, many)
    whole = np.ones(many, dtype=np.int64)
    if programme.risk is None or programme.draws is None or programme.risk.weight == 0:
        return Assembled(many, programme.values, matrix, lower, upper, Bounds(np.zeros(many), np.ones(many)), whole)
    return _with_risk(programme, programme.risk, programme.draws, (matrix, lower, upper))


def _rows(programme: Programme, many: int) -> tuple[Matrix, Vector, Vector]:
    one_each = [(dict.fromkeys(group, 1.0), -inf, 1.0) for group in programme.groups if len(group) > 1]
    rows = [*one_each, *((row.weights, row.lower, row.upper) for row in programme.rows)]
    scales = np.array([max((abs(each) for each in weights.values()), default=1.0) for weights, _, _ in rows])
    entries = [
        (each / scale, at, number)
        for at, ((weights, _, _), scale) in enumerate(zip(rows, scales, strict=True))
        for number, each in weights.items()
        if abs(each) > _NOTHING * scale
    ]
    data, at, numbers = np.array(entries, dtype=float).reshape(-1, 3).T
    matrix = coo_array((data, (at.astype(int), numbers.astype(int))), shape=(len(rows), many)).tocsr()
    lower = np.array([row[1] for row in rows], dtype=float) / scales
    upper = np.array([row[2] for row in rows], dtype=float) / scales
    return matrix, lower, upper


def _with_risk(programme: Programme, risk: Risk, draws: Vector, limits: tuple[Matrix, Vector, Vector]) -> Assembled:
    """Adds the expected shortfall as a linear programme (Rockafellar and Uryasev 2000).

    A threshold, free, and for each scenario how far it falls below the threshold: threshold - NPV <= shortfall.
    """
    scenarios, many = draws.shape
    matrix, lower, upper = limits
    unit = max(float(np.abs(draws).max()), 1.0)
    none = csr_array((matrix.shape[0], 1 + scenarios))
    ones = csr_array(np.ones((scenarios, 1)))
    falls = hstack([csr_array(draws / unit), -ones, csr_array(np.eye(scenarios))])
    costs = np.concatenate(
        [
            (1 - risk.weight) * programme.values,
            [risk.weight * unit],
            np.full(scenarios, -risk.weight * unit / (risk.share * scenarios)),
        ]
    )
    bounds = Bounds(
        np.concatenate([np.zeros(many), [-np.inf], np.zeros(scenarios)]),
        np.concatenate([np.ones(many), np.full(1 + scenarios, np.inf)]),
    )
    return Assembled(
        many,
        costs,
        vstack([hstack([matrix, none]), falls]).tocsr(),
        np.concatenate([lower, np.zeros(scenarios)]),
        np.concatenate([upper, np.full(scenarios, np.inf)]),
        bounds,
        np.concatenate([np.ones(many, dtype=np.int64), np.zeros(1 + scenarios, dtype=np.int64)]),
    )
