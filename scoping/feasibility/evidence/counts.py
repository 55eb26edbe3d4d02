"""Shares that were counted: intervals, and the Estimate that follows.

Sources: Wilson 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158); Brown, Cai and
DasGupta 2001, Interval Estimation for a Binomial Proportion, Statistical Science 16(2), who recommend Wilson's interval
and Jeffreys' posterior.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import betaincinv, ndtri

from ...document.estimate import QUANTILES, Array, Estimate
from ...document.evidence import Measured
from ...document.fields import Quantity

_95 = float(ndtri(0.975))
_P90 = float(ndtri(0.9))
_DIGITS = 6


def wilson(hits: float, cases: float, z: float = _95) -> Measured:
    """A counted share and its 95 % interval (Wilson 1927).

    >>> found = wilson(0, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.0, 0.278)
    """
    share = hits / cases
    middle = (share + z**2 / (2 * cases)) / (1 + z**2 / cases)
    half = z / (1 + z**2 / cases) * float(np.sqrt(share * (1 - share) / cases + z**2 / (4 * cases**2)))
    return Measured(value=share, low=max(min(middle - half, share), 0.0), high=min(max(middle + half, share), 1.0))


def share_at(hits: float, cases: float, probabilities: Sequence[float] | Array) -> Array:
    """Quantiles of a share of which hits were counted: Jeffreys' posterior, shape of the probabilities."""
    return np.asarray(betaincinv(hits + 0.5, max(cases - hits, 0.0) + 0.5, np.asarray(probabilities, float)), float)


def estimate_of(values: Array, quantity: Quantity) -> Estimate:
    """The Estimate with the P10, P50 and P90 of equally likely values, cut to what the quantity allows."""
    return rising(np.quantile(values, QUANTILES), quantity)


def rising(quantiles: Sequence[float] | Array, quantity: Quantity) -> Estimate:
    """An Estimate of three quantiles with six digits, within the bounds of the quantity."""
    cut = np.clip(np.asarray(quantiles, float), quantity.lower, quantity.upper)
    low, middle, high = (float(f"{each:.{_DIGITS}g}") for each in np.maximum.accumulate(cut))
    return Estimate.of(low, middle, high)


def estimate_of_measured(found: Measured, quantity: Quantity) -> Estimate:
    """The Estimate of a number with a 95 % interval: normal on each side of it."""
    low = found.value - (found.value - found.low) * _P90 / _95
    high = found.value + (found.high - found.value) * _P90 / _95
    return rising((low, found.value, high), quantity)
