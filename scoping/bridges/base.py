"""What every bridge from a technical metric to money has in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..document.estimate import Estimate
from ..document.fields import (
    SHARE,
    Count,
    Section,
    estimate_fields,
    is_folded,
    is_needed,
    missing_fields,
    needed,
)
from ..document.paths import Path
from ..text.languages import joined, message, within_sentence
from .pieces import (
    BETWEEN,
    Anything,
    BridgeInput,
    Conflict,
    Counted,
    Inconsistency,
    Metric,
    Names,
    Numbers,
    OperatingCurve,
    Step,
    Values,
)

_BRIDGE = Path.of("bridge")


@dataclass(frozen=True)
class Part:
    """A task within a bridge: what stands before its metrics' names, what people call it, and the task.

    `follows` says that it may do without metrics of its own: then those of all cases hold.
    """

    prefix: str
    title: str
    task: Task
    follows: bool = False

    @property
    def id(self) -> str:
        """What the document calls it; empty for all cases."""
        return self.prefix.removesuffix(BETWEEN)

    def metric(self, name: str) -> str:
        """The name of one of its metrics among those of the bridge."""
        return self.prefix + name

    def set_of(self, metrics: Mapping[str, Any]) -> tuple[str, ...]:
        """The set of its metrics, by their names within it, that an alternative gives or has begun to give."""
        own = {name.removeprefix(self.prefix) for name in metrics if name.startswith(self.prefix)}
        return self.task.set_of(dict.fromkeys(own))

    def is_measured(self, metrics: Collection[str]) -> bool:
        """Whether somebody acts on a model in it: whether a metric is given that has no default."""
        return any(metric.name in metrics for metric in self.task.metrics if metric.default is None)


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

    def step_title(self, step: str) -> str:
        """What people call the cell of one of the `formula_steps`."""
        return self.formula_step_titles[step]

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

    def inputs(self) -> Iterator[BridgeInput]:
        """The inputs that all alternatives share, filled in or not, in the order of their declaration."""
        for name, quantity in estimate_fields(type(self)).items():
            info = type(self).model_fields[name]
            given = getattr(self, name)
            yield BridgeInput((name,), name, str(info.title), "", given, quantity, folded=is_folded(info))

    def cases(self, inputs: Values) -> Numbers:
        """How many cases come up in a month."""
        return inputs["cases_per_month"]

    def formula_of_cases(self, inputs: Names) -> str:
        """`cases` as a spreadsheet formula of the names of cells."""
        return inputs["cases_per_month"]

    @abstractmethod
    def parts(self) -> tuple[Part, ...]:
        """The tasks that it values a case by: one, or those of its streams or segments."""

    @property
    def members(self) -> tuple[Part, ...]:
        """The parts that have cases of their own."""
        return self.parts()

    def inputs_of(self, part: Part, inputs: Mapping[str, Anything]) -> Mapping[str, Anything]:
        """The inputs (or the names of their cells) that one part reads, by their names in its kind of task."""
        return inputs

    def metrics_of(self, part: Part, metrics: Mapping[str, Anything]) -> Mapping[str, Anything]:
        """The metrics (or what stands for them) that one part reads, by their names in its kind of task."""
        return metrics

    def sets(self) -> tuple[tuple[str, ...], ...]:
        """The sets of metrics of which each alternative gives exactly one."""
        return self.metric_sets

    def set_of(self, metrics: Mapping[str, Any]) -> tuple[str, ...]:
        """The set that an alternative gives, or has begun to give; the first where it has given nothing."""
        named = {name for group in self.sets() for name in group}
        given = named & set(metrics)
        return max(self.sets(), key=lambda group: len(given & set(group)) - len(given - set(group)), default=())

    def defaults(self) -> dict[str, float]:
        """What holds of the metrics that an alternative need not give, by name."""
        return {metric.name: metric.default for metric in self.metrics if metric.default is not None}

    def otherwise(self, name: str, metrics: Mapping[str, Estimate]) -> Estimate | None:
        """What holds of a metric that is not among these of an alternative; None where it must be given."""
        default = self.metric_named(name).default
        return None if default is None else Estimate.of(default)

    def metric_named(self, name: str) -> Metric:
        """The metric of that name. Raises KeyError where the bridge does not read it."""
        return {metric.name: metric for metric in self.metrics}[name]

    def given(self, metrics: Mapping[str, Estimate]) -> dict[str, Estimate]:
        """Those of an alternative's metrics that this bridge reads."""
        names = {metric.name for metric in self.metrics}
        return {name: estimate for name, estimate in metrics.items() if name in names}

    def worth_of(self, part: Part, inputs: Values, metrics: Values) -> Numbers:
        """Money per case of one part; what it is worth without a model where none of its metrics is given."""
        own, measured = self.inputs_of(part, inputs), self.metrics_of(part, metrics)
        if part.is_measured(measured):
            return part.task.value_per_case(own, measured)
        idle = part.task.value_without_model(own)
        assert idle is not None
        return idle

    def qualities(self, metrics: Mapping[str, Estimate]) -> dict[str, Estimate]:
        """Those of an alternative's metrics that say how good a model is."""
        choices = {metric.name for metric in self.metrics if metric.is_choice}
        return {name: estimate for name, estimate in self.given(metrics).items() if name not in choices}

    def missing(self, path: Path = _BRIDGE) -> list[Path]:
        """Paths of the inputs that must still be filled in."""
        return missing_fields(self, path)

    def inconsistencies(self) -> Iterator[Inconsistency]:
        """What within the bridge does not go together."""
        yield from ()

    def asked(self, path: Path = _BRIDGE) -> list[Path]:
        """Paths of the inputs that it cannot do without, filled in or not."""
        return [path / name for name, info in type(self).model_fields.items() if is_needed(info)]

    def missing_today(self, metrics: Mapping[str, Estimate], path: Path) -> list[Path]:
        """Paths of the metrics that the status quo must still give: it may do without a model."""
        return [] if self.works_without_model and not metrics else self.missing_metrics(metrics, path)

    def missing_metrics(self, metrics: Mapping[str, Estimate], path: Path, left: Collection[str] = ()) -> list[Path]:
        """Paths of the metrics that an alternative must still give; `left` names the parts that it leaves as today."""
        return [path / name for name in self.set_of(metrics) if name not in metrics]

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        """What an alternative's metrics say that cannot be, given this bridge's inputs."""
        chosen = self.set_of(metrics)
        known = {name for group in self.sets() for name in group}
        mixed = [name for name in metrics if name in known and name not in chosen]
        # The sentence takes longer than all that is compared for it, on each save: it is made where it is said.
        return [Conflict(("metrics", name), metrics[name].p50, self._not_mixed()) for name in mixed]

    def _not_mixed(self) -> str:
        sets = [joined(message(" and "), group) for group in self.sets()]
        return message("give {sets}, not a mixture", sets=joined(message(", or "), sets))

    def carried_along(self, inputs: Values, metrics: Values, middle_inputs: Values, middle_metrics: Values) -> Values:
        """Metrics as they would be if the model stayed the same while the shared inputs move, by name.

        What the team says of them belongs to the middle (P50) of the inputs: precision, for example, falls with
        prevalence. Empty where no metric depends on them.
        """
        return {}

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        """The shares that a sample of labelled cases counts, in order: recall among positives only, for example."""
        return [Counted(each.name, metrics[each.name]) for each in self.metrics if each.quantity == SHARE]

    def told_inputs(self) -> dict[str, str]:
        """What the shared inputs are called that a sample of labelled cases tells beside the metrics, by name."""
        return {name: within_sentence(message(str(type(self).model_fields[name].title))) for name in self.told}

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        """Standard error of a normal reading of a metric off so many cases; None where nobody can tell.

        Shares that are `counted` are read binomially and need none.
        """
        return None

    def operating_curve(self, inputs: Values, metrics: Values) -> OperatingCurve | None:
        """Value at each threshold, for one value of each input; None where the metrics name one point only."""
        return None


class Task(Bridge):
    """A kind of task: the bridge of cases that are all of one sort."""

    cases_per_month: Count | None = needed(
        "Cases a month", "How many cases come up in a month today: items, customers, documents, decisions."
    )

    def parts(self) -> tuple[Part, ...]:
        """Itself alone."""
        return (Part("", "", self),)
