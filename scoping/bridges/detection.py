"""Classify, detect or flag an anomaly, then act on what is flagged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np
from scipy.special import ndtr

from ..document.allowed import rounded, show
from ..document.estimate import Estimate
from ..document.fields import (
    SHARE,
    Count,
    Money,
    Quantity,
    Share,
    needed,
    optional,
)
from ..text.languages import message
from ..vocabulary import Better, Unit
from . import best_first, binormal
from .base import Task
from .pieces import Conflict, Counted, Metric, Names, Numbers, OperatingCurve, Step, Values

RECALL = Metric("recall", message("Recall"), "Share of the positive cases that are flagged.", SHARE)
PRECISION = Metric("precision", message("Precision"), "Share of the flagged cases that are positive.", SHARE)
FALSE_POSITIVE_RATE = Metric(
    "false_positive_rate",
    message("False-positive rate"),
    "Share of the negative cases that are flagged.",
    SHARE,
    Better.DOWN,
)
ROC_AUC = Metric(
    "roc_auc",
    message("ROC AUC"),
    "Chance that a positive case scores higher than a negative one. The threshold is set once, where the expected inputs make it worth most.",
    Quantity(Unit.SHARE, 0.5, 1, bounded=True),
)
THRESHOLD = "threshold"
"""Among the metrics: the score from which cases are flagged, where it is settled; see `Detection.settled`."""
_CURVE = np.linspace(-9.0, 9.0, 721)


class Detection(Task):
    """Someone acts on each flagged case; catches earn, false alarms and misses cost."""

    title: ClassVar[str] = message("Detection")
    about: ClassVar[str] = "Classify, detect or flag, then act on what is flagged: defects, fraud, churn, faults."
    formula: ClassVar[str] = (
        r"v = q\,r\,(s\,V - A) - f\,(A + F) - q\,(1-r)\,M + (1-q-f)\,P,"
        r"\qquad f = q\,r\,\frac{1-p}{p}\ \text{or}\ f = \mathrm{FPR}\,(1-q)"
        r"\\[4pt] \text{from ROC AUC, once, at the expected inputs: } d' = \sqrt{2}\,\Phi^{-1}(\mathrm{AUC}),\quad r = \Phi(d' - z^*),\quad"
        r"\mathrm{FPR} = \Phi(-z^*),\quad z^* = \frac{d'}{2} + \frac{1}{d'}\ln\frac{(1-q)(A+F+P)}{q\,(sV-A+M)}"
        + best_first.FORMULA
        + r"\\[4pt] a_0 = q\,r + f,\quad x_0 = q\,r,\quad \theta \text{ at that point, or } "
        r"\theta = \Phi(d'/2)^2\,/\,\Phi(-d'/2)^2 \text{ from ROC AUC};\qquad \text{then } r = x/q,\quad f = a - x"
    )
    in_words: ClassVar[str] = message(
        "A case is worth what acting on the cases that are rightly flagged earns, less what acting on false "
        "alarms costs, less the harm of those that are missed, plus what rightly leaving a case alone earns."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "prevalence": "q",
        "recall": "r",
        "precision": "p",
        "false_positive_rate": r"\mathrm{FPR}",
        "roc_auc": r"\mathrm{AUC}",
        "action_success": "s",
        "value_of_catch": "V",
        "action_cost": "A",
        "false_alarm_cost": "F",
        "miss_cost": "M",
        "correct_pass_value": "P",
        best_first.LIMIT: "K",
    }
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "caught_share",
            "x/q",
            message("Positive cases acted on"),
            message("Share of the positive cases: the recall, or less where the most actions a month are reached."),
            Unit.SHARE,
        ),
        Step(
            "false_alarms",
            "f",
            message("False alarms"),
            message("False alarms per case that are acted on, from the precision or the false-positive rate."),
            Unit.SHARE,
        ),
    )
    formula_with_numbers: ClassVar[str] = (
        r"{prevalence}\cdot{caught_share}\cdot({action_success}\cdot{value_of_catch}-{action_cost})"
        r"-{false_alarms}\cdot({action_cost}+{false_alarm_cost})-{prevalence}\cdot(1-{caught_share})\cdot{miss_cost}"
        r"+(1-{prevalence}-{false_alarms})\cdot{correct_pass_value}"
    )
    source: ClassVar[str] = (
        "Provost and Fawcett 2013, Data Science for Business, chapter 7 (expected value framework); threshold: Elkan 2001, "
        "The Foundations of Cost-Sensitive Learning; binormal ROC curve: Green and Swets 1966; best first: Plackett 1965, "
        "A Class of Bivariate Distributions; Moses, Shapiro and Littenberg 1993 (ROC curve of a constant odds ratio)"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("recall", "precision"),
        ("recall", "false_positive_rate"),
        ("roc_auc",),
    )
    told: ClassVar[tuple[str, ...]] = ("prevalence",)
    everybody: ClassVar[Mapping[str, float]] = {"recall": 1.0, "false_positive_rate": 1.0}
    formula_step_titles: ClassVar[Mapping[str, str]] = best_first.STEP_TITLES

    kind: Literal["detection"]
    prevalence: Share | None = needed(
        "Prevalence", "Share of the cases that are positive: defective, fraudulent, leaving."
    )
    value_of_catch: Money | None = needed(
        "Value of a catch", "What acting on one positive case is worth when the action works, in money."
    )
    action_success: Share = optional(
        "Success of the action",
        "How often acting on a positive case has its effect. 100% if always.",
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
    most_actions_per_month: Count | None = best_first.most_actions()

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Recall with precision or false-positive rate, or ROC AUC alone: shares 0..1, ROC AUC from 0.5."""
        return RECALL, PRECISION, FALSE_POSITIVE_RATE, ROC_AUC

    def value_without_model(self, inputs: Values) -> Numbers:
        # Nobody is flagged, so nobody's time is short.
        return self.value_per_case(best_first.without_limit(inputs), {"recall": 0.0, "false_positive_rate": 0.0})

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per case: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        q r (s V - A) - f (A + F) - q (1 - r) M + (1 - q - f) P, with f false positives per case; shares 0..1, the rest
        in money. Source: Provost and Fawcett 2013, ch. 7. From ROC AUC, r and f are those at `metrics["threshold"]` (see
        `settled`); without one, at the threshold worth most for the very inputs that are given (Elkan 2001).
        Where there is a limit, r and f are what is acted on within it, best first (see `best_first`).
        """
        prevalence = inputs["prevalence"]
        recall, false_alarms = _acted_on(inputs, metrics)
        caught = prevalence * recall
        gain = caught * (inputs["action_success"] * inputs["value_of_catch"] - inputs["action_cost"])
        waste = false_alarms * (inputs["action_cost"] + inputs["false_alarm_cost"])
        missed = prevalence * (1 - recall) * inputs["miss_cost"]
        passed = (1 - prevalence - false_alarms) * inputs["correct_pass_value"]
        return gain - waste - missed + passed

    def worked_out(self, inputs: Values, metrics: Values) -> Values:
        """The share of the positive cases, and the false alarms per case, that are acted on."""
        recall, false_alarms = _acted_on(inputs, metrics)
        return {"caught_share": recall, "false_alarms": false_alarms}

    @property
    def follows_volume(self) -> bool:
        """With a limit, more cases leave more of them alone."""
        return self.most_actions_per_month is not None

    def chosen_share(self, inputs: Values, metrics: Values) -> Numbers:
        """Share of the cases that is flagged."""
        recall, false_alarms = _operating_point(inputs, metrics)
        return inputs["prevalence"] * recall + false_alarms

    def shows_numbers(self, metrics: Collection[str]) -> bool:
        """A model known by its ROC AUC has a threshold to be found first: no short formula says it."""
        return super().shows_numbers(metrics) and "roc_auc" not in metrics

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per case.

        Where there is a limit, the cells of `formula_steps` are among the metrics. From ROC AUC, the threshold is the one worth most for what stands in the cells: they are certain.
        """
        i, q = inputs, inputs["prevalence"]
        if best_first.LIMIT in inputs:
            return _limited_formula(inputs, metrics)
        if "roc_auc" in metrics:
            # In fewer signs, since point and stakes are long: r B - FPR C - q M + (1 - q) P.
            recall, rate = binormal.worth_most_formulas(inputs, metrics["roc_auc"])
            gain, cost = binormal.stakes_formulas(inputs)
            return f"{recall}*{gain}-{rate}*{cost}-{q}*{i['miss_cost']}+(1-{q})*{i['correct_pass_value']}"
        recall, alarms = _point_formulas(inputs, metrics)
        gain = f"{q}*{recall}*({i['action_success']}*{i['value_of_catch']}-{i['action_cost']})"
        waste = f"{alarms}*({i['action_cost']}+{i['false_alarm_cost']})"
        missed = f"{q}*(1-{recall})*{i['miss_cost']}"
        return f"{gain}-{waste}-{missed}+(1-{q}-{alarms})*{i['correct_pass_value']}"

    def formula_steps(self, inputs: Names, metrics: Names, name: Callable[[str], str]) -> Names:
        """Where there is a limit: what is flagged, and how well the best of it are told from the rest."""
        if best_first.LIMIT not in inputs:
            return {}
        recall, alarms = _point_formulas(inputs, metrics)
        found = f"{inputs['prevalence']}*{recall}"
        odds = binormal.odds_formulas(metrics["roc_auc"]) if "roc_auc" in metrics else None
        return best_first.steps(inputs["prevalence"], f"{name('found')}+{alarms}", found, name, odds)

    def settled(self, inputs: Values, metrics: Values) -> Values:
        """The threshold of a model known by its ROC AUC, in standard deviations above the mean negative score.

        The one worth most at the expected inputs, with people enough: a limit takes the best of what it flags. At a given AUC it also has the highest expected value of all
        thresholds, as long as the inputs do not move together: the value of a case is linear in what flagging a
        positive case gains and a negative one costs, and both are products and sums of the inputs. The same in every
        draw: a threshold that followed each draw would know the future.
        """
        return {THRESHOLD: binormal.worth_most(inputs, metrics["roc_auc"])} if "roc_auc" in metrics else {}

    def formula_without_model(self, inputs: Names) -> str:
        return self.formula_per_case(best_first.without_limit(inputs), {"recall": "0", "false_positive_rate": "0"})

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        found = list(super().conflicts(metrics))
        if found or self.prevalence is None or not {"recall", "precision"} <= set(metrics):
            return found
        prevalence, recall, precision = self.prevalence.p50, metrics["recall"].p50, metrics["precision"].p50
        least = prevalence * recall / (prevalence * recall + 1 - prevalence) if prevalence * recall > 0 else 0.0
        # One rounding error must not refuse the precision of "flag everything".
        if precision < least * (1 - 1e-12):
            allowed = message(
                "must be at least {least} with prevalence {prevalence} and recall {recall}: "
                "below that there would be more false alarms than negative cases",
                least=rounded(least),
                prevalence=show(prevalence),
                recall=show(recall),
            )
            found.append(Conflict(("metrics", "precision"), precision, allowed))
        return found

    def carried_along(self, inputs: Values, metrics: Values, middle_inputs: Values, middle_metrics: Values) -> Values:
        """Precision at the prevalence of each draw, with the false-positive rate that it means at the P50.

        With q and r at their P50, p = q r / (q r + f (1 - q)) gives the rate f; the same formula then gives p back at
        each draw's q and r (Bayes; Altman and Bland 1994, Predictive values, BMJ 309).
        """
        if "precision" not in metrics or np.ndim(inputs["prevalence"]) == 0:
            return {}
        q, r = middle_inputs["prevalence"], middle_metrics["recall"]
        precision = np.maximum(metrics["precision"], np.finfo(float).tiny)
        rate = np.minimum(q * r * (1 - precision) / precision / np.maximum(1 - q, np.finfo(float).tiny), 1.0)
        caught = inputs["prevalence"] * metrics["recall"]
        flagged = caught + rate * (1 - inputs["prevalence"])
        return {"precision": caught / np.maximum(flagged, np.finfo(float).tiny)}

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        positives = Counted("prevalence", inputs["prevalence"])
        if "roc_auc" in metrics:
            return [positives]
        recall, alarms = _operating_point(inputs, metrics)
        # Precision is told by the false alarms that are counted among the negative cases.
        name = "precision" if "precision" in metrics else "false_positive_rate"
        rate = alarms / np.maximum(1 - np.asarray(inputs["prevalence"]), np.finfo(float).tiny)
        return [
            positives,
            Counted("recall", recall, among="prevalence"),
            Counted(name, rate, among="prevalence", rest=True),
        ]

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        if metric != "roc_auc":
            return super().reading_error(metric, value, cases, inputs)
        # Hanley and McNeil 1982, The Meaning and Use of the Area under a ROC Curve, Radiology 143(1).
        positive = np.maximum(cases * inputs["prevalence"], 1.0)
        negative = np.maximum(cases * (1 - inputs["prevalence"]), 1.0)
        by_positive, by_negative = value / (2 - value), 2 * value**2 / (1 + value)
        spread = (positive - 1) * (by_positive - value**2) + (negative - 1) * (by_negative - value**2)
        error: Numbers = np.sqrt((value * (1 - value) + spread) / (positive * negative))
        return error

    def operating_curve(self, inputs: Values, metrics: Values) -> OperatingCurve | None:
        if "roc_auc" not in metrics:
            return None
        recall, rate = np.asarray(ndtr(binormal.distance(metrics["roc_auc"]) - _CURVE)), np.asarray(ndtr(-_CURVE))
        prevalence = inputs["prevalence"]
        best_recall, best_alarms = _operating_point(inputs, metrics)
        return OperatingCurve(
            flagged=np.asarray(prevalence * recall + (1 - prevalence) * rate, float),
            value=np.asarray(self.value_per_case(inputs, {**metrics, THRESHOLD: _CURVE}), float),
            best_flagged=float(prevalence * best_recall + best_alarms),
            best_value=float(self.value_per_case(inputs, metrics)),
            best_recall=float(best_recall),
            best_false_positive_rate=float(best_alarms / (1 - prevalence)) if prevalence < 1 else 0.0,
        )


