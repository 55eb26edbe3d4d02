"""All real roots of polynomials on a stretch of positive numbers, counted exactly.

By Descartes' rule a polynomial has at most as many positive roots as its coefficients change sign.
Dividing by a power of the variable between two coefficients of opposite signs and deriving takes one
change of sign away (Rolle's theorem): the roots of what is left part the stretch into pieces on which
the polynomial rises or falls throughout, so that the signs at their ends tell its roots. Hence roots
that lie close together, or at an end, are not overlooked, as they would be on a grid.

Columns are chosen by `take`, which leaves the numbers of a month side by side; an index would lay them by column. To
copy nearly all of them takes longer than to work out a few too many: that is left until it pays (`is_worth_copying`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array

_NEWTON_STEPS = 60
_STEP = 1e-9
_GRID = 49
# So few polynomials are quicker evaluated power by power.
_FEW = 256
_FEW_ENOUGH = 0.9


def is_worth_copying(chosen: int, of: int, share: float = _FEW_ENOUGH) -> bool:
    """Whether so many columns are few enough to be copied out before something is worked out for them alone."""
    return chosen <= share * of


def changes_of_sign(coefficients: Array) -> NDArray[np.intp]:
    """How often each column changes sign, zeros left out. coefficients: shape (terms, n); returns shape (n,)."""
    return np.asarray(_changes(coefficients).sum(axis=0))


def _changes(values: Array) -> NDArray[np.bool_]:
    """Where the sign of a row differs from that before it; a zero has the sign of what is before it."""
    signs = _signs(values)
    return np.asarray(signs[1:] * signs[:-1] < 0)


def _signs(values: Array) -> NDArray[np.int8]:
    signs = (values > 0).view(np.int8) - (values < 0).view(np.int8)
    if not signs.all():
        for row in range(1, len(signs)):
            signs[row] = np.where(signs[row] == 0, signs[row - 1], signs[row])
    return signs


def roots_between(coefficients: Array, low: float, high: float) -> tuple[Array, NDArray[np.bool_]]:
    """The places between low < 1 and high > 1 where each column's polynomial changes sign.

    coefficients: shape (terms, n), of the powers 1, 2, ... of the variable; low is positive.
    Returns the roots, nan where there are none, and whether the polynomial rises there, both of
    shape (most roots, n). A root that the polynomial only touches changes no sign and is none.
    """
    plain = _has_one_a_side(coefficients)
    if plain.all():
        return _plain_roots(coefficients, low, high)
    hard = coefficients.compress(~plain, axis=1)
    most = int(changes_of_sign(hard).max())
    roots = np.full((max(most, 2), plain.size), np.nan)
    rising = np.zeros(roots.shape, np.bool_)
    if is_worth_copying(int(plain.sum()), plain.size):
        roots[:2, plain], rising[:2, plain] = _plain_roots(coefficients.compress(plain, axis=1), low, high)
    else:
        roots[:2], rising[:2] = _plain_roots(coefficients, low, high)
    roots[:, ~plain], rising[:, ~plain] = np.nan, False
    ends = np.repeat([[low], [high]], hard.shape[1], axis=1)
    roots[:most, ~plain], rising[:most, ~plain] = _roots_at(hard, _turning_points(hard, ends, most))
    return roots, rising


def _has_one_a_side(coefficients: Array) -> NDArray[np.bool_]:
    """Where there is at most one root below 1 and one above it, or one in all: Descartes' rule.

    It holds for the polynomial divided by 1 - v, too, whose coefficients are the running sums
    (Norstrom 1972, Journal of Financial and Quantitative Analysis 7(3)); from the end for roots above 1.
    """
    found = changes_of_sign(coefficients) <= 1
    rest = np.flatnonzero(~found)
    if rest.size:
        below, above = (np.cumsum(each.take(rest, axis=1), axis=0) for each in (coefficients, coefficients[::-1]))
        found[rest] = (changes_of_sign(below) <= 1) & (changes_of_sign(above) <= 1) & (below[-1] != 0)
    return np.asarray(found)


def _plain_roots(coefficients: Array, low: float, high: float) -> tuple[Array, NDArray[np.bool_]]:
    """The roots of polynomials that have at most one below 1 and one above it: as many as signs change on a grid."""
    grid = np.unique(np.append(np.linspace(low, high, _GRID), 1.0))
    values = grid[:, None] ** np.arange(1, len(coefficients) + 1) @ coefficients
    roots = np.full((2, coefficients.shape[1]), np.nan)
    rising = np.zeros(roots.shape, np.bool_)
    changes, first, last = _first_and_last(_changes(values))
    for number, (cell, count) in enumerate(((first, 1), (last, 2))):
        chosen = np.flatnonzero(changes >= count)
        at = cell[chosen]
        ends = values[at, chosen], values[at + 1, chosen]
        rising[number, chosen] = ends[1] > 0
        start = _between(grid[at], grid[at + 1], *ends)
        every = chosen.size == roots.shape[1]
        of = coefficients if every else coefficients.take(chosen, axis=1)
        roots[number, chosen] = bracketed_root(of, grid[at], grid[at + 1], rising[number, chosen], start)
    return roots, rising


def _first_and_last(changes: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """How many rows of each column are true, and the first and the last of them."""
    rows, columns = np.nonzero(changes)
    first, last = np.zeros((2, changes.shape[1]), np.intp)
    # Where a column is named more than once, what is written last stays: rows come in rising order.
    first[columns[::-1]], last[columns] = rows[::-1], rows
    return np.bincount(columns, minlength=changes.shape[1]), first, last


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
    changes = _changes(coefficients)
    last = len(changes) - np.argmax(changes[::-1], axis=0) - 0.5
    multiplied = coefficients * np.where(changes.any(axis=0), last - terms, 1.0)
    largest = np.abs(multiplied).max(axis=0)
    return np.asarray(multiplied / np.where(largest > 0, largest, 1.0))


def _roots_at(coefficients: Array, points: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The changes of sign between neighbouring points, between which the polynomial rises or falls throughout."""
    values = np.stack([value_and_slope(coefficients, row)[0] for row in points])
    signs = _signs(values)
    found = np.full((len(points) - 1, points.shape[1]), np.nan)
    rising = signs[1:] > 0
    for piece in range(len(points) - 1):
        chosen = np.flatnonzero(signs[piece] * signs[piece + 1] < 0)
        if chosen.size:
            low, high = points[piece, chosen], points[piece + 1, chosen]
            start = _between(low, high, values[piece, chosen], values[piece + 1, chosen])
            found[piece, chosen] = bracketed_root(
                coefficients.take(chosen, axis=1), low, high, rising[piece, chosen], start
            )
    return found, rising


