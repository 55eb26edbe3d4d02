"""Monthly cash flows, and the figures that finance draws from them.

Flows are at the end of each month, t = 1..H. Rates are yearly; a month discounts by (1 + rate)^(-1/12).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..bridges import Numbers
from ..estimate import Array

# Yearly internal rates of return are sought from -99 % to 5^12 - 1: as monthly discount factors.
_FACTORS = np.linspace(0.2, 0.01 ** (-1 / 12), 49)
_NEWTON_STEPS = 60
_STEP = 1e-11
_ROUNDING = 1e-9
# Shorter than any time that matters, in months; keeps divisions finite.
_MOMENT = 1e-9


@dataclass(frozen=True)
class Terms:
    """What one alternative's cash flow is made of. Each is a number, or an array of n draws.

    Money is in the proposal's currency; shares are 0..1; rates are yearly. `success` is 1 where the
    alternative reaches production (its probability, where an expectation is wanted).
    """

    cases: Numbers
    adoption: Numbers
    ramp_months: Numbers
    growth: Numbers
    drift: Numbers
    discount_rate: Numbers
    build_months: Numbers
    success: Numbers
    gain_per_case: Numbers
    one_off: Numbers
    monthly: Numbers
    per_case: Numbers
    saved_monthly: Numbers
    saved_per_case: Numbers
    retrain_every_months: float | None


@dataclass(frozen=True)
class Unrolled:
    """A cash flow, month by month, and its present values.

    flows has shape (months, n); the others have shape (n,). NPV = weight * gain_per_case + fixed:
    the weight is the present number of useful cases, which break-even needs.
    """

    flows: Array
    weight: Array
    fixed: Array
    cost: Array
    npv: Array


def unroll(terms: Terms, horizon: int, draws: int) -> Unrolled:
    """The cash flow of `draws` draws over `horizon` months."""
    flows = np.empty((horizon, draws))
    weight, fixed, cost_total = np.zeros(draws), np.zeros(draws), np.zeros(draws)
    growth = (1 + terms.growth) ** (1 / 12)
    step = (1 + terms.discount_rate) ** (-1 / 12)
    volume, discount = terms.cases, step
    for month in range(1, horizon + 1):
        useful, saved, cost = _month(terms, month, volume)
        flows[month - 1] = useful * terms.gain_per_case + saved - cost
        weight += discount * useful
        fixed += discount * (saved - cost)
        cost_total += discount * cost
        volume, discount = volume * growth, discount * step
    return Unrolled(flows, weight, fixed, cost_total, weight * terms.gain_per_case + fixed)


def _month(terms: Terms, month: int, volume: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Useful cases, money saved on the status quo, and costs, in one month."""
    months_live = np.maximum(month - terms.build_months, 0.0)
    live = np.minimum(1.0, months_live) * terms.success
    share = terms.adoption * live * _ramp(months_live, terms.ramp_months)
    handled = volume * share
    useful = handled * _kept(terms, months_live)
    saved = terms.saved_monthly * share + terms.saved_per_case * handled
    one_off = terms.one_off * _build_share(month, terms.build_months)
    return useful, saved, one_off + terms.monthly * live + terms.per_case * handled


def _ramp(months_live: Numbers, ramp_months: Numbers) -> Numbers:
    if np.ndim(ramp_months) == 0 and ramp_months == 0:
        return 1.0
    share: Numbers = np.where(ramp_months > 0, np.minimum(1.0, months_live / np.maximum(ramp_months, _MOMENT)), 1.0)
    return share


def _kept(terms: Terms, months_live: Numbers) -> Numbers:
    """Share of the gain that drift has left: 1 just after each training."""
    if np.ndim(terms.drift) == 0 and terms.drift == 0:
        return 1.0
    every = terms.retrain_every_months
    age = np.mod(months_live, every) if every else months_live
    kept: Numbers = (1 - terms.drift) ** (age / 12)
    return kept


def _build_share(month: int, build_months: Numbers) -> Numbers:
    """Share of the one-off costs that falls into the month: even over the build, all at once without one."""
    length = np.maximum(build_months, _MOMENT)
    overlap = np.clip(np.minimum(build_months, month) - (month - 1), 0.0, 1.0)
    share: Numbers = np.where(np.asarray(build_months) > 0, overlap / length, float(month == 1))
    return share


def npv(cash_flows: ArrayLike, rate: ArrayLike) -> Array:
    """Net present value of monthly flows at the end of each month.

    cash_flows: shape (..., months), money. rate: yearly, a number or shape (...). Returns shape (...).
    """
    flows = np.asarray(cash_flows, float)
    months = np.arange(1, flows.shape[-1] + 1)
    discount = (1 + np.asarray(rate, float)[..., None]) ** (-months / 12)
    return np.asarray((flows * discount).sum(axis=-1))


def payback(cash_flows: ArrayLike) -> Array:
    """First month from which the running undiscounted sum is never negative again; inf where there is none.

    cash_flows: shape (..., months), money. Returns shape (...), in months.
    """
    running = np.cumsum(np.asarray(cash_flows, float), axis=-1)
    return payback_of_sums(np.moveaxis(running, -1, 0))


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
    24,414,062,400 % or more than one (then no rate describes the flow).
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
        factor = _root(flows[:, single], _FACTORS[first], _FACTORS[first + 1])
        rate[single] = factor**-12.0 - 1
    return rate


def _root(flows: Array, low: Array, high: Array) -> Array:
    """The bracketed root of each column's polynomial in the monthly discount factor: Newton, kept in by bisection."""
    rising = _value_and_slope(flows, high)[0] > 0
    point = (low + high) / 2
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
