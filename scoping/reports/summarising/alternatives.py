"""The alternatives in the memo: what each is worth, what a model adds, how good it is and what it costs."""

from __future__ import annotations

from ...assessment import Assessment
from ...document.alternatives import Alternative
from ...document.proposal import Proposal
from ...text.languages import joined, message
from ...text.wording import chance, metric_value, money
from ...value.results import AlternativeResult
from ..blocks import Table
from ..memo.parts import AlternativesPart, WorthColumn
from ..titles import KIND_TITLES
from .said import error_said, payback_said

_AMOUNTS = frozenset(range(WorthColumn.EXPECTED, len(WorthColumn)))


def alternatives_part(proposal: Proposal, assessment: Assessment) -> AlternativesPart | None:
    """The alternatives, the one worth most first; None where there are none."""
    if not assessment.alternatives:
        return None
    return AlternativesPart(
        best=message("Best by expected value: {name}.", name=assessment.best) if assessment.best else "",
        worth=_worth(assessment),
        model_adds=_model_adds(assessment),
        quality=_quality_and_cost(proposal, assessment),
    )


def _worth(assessment: Assessment) -> Table:
    columns = (
        message("Alternative"),
        message("Kind"),
        message("Expected NPV"),
        "P10",
        "P90",
        message("Chance of loss"),
        message("Chance of being best"),
        message("Payback"),
    )
    rows = tuple(_worth_row(each, assessment.currency) for each in assessment.best_first())
    return Table(message("Worth, against the status quo"), columns, rows, _AMOUNTS)


def _worth_row(result: AlternativeResult, currency: str) -> tuple[str, ...]:
    head = (result.name, KIND_TITLES[result.kind])
    if result.outcome is None:
        best = chance(result.probability_best) if result.probability_best is not None else ""
        state = message("reference") if result.is_reference else message("incomplete")
        return (*head, state, "", "", "", best, "")
    outcome = result.outcome
    return (
        *head,
        money(outcome.npv.mean, currency),
        money(outcome.npv.p10, currency),
        money(outcome.npv.p90, currency),
        chance(outcome.probability_of_loss),
        chance(result.probability_best),
        payback_said(outcome),
    )


def _model_adds(assessment: Assessment) -> Table | None:
    """NPV of each alternative with a model, over the best way without one."""
    currency = assessment.currency
    rows = tuple(
        (
            each.name,
            found.against,
            money(found.npv.mean, currency),
            error_said(found.npv.standard_error, currency),
            money(found.npv.p10, currency),
            money(found.npv.p90, currency),
        )
        for each in assessment.best_first()
        if (found := each.over_best_without_model) is not None
    )
    columns = (
        message("Alternative"),
        message("Best way without a model"),
        message("Expected"),
        message("Simulation error"),
        "P10",
        "P90",
    )
    title = message("What the model adds (NPV)")
    return Table(title, columns, rows, frozenset({2, 3, 4, 5})) if rows else None


def _quality_and_cost(proposal: Proposal, assessment: Assessment) -> Table:
    columns = (message("Alternative"), message("Quality (P50)"), message("One-off cost"), message("Cost a month"))
    rows = tuple(
        (
            each.name,
            _quality(proposal, proposal.alternatives[each.index]),
            money(each.one_off_cost, assessment.currency) if each.outcome else "",
            money(each.cost_per_month, assessment.currency) if each.outcome else "",
        )
        for each in assessment.best_first()
    )
    return Table(message("Quality and cost"), columns, rows, frozenset({2, 3}))


def _quality(proposal: Proposal, alternative: Alternative) -> str:
    if proposal.bridge is None:
        return ""
    given = proposal.bridge.given(alternative.metrics).items()
    parts = [(proposal.bridge.metric_named(name), estimate) for name, estimate in given]
    return joined(
        ", ",
        [joined(" ", (metric.phrase, metric_value(estimate.p50, metric.quantity.unit))) for metric, estimate in parts],
    )
