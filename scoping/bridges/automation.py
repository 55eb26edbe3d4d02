"""Route, extract or classify many classes, with people behind the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from ..document.estimate import Estimate
from ..document.fields import SHARE, Money, Share, needed, optional
from ..text.languages import message
from .base import Task
from .pieces import Counted, Metric, Names, Numbers, Values

AUTOMATION_RATE = Metric(
    "automation_rate", message("Automation rate"), "Share of the cases handled without a person.", SHARE
)
ACCURACY = Metric("accuracy", message("Accuracy"), "Share of the automated cases that are handled correctly.", SHARE)


class Automation(Task):
    """The machine handles the cases that it is sure of; people handle the rest."""

    title: ClassVar[str] = message("Automation")
    about: ClassVar[str] = (
        "Route, extract or classify into many classes, with people behind: invoices, tickets, claims."
    )
    formula: ClassVar[str] = r"v = -\big((1-c)\,(W + e_h E) + c\,(m + (1-a)\,E)\big)"
    in_words: ClassVar[str] = message(
        "A case costs what a person costs for the share that people still handle, and what the machine and "
        "its errors cost for the rest; less cost is more worth."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "automation_rate": "c",
        "accuracy": "a",
        "manual_cost": "W",
        "manual_error_rate": "e_h",
        "error_cost": "E",
        "machine_cost": "m",
    }
    formula_with_numbers: ClassVar[str] = (
        r"-\big((1-{automation_rate})\cdot({manual_cost}+{manual_error_rate}\cdot{error_cost})"
        r"+{automation_rate}\cdot({machine_cost}+(1-{accuracy})\cdot{error_cost})\big)"
    )
    source: ClassVar[str] = (
        "Expected cost per case, cases split into automated and manual (Groundwork's own; Elkan 2001 for cost-sensitive decisions)"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("automation_rate", "accuracy"),)

    kind: Literal["automation"]
    manual_cost: Money | None = needed("Manual cost", "What it costs when a person handles one case.")
    manual_error_rate: Share = optional(
        "Manual error rate", "Share of the cases that people get wrong.", Estimate.of(0.0)
    )
    error_cost: Money | None = needed("Cost of an error", "What one wrongly handled case costs, whoever got it wrong.")
    machine_cost: Money = optional("Machine cost", "What it costs when the machine handles one case.", Estimate.of(0.0))

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Automation rate and accuracy of what is automated, each a share 0..1."""
        return AUTOMATION_RATE, ACCURACY

    def value_without_model(self, inputs: Values) -> Numbers:
        # Accuracy is irrelevant where nothing is automated.
        return self.value_per_case(inputs, {"automation_rate": 0.0, "accuracy": 1.0})

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per case: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        -((1 - c) (manual_cost + manual_error_rate error_cost) + c (machine_cost + (1 - a) error_cost)), with c the
        automation rate and a the accuracy; costs in money, rates as shares 0..1. Source: see `source`.
        """
        automated = metrics["automation_rate"]
        by_hand = inputs["manual_cost"] + inputs["manual_error_rate"] * inputs["error_cost"]
        by_machine = inputs["machine_cost"] + (1 - metrics["accuracy"]) * inputs["error_cost"]
        return -((1 - automated) * by_hand + automated * by_machine)

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per case, a cost below 0."""
        i, m = inputs, metrics
        by_hand = f"({i['manual_cost']}+{i['manual_error_rate']}*{i['error_cost']})"
        by_machine = f"({i['machine_cost']}+(1-{m['accuracy']})*{i['error_cost']})"
        return f"-((1-{m['automation_rate']})*{by_hand}+{m['automation_rate']}*{by_machine})"

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        # What people handle says nothing of the machine's accuracy. Nor do labels say how often people are wrong:
        # mostly it is people who give them.
        return [
            Counted("automation_rate", metrics["automation_rate"]),
            Counted("accuracy", metrics["accuracy"], among="automation_rate"),
        ]

    def formula_without_model(self, inputs: Names) -> str:
        return self.formula_per_case(inputs, {"automation_rate": "0", "accuracy": "1"})
