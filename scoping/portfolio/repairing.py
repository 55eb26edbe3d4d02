"""A choice that keeps to what is asked, made at once of one that does not: a place where an exact search can begin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csc_array

from .solver import Asked, Columns, Matrix, Vector

_CLOSE = 1e-9
_TRIED = 60
"""So many options are tried to fill what is free at last."""


class Repair:
    """Of one programme. The first rows of its matrix are the groups, of each of which at most one option is done."""

    def __init__(self, matrix: Matrix) -> None:
        self._rows, self._columns = matrix, csc_array(matrix)

    def repaired(
        self, start: Vector, asked: Asked, needed: Sequence[int], part: Vector, short: Vector
    ) -> Vector | None:
        """The start with what is needed, without what is closed or too much, and with what is free filled; or none.

        `part` and `short` are those of the relaxation: how much of each option it does, and how far each is from it.
        """
        options = np.where(asked.most > 0, start, 0.0)
        held = self._with_needed(options, asked, needed, part)
        if held is None or not self._without_excess(options, asked, held):
            return None
        self._filled(options, asked, np.argsort(short, kind="stable")[:_TRIED])
        return options

    def _with_needed(self, options: Vector, asked: Asked, needed: Sequence[int], part: Vector) -> list[int] | None:
        """Of each needed group the option that the relaxation does most of; none where all are closed."""
        held = []
        for group in needed:
            members = self._rows.indices[self._rows.indptr[group] : self._rows.indptr[group + 1]]
            offered = members[asked.most[members] > 0]
            if not len(offered):
                return None
            options[members] = 0.0
            held.append(int(offered[np.argmax(part[offered])]))
            options[held[-1]] = 1.0
        return held

    def _without_excess(self, options: Vector, asked: Asked, held: Sequence[int]) -> bool:
        """Leaves what is worth least for the excess that it takes away, until there is none; False where that fails."""
        excess = np.maximum(self._rows @ options - asked.upper, 0.0)
        while (excess > _CLOSE).any():
            done = np.setdiff1d(np.flatnonzero(options), held)
            relief = self._columns[:, done].T @ excess if len(done) else np.zeros(0)
            if not (relief > 0).any():
                return False
            worth = np.where(relief > 0, asked.costs[done] / np.maximum(relief, _CLOSE), np.inf)
            options[done[np.argmin(worth)]] = 0.0
            excess = np.maximum(self._rows @ options - asked.upper, 0.0)
        return True

    def _filled(self, options: Vector, asked: Asked, order: Columns) -> None:
        """Adds in this order what fits and is worth something."""
        free = asked.upper - self._rows @ options
        for each in order:
            begin, end = self._columns.indptr[each : each + 2]
            rows, weights = self._columns.indices[begin:end], self._columns.data[begin:end]
            is_open = asked.most[each] > 0 and asked.costs[each] > 0 and options[each] == 0
            if is_open and (weights <= free[rows] + _CLOSE).all():
                options[each] = 1.0
                free[rows] -= weights
