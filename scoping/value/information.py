"""What it is worth to know more before deciding: EVPI, partial EVPI, and the value of a sample.

All functions take NPV as an array of shape (draws, alternatives), in money; include a column of
zeros where doing nothing is an alternative (`with_status_quo`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import binom

from ..document.estimate import Array

_DEGREE = 4
_FEWEST_DRAWS = 200
_FOLDS = 8
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_ROUNDING = 1e-12
# An estimate below so many of its standard errors is noise.
_NOISE = 2.0


@dataclass(frozen=True)
class Information:
    """What knowing something is worth (money), and the standard error of that estimate."""

    value: float
    standard_error: float

    def at_most(self, limit: float) -> Information:
        """The same, where theory says that it cannot be worth more than `limit`."""
        return Information(min(self.value, limit), self.standard_error)


NOTHING = Information(0.0, 0.0)


def with_status_quo(npv: ArrayLike) -> Array:
    """NPV of shape (draws, alternatives), with the status quo (0) as one more alternative."""
    draws = np.asarray(npv, float)
    return np.column_stack([draws, np.zeros(len(draws))])


def evpi(npv: ArrayLike) -> float:
    """Expected value of perfect information: E[max_k NPV_k] - max_k E[NPV_k].

    npv: shape (draws, alternatives), money. Returns money, never negative. Source: Raiffa and
    Schlaifer 1961, Applied Statistical Decision Theory.

    Thompson Lumber (Render, Stair and Hanna, Quantitative Analysis for Management, ch. 3):

    >>> evpi([[200_000, 100_000, 0], [-180_000, -20_000, 0]])
    60000.0
    """
    draws = _checked(npv)
    value = _gap(np.ascontiguousarray(draws.T))
    # What is left when the best choice never changes is rounding, not information.
    return value if value > _ROUNDING * float(np.abs(draws).max()) else 0.0


def evpi_with_error(npv: Array, runs: Array) -> Information:
    """EVPI, and its standard error from independent runs; runs: shape (runs, draws a run, alternatives)."""
    each = runs.max(axis=2).mean(axis=1) - runs.mean(axis=1)[:, np.argmax(npv.mean(axis=0))]
    return Information(evpi(npv), float(each.std(ddof=1) / np.sqrt(len(each))) if len(each) > 1 else 0.0)


def evppi(npv: ArrayLike, x: ArrayLike) -> float:
    """Partial EVPI: what it is worth to learn x before deciding, and nothing else.

    npv: shape (draws, alternatives), money; x: shape (draws,) for one input, (draws, inputs) for
    several learned together. Returns money, from 0 to evpi(npv); 0 where it cannot be told from
    noise. Regression estimator of Strong, Oakley and Brennan 2014, Medical Decision Making 34(3).
    Raises ValueError where the shapes do not fit.

    >>> x = ndtri((np.arange(4096) + 0.5) / 4096)  # standard normal; exactly 1 / sqrt(2 pi) = 0.3989
    >>> round(evppi(np.column_stack([x, np.zeros(4096)]), x), 3)
    0.399
    """
    return evppi_with_error(npv, x).value


def evppi_with_error(npv: ArrayLike, x: ArrayLike) -> Information:
    """`evppi` with its standard error (money), from leaving out an eighth of the draws at a time (jackknife).

    What is below two errors is noise and counts as 0.
    """
    draws, columns = _checked(npv), _columns(x)
    if len(columns) != len(draws):
        raise ValueError(f"npv has {len(draws):,} draws, x has {len(columns):,}: they must be the same draws")
    moving = [column for column in columns.T if column.min() < column.max()]
    if len(draws) < _FEWEST_DRAWS or not moving:
        return NOTHING
    return _by_regression(draws, _design(moving)).at_most(evpi(draws))


def evsi(npv: ArrayLike, x: ArrayLike, cases: ArrayLike, *, error: ArrayLike | None = None, seed: int = 1) -> float:
    """What a sample is worth that reads x, with the chance errors of a sample.

    npv: shape (draws, alternatives), money; x: shape (draws,), a share 0..1 read off `cases` cases
    (binomial), or any number read with the standard error `error` (normal). cases and error: a
    number or shape (draws,). Returns money, from 0 to evppi(npv, x). Preposterior by regression:
    Strong, Oakley, Brennan and Breeze 2015, Medical Decision Making 35(5).

    >>> x = ndtri((np.arange(4096) + 0.5) / 4096)  # a reading with error 1 halves the variance
    >>> round(evsi(np.column_stack([x, np.zeros(4096)]), x, 1, error=1.0), 2)  # 0.3989 / sqrt(2)
    0.28
    """
    value = np.asarray(x, float)
    reading = shares_read(value, cases, seed) if error is None else numbers_read(value, error, seed)
    return min(evppi(npv, reading), evppi(npv, value))


def shares_read(share: Array, cases: ArrayLike, seed: int) -> Array:
    """Shares as a sample of so many cases reads them (binomial). Without a case one learns nothing.

    The chance of each draw does not depend on `cases`: a larger sample is the same luck, spread thinner.
    """
    count = np.floor(np.broadcast_to(np.asarray(cases, float), np.shape(share)))
    luck = np.random.default_rng([seed, 1]).random(np.shape(share))
    hits = binom.ppf(luck, count, np.clip(share, 0.0, 1.0))
    # One imaginary case at the mean stands for what was believed before.
    read: Array = (hits + float(np.mean(share))) / (count + 1)
    return read


def numbers_read(value: Array, error: ArrayLike, seed: int) -> Array:
    """Numbers as a sample reads them, with a normal error of that standard deviation."""
    luck = np.random.default_rng([seed, 2]).random(np.shape(value))
    return np.asarray(value + np.asarray(error, float) * ndtri(luck), float)


def _checked(npv: ArrayLike) -> Array:
    draws = np.asarray(npv, float)
    if draws.ndim != 2 or draws.size == 0:
        raise ValueError(f"npv must have shape (draws, alternatives), not {draws.shape}")
    return draws


def _columns(x: ArrayLike) -> Array:
    columns = np.asarray(x, float)
    return columns[:, None] if columns.ndim == 1 else columns


def _by_regression(draws: Array, design: Array) -> Information:
    """E[max_k fitted_k] - max_k E[fitted_k], and its jackknife over folds of the draws."""
    count = len(draws) // _FOLDS * _FOLDS
    folds_in, folds_out = (_in_folds(part[:count]) for part in (design, draws))
    gram = np.einsum("fnp,fnq->fpq", folds_in, folds_in, optimize=True)
    moment = np.einsum("fnp,fnk->fpk", folds_in, folds_out, optimize=True)
    whole = _solve(gram.sum(axis=0), moment.sum(axis=0))
    value = _gap(whole.T @ design.T)
    without = np.array([_solve(gram.sum(axis=0) - gram[f], moment.sum(axis=0) - moment[f]) for f in range(_FOLDS)])
    # Alternatives first: the largest of a few long rows is quick to find.
    by_fit = without.transpose(2, 0, 1).reshape(-1, design.shape[1]) @ folds_in.reshape(count, -1).T
    left = _gaps_without(by_fit.reshape(draws.shape[1], _FOLDS, _FOLDS, -1))
    error = float(np.sqrt((_FOLDS - 1) / _FOLDS * ((left - left.mean()) ** 2).sum()))
    # Regression finds a little of what is not there; leaving draws out shows how much (Quenouille 1956).
    corrected = value + (_FOLDS - 1) * (value - float(left.mean()))
    scale = float(np.abs(draws).max())
    return Information(corrected if corrected > max(_NOISE * error, _ROUNDING * scale) else 0.0, error)


def _in_folds(rows: Array) -> Array:
    """Every eighth row to the same fold, so that each fold looks like the whole, however the rows are ordered."""
    return np.ascontiguousarray(np.moveaxis(rows.reshape(-1, _FOLDS, rows.shape[1]), 1, 0))


def _solve(gram: Array, moment: Array) -> Array:
    """Least squares from its normal equations, blind to directions in which the inputs do not move."""
    return np.asarray(np.linalg.pinv(gram, rcond=1e-11, hermitian=True) @ moment)


def _gap(by_alternative: Array) -> float:
    return float(by_alternative.max(axis=0).mean() - by_alternative.mean(axis=1).max())


def _gaps_without(by_fit: Array) -> Array:
    """The gap of each fit on the draws that it has seen; by_fit: shape (alternative, fit, fold, draw)."""
    best, means = by_fit.max(axis=0).mean(axis=2), by_fit.mean(axis=3)
    seen = (np.ones(_FOLDS) - np.eye(_FOLDS)) / (_FOLDS - 1)
    return np.asarray((best * seen).sum(axis=1) - (means * seen).sum(axis=2).max(axis=0))


def _design(columns: Sequence[Array]) -> Array:
    """One column of ones; of each input itself and polynomials of its rank; of each pair the product."""
    standard = [(column - column.mean()) / column.std() for column in columns]
    products = [first * second for first, second in combinations(standard, 2)]
    ranks = [_legendre(column) for column in columns]
    return np.column_stack([np.ones(len(columns[0])), *standard, *products, *ranks])


def _legendre(values: Array) -> Array:
    """Legendre polynomials of the rank, scaled to -1..1: smooth in the quantile, whatever the shape."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    ranks: Array = np.empty(len(values))
    ranks[order] = 2.0 * np.arange(len(values)) + 1
    if (ordered[1:] == ordered[:-1]).any():
        # Equal values share their ranks.
        below, upto = (np.searchsorted(ordered, values, side=side) for side in _SIDES)
        ranks = (below + upto).astype(float)
    scaled = ranks / len(values) - 1
    return np.asarray(np.polynomial.legendre.legvander(scaled, _DEGREE)[:, 1:], float)


def fitted(values: Array, inputs: Sequence[Array]) -> Array:
    """The conditional expectation of values given inputs, by the same regression. All of shape (draws,)."""
    moving = [column for column in inputs if column.min() < column.max()]
    if not moving:
        return np.full(np.shape(values), float(np.mean(values)))
    design = _design(moving)
    return np.asarray(design @ _solve(design.T @ design, design.T @ values))
