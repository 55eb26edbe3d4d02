"""Near-duplicates: rows that hardly differ and are labelled otherwise, or stand in training and in test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from .inputs import Kind
from .problem import Fold, Problem, Rows
from .values import Floats

Flags = NDArray[np.bool_]

MOST_ROWS = 20_000
_MOST_TESTED = 4_000
_BLOCK = 128
_ROWS_FOR_DISTANCES = 1_000
_FEW_DIMENSIONS = 16
_FALSE_ALARMS = 0.5
_NEAREST = 0.2
_LEAST_ROOM = 10.0
_FARTHEST = 6.0
_ANOTHER_CATEGORY = 2.0
_MOSTLY = 0.5
_THIRD, _FURTHER = 3, 6


def near_duplicates(problem: Problem, seed: int) -> int | None:
    """How many rows have a near twin with another label; None where rows are too coarse to tell twins from neighbours."""
    if problem.inputs.room < np.log2(problem.rows) + _LEAST_ROOM:
        return None
    rows = np.arange(problem.rows)
    if problem.rows > MOST_ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_ROWS, replace=False))
    rows = rows[np.argsort(problem.target[rows], kind="stable")]
    points, target = _points(problem)[rows], problem.target[rows]
    apart = _apart(points, seed)
    if apart is None:
        return None
    return int(_are_twins(points, np.arange(len(points)), _nearest_of_another(points, target), apart).sum())


def near_copies(problem: Problem, folds: Sequence[Fold], seed: int) -> int:
    """How many test rows have a near twin with the same label among the rows that their model is trained on.

    Of very many rows, some are looked at, and stand for the others.
    """
    points = _points(problem)
    apart = _apart(points, seed)
    if apart is None:
        return 0
    random = np.random.default_rng(seed)
    return round(sum(_copies(problem, points, fold, apart, _MOST_TESTED // len(folds), random) for fold in folds))


def _copies(
    problem: Problem, points: Floats, fold: Fold, apart: _Apart, most: int, random: np.random.Generator
) -> float:
    """The same for one fold; of numbers, any label is the same."""
    test = random.permutation(fold.test)[:most]
    nearest = np.full(len(test), np.inf)
    for label in np.unique(problem.target[test]) if problem.classes else [None]:
        same = [
            np.full(len(rows), True) if label is None else problem.target[rows] == label for rows in (test, fold.train)
        ]
        if same[1].any():
            nearest[same[0]] = _nearest(points[test[same[0]]], points[fold.train[same[1]]])
    return float(_are_twins(points, test, nearest, apart).sum()) * len(fold.test) / max(len(test), 1)


def _nearest(some: Floats, others: Floats) -> Floats:
    """The distance of each of some points to the nearest of the others."""
    blocks = [_squares(some[start : start + _BLOCK], others).min(axis=1) for start in range(0, len(some), _BLOCK)]
    squares: Floats = np.maximum(np.concatenate(blocks), 0).astype(np.float64)
    return np.sqrt(squares)


# What is near ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Apart:
    """How near two rows must be to be twins: the distance, and the part of that to a few neighbours further on."""

    distance: float
    part: float


def _apart(points: Floats, seed: int) -> _Apart | None:
    """None where most rows are the same as another one.

    A twin is nearer than a small part of the usual distance to the nearest neighbour, and than a small part of the
    distance to the neighbours that a row has where it lies: rows lie closer together in some places than in others. How
    small follows from the number of dimensions that the data fills: among rows spread evenly, half a row would pass for
    one.
    """
    some = np.random.default_rng(seed).permutation(len(points))[:_ROWS_FOR_DISTANCES]
    near = _neighbours(points, some, _FURTHER)
    first, apart = near[:, 0], near[:, 0] > 0
    if apart.mean() < _MOSTLY:
        return None
    dimensions = _dimensions(near[apart])
    alone = _FALSE_ALARMS / len(points)
    distance = float(np.median(first[apart])) * min(_NEAREST, (alone / np.log(2)) ** (1 / dimensions))
    return _Apart(distance, (alone / (_FURTHER - 1)) ** (1 / dimensions))


def _dimensions(near: Floats) -> float:
    """The number of dimensions that rows fill, of distances to neighbours, rows x neighbours, the nearest first.

    Among rows spread evenly the ratio of the distances to the third and the last neighbour, to the power of the
    dimension, follows a beta distribution, whatever the density is (Facco, d'Errico, Rodriguez and Laio 2017, for the
    first and the second). Twins only move the rank by one there.
    """
    third, last = near[:, _THIRD - 1], near[:, -1]
    expected = digamma(near.shape[1]) - digamma(_THIRD)
    return max(1.0, float(expected / np.mean(np.log(np.maximum(last / third, 1 + 1e-9)))))


def _are_twins(points: Floats, rows: Rows, nearest: Floats, apart: _Apart) -> Flags:
    """Of rows with the distance to the nearest one in question, which of them are twins."""
    near = np.flatnonzero(nearest <= apart.distance)
    found = np.zeros(len(rows), dtype=bool)
    if len(near):
        found[near] = nearest[near] <= apart.part * _neighbours(points, rows[near], _FURTHER)[:, -1]
    return found


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


def _neighbours(points: Floats, rows: Rows, count: int) -> Floats:
    """The distances of these rows to their nearest neighbours, so many of them, the nearest first."""
    count = min(count, len(points) - 1)
    found = []
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        squares = _squares(points[block], points)
        squares[np.arange(len(block)), block] = np.inf
        found.append(np.sqrt(np.maximum(np.sort(np.partition(squares, count - 1, axis=1)[:, :count], axis=1), 0)))
    return np.concatenate(found).astype(np.float64)


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
