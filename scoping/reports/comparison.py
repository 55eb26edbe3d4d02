"""A few proposals side by side: what each is worth, how sure that is, what it takes, what to learn first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..assessment import Assessment
from ..document.proposal import Proposal
from ..feasibility.catalogue import AREAS
from ..text.languages import joined, message
from ..text.wording import DASH, amounts, compact_money, metric_value, money_in_list, percent_in_list
from ..value.breakeven import BreakEven
from ..value.results import AlternativeResult
from ..value.simulate import Outcome
from ..verdict import called
from .summarising.break_even import metric_units
from .summarising.said import payback_range, payback_said
from .titles import NO_CROSSINGS

FEWEST, MOST = 2, 4
_LEARNED = 3


@dataclass(frozen=True)
class Compared:
    """One proposal and its assessment, under the name by which the comparison calls it."""

    name: str
    proposal: Proposal
    assessment: Assessment


@dataclass(frozen=True)
class ComparedRow:
    """One question, and what each proposal answers: a value, and a line under it."""

    label: str
    values: tuple[tuple[str, str], ...]


Told = tuple[str, str]


def comparison(entries: Sequence[Compared]) -> tuple[ComparedRow, ...]:
    """The rows in the order in which people ask. Money is in each proposal's own currency."""
    rows: list[tuple[str, Callable[[Compared], Told]]] = [
        (message("Verdict"), _verdict),
        (message("Leading alternative"), lambda each: (_leader_name(each), "")),
        (message("Expected NPV"), _value),
        (message("Chance of loss"), _loss),
        (message("Break-even and headroom"), _break_even),
        (message("One-off cost"), lambda each: _money(each, "one_off_cost")),
        (message("Cost a month"), lambda each: _money(each, "cost_per_month")),
        (message("Gain a month"), lambda each: _money(each, "gain_per_month")),
        (message("Payback"), _payback),
        (message("Learn first"), _learn_first),
        (message("Feasibility score"), _score),
    ]
    areas = [(joined(": ", (message("Feasibility"), title)), _area(area)) for area, title in AREAS.items()]
    return tuple(ComparedRow(label, tuple(told(each) for each in entries)) for label, told in (*rows, *areas))


def _leader(each: Compared) -> AlternativeResult | None:
    return each.assessment.leader()


def _outcome(each: Compared) -> Outcome | None:
    leader = _leader(each)
    return leader.outcome if leader else None


def _leader_name(each: Compared) -> str:
    leader = _leader(each)
    return leader.name if leader else DASH


def _verdict(each: Compared) -> Told:
    verdict = each.assessment.verdict
    said = called(verdict.recommendation, has_figures=each.assessment.has_figures)
    return said, verdict.reasons[0] if verdict.reasons else ""


def _value(each: Compared) -> Told:
    outcome = _outcome(each)
    if outcome is None:
        return DASH, message("needs figures")
    npv = outcome.npv
    mean, low, high = amounts((npv.mean, npv.p10, npv.p90), each.assessment.currency)
    return mean, message("P10 {p10}, P90 {p90}", p10=low, p90=high)


def _loss(each: Compared) -> Told:
    outcome = _outcome(each)
    return percent_in_list(outcome.probability_of_loss if outcome else None), ""


def _break_even(each: Compared) -> Told:
    own = [found for found in each.assessment.break_even if found.index == each.assessment.leading]
    if not own:
        return DASH, ""
    return "", joined("\n", [*_crossings(own, each.proposal)])


def _crossings(own: Sequence[BreakEven], proposal: Proposal) -> Iterator[str]:
    units = metric_units(proposal)
    for each in own:
        unit = units[each.metric]
        if each.value is None:
            yield joined(": ", (each.title, NO_CROSSINGS[each.status]))
        elif each.headroom is None:
            yield message(
                "{metric}: {value}; no ceiling given", metric=each.title, value=metric_value(each.value, unit)
            )
        else:
            yield message(
                "{metric}: {value}; headroom {headroom}",
                metric=each.title,
                value=metric_value(each.value, unit),
                headroom=metric_value(each.headroom, unit),
            )


def _money(each: Compared, name: str) -> Told:
    leader = _leader(each)
    return money_in_list(getattr(leader, name) if leader else None, each.assessment.currency), ""


def _payback(each: Compared) -> Told:
    outcome = _outcome(each)
    if outcome is None:
        return DASH, ""
    return payback_said(outcome), payback_range(outcome)


def _learn_first(each: Compared) -> Told:
    worth = sorted(each.assessment.sensitivity, key=lambda found: -found.evppi.value)[:_LEARNED]
    currency = each.assessment.currency
    named = [
        message("{input}: worth {worth}", input=found.swing.label, worth=compact_money(found.evppi.value, currency))
        for found in worth
        if found.evppi.value > 0
    ]
    return (DASH, "") if not named else ("", joined("\n", named))


def _score(each: Compared) -> Told:
    feasibility = each.assessment.feasibility
    answered = message(
        "{answered} of {asked} answered", answered=str(feasibility.answered), asked=str(feasibility.asked)
    )
    return percent_in_list(feasibility.score), answered


def _area(area: str) -> Callable[[Compared], Told]:
    return lambda each: (percent_in_list(each.assessment.feasibility.areas.get(area)), "")
