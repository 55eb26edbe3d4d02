"""The numbers that go into the value model, each with its place in the document and its distribution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel
from scipy.stats import qmc

from ..alternatives import Alternative
from ..bridges import Numbers
from ..estimate import Array, Estimate, quantile_function
from ..fields import quantity_of, takes_estimate
from ..proposal import Proposal

# Points this close to 0 or 1 have no finite normal quantile.
_EDGE = 2.0**-53


@dataclass(frozen=True)
class Input:
    """One number of the model. `path` is its place in the document, `label` its name for people."""

    path: str
    label: str
    estimate: Estimate
    support: tuple[float, float | None]

    @property
    def is_uncertain(self) -> bool:
        """True where the estimate has a width, and so a dimension of the simulation."""
        return not self.estimate.is_certain

    def at(self, probability: Array) -> Array:
        """The input's values at probabilities in (0, 1)."""
        return quantile_function(self.estimate, *self.support)(np.clip(probability, _EDGE, 1 - _EDGE))


def collect(proposal: Proposal, alternatives: Mapping[int, Alternative]) -> list[Input]:
    """All inputs of the proposal's value model, in the document's order."""
    found = [*_section(proposal.bridge, "bridge"), *_section(proposal.returns, "returns")]
    for index, alternative in alternatives.items():
        found.extend(_of_alternative(proposal, index, alternative))
    return found


def _section(section: BaseModel | None, path: str, prefix: str = "") -> Iterator[Input]:
    for name, info in type(section).model_fields.items() if section else ():
        estimate, quantity = getattr(section, name), quantity_of(info)
        if takes_estimate(info) and estimate is not None and quantity is not None:
            yield Input(f"{path}.{name}", f"{prefix}{info.title}", estimate, quantity.support)


def _of_alternative(proposal: Proposal, index: int, alternative: Alternative) -> Iterator[Input]:
    path, prefix = f"alternatives.{index}", f"{alternative.name or 'Unnamed'}: "
    assert proposal.bridge is not None
    for name, estimate in proposal.bridge.given(alternative.metrics).items():
        metric = proposal.bridge.metric_named(name)
        yield Input(f"{path}.metrics.{name}", f"{prefix}{metric.phrase}", estimate, metric.quantity.support)
    for number, cost in enumerate(alternative.costs):
        inputs = _section(cost, f"{path}.costs.{number}")
        yield from (Input(each.path, f"{prefix}{cost.name or 'cost'}", each.estimate, each.support) for each in inputs)
    if not alternative.is_status_quo:
        yield from _section(alternative, path, prefix)


class Sampler:
    """Scrambled Sobol points pushed through the inputs' quantile functions, in blocks.

    Each uncertain input has a dimension of its own, and so has the fate of each alternative. The
    same document and seed give the same draws, and all alternatives see the same ones (common
    random numbers). Independent scrambles ("replicates") give the standard error of a mean.
    """

    def __init__(self, inputs: list[Input], fates: list[str], replicates: int, seed: int) -> None:
        self._constant: dict[str, Numbers] = {each.path: each.estimate.p50 for each in inputs if not each.is_uncertain}
        self._uncertain = [each for each in inputs if each.is_uncertain]
        self._fates = fates
        dimensions = len(self._uncertain) + len(fates)
        self._engines = [
            qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng([seed, replicate]))
            for replicate in range(replicates if dimensions else 0)
        ]

    @property
    def is_certain(self) -> bool:
        """True where nothing is left to chance: one draw says everything."""
        return not self._engines

    def block(self, size: int) -> dict[str, Numbers]:
        """The next `size` points of every replicate: arrays of shape (replicates * size,), by path."""
        values = dict(self._constant)
        if self.is_certain:
            return values
        points = np.concatenate([engine.random(size) for engine in self._engines])
        for column, each in enumerate(self._uncertain):
            values[each.path] = each.at(points[:, column])
        for column, path in enumerate(self._fates, start=len(self._uncertain)):
            values[path] = points[:, column]
        return values
