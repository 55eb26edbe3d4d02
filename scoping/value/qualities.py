"""How good each alternative is: its own technical metrics, the defaults, and today's in what it leaves as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..bridges import ALONE, Bridge, Numbers, Part
from ..document.alternatives import Alternative
from ..document.estimate import Estimate
from ..document.paths import Path
from ..document.proposal import Proposal
from .places import place_of


@dataclass(frozen=True)
class Qualities:
    """The technical metrics of a proposal's alternatives, each known by its index in the document."""

    proposal: Proposal
    bridge: Bridge
    status_quo: tuple[int, Alternative]

    def metrics_of(self, index: int, values: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """An alternative's technical metrics, with the defaults of those that it leaves out."""
        defaults, places, left = self._metric_sources[index]
        return {**defaults, **{name: values[path] for name, path in places.items()}, **left}

    @cached_property
    def _metric_sources(self) -> list[tuple[dict[str, float], dict[str, Path], dict[str, float]]]:
        """For each alternative its defaults, the places of its metrics, and what holds in parts that it leaves.

        Kept: a search for a break-even asks for it at every step.
        """
        return [
            (
                self.defaults(index),
                self.metric_places(index),
                {part.metric(ALONE): 0.0 for part in self.left_parts(index)},
            )
            for index in range(len(self.proposal.alternatives))
        ]

    def defaults(self, index: int) -> dict[str, float]:
        """What holds of the metrics that an alternative need not give; in parts that it leaves, as today."""
        left = self.left_parts(index)
        today = {part.metric(name): default for part in left for name, default in part.task.defaults().items()}
        return {**self.bridge.defaults(), **today}

    def metric_places(self, index: int) -> dict[str, Path]:
        """Where an alternative's metrics stand, by name: its own, and today's in the parts that it leaves as they are."""
        own = {name: place_of(index, "metrics", name) for name in self.given(index)}
        return {**own, **self._left_to_today(index)}

    def given(self, index: int) -> dict[str, Estimate]:
        """An alternative's own metrics, but for those of parts that it leaves as they are today."""
        left = tuple(part.prefix for part in self.left_parts(index))
        given = self.bridge.given(self.proposal.alternatives[index].metrics)
        return {name: each for name, each in given.items() if not name.startswith(left)} if left else given

    def _left_to_today(self, index: int) -> dict[str, Path]:
        before, today = self.status_quo
        places = {name: place_of(before, "metrics", name) for name in self.bridge.given(today.metrics)}
        return {
            part.metric(name): path
            for part in self.left_parts(index)
            for name, path in self.bridge.metrics_of(part, places).items()
        }

    def left_parts(self, index: int) -> list[Part]:
        """The streams or segments that an alternative leaves as they are today."""
        left = self.proposal.alternatives[index].left_as_today
        return [part for part in self.bridge.members if part.id in left] if left else []

    def qualities(self, index: int) -> dict[str, Estimate]:
        """Those of an alternative's own metrics that say how good a model is."""
        return self.bridge.qualities(self.given(index))
