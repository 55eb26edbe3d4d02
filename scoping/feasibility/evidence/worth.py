"""What an alternative is worth once it is live, as a function of its metrics: money on a measured quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...bridges import Numbers, Part
from ...document.estimate import Array, Estimate
from ...document.proposal import Proposal
from ...value.model import ValueModel, value_model
from ...value.simulate import simulate

_DRAWS, _SEED = 2_048, 1
_CERTAIN = Estimate.of(1.0)


def as_if_live(
    proposal: Proposal, index: int, metrics: Mapping[str, Estimate] | None = None
) -> tuple[ValueModel, int] | None:
    """The model of one alternative that is sure to reach production, and its place in it; None while it lacks figures.

    That a model may not be good enough is what is asked here: it must not be counted twice. `metrics` stand instead
    of its own where they are given.
    """
    changes = {"success_probability": _CERTAIN, **({} if metrics is None else {"metrics": dict(metrics)})}
    changed = [*proposal.alternatives]
    changed[index] = changed[index].model_copy(update=changes)
    kept = [number for number, each in enumerate(changed) if each.is_status_quo or number == index]
    alone = {"alternatives": [changed[number] for number in kept], "correlations": [], "grounds": [], "evidence": []}
    model, place = value_model(proposal.model_copy(update=alone)), kept.index(index)
    return (model, place) if model is not None and place in model.valued else None


class Worth:
    """Expected NPV (money) of an alternative that goes live, for metrics of one part of its work.

    Everything else is drawn as the team says, in the same futures for every quality.
    """

    def __init__(self, model: ValueModel, index: int, part: Part) -> None:
        self._model, self._index, self._part = model, index, part
        simulation = simulate(model, _DRAWS, _SEED, in_detail=False)
        self._values, self._kept = simulation.values, simulation.outcomes[index].kept

    @classmethod
    def of(cls, proposal: Proposal, index: int, part: Part, names: Sequence[str]) -> Worth | None:
        """Of one alternative with these metrics of a part; None while something else of it is missing."""
        own = {part.metric(metric.name) for metric in part.task.metrics}
        others = {name: each for name, each in proposal.alternatives[index].metrics.items() if name not in own}
        given = {**others, **{part.metric(name): Estimate.of(0.5) for name in names}}
        live = as_if_live(proposal, index, given)
        return None if live is None else cls(*live, part)

    def best(self, points: Mapping[str, Array]) -> int:
        """The place of the threshold worth most, all other inputs as expected: it is chosen before the future is known."""
        model = self._model
        shared = model.shared_of(model.expected)
        own = {**model.metrics_of(self._index, model.expected), **self._named(points)}
        return int(
            np.argmax(np.broadcast_to(model.bridge.value_per_case(shared, own), next(iter(points.values())).shape))
        )

    def at(self, points: Mapping[str, Array]) -> Array:
        """Expected NPV at each of several qualities, metrics of shape (qualities,): shape (qualities,)."""
        override: dict[str, Numbers] = {name: value[:, None] for name, value in self._named(points).items()}
        gain = self._model.gain(self._index, self._values, override)
        count = next(iter(points.values())).size
        found = np.asarray(self._kept.valued(gain).expected)
        return np.asarray(np.broadcast_to(found, (count, found.shape[-1])).mean(axis=1))

    def _named(self, points: Mapping[str, Array]) -> dict[str, Array]:
        return {self._part.metric(name): np.asarray(value, float) for name, value in points.items()}