def _operating_point(inputs: Values, metrics: Values) -> tuple[Numbers, Numbers]:
    """Recall, and false positives per case. Draws that cannot be are cut at "every negative case is flagged"."""
    prevalence = inputs["prevalence"]
    if "roc_auc" in metrics:
        threshold = metrics[THRESHOLD] if THRESHOLD in metrics else binormal.worth_most(inputs, metrics["roc_auc"])
        return ndtr(binormal.distance(metrics["roc_auc"]) - threshold), ndtr(-np.asarray(threshold)) * (1 - prevalence)
    recall = metrics["recall"]
    if "false_positive_rate" in metrics:
        return recall, metrics["false_positive_rate"] * (1 - prevalence)
    precision = np.maximum(metrics["precision"], np.finfo(float).tiny)
    return recall, np.minimum(prevalence * recall * ((1 - precision) / precision), 1 - prevalence)


def _acted_on(inputs: Values, metrics: Values) -> tuple[Numbers, Numbers]:
    """Share of the positive cases, and false positives per case, that people act on: the operating point, or less."""
    recall, alarms = _operating_point(inputs, metrics)
    if best_first.LIMIT not in inputs:
        return recall, alarms
    found = inputs["prevalence"] * recall
    flagged = found + alarms
    acted = best_first.acted_share(flagged, inputs)
    odds = binormal.odds(metrics["roc_auc"]) if "roc_auc" in metrics else None
    kept = best_first.kept_share(inputs["prevalence"], flagged, found, acted, odds)
    return recall * kept, np.where(acted < flagged, np.maximum(acted - found * kept, 0.0), alarms)


