"""One figure of the assessment, and how draws become it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..document.estimate import QUANTILES, Array
from .reasons import Reason

REPLICATES = 8
BLOCK = 1_024
BINS = 48


@dataclass(frozen=True)
class Figure:
    """A figure and its uncertainty; a part that does not exist is None, and `reason` says why.

    p10, p50 and p90 are quantiles over the draws. standard_error is that of the mean, quantile_errors
    are those of the three quantiles, both from replicated scrambles.
    """

    p10: float | None = None
    p50: float | None = None
    p90: float | None = None
    mean: float | None = None
    standard_error: float | None = None
    quantile_errors: tuple[float, float, float] | None = None
    reason: Reason | None = None


def figure_of(draws: Array, reason: Reason | None = None) -> Figure:
    """Quantiles and mean of draws, some of which may be infinite (no payback, no rate): `reason` says why.

    nan anywhere means that there is no figure at all.
    """
    if draws.size == 0 or np.isnan(draws).any():
        return Figure(reason=reason)
    # "lower" never mixes a finite draw with an infinite one, and then there is no mean.
    finite = bool(np.isfinite(draws).all())
    method: Literal["linear", "lower"] = "linear" if finite else "lower"
    low, middle, high = (_finite(value) for value in np.quantile(draws, QUANTILES, method=method))
    return Figure(low, middle, high, float(draws.mean()) if finite else None, reason=None if finite else reason)


def figure_with_errors(draws: Array, expected: Array) -> Figure:
    """The figure of draws that come as blocks of REPLICATES runs; `expected` gives the mean with less noise.

    Owen 1998, "Scrambling Sobol' and Niederreiter-Xing points": independent scrambles are
    independent, unbiased estimates, so their spread tells the error. A quantile is the mean of those
    of the scrambles: one of all draws taken together would scatter more than they tell.
    """
    mean = float(expected.mean())
    if draws.size < REPLICATES:
        low, middle, high = (float(value) for value in np.quantile(draws, QUANTILES))
        return Figure(low, middle, high, mean, 0.0, (0.0, 0.0, 0.0))
    # Hazen's rule: a point of a scramble is on average in the middle of its 1/n of the probability.
    of_replicates = np.quantile(by_replicate(draws), QUANTILES, axis=1, method="hazen")
    low, middle, high = (float(value) for value in of_replicates.mean(axis=1))
    errors = of_replicates.std(axis=1, ddof=1) / np.sqrt(REPLICATES)
    of_low, of_middle, of_high = (float(error) for error in errors)
    return Figure(low, middle, high, mean, standard_error(expected), (of_low, of_middle, of_high))


def by_replicate(draws: Array) -> Array:
    """Draws as they come, a block of every replicate at a time, by replicate.

    draws: shape (draws, ...). Returns shape (REPLICATES, draws / REPLICATES, ...); one run where
    there are fewer draws than replicates.
    """
    if len(draws) < REPLICATES:
        return draws[None]
    run, rest = min(BLOCK, len(draws) // REPLICATES), draws.shape[1:]
    blocks = draws.reshape(-1, REPLICATES, run, *rest)
    return np.moveaxis(blocks, 1, 0).reshape(REPLICATES, -1, *rest)


def standard_error(draws: Array) -> float:
    """Standard error of the mean of draws that come as blocks of REPLICATES runs of equal length."""
    if draws.size < REPLICATES:
        return 0.0
    return float(by_replicate(draws).mean(axis=1).std(ddof=1) / np.sqrt(REPLICATES))


def histogram(npv: Array) -> tuple[Array, Array]:
    """Shares of the draws by NPV, and the edges; the outermost half per cent on either side goes to the end bins."""
    low, high = np.quantile(npv, (0.005, 0.995))
    if high - low <= 1e-12 * max(abs(low), abs(high), 1.0):
        width = max(abs(low) * 0.01, 1.0)
        low, high = low - width, high + width
    counts, edges = np.histogram(np.clip(npv, low, high), bins=BINS, range=(low, high))
    return counts / npv.size, edges


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
