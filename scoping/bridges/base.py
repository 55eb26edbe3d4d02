"""What every bridge from a technical metric to money has in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..estimate import Estimate
from ..fields import Count, Quantity, Section, missing_fields, needed

Numbers = NDArray[np.float64] | float
Values = Mapping[str, Numbers]


@dataclass(frozen=True)
class Metric:
    """A technical metric that a bridge reads: its title, help, unit and bounds, and which way is better."""

    name: str
    title: str
    help: str
    quantity: Quantity
    better: str = "up"

    def headroom(self, break_even: float, ceiling: float) -> float:
        """Room between the break-even and the ceiling; negative where even the ceiling does not pay."""
        return ceiling - break_even if self.better == "up" else break_even - ceiling


@dataclass(frozen=True)
class Conflict:
    """Two inputs that cannot go together. `path` is inside the bridge ("metrics.precision")."""

    path: str
    value: Any
    allowed: str


class Bridge(Section):
    """The step from a technical metric to money: what is a case worth, to people who act on the model?

    A kind of task is one subclass in one file of this folder. All alternatives of a proposal share
    its inputs and differ in metrics.
    """

    title: ClassVar[str]
    about: ClassVar[str]
    formula: ClassVar[str]
    source: ClassVar[str]
    # Each group is filled by exactly one of its metrics.
    metric_groups: ClassVar[tuple[tuple[str, ...], ...]]
    # The metrics of a status quo in which nobody acts on a model; None where there is no such thing.
    idle: ClassVar[Mapping[str, float] | None] = None

    kind: str
    cases_per_month: Count | None = needed(
        "Cases a month", "How many cases come up in a month today: items, customers, documents, decisions."
    )

    @property
    @abstractmethod
    def metrics(self) -> tuple[Metric, ...]:
        """The technical metrics that this bridge reads."""

    @abstractmethod
    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per case, for arrays of draws or plain numbers (they broadcast)."""

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Groups of metrics of which each alternative gives exactly one."""
        return self.metric_groups

    def metric_named(self, name: str) -> Metric:
        """The metric of that name. Raises KeyError where the bridge does not read it."""
        return {metric.name: metric for metric in self.metrics}[name]

    def given(self, metrics: Mapping[str, Estimate]) -> dict[str, Estimate]:
        """Those of an alternative's metrics that this bridge reads."""
        names = {metric.name for metric in self.metrics}
        return {name: estimate for name, estimate in metrics.items() if name in names}

    def missing(self, path: str = "bridge") -> list[str]:
        """Paths of the inputs that must still be filled in."""
        return missing_fields(self, path)

    def missing_metrics(self, metrics: Mapping[str, Estimate], path: str) -> list[str]:
        """Paths of the metrics that an alternative must still give."""
        return [f"{path}.{group[0]}" for group in self.groups() if not any(name in metrics for name in group)]

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        """What an alternative's metrics say that cannot be, given this bridge's inputs."""
        return [
            Conflict(f"metrics.{group[1]}", metrics[group[1]].p50, f"give one of {' or '.join(group)}, not both")
            for group in self.groups()
            if sum(name in metrics for name in group) > 1
        ]
