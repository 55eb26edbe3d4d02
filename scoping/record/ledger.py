"""What stops and pilots saved: the loss that did not happen, with its uncertainty.

A saved loss is a counterfactual: nobody has seen the project that was not built. Each entry says what it rests on: the
figures that were signed, or those with what had been measured until the stop. It may be negative: then stopping cost
money, as far as the figures tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from scipy.special import ndtri

from ..assess import appraise
from ..document.proposal import Proposal
from ..text.languages import message
from ..value.figures import Figure
from ..vocabulary import Recommendation
from .actuals import Actuals
from .places import index_of
from .reestimating import reestimated
from .replaying import Decided

_Z90 = float(ndtri(0.9))
_NOT_BUILT = (Recommendation.STOP, Recommendation.REWORK)


class Stop(StrEnum):
    """How a project ended, so that something may have been saved."""

    BEFORE = "before the work"
    AFTER_PILOT = "after a pilot"
    ON_THE_WAY = "on the way"


@dataclass(frozen=True)
class Case:
    """A decided proposal, by its identity; `actuals` None where nothing has been recorded."""

    identity: str
    proposal: Proposal
    decided: Decided
    actuals: Actuals | None = None


@dataclass(frozen=True)
class Saving:
    """What one stop saved, in money of `currency`: the loss of going on, as NPV on the day that was signed.

    `spent` is the expected NPV of what was spent until the stop. `rests_on` says in words what the figure rests on.
    """

    identity: str
    title: str
    currency: str
    stop: Stop
    saved: Figure
    spent: float
    rests_on: str


@dataclass(frozen=True)
class Total:
    """What all stops of one currency saved together: P10, P50, P90, as if independent and near normal."""

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
    return _before(case) if case.decided.outcome in _NOT_BUILT else None


def _before(case: Case) -> Saving | None:
    """The loss of the best alternative, or of the one that was meant, by the figures that were signed."""
    appraisal = appraise(case.proposal)
    leader = appraisal.leader()
    meant = next((each for each in appraisal.alternatives if each.name == case.decided.alternative), leader)
    if meant is None or meant.outcome is None:
        return None
    rests_on = message("Rests on the signed figures alone: nothing of it was ever measured.")
    return _entry(case, Stop.BEFORE, _loss(meant.outcome.npv, 0.0), 0.0, rests_on)


def _on_the_way(case: Case, actuals: Actuals) -> Saving | None:
    """The NPV of going on, with what was known at the stop, against that of what was spent."""
    index_of(case.proposal, actuals.alternative)
    stopped = actuals.stopped_month
    known = actuals.until(stopped or 1).model_copy(update={"stopped_month": None})
    went_on, ended = reestimated(case.proposal, known), reestimated(case.proposal, actuals)
    if went_on is None or ended is None or ended.now.mean is None:
        return None
    stop = Stop.AFTER_PILOT if case.decided.outcome is Recommendation.PILOT else Stop.ON_THE_WAY
    rests_on = message(
        "Rests on the signed figures with what was measured until month {month}; what would have come later was never seen.",
        month=str(stopped),
    )
    return _entry(case, stop, _loss(went_on.now, ended.now.mean), ended.now.mean, rests_on)


def _entry(case: Case, stop: Stop, saved: Figure, spent: float, rests_on: str) -> Saving:
    proposal = case.proposal
    return Saving(case.identity, proposal.title, proposal.currency, stop, saved, spent, rests_on)


def _loss(going_on: Figure, ended: float) -> Figure:
    """What ending is worth over going on: the quantiles change places."""

    def over(value: float | None) -> float | None:
        return None if value is None else ended - value

    return Figure(over(going_on.p90), over(going_on.p50), over(going_on.p10), over(going_on.mean))


def _total(currency: str, entries: Sequence[Saving]) -> Total:
    mean = sum(each.saved.mean or 0.0 for each in entries)
    spread = hypot(*(((each.saved.p90 or 0.0) - (each.saved.p10 or 0.0)) / (2 * _Z90) for each in entries))
    return Total(currency, len(entries), mean - _Z90 * spread, mean, mean + _Z90 * spread)
