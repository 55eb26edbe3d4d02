"""What stops and pilots saved: the loss that did not happen, with its uncertainty.

A saved loss is a counterfactual: nobody has seen the project that was not built. Each entry says what it rests on: the
figures that were signed, or those with what had been measured until the stop. It may be negative: then stopping cost
money, as far as the figures tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ..assess import appraise
from ..document.proposal import Proposal
from ..text.languages import message
from ..value.figures import Figure
from ..vocabulary import Recommendation
from .actuals import Actuals
from .reestimating import reestimated, worth_of_stopping
from .replaying import Decided

Draws = NDArray[np.float64]
_QUANTILES = (0.1, 0.5, 0.9)
_POINTS, _TIMES = 256, 32
"""By so many evenly spaced quantiles a saving is kept, and in so many orders they meet those of the others."""


class Stop(StrEnum):
    """How a project ended, so that something may have been saved."""

    BEFORE = "before the work"
    AFTER_PILOT = "after a pilot"
    ON_THE_WAY = "on the way"


@dataclass(frozen=True)
class Case:
    """A decided proposal, by its identity; `actuals` None where nothing has been recorded.

    `begun` is what an earlier decision had begun, where this one ended it.
    """

    identity: str
    proposal: Proposal
    decided: Decided
    actuals: Actuals | None = None
    begun: Recommendation | None = None


@dataclass(frozen=True)
class Saving:
    """What one stop saved, in money of `currency`: the loss of going on, as NPV on the day that was signed.

    `spent` is the expected NPV of what was spent until the stop. `rests_on` says in words what the figure rests on.
    `spread` are evenly spaced quantiles of what was saved.
    """

    identity: str
    title: str
    currency: str
    stop: Stop
    saved: Figure
    spent: float
    rests_on: str
    spread: Draws = field(repr=False, compare=False)


@dataclass(frozen=True)
class Total:
    """What all stops of one currency saved together: P10, P50, P90, as if independent of each other."""

    currency: str
    count: int
    p10: float
    p50: float
    p90: float


def savings(cases: Sequence[Case]) -> list[Saving]:
    """One entry for each project that was stopped, as far as it can be valued."""
    found = (_saving(each) for each in cases)
    return [each for each in found if each is not None]


def totals(entries: Sequence[Saving]) -> list[Total]:
    """The sums by currency. Projects that fail for one reason fail together: then the true range is wider."""
    currencies = sorted({each.currency for each in entries})
    return [_total(currency, [each for each in entries if each.currency == currency]) for currency in currencies]


def _saving(case: Case) -> Saving | None:
    if case.actuals is not None and case.actuals.stopped_month is not None:
        return _on_the_way(case, case.actuals)
    # What is to be reworked may be built yet: nothing is stopped.
    return _before(case) if case.decided.outcome is Recommendation.STOP else None


def _before(case: Case) -> Saving | None:
    """The loss of the best alternative, or of the one that was meant, by the figures that were signed."""
    appraisal = appraise(case.proposal)
    leader = appraisal.leader()
    meant = next((each for each in appraisal.alternatives if each.name == case.decided.alternative), leader)
    if meant is None or meant.outcome is None:
        return None
    rests_on = message("Rests on the signed figures alone: nothing of it was ever measured.")
    stop = Stop.BEFORE if case.begun is None else _stop_of(case.begun)
    return _entry(case, stop, _loss(meant.outcome.npv), -meant.outcome.draws, 0.0, rests_on)


def _on_the_way(case: Case, actuals: Actuals) -> Saving | None:
    """NPV as it ended, over that of going on with what was known at the stop."""
    stopped, ended = worth_of_stopping(case.proposal, actuals), reestimated(case.proposal, actuals)
    if stopped is None or ended is None or ended.now.mean is None:
        return None
    stop = _stop_of(case.decided.outcome)
    rests_on = message(
        "Rests on the signed figures with what was measured until month {month}; what would have come later was never seen.",
        month=str(actuals.stopped_month),
    )
    return _entry(case, stop, stopped.saved, stopped.draws, ended.now.mean, rests_on)


def _stop_of(begun: Recommendation) -> Stop:
    return Stop.AFTER_PILOT if begun is Recommendation.PILOT else Stop.ON_THE_WAY


def _entry(case: Case, stop: Stop, saved: Figure, draws: Draws, spent: float, rests_on: str) -> Saving:
    proposal = case.proposal
    spread = np.quantile(draws, (np.arange(_POINTS) + 0.5) / _POINTS)
    return Saving(case.identity, proposal.title, proposal.currency, stop, saved, spent, rests_on, spread)


def _loss(going_on: Figure) -> Figure:
    """What doing nothing is worth over going on: the quantiles change places."""

    def less(value: float | None) -> float | None:
        return None if value is None else -value

    return Figure(less(going_on.p90), less(going_on.p50), less(going_on.p10), less(going_on.mean))


def _total(currency: str, entries: Sequence[Saving]) -> Total:
    """Of one it is that one; several are summed in many orders, so that each future of one meets many of the others."""
    if len(entries) == 1:
        saved = entries[0].saved
        return Total(currency, 1, saved.p10 or 0.0, saved.p50 or 0.0, saved.p90 or 0.0)
    orders = np.random.default_rng(1)
    spreads = [np.tile(each.spread, (_TIMES, 1)) for each in entries]
    low, middle, high = np.quantile(sum(orders.permuted(each, axis=1) for each in spreads), _QUANTILES)
    return Total(currency, len(entries), float(low), float(middle), float(high))
