"""HiGHS, as this package uses it: a linear programme that is kept and changed, and one over whole options.

The library scipy brings along would do for one programme at a time. It keeps nothing between two that differ in a few
numbers, and one line of its own debugging goes to standard output (docs/decisions/0092).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, vstack

Vector = NDArray[np.float64]
Matrix = csr_array
Columns = NDArray[np.intp]
_LEAST_SECONDS, _SAME = 0.01, 1e-6
_STATUS = highspy.HighsModelStatus
_CONFLICTS = (_STATUS.kInfeasible, _STATUS.kUnboundedOrInfeasible)


@dataclass(frozen=True)
class Asked:
    """A programme in numbers: the largest costs @ x with lower <= matrix @ x <= upper and least <= x <= most."""

    costs: Vector
    matrix: Matrix
    lower: Vector
    upper: Vector
    least: Vector
    most: Vector


@dataclass(frozen=True)
class Relaxed:
    """The programme with options done in part.

    `bound` is what nothing exceeds, `part` how much of each column is done, `short` by how much, at least, anything
    with a column moved to its other end falls short of the bound, and `short_rows` the same for a row left by one unit.
    """

    is_conflict: bool
    bound: float = np.inf
    part: Vector | None = None
    short: Vector | None = None
    short_rows: Vector | None = None


@dataclass(frozen=True)
class Whole:
    """What was found of whole options: None where nothing was. `bound` is what nothing exceeds."""

    part: Vector | None
    bound: float
    is_proved: bool
    is_conflict: bool = False


def _highs() -> Any:
    # The class around this one prints its version as soon as it is made.
    made = _Highs()
    made.setOptionValue("output_flag", False)
    made.setOptionValue("threads", 1)
    return made


def _passed(asked: Asked, whole: int) -> Any:
    """A solver with the programme; its first `whole` columns are 0 or 1."""
    columns = csc_array(asked.matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = columns.shape
    # HiGHS looks for the least.
    model.col_cost_ = -asked.costs
    model.col_lower_, model.col_upper_ = asked.least, asked.most
    model.row_lower_, model.row_upper_ = asked.lower, asked.upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = columns.indptr, columns.indices
    model.a_matrix_.value_ = columns.data
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * whole
        model.integrality_ = [*kinds, *[highspy.HighsVarType.kContinuous] * (model.num_col_ - whole)]
    made = _highs()
    made.passModel(model)
    return made


def wider(matrix: Matrix, by: int) -> Matrix:
    """With so many columns of nothing more."""
    return Matrix((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], matrix.shape[1] + by))


def stacked(matrix: Matrix, rows: Matrix) -> Matrix:
    """With these rows below."""
    return Matrix(vstack([matrix, rows]).tocsr())


class Relaxation:
    """A linear programme that is asked again with other numbers, each time from where the last one ended."""

    def __init__(self, asked: Asked) -> None:
        self._solver = _passed(asked, 0)
        self._columns, self._rows = len(asked.costs), len(asked.lower)

    def add(self, columns: Sequence[int] | Columns, weights: Vector) -> None:
        """One row more: weights @ x <= 0."""
        self._solver.addRow(-np.inf, 0.0, len(columns), np.asarray(columns, dtype=np.int32), weights)

    def solved(self, asked: Asked) -> Relaxed | None:
        """The best with options done in part; None where the solver says nothing. Rows that were added stay."""
        columns, rows = np.arange(self._columns, dtype=np.int32), np.arange(self._rows, dtype=np.int32)
        self._solver.changeColsCost(len(columns), columns, -asked.costs)
        self._solver.changeColsBounds(len(columns), columns, asked.least, asked.most)
        self._solver.changeRowsBounds(len(rows), rows, asked.lower, asked.upper)
        return self._again()

    def again(self) -> Relaxed | None:
        """The same with the rows that were added since."""
        return self._again()

    def _again(self) -> Relaxed | None:
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in _CONFLICTS:
            return Relaxed(is_conflict=True)
        if status != _STATUS.kOptimal:
            return None
        found = self._solver.getSolution()
        duals = np.abs(np.asarray(found.row_dual)[: self._rows])
        bound = -float(self._solver.getInfo().objective_function_value)
        return Relaxed(False, bound, np.asarray(found.col_value), np.abs(np.asarray(found.col_dual)), duals)


def whole(asked: Asked, many: int, until: float, known: Vector | None = None) -> Whole:
    """The best of whole options, the first `many` columns, until then; `known` is a choice to begin with, complete."""
    solver = _passed(asked, many)
    solver.setOptionValue("mip_rel_gap", 0.0)
    # What it would find by a second start is found by the next, larger core.
    solver.setOptionValue("mip_allow_restart", False)
    solver.setOptionValue("time_limit", max(until - time.monotonic(), _LEAST_SECONDS))
    if known is not None:
        solver.setSolution(len(known), np.arange(len(known), dtype=np.int32), known)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in _CONFLICTS:
        return Whole(None, -np.inf, is_proved=True, is_conflict=True)
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    part = np.asarray(solver.getSolution().col_value) if is_found else None
    told = -float(info.objective_function_value)
    if known is not None and part is not None and abs(float(asked.costs @ part) - told) > _SAME * max(abs(told), 1.0):
        # A choice to begin with may be taken for another than it is: then what was proved is about that one.
        return whole(asked, many, until)
    is_proved = status == _STATUS.kOptimal
    return Whole(part, told if is_proved else -float(info.mip_dual_bound), is_proved)
