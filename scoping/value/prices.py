"""Prices, rates and soft benefits: how finance's conventions reach the cash flow.

Cash flows are in the prices of the first day. Inflation then acts on the discount rate alone, by the relation of
Fisher (1930, The Theory of Interest): 1 + nominal = (1 + real)(1 + inflation). See also Brealey, Myers and Allen,
Principles of Corporate Finance, ch. 6 (treat inflation consistently).
"""

from __future__ import annotations

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array
from ..document.finance import Finance
from ..vocabulary import RateKind


def real_rate(finance: Finance, rate: Numbers) -> Numbers:
    """The yearly rate that discounts money in the prices of the first day; `rate` is as the team gave it.

    >>> round(real_rate(Finance(inflation=0.02), 0.10), 6)
    0.078431
    """
    if _is_the_rate(finance, RateKind.REAL):
        return rate
    found: Numbers = (1 + rate) / _yearly(finance) - 1
    return found


def nominal_rate(finance: Finance, rate: Numbers) -> Numbers:
    """The yearly rate that discounts money in the prices of its day; `rate` is as the team gave it."""
    return rate if _is_the_rate(finance, RateKind.NOMINAL) else with_inflation(finance, rate)


def internal_rate(finance: Finance, real: Array) -> Array:
    """Internal rates of flows in the prices of the first day, to be held against the rate as the team gave it."""
    return real if _is_the_rate(finance, RateKind.REAL) else np.asarray(with_inflation(finance, real))


def with_inflation(finance: Finance, real: Numbers) -> Numbers:
    """A real yearly rate as a nominal one."""
    found: Numbers = (1 + real) * _yearly(finance) - 1
    return found


def _is_the_rate(finance: Finance, kind: RateKind) -> bool:
    """True where the team's rate is of that kind; without inflation it is of both."""
    return finance.inflation is None or finance.rate_is is kind


def price_level(finance: Finance, moments: Array) -> Array:
    """How much dearer things are at moments, in months from the first day."""
    return np.asarray(_yearly(finance) ** (moments / 12))


def _yearly(finance: Finance) -> float:
    return 1 + (finance.inflation or 0.0)


def counted_gain(finance: Finance, gain: Numbers) -> Numbers:
    """A gain, of which soft benefits count as far as finance lets them; a loss counts in full."""
    part = finance.counted_part
    if part == 1:
        return gain
    found: Numbers = np.where(np.asarray(gain) > 0, part * gain, gain)
    return found if np.ndim(found) else float(found)
