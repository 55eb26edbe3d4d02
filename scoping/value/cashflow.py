"""Monthly cash flows: flows are at the end of each month, t = 1..H; rates are yearly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array

# Shorter than any time that matters, in months; keeps divisions finite.
_MOMENT = 1e-9


@dataclass(frozen=True)
class Terms:
    """What one alternative's cash flow is made of. Each is a number, or an array of n draws.

    Money is in the proposal's currency; shares are 0..1; rates are yearly. `success` is 1 in a draw
    in which the alternative reaches production and 0 in one in which it does not; `chance` is its
    probability.
    """

    cases: Numbers
    adoption: Numbers
    ramp_months: Numbers
    growth: Numbers
    drift: Numbers
    discount_rate: Numbers
    build_months: Numbers
    success: Numbers
    chance: Numbers
    gain_per_case: Numbers
    one_off: Numbers
    monthly: Numbers
    per_case: Numbers
    saved_monthly: Numbers
    saved_per_case: Numbers
    retrain_every_months: float | None


@dataclass(frozen=True)
class Present:
    """Present values of one alternative, each of shape (n,), in money (weight: in cases).

    weight is the present number of useful cases, margin the running savings less running costs, both
    as if production were reached; build is the one-off money, which is spent in any case.
    """

    weight: Array
    margin: Array
    running_cost: Array
    build: Array
    gain_per_case: Numbers
    success: Numbers
    chance: Numbers

    @property
    def run(self) -> Array:
        """What running is worth once production is reached."""
        return np.asarray(self.weight * self.gain_per_case + self.margin)

    @property
    def npv(self) -> Array:
        """NPV of each draw."""
        return np.asarray(self.success * self.run - self.build)

    @property
    def expected(self) -> Array:
        """NPV of each draw, reaching production counted by its probability: same mean, less noise."""
        return np.asarray(self.chance * self.run - self.build)

    @property
    def cost(self) -> Array:
        """All costs of each draw."""
        return np.asarray(self.success * self.running_cost + self.build)


@dataclass(frozen=True)
class Unrolled:
    """A cash flow month by month, `flows` of shape (months, n), and its present values."""

    flows: Array
    present: Present


def unroll(terms: Terms, horizon: int, draws: int) -> Unrolled:
    """The cash flow of `draws` draws over `horizon` months."""
    flows = np.empty((horizon, draws))
    weight, margin, running, build = (np.zeros(draws) for _ in range(4))
    growth = (1 + terms.growth) ** (1 / 12)
    step = (1 + terms.discount_rate) ** (-1 / 12)
    volume, discount = terms.cases, step
    for month in range(1, horizon + 1):
        useful, saved, cost = _month(terms, month, volume)
        one_off = terms.one_off * _build_share(month, terms.build_months)
        flows[month - 1] = terms.success * (useful * terms.gain_per_case + saved - cost) - one_off
        weight += discount * useful
        margin += discount * (saved - cost)
        running += discount * cost
        build += discount * one_off
        volume, discount = volume * growth, discount * step
    return Unrolled(flows, Present(weight, margin, running, build, terms.gain_per_case, terms.success, terms.chance))


def _month(terms: Terms, month: int, volume: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Useful cases, money saved on the status quo, and running costs, in one month, once production is reached."""
    months_live = np.maximum(month - terms.build_months, 0.0)
    live = np.minimum(1.0, months_live)
    share = terms.adoption * live * _ramp(months_live, terms.ramp_months)
    handled = volume * share
    useful = handled * _kept(terms, months_live)
    saved = terms.saved_monthly * share + terms.saved_per_case * handled
    return useful, saved, terms.monthly * live + terms.per_case * handled


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
