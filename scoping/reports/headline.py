"""The few figures that fit on one line: for the strip and the portfolio."""

from __future__ import annotations

from dataclasses import dataclass

from ..assessment import Appraisal
from ..document.proposal import Proposal
from ..feasibility.headroom import tightest
from ..text.languages import counted, joined, message
from ..text.shortening import shortened
from ..text.wording import DASH, amounts, chance, metric_value
from ..value.breakeven import BreakEven
from ..verdict import called, is_assessed
from .blocks import KeyFigure
from .summarising.break_even import metric_units
from .titles import NO_CROSSINGS

LONGEST_REASON, _LONGEST_NAME = 150, 32


@dataclass(frozen=True)
class Headline:
    """Verdict, value, loss and headroom. `shares` is the distribution of NPV, for a small chart.

    Nothing is assessed while too little is filled in for any figure; the verdict says so.
    """

    recommendation: str
    verdict: str
    reason: str
    value: KeyFigure
    loss: KeyFigure
    headroom: KeyFigure
    shares: tuple[float, ...]
    is_assessed: bool


def headline(proposal: Proposal, assessment: Appraisal) -> Headline:
    """The line for a proposal and its assessment."""
    verdict, leader = assessment.verdict, assessment.leader()
    reason = verdict.reasons[0] if verdict.reasons else ""
    outcome = leader.outcome if leader else None
    return Headline(
        recommendation=verdict.recommendation,
        verdict=called(verdict.recommendation, has_figures=assessment.has_figures),
        is_assessed=is_assessed(verdict.recommendation, has_figures=assessment.has_figures),
        reason=shortened(reason, LONGEST_REASON),
        value=_value(assessment),
        loss=KeyFigure(
            message("Chance of loss"), chance(outcome.probability_of_loss) if outcome else DASH, _best(assessment)
        ),
        headroom=_headroom(proposal, assessment),
        shares=tuple(outcome.histogram[0].tolist()) if outcome else (),
    )


def _best(assessment: Appraisal) -> str:
    leader = assessment.leader()
    if leader is None:
        return message("needs figures")
    return shortened(leader.name, _LONGEST_NAME)


def _value(assessment: Appraisal) -> KeyFigure:
    leader = assessment.leader()
    if leader is None or leader.outcome is None:
        count = len([path for path in assessment.missing if not path.startswith("feasibility.")])
        return KeyFigure(
            message("Expected NPV"), DASH, counted("{count} figure missing", "{count} figures missing", count)
        )
    npv, currency = leader.outcome.npv, assessment.currency
    mean, low, high = amounts((npv.mean, npv.p10, npv.p90), currency)
    return KeyFigure(message("Expected NPV"), mean, message("P10 {p10}, P90 {p90}", p10=low, p90=high))


def _headroom(proposal: Proposal, assessment: Appraisal) -> KeyFigure:
    leader, units = assessment.leader(), metric_units(proposal)
    own = [each for each in assessment.break_even if each.index == assessment.leading]
    tight = tightest(own, leader.name) if leader else None
    if tight is not None:
        unit = units[tight.metric]
        detail = message(
            "{metric}: needs {value}, ceiling {ceiling}",
            metric=tight.title,
            value=metric_value(tight.value, unit),
            ceiling=metric_value(tight.ceiling, unit),
        )
        return KeyFigure(message("Headroom"), metric_value(tight.headroom, unit), detail)
    crossing = next((each for each in own if each.value is not None), None)
    if crossing is not None:
        value = metric_value(crossing.value, units[crossing.metric])
        return KeyFigure(message("Break-even"), value, message("{metric}; no ceiling given", metric=crossing.title))
    return KeyFigure(message("Headroom"), DASH, _without_crossing(own[0]) if own else message("needs figures"))


def _without_crossing(each: BreakEven) -> str:
    return joined(": ", (each.title, NO_CROSSINGS[each.status]))
