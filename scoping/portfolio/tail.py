"""The expected shortfall as part of a linear programme, by the scenarios that come near to it.

A threshold, free, and for each scenario how far it falls below the threshold: threshold - NPV <= fall (Rockafellar and
Uryasev 2000). A scenario that never is one of the worst needs no such row: rows are added where a choice turns out to
fall below its threshold without one, and what is found before is a bound for what is found with them.
"""

from __future__ import annotations

from math import ceil

import numpy as np

from .risk import Risk, expected_shortfall
from .solver import Columns, Matrix, Vector

_FIRST = 1.5
"""So many times as many scenarios as the shortfall counts have a row at first."""
_BELOW = 1e-7


class Tail:
    """Scenarios of all options, shape (scenarios, options), and those that have a row by now.

    Its columns are the threshold and, for each scenario, the fall; both in `unit`, beside which the solver's tolerance
    is small.
    """

    def __init__(self, draws: Vector, share: float) -> None:
        self.draws, self.share = draws, share
        self.many = len(draws)
        self.unit = max(float(np.abs(draws).max(initial=0.0)), 1.0)
        self.scaled = draws / self.unit
        self._has_row = np.zeros(self.many, dtype=bool)

    @property
    def rows(self) -> Columns:
        """The scenarios that have a row."""
        return np.flatnonzero(self._has_row)

    def shortfall(self, options: Vector) -> float:
        """Of a choice, or of options done in part."""
        return expected_shortfall(self.draws @ options, self.share)

    def first(self, options: Vector) -> Columns:
        """The worst scenarios of these options get a row: enough of them, so that there is a bound."""
        wanted = min(ceil(_FIRST * self.share * self.many) + 1, self.many)
        return self._with_rows(np.argsort(self.draws @ options, kind="stable")[:wanted])

    def missing(self, options: Vector, threshold: float) -> Columns:
        """The scenarios that fall below the threshold without a row; they get one."""
        below = self.scaled @ options < threshold - _BELOW * max(abs(threshold), 1.0)
        return self._with_rows(np.flatnonzero(below & ~self._has_row))

    def _with_rows(self, scenarios: Columns) -> Columns:
        self._has_row[scenarios] = True
        return scenarios

    def completed(self, options: Vector) -> Vector:
        """The threshold of a choice, and the falls of the scenarios that have a row."""
        sums = self.scaled @ options
        worst = min(ceil(self.share * self.many), self.many) - 1
        threshold = np.partition(sums, worst)[worst]
        return np.append(threshold, np.maximum(threshold - sums[self.rows], 0.0))

    def costs(self, risk: Risk, scenarios: Columns) -> Vector:
        """What the threshold and the falls of these scenarios add to the objective."""
        fall = risk.weight * self.unit / (self.share * self.many)
        return np.append(risk.weight * self.unit, np.full(len(scenarios), -fall))

    def least(self, scenarios: Columns) -> Vector:
        """The threshold is free, no fall below 0."""
        return np.append(-np.inf, np.zeros(len(scenarios)))

    def weights(self, scenarios: Columns, columns: Columns) -> Matrix:
        """The rows of these scenarios over these options, the threshold, and their own falls: at most 0."""
        parts = [-self.scaled[np.ix_(scenarios, columns)], np.ones((len(scenarios), 1)), -np.eye(len(scenarios))]
        return Matrix(np.hstack(parts))
