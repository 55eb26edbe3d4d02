"""Classify, detect or flag an anomaly, then act on what is flagged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np

from ..estimate import Estimate
from ..fields import SHARE, Money, Share, needed, optional
from .base import Bridge, Conflict, Metric, Numbers, Values

RECALL = Metric("recall", "Recall", "Share of the positive cases that are flagged.", SHARE)
PRECISION = Metric("precision", "Precision", "Share of the flagged cases that are positive.", SHARE)
FALSE_POSITIVE_RATE = Metric(
    "false_positive_rate", "False-positive rate", "Share of the negative cases that are flagged.", SHARE, "down"
)


class Detection(Bridge):
    """Someone acts on each flagged case; catches earn, false alarms and misses cost."""

    title: ClassVar[str] = "Detection"
    about: ClassVar[str] = "Classify, detect or flag, then act on what is flagged: defects, fraud, churn, faults."
    formula: ClassVar[str] = (
        r"v = q\,r\,(s\,V - A) - f\,(A + F) - q\,(1-r)\,M + (1-q-f)\,P,"
        r"\qquad f = q\,r\,\frac{1-p}{p}\ \text{or}\ f = \mathrm{FPR}\,(1-q)"
    )
    source: ClassVar[str] = "Provost and Fawcett 2013, Data Science for Business, chapter 7 (expected value framework)"
    metric_groups: ClassVar[tuple[tuple[str, ...], ...]] = (("recall",), ("precision", "false_positive_rate"))
    idle: ClassVar[Mapping[str, float] | None] = {"recall": 0.0, "false_positive_rate": 0.0}

    kind: Literal["detection"]
    prevalence: Share | None = needed(
        "Prevalence", "Share of the cases that are positive: defective, fraudulent, leaving."
    )
    value_of_catch: Money | None = needed(
        "Value of a catch", "What acting on one positive case is worth when the action works, in money."
    )
    action_success: Share = optional(
        "Success of the action",
        "How often acting on a positive case has its effect. 100 % if always.",
        Estimate.of(1.0),
    )
    action_cost: Money | None = needed("Cost of the action", "What acting on one flagged case costs, right or wrong.")
    false_alarm_cost: Money = optional(
        "Extra cost of a false alarm",
        "Harm done by acting on a negative case, on top of the cost of the action.",
        Estimate.of(0.0),
    )
    miss_cost: Money = optional(
        "Cost of a miss",
        "Harm done by a positive case that nobody flags. Leave 0 if the value of a catch says it already.",
        Estimate.of(0.0),
    )
    correct_pass_value: Money = optional(
        "Value of a correct pass", "What a negative case that is rightly left alone earns. Usually 0.", Estimate.of(0.0)
    )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return RECALL, PRECISION, FALSE_POSITIVE_RATE

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        prevalence, recall = inputs["prevalence"], metrics["recall"]
        caught = prevalence * recall
        false_alarms = _false_alarms(prevalence, caught, metrics)
        gain = caught * (inputs["action_success"] * inputs["value_of_catch"] - inputs["action_cost"])
        waste = false_alarms * (inputs["action_cost"] + inputs["false_alarm_cost"])
        missed = prevalence * (1 - recall) * inputs["miss_cost"]
        passed = (1 - prevalence - false_alarms) * inputs["correct_pass_value"]
        return gain - waste - missed + passed

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        found = list(super().conflicts(metrics))
        if found or self.prevalence is None or not {"recall", "precision"} <= set(metrics):
            return found
        prevalence, recall, precision = self.prevalence.p50, metrics["recall"].p50, metrics["precision"].p50
        least = prevalence * recall / (prevalence * recall + 1 - prevalence) if prevalence * recall > 0 else 0.0
        # One rounding error must not refuse the precision of "flag everything".
        if precision < least * (1 - 1e-12):
            allowed = (
                f"must be at least {least:.4g} with prevalence {prevalence:g} and recall {recall:g}: "
                "below that there would be more false alarms than negative cases"
            )
            found.append(Conflict("metrics.precision", precision, allowed))
        return found


def _false_alarms(prevalence: Numbers, caught: Numbers, metrics: Values) -> Numbers:
    """False positives per case. Draws that cannot be are cut at "every negative case is flagged"."""
    if "false_positive_rate" in metrics:
        return metrics["false_positive_rate"] * (1 - prevalence)
    precision = np.maximum(metrics["precision"], np.finfo(float).tiny)
    return np.minimum(caught * ((1 - precision) / precision), 1 - prevalence)
