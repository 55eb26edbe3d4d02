"""Johnson quantile-parameterised distributions: three quantiles that rise within their bounds are honoured exactly.

Source: Hadlock and Bickel 2017, "Johnson Quantile-Parameterized Distributions", Decision Analysis 14(1).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]
QuantileFunction = Callable[[ArrayLike], Array]
Quantiles = tuple[float, float, float]

_C = float(ndtri(0.9))


def _skew(low: float, middle: float, high: float) -> int:
    """The sign of the skew; rounding must not turn a symmetric triple into a barely skewed one."""
    lean = low + high - 2 * middle
    return 0 if abs(lean) <= 1e-9 * (high - low) else int(np.sign(lean))


def semi_bounded(quantiles: Quantiles, lower: float) -> QuantileFunction:
    """J-QPD-S: support (lower, infinity). Needs lower < P10 < P50 < P90. All moments are finite.

    Source: Hadlock and Bickel 2017, section on J-QPD-S.
    """
    points = np.array(quantiles) - lower
    low, middle, high = np.log(points)
    skew = _skew(low, middle, high)
    scale = float(points[1 - skew])
    if skew == 0:
        sigma = (high - low) / (2 * _C)
        return lambda probability: lower + scale * np.exp(sigma * ndtri(np.asarray(probability, float)))
    half = min(middle - low, high - middle)
    delta = np.sinh(np.arccosh((high - low) / (2 * half))) / _C
    factor = half / (delta * _C)
    shift = np.arcsinh(skew * _C * delta)

    def quantile(probability: ArrayLike) -> Array:
        normal = ndtri(np.asarray(probability, float))
        exponent: Array = factor * np.sinh(np.arcsinh(delta * normal) + shift)
        return lower + scale * np.exp(exponent)

    return quantile


def bounded(quantiles: Quantiles, lower: float, upper: float) -> QuantileFunction:
    """J-QPD-B: support (lower, upper). Needs lower < P10 < P50 < P90 < upper.

    Source: Hadlock and Bickel 2017, section on J-QPD-B.
    """
    width = upper - lower
    points = (np.array(quantiles) - lower) / width
    low, middle, high = ndtri(points)
    skew = _skew(low, middle, high)
    if skew == 0:
        sigma = (high - low) / (2 * _C)
        return lambda probability: lower + width * ndtr(middle + sigma * ndtri(np.asarray(probability, float)))
    anchor = low if skew > 0 else high
    delta = np.arccosh((high - low) / (2 * min(middle - low, high - middle))) / _C
    factor = (high - low) / np.sinh(2 * delta * _C)

    def quantile(probability: ArrayLike) -> Array:
        normal = ndtri(np.asarray(probability, float))
        inside: Array = ndtr(anchor + factor * np.sinh(delta * (normal + skew * _C)))
        return lower + width * inside

    return quantile
