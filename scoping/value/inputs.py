"""The numbers that go into the value model, each with its place in the document and its distribution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel
from scipy.special import ndtr, ndtri

from ..bridges import Bridge, Numbers
from ..document.alternatives import Alternative, Cost, name_of
from ..document.correlations import Correlation, copula
from ..document.ends import Ends
from ..document.estimate import Array, Estimate, mean_of, quantile_function
from ..document.fields import Quantity, estimate_fields
from ..document.paths import Path
from ..document.proposal import Proposal
from ..text.languages import message, within_sentence
from .memory import found_or_made, remembered

if TYPE_CHECKING:
    from scipy.stats import qmc

# Points this close to 0 or 1 have no finite normal quantile.
_EDGE = 2.0**-53
# A tail is long whose mean is more than so many times that of all.
_LONG = 10.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
# Quantiles, the ends from which they follow if they do, bounds of the distribution, largest value.
Law = tuple[tuple[float, float, float], Ends | None, tuple[float, float | None], float]


@dataclass(frozen=True)
class Input:
    """One number of the model. `path` is its place in the document, `title` its name for people.

    `owner` is the alternative that it belongs to; empty where all share it.

    `key` orders the dimensions of the simulation; it names alternatives, not their places, so that
    another order of the alternatives changes no figure.
    """

    path: Path
    key: Path
    owner: str
    title: str
    estimate: Estimate
    quantity: Quantity

    @property
    def label(self) -> str:
        """The name with the alternative's before it."""
        return owned(self.owner, self.title) if self.owner else self.title

    @property
    def is_uncertain(self) -> bool:
        """True where the estimate has a width, and so a dimension of the simulation."""
        return not self.estimate.is_certain

    @property
    def law(self) -> Law:
        """Its distribution: quantiles or ends, the bounds between which they lie, and the largest value of its field."""
        estimate, quantity = self.estimate, self.quantity
        return (estimate.p10, estimate.p50, estimate.p90), estimate.ends, quantity.support, quantity.upper

    @property
    def is_open_ended(self) -> bool:
        """True where nothing says how large the input may be: neither its quantity, nor those who gave its maximum."""
        return not self.quantity.bounded and self.estimate.ends is None

    def at(self, probability: Array) -> Array:
        """The input's values at probabilities in (0, 1), never beyond what its field allows."""
        return _values_at(self.law, probability)

    def end(self, size: int) -> float | None:
        """What stands for the last 1/size of the probability: the mean over it, where that is a long tail.

        Otherwise a mean would rest on where the single point that falls there happens to be. None
        where the tail is not long: its mean is at most some ten times that of all.
        """
        return _end(self.law, size) if self.is_open_ended else None


def _estimate(law: Law) -> Estimate:
    quantiles, ends, *_ = law
    return Estimate.of(*quantiles) if ends is None else Estimate.between(*ends.numbers)


def _values_at(law: Law, probability: Array) -> Array:
    _, _, support, upper = law
    quantile = quantile_function(_estimate(law), *support)
    with np.errstate(over="ignore"):
        drawn = quantile(np.clip(probability, _EDGE, 1 - _EDGE))
    return np.minimum(drawn, upper)


@lru_cache(maxsize=4_096)
def _end(law: Law, size: int) -> float | None:
    # Gauss and Legendre's rule in the normal deviate.
    start, last = ndtri(1 - 1 / size), ndtri(1 - _EDGE)
    deviate = (start + last + (last - start) * _NODES) / 2
    weight = _WEIGHTS * np.exp(-(deviate**2) / 2)
    beyond = float(_values_at(law, ndtr(deviate)) @ weight / weight.sum())
    _, _, (lower, upper), _ = law
    return beyond if beyond - lower > _LONG * (mean_of(_estimate(law), lower, upper) - lower) else None


def collect(proposal: Proposal, alternatives: Mapping[int, Alternative]) -> list[Input]:
    """All inputs of the proposal's value model, in the document's order."""
    found = [*_of_bridge(proposal.bridge), *_section(proposal.returns, Path.of("returns"))]
    for index, alternative in alternatives.items():
        found.extend(_of_alternative(proposal, index, alternative))
    return found


def _of_bridge(bridge: Bridge | None) -> Iterator[Input]:
    for each in bridge.inputs() if bridge else ():
        if each.estimate is not None:
            path, title = Path.of("bridge", *each.keys), message(each.title)
            key = Path.of("bridge", *each.rank) if each.rank else path
            yield Input(
                path, key, each.owner, within_sentence(title) if each.owner else title, each.estimate, each.quantity
            )


def _section(
    section: BaseModel | None, path: Path, key: Path | None = None, owner: str = "", label: str = ""
) -> Iterator[Input]:
    if section is None:
        return
    for name, quantity in estimate_fields(type(section)).items():
        info, estimate = type(section).model_fields[name], getattr(section, name)
        if estimate is not None:
            title = message(str(info.title))
            said = label or (within_sentence(title) if owner else title)
            yield Input(path / name, (key or path) / name, owner, said, estimate, quantity)


