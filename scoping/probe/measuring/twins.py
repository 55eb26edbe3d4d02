"""Near-duplicates across the label: rows that hardly differ, and are labelled otherwise."""

from __future__ import annotations

import numpy as np

from .inputs import Kind
from .problem import Problem
from .values import Floats

MOST_ROWS = 20_000
_BLOCK = 2_000
_FALSE_ALARMS = 0.5
_NEAREST = 0.2
_LEAST_ROOM = 10.0
_FARTHEST = 6.0
_ANOTHER_CATEGORY = 2.0


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
    points, target = _points(problem)[rows], problem.target[rows]
    first, second, other = _nearest(points, target)
    apart = first > 0
    if apart.mean() < 0.5:
        return None
    nearest = _twin_distance(first[apart], second[apart], len(rows))
    return int((other <= nearest).sum())


def _twin_distance(first: Floats, second: Floats, rows: int) -> float:
    ratio = np.log(np.maximum(second / first, 1 + 1e-9))
    dimensions = max(1.0, len(ratio) / float(np.sum(np.sort(ratio)[: round(0.9 * len(ratio))])) * 0.9)
    return float(np.median(first)) * min(_NEAREST, (_FALSE_ALARMS / (rows * np.log(2))) ** (1 / dimensions))


def _points(problem: Problem) -> Floats:
    """The data's columns on one scale: numbers by their spread, categories apart from each other."""
    inputs = problem.inputs
    own = [place for place in range(len(inputs.kinds)) if inputs.owners[place] < problem.columns]
    parts = [part for place in own for part in _scaled(inputs.matrix[:, place], inputs.kinds[place])]
    return np.column_stack(parts).astype(np.float32)


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


def _nearest(points: Floats, target: Floats) -> tuple[Floats, Floats, Floats]:
    """The distances of each row to its nearest and second nearest row, and to the nearest of another label."""
    squares = np.einsum("ij,ij->i", points, points)
    parts = [_block(points, squares, target, start) for start in range(0, len(points), _BLOCK)]
    first, second, other = (np.concatenate(each) for each in zip(*parts, strict=True))
    return first, second, other


def _block(points: Floats, squares: Floats, target: Floats, start: int) -> tuple[Floats, Floats, Floats]:
    end = min(start + _BLOCK, len(points))
    distances = squares[start:end, None] + squares[None, :] - 2 * points[start:end] @ points.T
    distances[np.arange(end - start), np.arange(start, end)] = np.inf
    np.maximum(distances, 0, out=distances)
    two = np.sqrt(np.partition(distances, 1, axis=1)[:, :2].astype(np.float64))
    distances[target[start:end, None] == target[None, :]] = np.inf
    return two[:, 0], two[:, 1], np.sqrt(distances.min(axis=1).astype(np.float64))
