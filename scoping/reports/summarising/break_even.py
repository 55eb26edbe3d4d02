"""The break-even in the memo: how good the model must be, and whether anyone can be that good."""

from __future__ import annotations

from ...assessment import Assessment
from ...document.proposal import Proposal
from ...text.languages import joined, message
from ...text.wording import chance, metric_value
from ...value.breakeven import BreakEven
from ...vocabulary import Unit
from ..blocks import Table
from ..figures.quality import break_even_sentence
from ..memo.parts import BreakEvenPart
from ..titles import NO_CROSSINGS


def metric_units(proposal: Proposal) -> dict[str, Unit]:
    """The unit of each technical metric of the proposal's kind of task."""
    return {metric.name: Unit(metric.quantity.unit) for metric in proposal.bridge.metrics} if proposal.bridge else {}


def break_even_part(proposal: Proposal, assessment: Assessment) -> BreakEvenPart | None:
    """The break-even of every metric; sentences for those of the leading alternative."""
    if not assessment.break_even:
        return None
    units = metric_units(proposal)
    own = [each for each in assessment.break_even if each.index == assessment.leading]
    sentences = tuple(_sentence(assessment, each, units[each.metric]) for each in own)
    return BreakEvenPart(sentences, _table(assessment, units))


def _sentence(assessment: Assessment, each: BreakEven, unit: Unit) -> str:
    """How good it must be, and how likely that can be reached, where that is in doubt."""
    said = break_even_sentence(each, unit)
    reached = assessment.evidence.chances.get((each.index, each.metric))
    if reached is None or not 0 < reached < 1:
        return said
    likely = message(
        "The chance that what can be reached is good enough, once it is live, is {chance}.", chance=chance(reached)
    )
    return joined(" ", (said, likely))


def _table(assessment: Assessment, units: dict[str, Unit]) -> Table:
    columns = (
        message("Alternative"),
        message("Metric"),
        message("Break-even"),
        message("Expected (mean)"),
        message("Ceiling"),
        message("Headroom"),
    )
    rows = tuple(
        _row(each, units[each.metric])
        for alternative in assessment.best_first()
        for each in assessment.break_even
        if each.index == alternative.index
    )
    return Table(message("Break-even"), columns, rows, frozenset({2, 3, 4, 5}))


def _row(each: BreakEven, unit: Unit) -> tuple[str, ...]:
    return (
        each.alternative,
        each.title,
        metric_value(each.value, unit) if each.value is not None else NO_CROSSINGS[each.status],
        metric_value(each.expected, unit),
        metric_value(each.ceiling, unit) if each.ceiling is not None else message("not given"),
        metric_value(each.headroom, unit) if each.headroom is not None else message("unknown"),
    )
