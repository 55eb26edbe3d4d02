"""When the money of a month counts, and how yearly growth comes: the conventions that finance chooses between."""

from __future__ import annotations

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array
from ..vocabulary import CashConvention, GrowthSteps

MONTHS_A_YEAR = 12


def moment_of(month: int, convention: CashConvention, horizon: int) -> float:
    """The time, in months from the first day, at which the money of a month 1..horizon is discounted.

    At the end of each year: a year that the horizon cuts off ends with the horizon. Source of the conventions:
    Brealey, Myers and Allen, Principles of Corporate Finance, ch. 2 and 6 (year end, mid-period).
    """
    if convention is CashConvention.MID_MONTH:
        return month - 0.5
    if convention is CashConvention.YEAR_END:
        return min(-(-month // MONTHS_A_YEAR) * MONTHS_A_YEAR, horizon)
    return month


def discount_of(month: int, convention: CashConvention, horizon: int, yearly_rate: Numbers) -> Numbers:
    """What a unit of a month's money is worth today; yearly_rate is a share a year."""
    found: Numbers = (1 + yearly_rate) ** (-moment_of(month, convention, horizon) / MONTHS_A_YEAR)
    return found


def growth_until(month: int, steps: GrowthSteps, yearly_growth: Numbers) -> Numbers:
    """How much larger something is in a month than in the first one, which has not grown yet."""
    years = (month - 1) // MONTHS_A_YEAR if steps is GrowthSteps.YEARLY else (month - 1) / MONTHS_A_YEAR
    found: Numbers = (1 + yearly_growth) ** years
    return found


def dated(flows: Array, at_start: Numbers, convention: CashConvention) -> tuple[Array, int]:
    """Monthly flows of shape (months, n) less the money of the first day, laid out at equal distances in time.

    Returns shape (moments, n), and how many moments make a year. What all flows are shifted by changes no internal
    rate; the first day's money is what the others are late by.
    """
    if convention is CashConvention.YEAR_END:
        laid = np.zeros_like(flows)
        for month in range(1, len(flows) + 1):
            laid[int(moment_of(month, convention, len(flows))) - 1] += flows[month - 1]
        flows = laid
    if not np.any(at_start):
        return flows, MONTHS_A_YEAR
    first = np.broadcast_to(-np.asarray(at_start, float), (1, flows.shape[1]))
    if convention is not CashConvention.MID_MONTH:
        return np.concatenate([first, flows]), MONTHS_A_YEAR
    halves = np.zeros((2 * len(flows), flows.shape[1]))
    halves[0], halves[1::2] = first[0], flows
    return halves, 2 * MONTHS_A_YEAR
