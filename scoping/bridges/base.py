"""What every bridge from a technical metric to money has in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Estimate
from ..document.fields import SHARE, Count, Quantity, Section, missing_fields, needed
from ..document.paths import Path
from ..text.languages import joined, message, within_sentence
from ..vocabulary import Better, Unit

Numbers = NDArray[np.float64] | float
Values = Mapping[str, Numbers]
Names = Mapping[str, str]
"""Names of spreadsheet cells, by input or metric."""

_BRIDGE = Path.of("bridge")


@dataclass(frozen=True)
class Metric:
    """A technical metric that a bridge reads: its title, help, unit and bounds, and which way is better.

    default is its value where an alternative does not give it; None means that it must. One that `is_choice` is what
    the team decides and no quality of a model: it may be left out, and has neither a break-even nor a ceiling.
    """

    name: str
    title: str
    help: str
    quantity: Quantity
    better: Better = Better.UP
    default: float | None = None
    is_choice: bool = False

    @property
    def phrase(self) -> str:
        """The title within a sentence: "recall", but "ROC AUC"."""
        return within_sentence(self.title)

    def headroom(self, break_even: float, ceiling: float) -> float:
        """Room between the break-even and the ceiling; negative where even the ceiling does not pay."""
        return ceiling - break_even if self.better is Better.UP else break_even - ceiling


@dataclass(frozen=True)
class Step:
    """Something that a formula works out on the way: its name, its letter, what it is, and what it is counted in."""

    name: str
    latex: str
    title: str
    help: str
    unit: Unit


@dataclass(frozen=True)
class Conflict:
    """Two inputs that cannot go together. `place` is the keys to it within an alternative ("metrics", "precision")."""

    place: tuple[str, ...]
    value: Any
    allowed: str


@dataclass(frozen=True)
class Counted:
    """A share that a sample of labelled cases counts, and among which of its cases.

    name is that of the metric or shared input that it tells; share its value, 0..1, a number or one for each draw.
    among names a share that is counted before it: only its hits count here, or (`rest`) only the others.
    portion is the share of the sample that is looked at where all cases count.
    """

    name: str
    share: Numbers
    among: str = ""
    rest: bool = False
    portion: float = 1.0


@dataclass(frozen=True)
class OperatingCurve:
    """Money per case against the share of the cases that is flagged, threshold by threshold, and the best point."""

    flagged: NDArray[np.float64]
    value: NDArray[np.float64]
    best_flagged: float
    best_value: float
    best_recall: float
    best_false_positive_rate: float


class Bridge(Section):
    """The step from a technical metric to money: what is a case worth, to people who act on the model?

    A kind of task is one subclass in one file of this folder. All alternatives of a proposal share
    its inputs and differ in metrics.
    """

    title: ClassVar[str]
    about: ClassVar[str]
    formula: ClassVar[str]
    # What the formula says, the letter of each input and metric in it, and what it works out on the way.
    in_words: ClassVar[str]
    letters: ClassVar[Mapping[str, str]]
    steps: ClassVar[tuple[Step, ...]] = ()
    # The formula with a {place} for each number; empty where none is short enough to be read.
    formula_with_numbers: ClassVar[str] = ""
    source: ClassVar[str]
    # The sets of metrics that tell a model's quality; an alternative gives exactly one of them.
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]]
    # The shared inputs that a sample of labelled cases tells beside the metrics.
    told: ClassVar[tuple[str, ...]] = ()
    # The metrics of acting on every case, where that can be; and the inputs that may stay empty, but are asked about.
    everybody: ClassVar[Mapping[str, float]] = {}
    asked_for: ClassVar[tuple[str, ...]] = ()
    # What people call the cells of `formula_steps`.
    formula_step_titles: ClassVar[Mapping[str, str]] = {}

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

    @abstractmethod
    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """`value_per_case` as a spreadsheet formula (without "=") of the names of cells."""

    def formula_steps(self, inputs: Names, metrics: Names, name: Callable[[str], str]) -> Names:
        """What the formula of a case works out in cells of its own, in order: formulas by name, "name" says which cell.

        `formula_per_case` finds the cells among its metrics. Empty where it says everything by itself.
        """
        return {}

    @property
    def follows_volume(self) -> bool:
        """True where a case's worth depends on how many come in a month: "cases_per_month" is then that month's number."""
        return False

    def chosen_share(self, inputs: Values, metrics: Values) -> Numbers | None:
        """Share of the cases that would be acted on if there were people enough; None where nothing is chosen."""
        return None

    def worked_out(self, inputs: Values, metrics: Values) -> Values:
        """The values of the formula's `steps`, by name."""
        return {}

    def numbers_formula(self) -> str:
        """`formula_with_numbers` for the inputs that are given: what is left empty is not shown."""
        return self.formula_with_numbers

    def shows_numbers(self, metrics: Collection[str]) -> bool:
        """Whether the formula can be shown with the numbers of a model that is known by these metrics."""
        return bool(self.formula_with_numbers and metrics)

    def settled(self, inputs: Values, metrics: Values) -> Values:
        """What is decided once, before the future is known, at the expected inputs and metrics: a threshold, say.

        It joins the metrics of `value_per_case`, the same in every draw. Empty where nothing has to be decided.
        """
        return {}

    def formula_without_model(self, inputs: Names) -> str:
        """`value_without_model` as a spreadsheet formula of the names of cells."""
        return "0"

    def value_without_model(self, inputs: Values) -> Numbers | None:
        """Money per case while nobody acts on a model; None where there is no such state."""
        return None

    @property
    def works_without_model(self) -> bool:
        """True where a status quo may do without metrics."""
        return type(self).value_without_model is not Bridge.value_without_model

    def sets(self) -> tuple[tuple[str, ...], ...]:
        """The sets of metrics of which each alternative gives exactly one."""
        return self.metric_sets

    def set_of(self, metrics: Mapping[str, Any]) -> tuple[str, ...]:
        """The set that an alternative gives, or has begun to give; the first where it has given nothing."""
        named = {name for group in self.sets() for name in group}
        given = named & set(metrics)
        return max(self.sets(), key=lambda group: len(given & set(group)) - len(given - set(group)), default=())

    def metric_named(self, name: str) -> Metric:
        """The metric of that name. Raises KeyError where the bridge does not read it."""
        return {metric.name: metric for metric in self.metrics}[name]

    def given(self, metrics: Mapping[str, Estimate]) -> dict[str, Estimate]:
        """Those of an alternative's metrics that this bridge reads."""
        names = {metric.name for metric in self.metrics}
        return {name: estimate for name, estimate in metrics.items() if name in names}

    def qualities(self, metrics: Mapping[str, Estimate]) -> dict[str, Estimate]:
        """Those of an alternative's metrics that say how good a model is."""
        choices = {metric.name for metric in self.metrics if metric.is_choice}
        return {name: estimate for name, estimate in self.given(metrics).items() if name not in choices}

    def missing(self, path: Path = _BRIDGE) -> list[Path]:
        """Paths of the inputs that must still be filled in."""
        return missing_fields(self, path)

    def missing_metrics(self, metrics: Mapping[str, Estimate], path: Path) -> list[Path]:
        """Paths of the metrics that an alternative must still give."""
        return [path / name for name in self.set_of(metrics) if name not in metrics]

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        """What an alternative's metrics say that cannot be, given this bridge's inputs."""
        chosen = self.set_of(metrics)
        known = {name for group in self.sets() for name in group}
        sets = [joined(message(" and "), group) for group in self.sets()]
        allowed = message("give {sets}, not a mixture", sets=joined(message(", or "), sets))
        return [
            Conflict(("metrics", name), metrics[name].p50, allowed)
            for name in metrics
            if name in known and name not in chosen
        ]

    def carried_along(self, inputs: Values, metrics: Values, middle_inputs: Values, middle_metrics: Values) -> Values:
        """Metrics as they would be if the model stayed the same while the shared inputs move, by name.

        What the team says of them belongs to the middle (P50) of the inputs: precision, for example, falls with
        prevalence. Empty where no metric depends on them.
        """
        return {}

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        """The shares that a sample of labelled cases counts, in order: recall among positives only, for example."""
        return [Counted(each.name, metrics[each.name]) for each in self.metrics if each.quantity == SHARE]

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        """Standard error of a normal reading of a metric off so many cases; None where nobody can tell.

        Shares that are `counted` are read binomially and need none.
        """
        return None

    def operating_curve(self, inputs: Values, metrics: Values) -> OperatingCurve | None:
        """Value at each threshold, for one value of each input; None where the metrics name one point only."""
        return None
