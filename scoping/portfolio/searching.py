"""How the programme is searched: all at once where it is small, by the options that count where it is large.

With later starts most options are never of use. The programme that may do options in part is quickly solved, and its
reduced costs say for each option by how much, at least, any choice with it falls short of that bound. So the few
options next to the bound (the *core*) are searched exactly; once the best choice among them is as close to the bound as
the next option is, no option left out can be in a better one (Balas and Zemel 1980, An Algorithm for Large Zero-One
Knapsack Problems, Operations Research 28(5); reduced-cost fixing: Wolsey 1998, Integer Programming, ch. 7.5).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

INFEASIBLE, STOPPED, OPTIMAL = 2, 1, 0
Matrix = csr_array
Vector = NDArray[np.float64]
Whole = NDArray[np.int64]
_FIRST_CORE, _GROWTH = 500, 2
_TAKEN = 0.5
_CLOSE = 1e-9


@dataclass(frozen=True)
class Assembled:
    """A programme as the solver takes it: find x with the largest costs @ x, lower <= matrix @ x <= upper.

    The first `many` columns are options; further ones are those of the risk.
    """

    many: int
    costs: Vector
    matrix: Matrix
    lower: Vector
    upper: Vector
    bounds: Bounds
    whole: Whole

    def of(self, columns: NDArray[np.intp]) -> Assembled:
        """The same with these columns alone; all others are 0."""
        bounds = Bounds(self.bounds.lb[columns], self.bounds.ub[columns])
        many = int((columns < self.many).sum())
        return Assembled(
            many, self.costs[columns], self.matrix[:, columns], self.lower, self.upper, bounds, self.whole[columns]
        )

    def taken(self, found: Vector) -> tuple[int, ...]:
        """The options that are chosen."""
        return tuple(int(each) for each in np.flatnonzero(found[: self.many] > _TAKEN))


@dataclass(frozen=True)
class Relaxed:
    """The programme with options done in part: its bound, and by how much each column falls short of it at least."""

    is_conflict: bool
    bound: float = np.inf
    short: Vector | None = None
    part: Vector | None = None


@dataclass(frozen=True)
class Searched:
    """What was found: the chosen options, the objective, and what no choice exceeds."""

    taken: tuple[int, ...]
    objective: float
    bound: float


def searched(programme: Assembled, until: float) -> Any:
    """What HiGHS finds until then; its time is a part of a second at least."""
    return milp(
        -programme.costs,
        integrality=programme.whole,
        bounds=programme.bounds,
        constraints=LinearConstraint(programme.matrix, programme.lower, programme.upper),
        options={"mip_rel_gap": 0.0, "time_limit": max(until - time.monotonic(), 0.1)},
    )


def relaxed(programme: Assembled) -> Relaxed | None:
    """The programme with options done in part; None where the solver says nothing."""
    above, below = np.isfinite(programme.upper), np.isfinite(programme.lower)
    rows: Any = vstack([programme.matrix[above], -programme.matrix[below]]).tocsc()
    most = np.concatenate([programme.upper[above], -programme.lower[below]])
    bounds: Any = np.column_stack([programme.bounds.lb, programme.bounds.ub])
    found: Any = linprog(-programme.costs, A_ub=rows, b_ub=most, bounds=bounds, method="highs-ipm")
    if found.status == INFEASIBLE:
        return Relaxed(is_conflict=True)
    if found.status != OPTIMAL:
        return None
    return Relaxed(False, -float(found.fun), np.asarray(found.lower.marginals), np.asarray(found.x))


def by_core(programme: Assembled, until: float) -> Searched | None:
    """The best choice by the options that count; None where that does not answer, and the whole must be searched."""
    ideal = relaxed(programme)
    if ideal is None or ideal.is_conflict or ideal.short is None or ideal.part is None:
        return None
    # What is done at least in part comes first; columns of the risk are always there.
    order = np.lexsort((ideal.short[: programme.many], ideal.part[: programme.many] <= _CLOSE))
    size = max(_FIRST_CORE, _GROWTH * int((ideal.part[: programme.many] > _CLOSE).sum()))
    best: Searched | None = None
    while True:
        core, left = np.sort(order[:size]), order[size:]
        found = _within(programme, core, until)
        best = _better(found, best)
        beyond = ideal.bound - float(ideal.short[left].min()) if left.size else -np.inf
        if found is not None and beyond <= found.bound + _CLOSE * abs(ideal.bound):
            return best and Searched(best.taken, best.objective, min(ideal.bound, max(found.bound, best.objective)))
        if left.size == 0 or time.monotonic() >= until:
            return best and Searched(best.taken, best.objective, ideal.bound)
        size *= _GROWTH


def _within(programme: Assembled, core: NDArray[np.intp], until: float) -> Searched | None:
    extra = np.arange(programme.many, len(programme.costs))
    part = programme.of(np.concatenate([core, extra]))
    found = searched(part, until)
    if found.x is None:
        return None
    bound = found.fun if found.status == OPTIMAL or found.mip_dual_bound is None else found.mip_dual_bound
    return Searched(tuple(int(core[each]) for each in part.taken(found.x)), -float(found.fun), -float(bound))


def _better(one: Searched | None, other: Searched | None) -> Searched | None:
    known = [each for each in (one, other) if each is not None]
    return max(known, key=lambda each: each.objective, default=None)
