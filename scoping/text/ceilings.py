"""How far two people agree, and the ceiling that it implies, in plain sentences."""

from __future__ import annotations

from ..bridges import Metric
from ..document.estimate import Estimate
from ..feasibility.evidence.ceilings import Agreement
from .languages import message, within_sentence
from .wording import metric_value, number, percent


def agreement_said(found: Agreement) -> str:
    """How far two people agree, and how often one of them is right where each errs apart from the other."""
    return message(
        "They agree on {share} of {cases} cases ({low} to {high}): kappa {kappa} ({least} to {most}). If each errs alike and apart from the other, one of them is right in {right} of the cases ({worst} to {best}).",
        share=percent(found.agreement.value, 1),
        cases=number(found.labelled, 0),
        low=percent(found.agreement.low, 1),
        high=percent(found.agreement.high, 1),
        kappa=number(found.kappa.value),
        least=number(found.kappa.low),
        most=number(found.kappa.high),
        right=percent(found.accuracy.value, 1),
        worst=percent(found.accuracy.low, 1),
        best=percent(found.accuracy.high, 1),
    )


def implied_said(metric: Metric, implied: Estimate | None) -> str:
    """The ceiling of a metric that two people's labels imply."""
    if implied is None:
        return message(
            "Of {metric} that implies nothing: give its ceiling above, and say here where it comes from.",
            metric=within_sentence(metric.title),
        )
    low, middle, high = (metric_value(each, metric.quantity.unit) for each in (implied.p10, implied.p50, implied.p90))
    return message(
        "The ceiling of {metric} that follows: {middle} ({low} to {high}, P10 to P90).",
        metric=within_sentence(metric.title),
        middle=middle,
        low=low,
        high=high,
    )
