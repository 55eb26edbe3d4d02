"""The figures that finance draws from monthly cash flows: NPV, payback, internal rate of return.

Flows are at the end of each month, t = 1..H. Rates are yearly; a month discounts by (1 + rate)^(-1/12).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..bridges import Numbers
from ..document.estimate import Array
from .rates import rates_of_months

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


def running_sums(flows: Array, at_start: Numbers = 0.0) -> Array:
    """Running sums of flows of shape (months, n), less what was paid on the first day.

    Month by month: quicker than a cumulative sum down the columns.
    """
    running = flows.copy()
    running[0] -= at_start
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

    cash_flows: shape (..., months), money. Returns shape (...): the rate, from -99 % to
    24,414,062,400 %; -inf where nothing is ever earned back; inf where no flow is negative or the
    rate is larger; nan where there is no rate in that range, more than one (then none describes the
    flow), or one of a flow that gains first and pays later (then a higher rate is worse). Source:
    Brealey, Myers and Allen, Principles of Corporate Finance, ch. 5.

    >>> monthly = (1 + irr([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000])) ** (1 / 12) - 1
    >>> float(round(monthly, 4))  # Microsoft Excel's documentation of IRR: 8.7 %
    0.0866
    """
    flows = np.asarray(cash_flows, float)
    flat = flows.reshape(-1, flows.shape[-1])
    return rates_of_months(np.ascontiguousarray(flat.T)).rate.reshape(flows.shape[:-1])
