"""What it is worth to know more before deciding: EVPI, partial EVPI, and the value of a sample.

All functions take NPV as an array of shape (draws, alternatives), in money; include a column of
zeros where doing nothing is an alternative (`with_status_quo`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, ndtri

from ..document.estimate import Array
from .memory import remembered
from .smoothing import FOLDS, Fits, fit

_FEWEST_DRAWS = 200
# The seed that deals the draws of the public functions into folds.
_SHUFFLE = 1
_PRIMES = (2.0, 3.0, 7.0, 11.0, 13.0, 19.0, 23.0, 31.0)
_SMALLEST = 2.0**-53
_ROUNDING = 1e-12
# So many hits to a standard deviation are as good as a continuous number.
_WIDE = 1_000.0
# An estimate below so many of its standard errors is noise.
_NOISE = 2.0


@dataclass(frozen=True)
class Information:
    """What knowing something is worth (money), and the standard error of that estimate."""

    value: float
    standard_error: float

    def at_most(self, limit: Information) -> Information:
        """The same, where theory says that it cannot be worth more than `limit`."""
        return self if self.value <= limit.value else limit


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
    value = float(_best_of_each(draws).mean() - draws.mean(axis=0).max())
    return beyond_rounding(value, float(np.abs(draws).max()))


def beyond_rounding(value: float, largest: float) -> float:
    """What is left when the best choice never changes is rounding, not information."""
    return value if value > _ROUNDING * largest else 0.0


def _evpi_of_folds(draws: Array, fold: NDArray[np.intp]) -> Information:
    number = np.bincount(fold).astype(float)
    best = np.bincount(fold, _best_of_each(draws)) / number
    means = np.stack([np.bincount(fold, each) for each in draws.T], axis=1) / number[:, None]
    return evpi_of_parts(evpi(draws), best, means)


def evpi_of_parts(value: float, best: Array, means: Array) -> Information:
    """EVPI with its standard error, from parts of the draws that are left out one at a time.

    best: each part's mean of the highest NPV of each draw, shape (parts,); means: of each alternative's
    NPV, shape (parts, alternatives).
    """
    others = len(best) - 1
    if others == 0:
        return Information(value, 0.0)
    left = (best.sum() - best) / others - ((means.sum(axis=0) - means) / others).max(axis=1)
    return Information(value, _jackknife_error(left))


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


def evppi_with_error(npv: ArrayLike, x: ArrayLike, *, in_runs: bool = False) -> Information:
    """`evppi` with its standard error (money), from leaving out an eighth of the draws at a time (jackknife).

    in_runs says that the draws come as eight independent runs of equal length, one after the other,
    which are then what is left out; otherwise it is eighths chosen at random, always the same.
    What is below two errors is noise and counts as 0.
    """
    draws, columns = _checked(npv), _columns(x)
    if len(columns) != len(draws):
        raise ValueError(f"npv has {len(draws):,} draws, x has {len(columns):,}: they must be the same draws")
    moving = _moving(columns)
    if len(draws) < _FEWEST_DRAWS or not moving:
        return NOTHING
    fold = _folds(len(draws), in_runs)
    found = _by_regression(draws, moving, fold)
    return found.at_most(_evpi_of_folds(draws, fold)) if found.value > 0 else found


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


def shares_read(share: Array, cases: ArrayLike, seed: int, runs: int = 1) -> Array:
    """Shares as a sample of so many cases reads them (binomial). Without a case one learns nothing.

    The luck of each draw does not depend on `cases`: a larger sample is the same luck, spread thinner.
    """
    count = np.floor(np.broadcast_to(np.asarray(cases, float), np.shape(share)))
    hits = _binomial_quantile(_luck(share, seed, runs), count, np.clip(share, 0.0, 1.0))
    # One imaginary case at the mean stands for what was believed before.
    read: Array = (hits + float(np.mean(share))) / (count + 1)
    return read


def numbers_read(value: Array, error: ArrayLike, seed: int, runs: int = 1) -> Array:
    """Numbers as a sample reads them, with a normal error of that standard deviation."""
    luck = _luck(value, seed, runs)
    return np.asarray(value + np.asarray(error, float) * ndtri(luck), float)


def _luck(value: Array, seed: int, runs: int) -> Array:
    """Uniform numbers, spread evenly over every range of the values in each of the runs.

    The n-th smallest value of a run gets the n-th multiple of an irrational number, shifted at
    random, modulo 1 (a Kronecker sequence: Niederreiter 1992, Random Number Generation and
    Quasi-Monte Carlo Methods, ch. 3). Another seed takes another irrational number.
    """
    generator = np.random.default_rng([seed, 1])
    step = np.sqrt(_PRIMES[seed % len(_PRIMES)])
    rows = np.reshape(value, (runs, -1))
    place = np.argsort(np.argsort(rows, axis=1), axis=1)
    luck: Array = np.mod(place * step + generator.random((runs, 1)), 1.0)
    return np.asarray(np.clip(luck, _SMALLEST, 1 - _SMALLEST).reshape(np.shape(value)))


@remembered
def _binomial_quantile(probability: Array, count: Array, share: Array) -> Array:
    """The smallest number of hits whose cumulative probability is at least that given.

    Cornish and Fisher's expansion with the skewness is next to it; the distribution function says where it is. Where
    the hits scatter by more than a thousand, one more or less is nothing, and the function slow.
    """
    mean, normal = count * share, ndtri(probability)
    spread = np.sqrt(np.maximum(mean * (1 - share), 0.0))
    hits = np.clip(np.rint(mean + spread * normal + (1 - 2 * share) * (normal**2 - 1) / 6), 0.0, count)
    unsettled = np.flatnonzero(spread <= _WIDE)
    while unsettled.size:
        now, cases, chance, wanted = (
            hits[unsettled],
            count[unsettled].astype(np.intp),
            share[unsettled],
            probability[unsettled],
        )
        more = (now < cases) & (bdtr(now, cases, chance) < wanted)
        fewer = (now > 0) & (bdtr(np.maximum(now - 1, 0.0), cases, chance) >= wanted)
        step = more.astype(float) - fewer
        hits[unsettled] += step
        unsettled = unsettled[step != 0]
    return hits


def _checked(npv: ArrayLike) -> Array:
    draws = np.asarray(npv, float)
    if draws.ndim != 2 or draws.size == 0:
        raise ValueError(f"npv must have shape (draws, alternatives), not {draws.shape}")
    return draws


def _columns(x: ArrayLike) -> Array:
    columns = np.asarray(x, float)
    return columns[:, None] if columns.ndim == 1 else columns


def _moving(columns: Array) -> list[Array]:
    return [column for column in columns.T if column.min() < column.max()]


def _folds(draws: int, in_runs: bool) -> NDArray[np.intp]:
    """The fold of each draw.

    Neighbours must not be dealt out in turn: for Sobol points every eighth is the least
    representative choice that there is.
    """
    folds = np.arange(draws) * FOLDS // draws
    return folds if in_runs else np.random.default_rng(_SHUFFLE).permutation(folds)


def _by_regression(draws: Array, inputs: Sequence[Array], fold: NDArray[np.intp]) -> Information:
    """E[max_k fitted_k] - max_k E[fitted_k], and its jackknife over folds of the draws.

    What all alternatives have in common decides nothing: fitted is what each has over the best one.
    """
    best = int(np.argmax(draws.mean(axis=0)))
    over = np.delete(draws - draws[:, [best]], best, axis=1)
    if over.shape[1] == 0:
        return NOTHING
    fits = fit(over, inputs, fold)
    value, *without = _gaps(fits)
    left = np.array(without)
    error = _jackknife_error(left)
    # Regression finds a little of what is not there; leaving draws out shows how much (Quenouille 1956).
    correction = float((FOLDS - 1) * (value - left.mean()))
    corrected, scale = float(value + correction), float(np.abs(draws).max())
    found = corrected if corrected > max(_NOISE * error, _ROUNDING * scale) else 0.0
    # What is taken off is itself found by chance: where it is small, it scatters about as far as it is from 0.
    return Information(found, float(np.hypot(error, min(abs(correction), error))))


def _jackknife_error(left: Array) -> float:
    return float(np.sqrt((len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum()))


def _best_of_each(draws: Array) -> Array:
    """The highest NPV of each draw, alternative by alternative: quicker than row by row, and without a copy of all."""
    best = draws[:, 0].copy()
    for column in draws.T[1:]:
        np.maximum(best, column, out=best)
    return best


def _gaps(fits: Fits) -> Array:
    """What choosing by each fit gains over the best one of all draws on average, on the draws that it has seen.

    That one is worth 0 and has no column. It stays the same whatever is left out: which of two equal
    means is larger in seven eighths is chance, not what a regression finds, and would be multiplied.
    """
    best, chosen = (each[..., 0].copy() for each in (fits.values, fits.totals))
    for column in range(1, fits.values.shape[2]):
        better = fits.values[..., column] > best
        np.copyto(best, fits.values[..., column], where=better)
        np.copyto(chosen, fits.totals[..., column], where=better)
    chosen[best < 0] = 0.0
    return np.asarray(chosen.sum(axis=1) / fits.draws)


def fitted(values: Array, inputs: Sequence[Array]) -> Array:
    """The conditional expectation of each column of values given inputs, by the same regression.

    values: shape (draws, columns), in eight runs one after the other; inputs: each of shape (draws,).
    """
    moving = [column for column in inputs if column.min() < column.max()]
    if not moving:
        return np.broadcast_to(values.mean(axis=0), values.shape)
    return fit(values, moving, _folds(len(values), in_runs=True)).by_draw
