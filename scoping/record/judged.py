"""Signed ranges whose outcome is known: what is scored, and by what it can be grouped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document.estimate import Estimate
from ..document.fields import Quantity
from ..document.paths import Path
from ..document.proposal import Proposal
from ..text.languages import message
from ..vocabulary import ActualKind, Better
from .actuals import Actuals
from .comparing import Fact, compared, percentile_of

_BETTER_DOWN = (ActualKind.COST, ActualKind.TIME)
_BETTER_UP = (ActualKind.VOLUME, ActualKind.ADOPTION)
_HORIZONS = ((12, message("up to 12 months")), (24, message("13 to 24 months")), (36, message("25 to 36 months")))
_LONGEST = message("more than 36 months")


@dataclass(frozen=True)
class Judged:
    """One signed range and what became of it. `percentile` is where the actual lies in it, 0..1.

    `proposal` tells proposals apart: ranges of one proposal depend on each other. `judge` is who judged it alone; empty
    for the range that was signed. `better` says which way is better, None where nobody can tell.
    """

    proposal: str
    path: Path
    kind: ActualKind
    signed: Estimate
    quantity: Quantity
    actual: float
    percentile: float
    better: Better | None = None
    team: str = ""
    judge: str = ""
    task: str = ""
    horizon: str = ""
    given: Estimate | None = None
    """The range before that of past ones was taken over, where it was."""

    @property
    def is_inside(self) -> bool:
        """Whether the actual lies in the range, ends included."""
        return self.signed.p10 <= self.actual <= self.signed.p90

    @property
    def above(self) -> float:
        """1 where the actual is above the P50, 0 below it, and one half on it."""
        return 0.5 if self.actual == self.signed.p50 else float(self.actual > self.signed.p50)

    @property
    def worse(self) -> float | None:
        """The same for being worse than the P50; None where nobody can tell which way is better."""
        if self.better is None:
            return None
        return self.above if self.better is Better.DOWN else 1 - self.above


def judged(identity: str, proposal: Proposal, actuals: Actuals) -> list[Judged]:
    """The ranges of a signed proposal whose outcome is known, and each person's own behind them.

    A number without a range says nothing of its doubt, so it is not scored.
    """
    facts = [each for each in compared(proposal, actuals) if each.is_settled]
    return [scored for each in facts for scored in _of_fact(identity, proposal, each)]


def signed_alone(all_of_them: Sequence[Judged]) -> list[Judged]:
    """Those that were signed, without what single people had judged."""
    return [each for each in all_of_them if not each.judge]


def once_each(ranges: Sequence[Judged]) -> list[Judged]:
    """Each range once, of several the first: what was signed again unchanged was judged once."""
    kept: dict[tuple[object, ...], Judged] = {}
    for each in ranges:
        signed = (each.signed.p10, each.signed.p50, each.signed.p90)
        kept.setdefault((each.proposal, each.path, each.judge, signed), each)
    return list(kept.values())


def as_given(ranges: Sequence[Judged]) -> list[Judged]:
    """The ranges as people gave them, before past ones changed any.

    What past ranges suggest is learned from these: otherwise a judge who follows every suggestion would be found
    calibrated, be told nothing, and be too sure again.
    """
    return [found for each in ranges if (found := _given(each)) is not None]


def better_at(proposal: Proposal, path: Path) -> Better | None:
    """Which way is better for a metric; None elsewhere, and where nobody can tell."""
    metrics = proposal.bridge.metrics if proposal.bridge is not None and "metrics" in path.keys else ()
    return next((each.better for each in metrics if each.name == path.last), None)


def horizon_said(months: int) -> str:
    """The class of a horizon, in words."""
    return next((said for limit, said in _HORIZONS if months <= limit), _LONGEST)


def _given(each: Judged) -> Judged | None:
    if each.given is None:
        return each
    lies = percentile_of(each.given, each.quantity, each.actual)
    return None if lies is None else replace(each, signed=each.given, percentile=lies, given=None)


def _before(proposal: Proposal, path: Path) -> Estimate | None:
    """What somebody gave at a place before past ranges changed it."""
    found = next((each.given for each in proposal.grounds if each.path == path and each.given), None)
    return None if found is None else Estimate.of(*found)


def _of_fact(identity: str, proposal: Proposal, fact: Fact) -> Iterator[Judged]:
    signed, quantity, actual, percentile = fact.signed, fact.quantity, fact.actual, fact.percentile
    if signed is None or quantity is None or actual is None or percentile is None:
        return
    own = Judged(
        proposal=identity,
        path=fact.path,
        kind=fact.kind,
        signed=signed,
        quantity=quantity,
        actual=actual,
        percentile=percentile,
        better=_better(proposal, fact),
        team=proposal.team,
        task=proposal.bridge.kind if proposal.bridge else "",
        horizon=horizon_said(proposal.returns.horizon_months or 0),
        given=_before(proposal, fact.path),
    )
    yield own
    for each in signed.judgements:
        alone = Estimate.of(each.p10, each.p50, each.p90)
        lies = percentile_of(alone, quantity, actual)
        if lies is not None:
            yield replace(own, judge=each.by, signed=alone, percentile=lies, given=None)


def _better(proposal: Proposal, fact: Fact) -> Better | None:
    if fact.kind in _BETTER_DOWN:
        return Better.DOWN
    if fact.kind in _BETTER_UP:
        return Better.UP
    if fact.kind is ActualKind.METRIC and proposal.bridge is not None:
        return proposal.bridge.metric_named(fact.path.last).better
    return None
