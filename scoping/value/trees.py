"""Regression trees of one input, grown cell by cell for several sets of draws at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array

_MOST_SPLITS = 24
_NEXT_TO_NONE = 1e-9
# So many splits in a row that do not help end the search.
_PATIENCE = 3


class _Trees:
    """One tree for each set of draws. What runs up to a cell is kept for the two ends of its leaf, and not looked up."""

    def __init__(self, counts: Array, sums: Array, scale: Array) -> None:
        sets, cells = counts.shape
        # Column by column, so that what is added up lies side by side; weighted, so that columns can be added.
        ordered = np.moveaxis(sums, 2, 0) * np.sqrt(scale)[:, None, None]
        self._running = np.concatenate([counts[None], ordered]).cumsum(axis=2)
        before: Array = np.zeros((*self._running.shape[:2], 1))
        self._before = np.concatenate([before, self._running[..., :-1]], axis=2)
        self._at_start = np.zeros_like(self._running)
        self._at_end = np.repeat(self._running[..., -1:], cells, axis=2)
        self._whole = _explained(self._at_end)
        self.start: NDArray[np.intp] = np.zeros((sets, cells), np.intp)
        self._place = np.arange(cells)
        self._of_set = np.arange(sets)

    def means(self, sums: Array) -> Array:
        """The mean of each cell's leaf: shape (sets, cells, columns). sums are the cells' own."""
        sets, cells, columns = sums.shape
        leaf = (self.start + self._of_set[:, None] * cells).ravel()
        total = np.stack([np.bincount(leaf, sums[..., each].ravel(), sets * cells) for each in range(columns)], axis=1)
        number = (self._at_end[0] - self._at_start[0]).ravel()
        return np.asarray(total[leaf] / np.maximum(number, _NEXT_TO_NONE)[:, None]).reshape(sets, cells, columns)

    def split(self) -> None:
        """Split each tree where it explains most (Breiman et al. 1984)."""
        gain = _explained(self._before - self._at_start) + _explained(self._at_end - self._before) - self._whole
        # A leaf's own start splits nothing off.
        at = np.argmax(np.where(self._place > self.start, gain, -np.inf), axis=1)
        leaf = self.start == self.start[self._of_set, at][:, None]
        right = leaf & (self._place >= at[:, None])
        border = self._before[:, self._of_set, at][..., None]
        np.copyto(self.start, at[:, None], where=right)
        np.copyto(self._at_start, border, where=right)
        np.copyto(self._at_end, border, where=leaf & ~right)
        np.copyto(self._whole, _explained(self._at_end - self._at_start), where=leaf)


def _explained(parts: Array) -> Array:
    """What a leaf's mean explains: squared sums over the number, from both together, shape (1 + columns, ...)."""
    return np.asarray(np.einsum("k...,k...->...", parts[1:], parts[1:]) / np.maximum(parts[0], _NEXT_TO_NONE))


def grow(counts: Array, sums: Array, scale: Array, missed: Callable[[Array], float]) -> Array:
    """The means of the trees, of the size for which `missed` is least; none has more than 25 leaves.

    counts (which may be weighted): shape (sets, cells); sums: shape (sets, cells, columns); scale weighs the columns:
    shape (columns,). Returns shape (sets, cells, columns).
    """
    trees = _Trees(counts, sums, scale)
    best = trees.means(sums)
    least, since = missed(best), 0
    for _ in range(min(_MOST_SPLITS, counts.shape[1] - 1)):
        trees.split()
        means = trees.means(sums)
        error = missed(means)
        best, least, since = (means, error, 0) if error < least else (best, least, since + 1)
        if since == _PATIENCE:
            break
    return best
