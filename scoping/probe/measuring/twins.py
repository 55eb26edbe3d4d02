"""Near-duplicates across the label: rows that hardly differ, and are labelled otherwise."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .inputs import Kind
from .problem import Problem
from .values import Codes, Floats

MOST_ROWS = 20_000
_BLOCK = 128
_ROWS_FOR_DISTANCES = 1_000
_FEW_DIMENSIONS = 16
_FALSE_ALARMS = 0.5
_NEAREST = 0.2
_LEAST_ROOM = 10.0
_FARTHEST = 6.0
_ANOTHER_CATEGORY = 2.0
_MOSTLY = 0.5


def near_duplicates(problem: Problem, seed: int) -> int | None:
    """How many rows have a near twin with another label; None where rows are too coarse to tell twins from neighbours.

    A twin is nearer than a small part of the usual distance to the nearest neighbour. How small follows from the
    number of dimensions that the data fills, by the ratio of the distances to the second and the first neighbour
    (TwoNN; Facco, d'Errico, Rodriguez and Laio 2017): among rows spread evenly, half a row would pass for one.
    """
    if problem.inputs.room < np.log2(problem.rows) + _LEAST_ROOM:
        return None
    rows = np.arange(problem.rows)
    if problem.rows > MOST_ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_ROWS, replace=False))
    rows = rows[np.argsort(problem.target[rows], kind="stable")]
    points, target = _points(problem)[rows], problem.target[rows]
    some = np.random.default_rng(seed).permutation(len(rows))[:_ROWS_FOR_DISTANCES]
    first, second = _two_nearest(points, some)
    apart = first > 0
    if apart.mean() < _MOSTLY:
        return None
    nearest = _twin_distance(first[apart], second[apart], len(rows))
    return int((_nearest_of_another(points, target) <= nearest).sum())


def _twin_distance(first: Floats, second: Floats, rows: int) -> float:
    ratio = np.log(np.maximum(second / first, 1 + 1e-9))
    dimensions = max(1.0, len(ratio) / float(np.sum(np.sort(ratio)[: round(0.9 * len(ratio))])) * 0.9)
    share: float = (_FALSE_ALARMS / (rows * np.log(2))) ** (1 / dimensions)
    return float(np.median(first)) * min(_NEAREST, share)


def _points(problem: Problem) -> Floats:
    """The data's columns on one scale: numbers by their spread, categories apart from each other."""
    inputs = problem.inputs
    own = [place for place in range(len(inputs.kinds)) if inputs.owners[place] < problem.columns]
    parts = [part for place in own for part in _scaled(inputs.matrix[:, place], inputs.kinds[place])]
    kind = np.float64 if len(parts) <= _FEW_DIMENSIONS else np.float32
    return np.column_stack(parts).astype(kind) if parts else np.zeros((problem.rows, 1))


def _scaled(values: Floats, kind: Kind) -> list[Floats]:
    missing = np.isnan(values)
    if kind is Kind.MANY:
        return []
    if kind is Kind.CATEGORY:
        return [_ANOTHER_CATEGORY / 2 * (values == each) for each in np.unique(values[~missing])]
    low, middle, high = np.nanpercentile(values, (5, 50, 95))
    spread = (high - low) / 3.29 or np.nanstd(values) or 1.0
    scaled = np.clip((np.where(missing, middle, values) - middle) / spread, -_FARTHEST, _FARTHEST)
    return [scaled, missing.astype(np.float64)] if missing.any() else [scaled]


def _two_nearest(points: Floats, rows: Codes) -> tuple[Floats, Floats]:
    """The distances of these rows to their nearest and their second nearest row."""
    found = []
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        squares = _squares(points[block], points)
        squares[np.arange(len(block)), block] = np.inf
        found.append(np.sqrt(np.maximum(np.partition(squares, 1, axis=1)[:, :2], 0)))
    both = np.concatenate(found).astype(np.float64)
    return both[:, 0], both[:, 1]


def _nearest_of_another(points: Floats, target: Floats) -> Floats:
    """The distance of each row to the nearest with another label. Rows are in the order of their labels."""
    borders = [*np.flatnonzero(np.diff(target, prepend=-1)), len(target)]
    found = []
    for first, last in pairwise(borders):
        for start in range(first, last, _BLOCK):
            squares = _squares(points[start : min(start + _BLOCK, last)], points)
            others = [part.min(axis=1) for part in (squares[:, :first], squares[:, last:]) if part.shape[1]]
            found.append(np.sqrt(np.maximum(np.min(others, axis=0), 0)))
    return np.concatenate(found)


def _squares(some: Floats, points: Floats) -> Floats:
    """Squared distances, some x points."""
    own, all_of = np.einsum("ij,ij->i", some, some), np.einsum("ij,ij->i", points, points)
    found = some @ points.T
    found *= -2
    found += all_of
    found += own[:, None]
    return found
