"""What several streams and segments have in common: a case is worth what the parts are worth, by their cases."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import AfterValidator, Field

from ...document.allowed import not_allowed
from ...document.estimate import Estimate
from ...document.paths import Path
from ...text.languages import message, within_sentence
from ..base import Bridge, Part
from ..pieces import Anything, Conflict, Counted, Metric, Names, Numbers, Values

MOST_PARTS = 12
_PATTERN = "[a-z][a-z0-9]*(_[a-z0-9]+)*"
_IDENTITY = re.compile(_PATTERN)


def _identity(text: str) -> str:
    if not _IDENTITY.fullmatch(text):
        allowed = message(
            "must be small letters, digits and single underscores, and begin with a letter: calls_by_night"
        )
        raise not_allowed("identity", allowed)
    return text


Identity = Annotated[
    str,
    Field(
        title="Id",
        description="A short name for files: small letters, digits and single underscores. Its metrics are called by it.",
        max_length=40,
        json_schema_extra={"pattern": f"^{_PATTERN}$"},
    ),
    AfterValidator(_identity),
]
_TINY = float(np.finfo(float).tiny)
_BRIDGE = Path.of("bridge")


class Composite(Bridge):
    """A bridge of tasks. Its metrics and inputs are those of its parts, each under the part's name: "emails/recall".

    The worth of a case is the average over the parts, weighted with their cases; so all that is told of one task (the
    break-even of a metric, what a pilot reads, the cash flow) is told of several at once.
    """

    letters: ClassVar[Mapping[str, str]] = {}
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # The field that holds the parts.
    rows: ClassVar[str]

    @abstractmethod
    def cases_of(self, part: Part, inputs: Values) -> Numbers:
        """How many of the cases a month belong to a part."""

    @abstractmethod
    def formula_of_part(self, part: Part, inputs: Names) -> str:
        """`cases_of` as a spreadsheet formula of the names of cells."""

    @cached_property
    def members(self) -> tuple[Part, ...]:
        """The parts that have cases of their own."""
        return tuple(part for part in self.parts() if part.prefix)

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics of all parts, each under the part's name and title."""
        return tuple(_named(part, metric) for part in self.parts() for metric in part.task.metrics)

    def cases(self, inputs: Values) -> Numbers:
        return sum((self.cases_of(part, inputs) for part in self.members), 0.0)

    def formula_of_cases(self, inputs: Names) -> str:
        return f"({'+'.join(self.formula_of_part(part, inputs) for part in self.members)})"

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per case, on average over the parts: inputs and metrics are numbers or arrays, which broadcast.

        sum over parts of cases * value / sum of cases. A part without metrics is worth what it is without a model.
        """
        return sum(self.worth_by_part(inputs, metrics).values(), 0.0)

    def worth_by_part(self, inputs: Values, metrics: Values) -> dict[str, Numbers]:
        """What each part adds to the worth of an average case, by the part's id, in money; they sum to the whole."""
        cases = {part.id: self.cases_of(part, inputs) for part in self.members}
        total = np.maximum(sum(cases.values(), 0.0), _TINY)
        return {part.id: cases[part.id] / total * self.worth_of(part, inputs, metrics) for part in self.members}

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells."""
        return self.formula_of_average(inputs, self.formulas_by_part(inputs, metrics))

    def formulas_by_part(self, inputs: Names, metrics: Names) -> dict[str, str]:
        """What a case of each part is worth, by the part's id, as spreadsheet formulas of the names of cells."""
        return {part.id: self._formula(part, inputs, metrics) for part in self.members}

    def _formula(self, part: Part, inputs: Names, metrics: Names) -> str:
        own, measured = self.inputs_of(part, inputs), self.metrics_of(part, metrics)
        if part.is_measured(measured):
            return part.task.formula_per_case(own, measured)
        return part.task.formula_without_model(own)

    def formula_steps(self, inputs: Names, metrics: Names, name: Callable[[str], str]) -> Names:
        """Those of all parts, each under the part's name."""
        found: dict[str, str] = {}
        for part in self.members:
            own, measured = self.inputs_of(part, inputs), self.metrics_of(part, metrics)
            if part.is_measured(measured):
                within = part.task.formula_steps(own, measured, _within(part, name))
                found |= {part.metric(step): formula for step, formula in within.items()}
        return found

    def step_title(self, step: str) -> str:
        part = next(each for each in self.members if step.startswith(each.prefix))
        return said(part.title, within_sentence(part.task.step_title(step.removeprefix(part.prefix))))

    @property
    def follows_volume(self) -> bool:
        return any(part.task.follows_volume for part in self.members)

    def formula_of_average(self, inputs: Names, worths: Names) -> str:
        """The worth of a case from that of each part: a formula, or the name of its cell, by the part's id."""
        summed = "+".join(f"{self.formula_of_part(part, inputs)}*({worths[part.id]})" for part in self.members)
        # No MAX: the worths may be columns of months.
        return f"(({summed})/({self.formula_of_cases(inputs)}+1E-300))"

    def value_without_model(self, inputs: Values) -> Numbers | None:
        return self.value_per_case(inputs, {}) if self.works_without_model else None

    def formula_without_model(self, inputs: Names) -> str:
        return self.formula_per_case(inputs, {})

    @property
    def works_without_model(self) -> bool:
        return all(part.task.works_without_model for part in self.members)

    def settled(self, inputs: Values, metrics: Values) -> Values:
        return {
            part.metric(name): value
            for part in self.members
            if part.is_measured(measured := self.metrics_of(part, metrics))
            for name, value in part.task.settled(self.inputs_of(part, inputs), measured).items()
        }

    def sets(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(part.metric(name) for name in group) for part in self.parts() for group in part.task.sets())

    def missing_today(self, metrics: Mapping[str, Estimate], path: Path) -> list[Path]:
        found = [(part, part.task.missing_today(self._given(part, metrics), path)) for part in self.members]
        return self._asked(found, metrics, path)

    def missing_metrics(self, metrics: Mapping[str, Estimate], path: Path, left: Collection[str] = ()) -> list[Path]:
        touched = [part for part in self.members if part.id not in left]
        found = [(part, part.task.missing_metrics(self._given(part, metrics), path)) for part in touched]
        return self._asked(found, metrics, path)

    def _given(self, part: Part, metrics: Mapping[str, Estimate]) -> dict[str, Estimate]:
        return part.task.given(self.metrics_of(part, metrics))

    def _asked(self, found: Iterable[tuple[Part, list[Path]]], metrics: Mapping[str, Any], path: Path) -> list[Path]:
        asked = (path / self._asked_as(part, hole.last, metrics) for part, holes in found for hole in holes)
        return list(dict.fromkeys(asked))

    def _asked_as(self, part: Part, name: str, metrics: Mapping[str, Any]) -> str:
        """Under which name a metric of a part is asked for that nobody has given."""
        return part.metric(name)

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        found: list[Conflict] = []
        for part in self.members:
            for each in part.task.conflicts(self._given(part, metrics)):
                field, name = each.place
                own = part.metric(name)
                found.append(replace(each, place=(field, own if own in metrics else name)))
        return list({each.place: each for each in found}.values())

    def carried_along(self, inputs: Values, metrics: Values, middle_inputs: Values, middle_metrics: Values) -> Values:
        found: dict[str, Numbers] = {}
        for part in self.members:
            measured = self.metrics_of(part, metrics)
            if part.is_measured(measured):
                middle = self.inputs_of(part, middle_inputs), self.metrics_of(part, middle_metrics)
                moved = part.task.carried_along(self.inputs_of(part, inputs), measured, *middle)
                found |= {part.metric(name): value for name, value in moved.items()}
        return found

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        # A sample of all cases has of each part as many as come up. What parts have in common is counted in all of them.
        found: dict[str, Counted] = {}
        for each in (each for part in self.members for each in self._counted(part, inputs, metrics)):
            before = found.get(each.name)
            if before is None or before.among == each.among:
                found[each.name] = replace(each, portion=each.portion + (before.portion if before else 0.0))
            elif before.portion < each.portion:
                # It is counted among cases that parts do not have in common: in the largest part alone.
                del found[each.name]
                found[each.name] = each
        return [
            replace(each, portion=each.portion / max(found[each.among].portion, _TINY)) if each.among else each
            for each in found.values()
        ]

    def _counted(self, part: Part, inputs: Values, metrics: Values) -> Iterator[Counted]:
        """What is counted in a part, each with the part's portion of all cases."""
        measured = self.metrics_of(part, metrics)
        if not part.is_measured(measured):
            return
        portion = float(np.mean(self.portion(part, inputs)))
        known = {*metrics, *inputs}
        for each in part.task.counted(self.inputs_of(part, inputs), measured):
            among = _known_as(part, each.among, known) if each.among else ""
            yield replace(each, name=_known_as(part, each.name, known), among=among, portion=each.portion * portion)

    def portion(self, part: Part, inputs: Values) -> Numbers:
        """The share of all cases that belongs to a part, 0..1."""
        portion: Numbers = self.cases_of(part, inputs) / np.maximum(self.cases(inputs), _TINY)
        return portion

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        part = max((each for each in self.parts() if metric.startswith(each.prefix)), key=lambda each: len(each.prefix))
        own = cases * self.portion(part, inputs) if part.prefix else cases
        return part.task.reading_error(metric.removeprefix(part.prefix), value, own, self.inputs_of(part, inputs))

    def told_inputs(self) -> dict[str, str]:
        known = {each.name for each in self.inputs()}
        told = (
            (part.metric(name), said(part.title, phrase) if part.prefix else phrase)
            for part in self.parts()
            for name, phrase in part.task.told_inputs().items()
        )
        return {name: phrase for name, phrase in told if name in known}