def _limited_formula(i: Names, cells: Names) -> str:
    """Money per case where there is a limit: what is caught earns, what is acted on costs."""
    acted = best_first.acted_formula(i, cells)
    caught = best_first.found_formula(acted, cells)
    catch = f"({i['action_success']}*{i['value_of_catch']}+{i['false_alarm_cost']}+{i['miss_cost']}+{i['correct_pass_value']})"
    action = f"({i['action_cost']}+{i['false_alarm_cost']}+{i['correct_pass_value']})"
    left = f"{i['prevalence']}*{i['miss_cost']}-(1-{i['prevalence']})*{i['correct_pass_value']}"
    return f"{caught}*{catch}-{acted}*{action}-({left})"


def _point_formulas(inputs: Names, metrics: Names) -> tuple[str, str]:
    """`_operating_point` as spreadsheet formulas, where recall is given."""
    q = inputs["prevalence"]
    if "roc_auc" in metrics:
        recall, rate = binormal.worth_most_formulas(inputs, metrics["roc_auc"])
        return recall, f"{rate}*(1-{q})"
    recall = metrics["recall"]
    if "false_positive_rate" in metrics:
        return recall, f"{metrics['false_positive_rate']}*(1-{q})"
    precision = metrics["precision"]
    return recall, f"MIN(IF({precision}>0,{q}*{recall}*(1-{precision})/{precision},1),1-{q})"
