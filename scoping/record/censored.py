"""Mean and variance of numbers of which some are known only as lower bounds (Tobin 1958, Econometrica 26(1)).

By expectation and maximisation (Dempster, Laird and Rubin 1977, Journal of the Royal Statistical Society B 39(1)): a number
that is known to be above a bound counts as what the others say of numbers above it. That is right where a project is
stopped for what it had come to, which is the bound; where it is stopped for what people feared beyond that, it is still
too low, and nothing recorded tells by how much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Numbers = NDArray[np.float64]
_ENOUGH, _MOST_STEPS = 1e-10, 2_000
_LOG_ROOT = 0.5 * float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Spread:
    """Mean and variance, and by how many whole numbers the mean is known: a bound counts as part of one."""

    mean: float
    variance: float
    counted_as: float


def spread_of(known: Numbers, bounds: Numbers, prior: float, prior_counts: float) -> Spread:
    """Of known numbers, at least one, and of lower bounds; a prior variance counts as so many numbers.

    Without bounds this is the mean, and the pooled variance.
    """
    found = Spread(float(known.mean()), _pooled(known, 0.0, prior, prior_counts), float(len(known)))
    for _ in range(_MOST_STEPS if len(bounds) else 0):
        before, found = found, _step(known, bounds, found, prior, prior_counts)
        if abs(found.mean - before.mean) + abs(found.variance - before.variance) < _ENOUGH:
            break
    return found


def _step(known: Numbers, bounds: Numbers, found: Spread, prior: float, prior_counts: float) -> Spread:
    deviation = found.variance**0.5
    at = (bounds - found.mean) / deviation
    over = np.exp(-0.5 * at**2 - _LOG_ROOT - log_ndtr(-at))
    # What part of a whole number a bound tells of the mean: what it takes off the variance.
    told = np.clip(over * (over - at), 0.0, 1.0)
    numbers = np.concatenate([known, found.mean + deviation * over])
    open_variance = float(np.sum(found.variance * (1 - told)))
    pooled = _pooled(numbers, open_variance, prior, prior_counts)
    return Spread(float(numbers.mean()), pooled, len(known) + float(told.sum()))


def _pooled(numbers: Numbers, more: float, prior: float, prior_counts: float) -> float:
    squares = float(np.sum((numbers - numbers.mean()) ** 2)) + more
    return (squares + prior_counts * prior) / (len(numbers) - 1 + prior_counts)