def said(owner: str, what: str) -> str:
    """What belongs to a part: "Emails: recall"."""
    return message("{owner}: {what}", owner=owner, what=what) if owner else what


def title_of(name: str, number: int) -> str:
    """What people call a part: its name, or its place."""
    return name or message("Part {number}", number=str(number + 1))


def each_once(rows: Sequence[Any]) -> Sequence[Any]:
    """The rows unchanged. Raises what is allowed where two of them have one id, or one name."""
    for what in ("id", "name"):
        counts = Counter(getattr(each, what) for each in rows)
        twice = next((name for name, count in counts.items() if name and count > 1), None)
        if twice is not None:
            raise not_allowed(
                "part_twice", message("each needs an id and a name of its own; {name} stands twice", name=twice)
            )
    return rows


def _known_as(part: Part, name: str, known: Collection[str]) -> str:
    """Under the part's name where the part has it, otherwise under that which all parts share."""
    return part.metric(name) if part.metric(name) in known else name


def _within(part: Part, name: Callable[[str], str]) -> Callable[[str], str]:
    """Which cell holds what a part's own formula calls by its own name."""
    return lambda step: name(part.metric(step))


def under(prefix: str, values: Mapping[str, Anything]) -> dict[str, Anything]:
    """What stands under a part's name, by its name within the part."""
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}


def _named(part: Part, metric: Metric) -> Metric:
    if not part.prefix:
        return metric
    # A part's name begins as the team wrote it, within a sentence too.
    title = said(part.title, metric.phrase)
    return replace(metric, name=part.metric(metric.name), title=title, called=title, within_part=metric.title)