def _between(low: Array, high: Array, at_low: Array, at_high: Array) -> Array:
    """Where the line between both ends is zero; the values there have opposite signs, or one is zero."""
    return np.asarray(low + (high - low) * at_low / (at_low - at_high))


def bracketed_root(coefficients: Array, low: Array, high: Array, rising: NDArray[np.bool_], start: Array) -> Array:
    """The root of each column's polynomial between low and high: Newton, kept in by bisection.

    rising says whether it is negative at low and positive at high, or the other way round; start is a first guess.
    """
    point = start.copy()
    held, columns = np.arange(point.size), coefficients
    moving = np.ones(point.size, np.bool_)
    for _ in range(_NEWTON_STEPS):
        here = point[held]
        low, high, following = _narrowed(columns, low, high, rising[held], here)
        point[held] = np.where(moving, following, here)
        # Newton doubles its digits: what is left after a step this small is next to rounding.
        moving &= np.abs(following - here) > _STEP * np.abs(following)
        if not moving.any():
            break
        if is_worth_copying(int(moving.sum()), moving.size, share=0.5):
            left = np.flatnonzero(moving)
            held, columns, moving = held[left], columns.take(left, axis=1), moving[left]
            low, high = low[left], high[left]
    return point


def _narrowed(
    coefficients: Array, low: Array, high: Array, rising: NDArray[np.bool_], point: Array
) -> tuple[Array, Array, Array]:
    """Closer ends on both sides of the root, and the point to go on from."""
    value, slope = value_and_slope(coefficients, point)
    above = (value > 0) == rising
    low, high = np.where(above, low, point), np.where(above, point, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        candidate = point - value / slope
    inside = (candidate >= low) & (candidate <= high)
    return low, high, np.where(inside, candidate, (low + high) / 2)


def value_and_slope(coefficients: Array, variable: Array) -> tuple[Array, Array]:
    """The polynomial whose coefficients are a column's, and its derivative, by Horner's scheme where there are many."""
    if variable.size <= _FEW:
        term = np.arange(1, len(coefficients) + 1)[:, None]
        powers = coefficients * variable ** (term - 1)
        return (powers * variable).sum(axis=0), (powers * term).sum(axis=0)
    value, slope = np.zeros_like(variable), np.zeros_like(variable)
    for each in coefficients[::-1]:
        # In place: no array is made for each of the months.
        slope *= variable
        slope += value
        value *= variable
        value += each
    return value * variable, slope * variable + value