def _of_alternative(proposal: Proposal, index: int, alternative: Alternative) -> Iterator[Input]:
    path, key = Path.of("alternatives", index), Path.of("alternatives", alternative.name)
    owner = name_of(alternative, index)
    assert proposal.bridge is not None
    for name, estimate in proposal.bridge.given(alternative.metrics).items():
        metric = proposal.bridge.metric_named(name)
        places = (path / "metrics" / name, key / "metrics" / name)
        yield Input(*places, owner, metric.phrase, estimate, metric.quantity)
    for number, cost in enumerate(alternative.costs):
        places = (path / "costs" / number, key / "costs" / number)
        yield from _of_cost(cost, *places, owner)
    if not alternative.is_status_quo:
        yield from _section(alternative, path, key, owner)


def _of_cost(cost: Cost, path: Path, key: Path, owner: str) -> Iterator[Input]:
    """A cost's amount bears its name; what else is known of it, both."""
    name = cost.name or message("cost")
    for each in _section(cost, path, key, owner):
        yield replace(
            each, title=name if each.path.last == "amount" else message("{cost}, {part}", cost=name, part=each.title)
        )


def owned(owner: str, what: str) -> str:
    """An input of an alternative: "Deep learning: recall"."""
    return message("{owner}: {what}", owner=owner, what=what)


@remembered
def _first_points(dimensions: int, replicates: int, seed: int, size: int) -> Array:
    """The first `size` points of each of the scrambles: shape (replicates * size, dimensions)."""
    return np.concatenate([engine.random(size) for engine in _scrambled(dimensions, replicates, seed)])


def _with_end(drawn: Array, points: Array, end: float | None, size: int) -> Array:
    return drawn if end is None else np.where(points >= 1 - 1 / size, end, drawn)


def _scrambled(dimensions: int, replicates: int, seed: int) -> list[qmc.Sobol]:
    """Independent scrambles of the same Sobol points."""
    from scipy.stats import qmc  # slow to import: most who import scoping draw nothing

    return [
        qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng([seed, replicate]))
        for replicate in range(replicates)
    ]


class Sampler:
    """Scrambled Sobol points pushed through the inputs' quantile functions, in blocks.

    Each uncertain input has a dimension of its own, and so has each of the `chances` (a uniform
    number under that name: whether an alternative reaches production, say). The same document and
    seed give the same draws, and all alternatives see the same ones (common random numbers).
    Independent scrambles ("replicates") give the standard error of a mean. Correlated inputs are
    joined by a Gaussian copula, which keeps each one's own distribution.
    """

    def __init__(
        self,
        inputs: Sequence[Input],
        chances: Sequence[str] = (),
        correlations: Sequence[Correlation] = (),
        *,
        replicates: int,
        seed: int,
    ) -> None:
        self._constant: dict[str, Numbers] = {each.path: each.estimate.p50 for each in inputs if not each.is_uncertain}
        self._uncertain = sorted((each for each in inputs if each.is_uncertain), key=lambda each: each.key)
        self._chances = list(chances)
        self._joined, self._root = self._copula(correlations)
        dimensions = len(self._uncertain) + len(self._chances)
        self._kind = (dimensions, replicates, seed)
        self._engines: list[qmc.Sobol] = []
        self._drawn_before = 0

    def _copula(self, correlations: Sequence[Correlation]) -> tuple[list[int], Array]:
        """The columns of the inputs that move together, and the square root of their correlation matrix."""
        column: dict[str, int] = {each.path: number for number, each in enumerate(self._uncertain)}
        free = [each for each in correlations if each.first in column and each.second in column]
        paths, matrix = copula(free)
        variances, directions = np.linalg.eigh(matrix)
        root = directions @ np.diag(np.sqrt(np.maximum(variances, 0.0))) @ directions.T
        return [column[path] for path in paths], np.asarray(root)

    @property
    def is_certain(self) -> bool:
        """True where nothing is left to chance: one draw says everything."""
        return not self._kind[0]

    def block(self, size: int) -> dict[str, Numbers]:
        """The next `size` points of every replicate: arrays of shape (replicates * size,), by path."""
        values = dict(self._constant)
        if self.is_certain:
            return values
        points = self._points(size)
        if self._joined:
            points = points.copy()
            normal = ndtri(np.clip(points[:, self._joined], _EDGE, 1 - _EDGE))
            points[:, self._joined] = ndtr(normal @ self._root)
        for column, each in enumerate(self._uncertain):
            values[each.path] = self._drawn(each, column, points[:, column], size)
        for column, name in enumerate(self._chances, start=len(self._uncertain)):
            values[name] = points[:, column]
        return values

    def _points(self, size: int) -> Array:
        """The next points. The first ones of a simulation are the same as those of the last one with so many inputs."""
        before, self._drawn_before = self._drawn_before, self._drawn_before + size
        if not before:
            return _first_points(*self._kind, size)
        if not self._engines:
            self._engines = _scrambled(*self._kind)
            for engine in self._engines:
                engine.fast_forward(before)
        return np.concatenate([engine.random(size) for engine in self._engines])

    def _drawn(self, each: Input, column: int, points: Array, size: int) -> Array:
        if column in self._joined:
            return each.at(points)
        if self._drawn_before == size:
            # An input's values at the first points follow from its own distribution and place alone.
            key = ("first values", each.law, *self._kind, size, column)
            return found_or_made(key, lambda: _with_end(each.at(points), points, each.end(size), size))
        return _with_end(each.at(points), points, each.end(size), size)
