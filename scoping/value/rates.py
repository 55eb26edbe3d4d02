"""The internal rate of return, and why a cash flow has none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array
from .reasons import Reason, Why
from .roots import is_worth_copying, roots_between

LEAST_RATE, LARGEST_RATE = -0.99, 5.0**12 - 1
# A larger rate tells no more than that it is larger: it is not given as a figure.
LARGEST_TOLD = 10.0
# A range a little wider than that of the rates, so that a rate at its very end is found.
_MARGIN = 1e-9


class Finding(IntEnum):
    """What there is to say of a cash flow's rate of return."""

    RATE = 0
    NEVER_EARNED = 1  # nothing is ever earned back
    NEVER_SPENT = 2  # no month costs more than it brings in
    ABOVE = 3  # there is a rate, but it is above the largest that is told
    GAINS_FIRST = 4  # money comes before it is spent: a higher rate would be worse, so none is a return
    NOT_ONE = 5  # no rate fits, or more than one


@dataclass(frozen=True)
class Rates:
    """Yearly rates of return, and for each what was found (a Finding); both of shape (n,).

    rate is -inf where nothing is earned back, inf where nothing is spent or the rate is above the
    largest sought, nan where no single rate tells what the money earns.
    """

    rate: Array
    finding: NDArray[np.int8]

    @property
    def told(self) -> Array:
        """The rates that have a place in a range, without nan; those too large to be told are infinite."""
        rate = np.where(self.finding == Finding.ABOVE, np.inf, self.rate)
        return np.asarray(rate[~np.isnan(rate)])

    def share(self, finding: Finding) -> float:
        """Share of the cash flows of which this is to be said."""
        return float((self.finding == finding).mean())


WITHOUT_RATE = (Finding.NEVER_EARNED, Finding.NEVER_SPENT, Finding.GAINS_FIRST)
"""What a cash flow is that has no rate of return, however it is reckoned."""

_WITHOUT = {
    Finding.NEVER_EARNED: -np.inf,
    Finding.NEVER_SPENT: np.inf,
    Finding.GAINS_FIRST: np.nan,
    Finding.NOT_ONE: np.nan,
}


def rates_of_months(flows: Array, moments_a_year: int = 12) -> Rates:
    """The yearly rate of each column of flows, shape (moments, n), so many of which make a year."""
    spends, earns = (flows < 0).any(axis=0), (flows > 0).any(axis=0)
    finding = np.full(flows.shape[1], Finding.NOT_ONE, np.int8)
    finding[spends & ~earns] = Finding.NEVER_EARNED
    finding[earns & ~spends] = Finding.NEVER_SPENT
    rate = np.full(flows.shape[1], np.nan)
    mixed = np.flatnonzero(spends & earns)
    if mixed.size:
        if is_worth_copying(mixed.size, flows.shape[1]):
            rate[mixed], finding[mixed] = _of_mixed(np.take(flows, mixed, axis=1), moments_a_year)
        else:
            rate[mixed], finding[mixed] = (found[mixed] for found in _of_mixed(flows, moments_a_year))
    for each, value in _WITHOUT.items():
        rate[finding == each] = value
    return Rates(rate, finding)


def _of_mixed(flows: Array, moments_a_year: int) -> tuple[Array, NDArray[np.int8]]:
    """Rates and findings of flows that both spend and earn; of others they say nothing."""
    # The range as discount factors of the time between two moments.
    low, high = ((1 + rate) ** (-1 / moments_a_year) for rate in (LARGEST_RATE, LEAST_RATE))
    roots, rising = roots_between(flows, low * (1 - _MARGIN), high * (1 + _MARGIN))
    there = ~np.isnan(roots)
    only = np.argmax(there, axis=0), np.arange(flows.shape[1])
    count, factor, good = there.sum(axis=0), roots[only], rising[only]
    gains_first = _first_amount(flows) > 0
    pays_at_most = low ** np.arange(1, len(flows) + 1) @ flows
    finding = np.full(flows.shape[1], Finding.NOT_ONE, np.int8)
    rate = np.clip(factor ** -float(moments_a_year) - 1, LEAST_RATE, LARGEST_RATE)
    beyond = (count == 0) & ~gains_first & (pays_at_most > 0)
    rate[beyond] = np.inf
    finding[((count == 0) & gains_first) | ((count == 1) & ~good)] = Finding.GAINS_FIRST
    finding[(count == 1) & good] = Finding.RATE
    finding[beyond | ((count == 1) & good & (rate > LARGEST_TOLD))] = Finding.ABOVE
    return rate, finding


def _first_amount(flows: Array) -> Array:
    """The first amount of each column that is not 0, which nearly always is that of the first moment."""
    first = flows[0]
    if first.all():
        return np.asarray(first)
    return np.asarray(np.take_along_axis(flows, np.argmax(flows != 0, axis=0)[None], axis=0)[0])


def why_no_rate(rates: Rates, free: float) -> Reason:
    """Why an internal rate of return is missing in some futures, with the shares that Why.NO_RATE names.

    free is the share of the futures in which nothing at all is spent, not merely no month without a gain.
    """
    never_short = rates.share(Finding.NEVER_SPENT) - free
    others = Finding.ABOVE, Finding.GAINS_FIRST, Finding.NOT_ONE
    shares = rates.share(Finding.NEVER_EARNED), free, never_short, *map(rates.share, others)
    return Reason(Why.NO_RATE, shares)
