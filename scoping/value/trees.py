"""Regression trees of one input, grown cell by cell for several sets of draws at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array

_MOST_SPLITS = 24
_NEXT_TO_NONE = 1e-9
# So many splits in a row that do not help end the search.
_PATIENCE = 3


@dataclass
class _Trees:
    """One tree for each set of draws: the first cell of each cell's leaf, and the one after its last.

    counts (which may be weighted) and sums run up to each cell: shapes (sets, cells + 1) and (sets, cells + 1, columns).
    """

    counts: Array
    sums: Array
    start: NDArray[np.intp]
    end: NDArray[np.intp]

    def means(self) -> Array:
        """The mean of each cell's leaf: shape (sets, cells, columns)."""
        number = self._between(self.counts, self.start, self.end)
        return self._between(self.sums, self.start, self.end) / np.maximum(number, _NEXT_TO_NONE)[..., None]

    def split(self, scale: Array) -> None:
        """Split each tree where it explains most (Breiman et al. 1984), columns weighted by scale."""
        here = np.broadcast_to(np.arange(self.start.shape[1]), self.start.shape)
        below, above = (self._explained(*ends, scale) for ends in ((self.start, here), (here, self.end)))
        gain = below + above - self._explained(self.start, self.end, scale)
        # A leaf's own start splits nothing off.
        at = np.argmax(np.where(here > self.start, gain, -np.inf), axis=1)[:, None]
        leaf = self.start == np.take_along_axis(self.start, at, axis=1)
        self.start = np.where(leaf & (here >= at), at, self.start)
        self.end = np.where(leaf & (here < at), at, self.end)

    def _explained(self, start: NDArray[np.intp], end: NDArray[np.intp], scale: Array) -> Array:
        number, total = self._between(self.counts, start, end), self._between(self.sums, start, end)
        return np.asarray((total**2 @ scale) / np.maximum(number, _NEXT_TO_NONE))

    @staticmethod
    def _between(running: Array, start: NDArray[np.intp], end: NDArray[np.intp]) -> Array:
        sets = np.arange(len(running))[:, None]
        return np.asarray(running[sets, end] - running[sets, start])


def grow(counts: Array, sums: Array, scale: Array, missed: Callable[[Array], float]) -> Array:
    """The means of the trees, of the size for which `missed` is least; none has more than 25 leaves.

    counts: shape (sets, cells); sums: shape (sets, cells, columns); scale: shape (columns,).
    Returns shape (sets, cells, columns).
    """
    sets, cells = counts.shape
    trees = _Trees(
        counts=np.concatenate([np.zeros((sets, 1)), counts.cumsum(axis=1)], axis=1),
        sums=np.concatenate([np.zeros((sets, 1, sums.shape[2])), sums.cumsum(axis=1)], axis=1),
        start=np.zeros((sets, cells), np.intp),
        end=np.full((sets, cells), cells),
    )
    best = trees.means()
    least, since = missed(best), 0
    for _ in range(min(_MOST_SPLITS, cells - 1)):
        trees.split(scale)
        means = trees.means()
        error = missed(means)
        best, least, since = (means, error, 0) if error < least else (best, least, since + 1)
        if since == _PATIENCE:
            break
    return best
