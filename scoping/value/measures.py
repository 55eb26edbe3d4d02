"""The figures that finance draws from monthly cash flows: NPV, payback, internal rate of return.

Flows are at the end of each month, t = 1..H. Rates are yearly; a month discounts by (1 + rate)^(-1/12).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..document.estimate import Array

# Yearly internal rates of return are sought from -99 % to 5^12 - 1: as monthly discount factors.
_FACTORS = np.linspace(0.2, 0.01 ** (-1 / 12), 49)
_NEWTON_STEPS = 60
_STEP = 1e-11
_ROUNDING = 1e-9


def npv(cash_flows: ArrayLike, rate: ArrayLike) -> Array:
    """Net present value of monthly flows at the end of each month.

    cash_flows: shape (..., months), money. rate: yearly, a number or shape (...). Returns shape (...), money.
    Source: Brealey, Myers and Allen, Principles of Corporate Finance, ch. 2.

    >>> round(float(npv([-100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 110], 0.10)), 2)
    0.79
    """
    flows = np.asarray(cash_flows, float)
    months = np.arange(1, flows.shape[-1] + 1)
    discount = (1 + np.asarray(rate, float)[..., None]) ** (-months / 12)
    return np.asarray((flows * discount).sum(axis=-1))


def payback(cash_flows: ArrayLike) -> Array:
    """First month from which the running undiscounted sum is never negative again; inf where there is none.

    cash_flows: shape (..., months), money. Returns shape (...), in months.

    >>> float(payback([-100, 60, 60, 10]))
    3.0
    >>> float(payback([-100, 60]))
    inf
    """
    running = np.cumsum(np.asarray(cash_flows, float), axis=-1)
    return payback_of_sums(np.moveaxis(running, -1, 0))


def running_sums(flows: Array) -> Array:
    """Running sums of flows of shape (months, n), month by month: quicker than a cumulative sum down the columns."""
    running = flows.copy()
    for month in range(1, len(flows)):
        running[month] += running[month - 1]
    return running


def payback_of_sums(running: Array) -> Array:
    """Payback of running sums of shape (months, ...). Returns shape (...), in months."""
    tolerance = _ROUNDING * np.maximum(running.max(axis=0), -running.min(axis=0))
    negative = running < -tolerance
    months = running.shape[0]
    last_negative = months - np.argmax(negative[::-1], axis=0)
    month = np.where(negative.any(axis=0), last_negative + 1.0, 1.0)
    return np.where(month > months, np.inf, month)


def irr(cash_flows: ArrayLike) -> Array:
    """Yearly internal rate of return of monthly flows: the rate at which their NPV is zero.

    cash_flows: shape (..., months), money. Returns shape (...): the rate; -inf where nothing is ever
    earned back, inf where nothing is ever spent, nan where there is no rate between -99 % and
    24,414,062,400 % or more than one (then no rate describes the flow). Source: Brealey, Myers and Allen, ch. 5.

    >>> monthly = (1 + irr([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000])) ** (1 / 12) - 1
    >>> float(round(monthly, 4))  # Microsoft Excel's documentation of IRR: 8.7 %
    0.0866
    """
    flows = np.asarray(cash_flows, float)
    flat = flows.reshape(-1, flows.shape[-1])
    return irr_of_months(np.ascontiguousarray(flat.T)).reshape(flows.shape[:-1])


def irr_of_months(flows: Array) -> Array:
    """IRR of flows of shape (months, n). Returns shape (n,)."""
    powers = _FACTORS[:, None] ** np.arange(1, flows.shape[0] + 1)
    on_grid = powers @ flows
    changes = np.diff(np.signbit(on_grid), axis=0)
    count = changes.sum(axis=0)
    rate = np.full(flows.shape[1], np.nan)
    spends, earns = (flows < 0).any(axis=0), (flows > 0).any(axis=0)
    rate[spends & ~earns] = -np.inf
    rate[earns & ~spends] = np.inf
    single = np.flatnonzero((count == 1) & spends & earns)
    if single.size:
        first = np.argmax(changes[:, single], axis=0)
        ends = on_grid[first, single], on_grid[first + 1, single]
        factor = _root(flows[:, single], _FACTORS[first], _FACTORS[first + 1], ends)
        rate[single] = factor**-12.0 - 1
    return rate


def _root(flows: Array, low: Array, high: Array, ends: tuple[Array, Array]) -> Array:
    """The bracketed root of each column's polynomial in the monthly discount factor: Newton, kept in by bisection.

    ends are the polynomial's values at low and high, of opposite signs; the first guess is on the line between.
    """
    rising = ends[1] > 0
    point = low + (high - low) * ends[0] / (ends[0] - ends[1])
    active = np.arange(point.size)
    for _ in range(_NEWTON_STEPS):
        value, slope = _value_and_slope(flows[:, active] if active.size < point.size else flows, point[active])
        above = (value > 0) == rising[active]
        low[active], high[active] = (
            np.where(above, low[active], point[active]),
            np.where(above, point[active], high[active]),
        )
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


def _value_and_slope(flows: Array, factor: Array) -> tuple[Array, Array]:
    """Horner's scheme for the polynomial whose coefficients are a column's flows, and for its derivative."""
    value, slope = np.zeros_like(factor), np.zeros_like(factor)
    for flow in flows[::-1]:
        slope = slope * factor + value
        value = value * factor + flow
    return value * factor, slope * factor + value
