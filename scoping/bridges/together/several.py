"""Several streams of value in one proposal, each with its own kind of task and its own cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from ...document.fields import Section, needed, text
from ...document.paths import Path
from ...text.languages import message
from .. import AnyTask
from ..base import Part
from ..pieces import Anything, BridgeInput, Names, Numbers, Values
from .composite import MOST_PARTS, Composite, Identity, each_once, title_of, under

_BRIDGE = Path.of("bridge")


class Stream(Section):
    """One stream of value: a task with its cases."""

    id: Identity
    name: str = text("Stream", "What the team calls this part of the work: invoices, questions by mail.")
    task: AnyTask | None = needed("Kind of task", "How a technical metric becomes money per case in this stream.")


class Several(Composite):
    """Streams of value, added up."""

    title: ClassVar[str] = message("Several streams")
    about: ClassVar[str] = "More than one kind of work: automate some, speed up the rest, with fewer errors in both."
    formula: ClassVar[str] = r"v = \frac{\sum_k n_k\, v_k}{\sum_k n_k}"
    in_words: ClassVar[str] = message(
        "Each stream has its own kind of task, its own cases and its own metrics. What they are worth is added up; a "
        "case is worth the average over all of them."
    )
    source: ClassVar[str] = "A sum of independent uses (Groundwork's own); each stream by the formula of its kind"
    rows: ClassVar[str] = "streams"

    kind: Literal["several"]
    streams: Annotated[
        list[Stream],
        Field(
            title="Streams", description="The streams of value, each with its own kind of task.", max_length=MOST_PARTS
        ),
        AfterValidator(each_once),
    ] = Field(default_factory=list)

    def parts(self) -> tuple[Part, ...]:
        """The streams whose kind of task is known."""
        return tuple(
            Part(f"{each.id}/", title_of(each.name, number), each.task)
            for number, each in enumerate(self.streams)
            if each.task is not None
        )

    def inputs(self) -> Iterator[BridgeInput]:
        for number, each in enumerate(self.streams):
            for found in each.task.inputs() if each.task else ():
                yield replace(
                    found,
                    keys=("streams", number, "task", *found.keys),
                    name=f"{each.id}/{found.name}",
                    owner=title_of(each.name, number),
                    rank=("streams", each.id, found.name),
                )

    def inputs_of(self, part: Part, inputs: Mapping[str, Anything]) -> Mapping[str, Anything]:
        return under(part.prefix, inputs)

    def metrics_of(self, part: Part, metrics: Mapping[str, Anything]) -> Mapping[str, Anything]:
        return under(part.prefix, metrics)

    def cases_of(self, part: Part, inputs: Values) -> Numbers:
        return part.task.cases(self.inputs_of(part, inputs))

    def formula_of_part(self, part: Part, inputs: Names) -> str:
        return part.task.formula_of_cases(self.inputs_of(part, inputs))

    def missing(self, path: Path = _BRIDGE) -> list[Path]:
        if not self.streams:
            return [path / "streams"]
        places = [(path / "streams" / number / "task", each.task) for number, each in enumerate(self.streams)]
        return [hole for place, task in places for hole in (task.missing(place) if task else [place])]

    def asked(self, path: Path = _BRIDGE) -> list[Path]:
        places = [(path / "streams" / number / "task", each.task) for number, each in enumerate(self.streams)]
        within = [hole for place, task in places for hole in (place, *(task.asked(place) if task else ()))]
        return [path / "streams", *within]
