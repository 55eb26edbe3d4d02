"""Maintenance: see a failure coming, and do the work when it suits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np

from ..document.estimate import Estimate
from ..document.fields import SHARE, Count, Money, Quantity, needed, optional
from ..text.languages import message
from ..vocabulary import Better, Unit
from .base import Task
from .pieces import Counted, Metric, Names, Numbers, Step, Values

# A share of the assets in a month, which may exceed 1: a machine can fail twice in a month.
A_MONTH = Quantity(Unit.SHARE, 0, 100)
Rate = Annotated[Estimate, A_MONTH]

RECALL = Metric(
    "recall",
    message("Recall"),
    "Share of the failures that a warning, or a planned replacement, comes before.",
    SHARE,
)
PRECISION = Metric(
    "precision",
    message("Precision"),
    "Share of the warnings that are right: without the work, the asset would have failed soon.",
    Quantity(Unit.SHARE, 0.001, 1, bounded=True),
)
FALSE_ALARMS = Metric(
    "false_alarms_a_month",
    message("False alarms a month"),
    "Warnings of a failure that would not have come, per asset in a month: 2% is one in a month among fifty assets.",
    A_MONTH,
    Better.DOWN,
)
REPLACEMENTS = Metric(
    "replacements_a_month",
    message("Planned replacements a month"),
    "For replacement by age or calendar: how many a month for each asset. Once a year is 8.3%. Recall is then the share of the failures that it prevents.",
    A_MONTH,
    Better.DOWN,
)
IN_TIME = Metric(
    "in_time",
    message("Warned in time"),
    "Share of the right warnings that leave the time to plan: for the part, the crew and a gap in production. "
    "100% where recall was measured at that lead time.",
    SHARE,
    default=1.0,
)
_TINY = float(np.finfo(float).tiny)
_RARE = 1e-12


class Maintenance(Task):
    """A failure that is seen in time costs a planned repair; others cost a breakdown, and false alarms cost as well."""

    title: ClassVar[str] = message("Maintenance")
    about: ClassVar[str] = (
        "Predict a failure ahead, then plan the work: machines, vehicles, pumps, lifts, disks. A case is an asset in a month."
    )
    formula: ClassVar[str] = (
        r"v = -F\,C_u - N\,C_p - W\,L - f\,A"
        r"\\[4pt] F = \lambda\,(1 - r\,\tau)"
        r"\\[4pt] \text{by warnings: } N = W = \lambda\,r\,\tau"
        r"\\[4pt] f = \lambda\,r\,\frac{1-p}{p}\ \text{or as given}"
        r"\\[4pt] \text{by age or calendar: } N = n,\quad W = f = 0"
    )
    in_words: ClassVar[str] = message(
        "An asset costs in a month the breakdowns that nobody sees in time, the work that is planned instead with the "
        "life that it cuts short, and the false alarms; less cost is more worth."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "failure_rate": r"\lambda",
        "unplanned_cost": "C_u",
        "planned_cost": "C_p",
        "false_alarm_cost": "A",
        "lost_life_cost": "L",
        "recall": "r",
        "precision": "p",
        "false_alarms_a_month": "f",
        "replacements_a_month": "n",
        "in_time": r"\tau",
    }
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "breakdowns",
            "F",
            message("Breakdowns"),
            message("Failures that still come unplanned, per asset in a month."),
            Unit.SHARE,
        ),
        Step("planned", "N", message("Planned work"), message("Planned work, per asset in a month."), Unit.SHARE),
        Step(
            "warned",
            "W",
            message("On a warning"),
            message("Planned work on a right warning, per asset in a month."),
            Unit.SHARE,
        ),
        Step(
            "false_alarms",
            "f",
            message("False alarms"),
            message("False alarms per asset in a month."),
            Unit.SHARE,
        ),
    )
    formula_with_numbers: ClassVar[str] = (
        r"-{breakdowns}\cdot{unplanned_cost}-{planned}\cdot{planned_cost}"
        r"-{warned}\cdot{lost_life_cost}-{false_alarms}\cdot{false_alarm_cost}"
    )
    source: ClassVar[str] = (
        "Cost rate of planned and unplanned replacement: Barlow and Proschan 1965, Mathematical Theory of Reliability, ch. 4, "
        "and Jardine and Tsang 2013, Maintenance, Replacement, and Reliability, ch. 2; decisions on warnings: Elkan 2001, "
        "The Foundations of Cost-Sensitive Learning"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("recall", "precision"),
        ("recall", "false_alarms_a_month"),
        ("recall", "replacements_a_month"),
    )
    told: ClassVar[tuple[str, ...]] = ("failure_rate",)

    kind: Literal["maintenance"]
    cases_per_month: Count | None = needed("Assets", "How many machines, vehicles or parts are watched.")
    failure_rate: Rate | None = needed(
        "Failures a month",
        "Failures per asset in a month if nobody acted ahead: 2% is one failure a month among fifty assets.",
    )
    unplanned_cost: Money | None = needed(
        "Cost of a breakdown", "What one unplanned failure costs: repair, standstill, damage to other parts, penalties."
    )
    planned_cost: Money | None = needed(
        "Cost of planned work", "What the same repair or replacement costs when it is planned: part, crew, short stop."
    )
    false_alarm_cost: Money | None = needed(
        "Cost of a false alarm",
        "An inspection that finds nothing. If the part is replaced at every warning, what the replacement costs.",
    )
    lost_life_cost: Money = optional(
        "Life cut short",
        "What is thrown away when a part is replaced on a right warning before it fails: its price times the share of its life that was left.",
        Estimate.of(0.0),
    )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Recall with precision, false alarms or planned replacements, and the share of warnings that come in time.

        Recall, precision and timeliness are shares 0..1; the two rates are per asset in a month and may exceed 1.
        """
        return RECALL, PRECISION, FALSE_ALARMS, REPLACEMENTS, IN_TIME

    def value_without_model(self, inputs: Values) -> Numbers:
        # Run to failure.
        return -inputs["failure_rate"] * inputs["unplanned_cost"]

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per asset in a month, a cost below 0: numbers or arrays of shape (draws,), which broadcast.

        -(F unplanned + N planned + W lost life + f false alarm): F breakdowns, N planned work, W of it on a warning,
        f false alarms, each per asset in a month. By age or calendar this is the cost rate of Barlow and Proschan 1965.
        """
        found = self.worked_out(inputs, metrics)
        broken = found["breakdowns"] * inputs["unplanned_cost"]
        planned = found["planned"] * inputs["planned_cost"] + found["warned"] * inputs["lost_life_cost"]
        return -(broken + planned + found["false_alarms"] * inputs["false_alarm_cost"])

    def worked_out(self, inputs: Values, metrics: Values) -> Values:
        """Breakdowns, planned work, planned work on a warning, and false alarms: each per asset in a month."""
        rate, seen = inputs["failure_rate"], metrics["recall"] * metrics["in_time"]
        breakdowns = rate * (1 - seen)
        if "replacements_a_month" in metrics:
            planned = metrics["replacements_a_month"]
            return {"breakdowns": breakdowns, "planned": planned, "warned": 0.0, "false_alarms": 0.0}
        alarms = _false_alarms(rate, metrics)
        return {"breakdowns": breakdowns, "planned": rate * seen, "warned": rate * seen, "false_alarms": alarms}

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per asset in a month, a cost below 0."""
        i, m = inputs, metrics
        seen = f"{m['recall']}*{m['in_time']}"
        broken = f"{i['failure_rate']}*(1-{seen})*{i['unplanned_cost']}"
        if "replacements_a_month" in m:
            return f"-({broken}+{m['replacements_a_month']}*{i['planned_cost']})"
        alarms = (
            m.get("false_alarms_a_month") or f"{i['failure_rate']}*{m['recall']}*(1-{m['precision']})/{m['precision']}"
        )
        planned = f"{i['failure_rate']}*{seen}*({i['planned_cost']}+{i['lost_life_cost']})"
        return f"-({broken}+{planned}+{alarms}*{i['false_alarm_cost']})"

    def formula_without_model(self, inputs: Names) -> str:
        return f"-{inputs['failure_rate']}*{inputs['unplanned_cost']}"

    def carried_along(self, inputs: Values, metrics: Values, middle_inputs: Values, middle_metrics: Values) -> Values:
        """Precision at the failure rate of each draw, with as many false alarms as it means at the P50.

        Assets that fail less often do not send fewer false alarms: p = a r / (a r + f) at each draw's rate a (Bayes).
        """
        if "precision" not in metrics or np.ndim(inputs["failure_rate"]) == 0:
            return {}
        middle = {"recall": middle_metrics["recall"], "precision": metrics["precision"]}
        alarms = _false_alarms(middle_inputs["failure_rate"], middle)
        right = inputs["failure_rate"] * metrics["recall"]
        return {"precision": right / np.maximum(right + alarms, _TINY)}

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        # A labelled case is an asset in a month; among those that failed one sees what was warned of, and when.
        failing = np.minimum(inputs["failure_rate"], 1.0)
        found = [
            Counted("failure_rate", failing),
            Counted("recall", metrics["recall"], among="failure_rate"),
            Counted("in_time", metrics["in_time"], among="recall"),
        ]
        if "replacements_a_month" in metrics:
            return found
        # Precision is told by the false alarms that are counted among the others.
        name = "precision" if "precision" in metrics else "false_alarms_a_month"
        alarms = _false_alarms(inputs["failure_rate"], metrics) / np.maximum(1 - failing, _RARE)
        return [*found, Counted(name, np.minimum(alarms, 1.0), among="failure_rate", rest=True)]


def _false_alarms(rate: Numbers, metrics: Values) -> Numbers:
    """False alarms per asset in a month, at a failure rate."""
    if "false_alarms_a_month" in metrics:
        return metrics["false_alarms_a_month"]
    precision = np.maximum(metrics["precision"], _TINY)
    found: Numbers = rate * metrics["recall"] * (1 - precision) / precision
    return found
