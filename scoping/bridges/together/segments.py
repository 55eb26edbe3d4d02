"""Segments of the cases: named shares of the volume, with inputs and metrics of their own where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ...document.allowed import allowed_in
from ...document.estimate import Estimate
from ...document.fields import SHARE, Section, Share, estimate_fields, needed, text
from ...document.paths import Path
from ...text.languages import message
from .. import AnyTask
from ..base import Part, Task
from ..pieces import ALONE, BETWEEN, Anything, BridgeInput, Inconsistency, Names, Numbers, Values
from .composite import MOST_PARTS, Composite, Identity, each_once, title_of, under

InputName = Annotated[str, Field(max_length=100)]
_BRIDGE = Path.of("bridge")
_CASES, _SHARE = "cases_per_month", "share"
_TINY = float(np.finfo(float).tiny)
# The likely shares make a whole, but for what rounding takes: three thirds are 33 % each.
_ROUNDING = 0.02


class Segment(Section):
    """A share of the cases that differs from the others."""

    id: Identity
    name: str = text("Segment", "What the team calls these cases: novices, a country, a product line.")
    share: Share | None = needed(
        "Share of the cases", "How many of all cases belong to this segment. The shares of all segments make 100%."
    )
    inputs: dict[InputName, Estimate] = Field(
        default_factory=dict,
        title="Inputs that differ",
        description="What is otherwise in this segment, by input. All others are as for all cases.",
        max_length=50,
    )


class Segments(Composite):
    """One kind of task, whose cases are not all alike."""

    title: ClassVar[str] = message("Segments")
    about: ClassVar[str] = (
        "One kind of work whose cases differ: novices and experts, countries, large and small customers."
    )
    formula: ClassVar[str] = r"v = \frac{\sum_k w_k\, v_k}{\sum_k w_k}"
    in_words: ClassVar[str] = message(
        "Each segment is a share of the cases, and differs in some inputs or in the quality that a model reaches there. "
        "A case is worth the average over the segments."
    )
    source: ClassVar[str] = "Stratified average (Groundwork's own); each segment by the formula of the kind of task"
    rows: ClassVar[str] = "segments"

    kind: Literal["segmented"]
    task: AnyTask | None = needed("Kind of task", "How a technical metric becomes money per case, in all segments.")
    segments: Annotated[
        list[Segment],
        Field(title="Segments", description="Shares of the cases that differ from each other.", max_length=MOST_PARTS),
        AfterValidator(each_once),
    ] = Field(default_factory=list)

    def parts(self) -> tuple[Part, ...]:
        """All cases, and each segment with what differs there."""
        if self.task is None:
            return ()
        own = (
            Part(f"{each.id}/", title_of(each.name, number), self._task_of(each), follows=True)
            for number, each in enumerate(self.segments)
        )
        return (Part("", "", self.task), *own)

    def _task_of(self, segment: Segment) -> Task:
        assert self.task is not None
        known = estimate_fields(type(self.task))
        # What the kind does not have is refused afterwards, and must not take the place of its points until then.
        return self.task.model_copy(update={name: each for name, each in segment.inputs.items() if name in known})

    def inputs(self) -> Iterator[BridgeInput]:
        if self.task is None:
            return
        declared = {each.name: each for each in self.task.inputs()}
        for each in declared.values():
            yield replace(each, keys=("task", *each.keys))
        for number, segment in enumerate(self.segments):
            yield from self._inputs_of(number, segment, declared)

    def _inputs_of(self, number: int, segment: Segment, declared: Mapping[str, BridgeInput]) -> Iterator[BridgeInput]:
        owner, place = title_of(segment.name, number), (self.rows, number)
        share = str(Segment.model_fields[_SHARE].title)
        rank = (self.rows, segment.id)
        yield BridgeInput(
            (*place, _SHARE), f"{segment.id}/{_SHARE}", share, owner, segment.share, SHARE, (*rank, _SHARE)
        )
        for name, estimate in segment.inputs.items():
            if name in declared:
                known = declared[name]
                keys = (*place, "inputs", name)
                yield BridgeInput(
                    keys, f"{segment.id}/{name}", known.title, owner, estimate, known.quantity, (*rank, name)
                )

    def inputs_of(self, part: Part, inputs: Mapping[str, Anything]) -> Mapping[str, Anything]:
        return {**self._for_all(inputs), **(under(part.prefix, inputs) if part.prefix else {})}

    def metrics_of(self, part: Part, metrics: Mapping[str, Anything]) -> Mapping[str, Anything]:
        """Those of the segment; of another set than the segment's own, those for all cases do not hold."""
        shared, own = self._for_all(metrics), under(part.prefix, metrics) if part.prefix else {}
        if ALONE in own:
            return {name: value for name, value in own.items() if name != ALONE}
        named = {name for group in part.task.sets() for name in group}
        if named & set(own):
            chosen = max(part.task.sets(), key=lambda group: (len({*group} & {*own}), len({*group} & {*shared})))
            shared = {name: value for name, value in shared.items() if name in chosen or name not in named}
        return {**shared, **own}

    def defaults(self) -> dict[str, float]:
        """Those for all cases: what a segment does not say is as in all of them."""
        return self.task.defaults() if self.task else {}

    def otherwise(self, name: str, metrics: Mapping[str, Estimate]) -> Estimate | None:
        default = super().otherwise(name, metrics)
        segment = next((each.prefix for each in self.members if name.startswith(each.prefix)), "")
        return default if default is None else metrics.get(name.removeprefix(segment), default)

    def cases_of(self, part: Part, inputs: Values) -> Numbers:
        shares = sum((inputs[each.metric(_SHARE)] for each in self.members), 0.0)
        found: Numbers = inputs[_CASES] * inputs[part.metric(_SHARE)] / np.maximum(shares, _TINY)
        return found

    def formula_of_part(self, part: Part, inputs: Names) -> str:
        shares = "+".join(inputs[each.metric(_SHARE)] for each in self.members)
        return f"({inputs[_CASES]}*{inputs[part.metric(_SHARE)]}/({shares}+1E-300))"

    def missing(self, path: Path = _BRIDGE) -> list[Path]:
        if self.task is None:
            return [path / "task"]
        shares = [path / self.rows / number / _SHARE for number, each in enumerate(self.segments) if each.share is None]
        open_ = [] if self.segments and self.whole is None else [path / self.rows]
        return [*self.task.missing(path / "task"), *open_, *shares]

    def asked(self, path: Path = _BRIDGE) -> list[Path]:
        within = self.task.asked(path / "task") if self.task else []
        shares = [path / self.rows / number / _SHARE for number in range(len(self.segments))]
        return [path / "task", *within, path / self.rows, *shares]

    def _asked_as(self, part: Part, name: str, metrics: Mapping[str, Any]) -> str:
        return part.metric(name) if under(part.prefix, metrics) else name

    def _for_all(self, values: Mapping[str, Anything]) -> dict[str, Anything]:
        """What stands under no segment's name."""
        prefixes = tuple(f"{each.id}/" for each in self.segments)
        return {name: value for name, value in values.items() if not name.startswith(prefixes)}

    def inconsistencies(self) -> Iterator[Inconsistency]:
        """Inputs that the kind of task does not have, values out of their bounds, and ids that a metric's name begins with."""
        if self.task is not None:
            yield from self._taken_for_metrics(self.task)
            known = {each.name: each.quantity for each in self.task.inputs() if each.name != _CASES}
            for number, segment in enumerate(self.segments):
                yield from _not_known(segment, (self.rows, number, "inputs"), known)

    def _taken_for_metrics(self, task: Task) -> Iterator[Inconsistency]:
        """A metric of all cases that a team calls "novices/score" would be taken for the score of the novices."""
        for number, segment in enumerate(self.segments):
            if any(each.name.startswith(f"{segment.id}{BETWEEN}") for each in task.metrics):
                allowed = message("must be another than what the metric's name begins with")
                yield (self.rows, number, "id"), segment.id, allowed

    @property
    def whole(self) -> float | None:
        """What the likely shares make, where they make no whole; None where they do, or one is still empty."""
        shares = [each.share.p50 for each in self.segments if each.share is not None]
        is_whole = len(shares) < len(self.segments) or not shares or abs(sum(shares) - 1) <= _ROUNDING
        return None if is_whole else sum(shares)


def _not_known(segment: Segment, place: tuple[str | int, ...], known: Mapping[str, Any]) -> Iterator[Inconsistency]:
    for name, estimate in segment.inputs.items():
        if name not in known:
            allowed = message("is not an input of this kind of task; allowed: {names}", names=", ".join(known))
            yield (*place, name), name, allowed
            continue
        try:
            known[name].check(estimate)
        except PydanticCustomError as refused:
            yield (*place, name), estimate.model_dump(), allowed_in(refused.context)
