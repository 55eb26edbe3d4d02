"""All real roots of polynomials on a stretch of positive numbers, counted exactly.

By Descartes' rule a polynomial has at most as many positive roots as its coefficients change sign.
Dividing by a power of the variable between two coefficients of opposite signs and deriving takes one
change of sign away (Rolle's theorem): the roots of what is left part the stretch into pieces on which
the polynomial rises or falls throughout, so that the signs at their ends tell its roots. Hence roots
that lie close together, or at an end, are not overlooked, as they would be on a grid.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array

_NEWTON_STEPS = 60
_STEP = 1e-12


def changes_of_sign(coefficients: Array) -> NDArray[np.intp]:
    """How often each column changes sign, zeros left out. coefficients: shape (terms, n); returns shape (n,)."""
    signs = filled(np.sign(coefficients))
    return np.asarray((signs[1:] * signs[:-1] < 0).sum(axis=0))


def filled(signs: Array) -> Array:
    """Signs by row, each zero replaced by the sign before it."""
    found = signs.copy()
    for row in range(1, len(found)):
        found[row] = np.where(found[row] == 0, found[row - 1], found[row])
    return found


def roots_between(coefficients: Array, low: float, high: float) -> tuple[Array, NDArray[np.bool_]]:
    """The places between low < 1 and high > 1 where each column's polynomial changes sign.

    coefficients: shape (terms, n), of the powers 1, 2, ... of the variable; low is positive.
    Returns the roots, nan where there are no more, and whether the polynomial rises there, both of
    shape (most roots, n). A root that the polynomial only touches changes no sign and is none.
    """
    ends = np.repeat([[low], [high]], coefficients.shape[1], axis=1)
    plain = _has_one_a_side(coefficients)
    if plain.all():
        return _roots_at(coefficients, np.insert(ends, 1, 1.0, axis=0))
    most = int(changes_of_sign(coefficients[:, ~plain]).max())
    roots = np.full((max(most, 2), plain.size), np.nan)
    rising = np.zeros(roots.shape, np.bool_)
    roots[:2, plain], rising[:2, plain] = _roots_at(coefficients[:, plain], np.insert(ends[:, plain], 1, 1.0, axis=0))
    hard = np.ascontiguousarray(coefficients[:, ~plain])
    found = _roots_at(hard, _turning_points(hard, ends[:, ~plain], most))
    roots[: len(found[0]), ~plain], rising[: len(found[0]), ~plain] = found
    return roots, rising


def _has_one_a_side(coefficients: Array) -> NDArray[np.bool_]:
    """Where there is at most one root below 1 and one above it, or one in all: Descartes' rule.

    It holds for the polynomial divided by 1 - v, too, whose coefficients are the running sums
    (Norstrom 1972, Journal of Financial and Quantitative Analysis 7(3)); from the end for roots above 1.
    """
    below, above = np.cumsum(coefficients, axis=0), np.cumsum(coefficients[::-1], axis=0)
    once = (changes_of_sign(below) <= 1) & (changes_of_sign(above) <= 1) & (below[-1] != 0)
    return np.asarray(once | (changes_of_sign(coefficients) <= 1))


def _turning_points(coefficients: Array, ends: Array, most: int) -> Array:
    """Points in rising order, both ends among them, between which each polynomial rises or falls throughout."""
    ladder = [coefficients]
    for _ in range(most):
        ladder.append(_with_fewer_changes(ladder[-1]))
    points = ends
    for each in ladder[most - 1 : 0 : -1]:
        roots, _ = _roots_at(each, points)
        points = np.sort(np.concatenate([ends, np.where(np.isnan(roots), ends[1], roots)]), axis=0)
    return points


def _with_fewer_changes(coefficients: Array) -> Array:
    """The coefficients of the derivative, but for positive factors, with the last change of sign taken away."""
    terms = np.arange(len(coefficients))[:, None]
    signs = filled(np.sign(coefficients))
    changes = signs[1:] * signs[:-1] < 0
    last = len(changes) - np.argmax(changes[::-1], axis=0) - 0.5
    multiplied = coefficients * np.where(changes.any(axis=0), last - terms, 1.0)
    largest = np.abs(multiplied).max(axis=0)
    return np.asarray(multiplied / np.where(largest > 0, largest, 1.0))


def _roots_at(coefficients: Array, points: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The changes of sign between neighbouring points, between which the polynomial rises or falls throughout."""
    values = np.stack([value_and_slope(coefficients, row)[0] for row in points])
    signs = filled(np.sign(values))
    found = np.full((len(points) - 1, points.shape[1]), np.nan)
    rising = signs[1:] > 0
    for piece in range(len(points) - 1):
        chosen = np.flatnonzero(signs[piece] * signs[piece + 1] < 0)
        if chosen.size:
            ends = points[piece, chosen], points[piece + 1, chosen]
            found[piece, chosen] = bracketed_root(coefficients[:, chosen], *ends, rising[piece, chosen])
    return found, rising


def bracketed_root(coefficients: Array, low: Array, high: Array, rising: NDArray[np.bool_]) -> Array:
    """The root of each column's polynomial between low and high: Newton, kept in by bisection.

    rising says whether it is negative at low and positive at high, or the other way round.
    """
    low, high = low.copy(), high.copy()
    point = (low + high) / 2
    active = np.arange(point.size)
    for _ in range(_NEWTON_STEPS):
        value, slope = value_and_slope(coefficients[:, active], point[active])
        above = (value > 0) == rising[active]
        low[active] = np.where(above, low[active], point[active])
        high[active] = np.where(above, point[active], high[active])
        with np.errstate(divide="ignore", invalid="ignore"):
            candidate = point[active] - value / slope
        inside = (candidate > low[active]) & (candidate < high[active])
        following = np.where(inside, candidate, (low[active] + high[active]) / 2)
        # Newton doubles its digits: after a step this small, what is left is rounding.
        moving = np.abs(following - point[active]) > _STEP * np.abs(following)
        point[active] = following
        active = active[moving]
        if active.size == 0:
            break
    return point


def value_and_slope(coefficients: Array, variable: Array) -> tuple[Array, Array]:
    """Horner's scheme for the polynomial whose coefficients are a column's, and for its derivative."""
    value, slope = np.zeros_like(variable), np.zeros_like(variable)
    for each in coefficients[::-1]:
        slope = slope * variable + value
        value = value * variable + each
    return value * variable, slope * variable + value
