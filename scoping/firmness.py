"""How firm a verdict is, and what would change it.

The verdict is worked out again with other seeds, and with each uncertain input held at its P10 and at its P90; and
for every input the smallest change of its P50 is sought that gives another verdict. Everything else stays as it is:
one-way analysis after Howard 1988, Decision Analysis: Practice and Promise, Management Science 34(6); thresholds as in
Clemen and Reilly 2013, Making Hard Decisions, ch. 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .document.paths import Path
from .value.inputs import Input
from .value.model import ValueModel
from .value.simulate import Simulation
from .value.trial import Trial
from .vocabulary import Recommendation, Unit

# Enough for a verdict that is worked out hundreds of times.
DRAWS = 1_024
_SEEDS = 4
# How far an input without an upper bound is moved, as a multiple of its P90; of one at 0 nothing is known.
_FURTHEST = 10.0
# A flip is sought until it is known to so much of its distance from today's value, or to so much of that value.
_CLOSE, _NEXT_TO_NOTHING = 0.01, 1e-4
_MOST_HALVINGS = 20
# With another seed, every input is another one.
_ANYTHING: Path | None = None
_MOST_FLIPS = 8
# Of very many inputs, those that nobody doubts are left alone.
_MOST_INPUTS = 80

Judge = Callable[[Simulation, Path | None], Recommendation]
"""The verdict on what a simulation says in which one input was changed, or none."""


@dataclass(frozen=True)
class Flip:
    """The smallest change of one input that gives another verdict: its P50 today, the value from which, what then."""

    input: Path
    label: str
    unit: Unit
    today: float
    value: float
    becomes: Recommendation

    @property
    def distance(self) -> float:
        """How far away it is, as a share of today's value; a change from zero counts as far."""
        return abs(self.value - self.today) / abs(self.today) if self.today else 1.0 + abs(self.value)


@dataclass(frozen=True)
class Firmness:
    """In how many of the trials the verdict is the same, what came out in the others, and the nearest flips.

    others holds each other verdict and in how many trials it came out, most often first.
    """

    holds: int
    trials: int
    others: tuple[tuple[Recommendation, int], ...]
    flips: tuple[Flip, ...]


def firmness(model: ValueModel, recommendation: Recommendation, judge: Judge, seed: int) -> Firmness:
    """How firm a recommendation on a model is. Costs some hundreds of verdicts: for those who look at it."""
    return _Search(model, recommendation, judge, seed).firmness()


class _Search:
    def __init__(self, model: ValueModel, recommendation: Recommendation, judge: Judge, seed: int) -> None:
        self._model, self._now, self._judge, self._seed = model, recommendation, judge, seed
        self._trial = Trial(model, DRAWS, seed)
        self._known: dict[tuple[Path, float], Recommendation] = {}

    def firmness(self) -> Firmness:
        """The trials counted, and the nearest flips."""
        found = Counter(self._trials())
        flips = [flip for each in self._tried() if (flip := self._nearest(each)) is not None]
        nearest = sorted(flips, key=lambda flip: flip.distance)[:_MOST_FLIPS]
        others = tuple((other, count) for other, count in found.most_common() if other is not self._now)
        return Firmness(found[self._now], found.total(), others, tuple(nearest))

    def _tried(self) -> list[Input]:
        inputs = self._model.inputs
        return [each for each in inputs if each.is_uncertain or len(inputs) <= _MOST_INPUTS]

    def _trials(self) -> Iterator[Recommendation]:
        """The verdict with other seeds, and with each uncertain input at its P10 and its P90."""
        for number in range(1, _SEEDS + 1):
            yield self._judge(Trial(self._model, DRAWS, self._seed + number).simulation(), _ANYTHING)
        for each in self._model.inputs:
            if each.is_uncertain:
                yield self._at(each, each.estimate.p10)
                yield self._at(each, each.estimate.p90)

    def _at(self, each: Input, value: float) -> Recommendation:
        place = (each.path, value)
        if place not in self._known:
            self._known[place] = self._judge(self._trial.simulation(each.path, value), each.path)
        return self._known[place]

    def _nearest(self, each: Input) -> Flip | None:
        """The nearer of the two changes, up or down."""
        found = [flip for end in _ends(each) if (flip := self._towards(each, end)) is not None]
        return min(found, key=lambda flip: flip.distance, default=None)

    def _towards(self, each: Input, end: float) -> Flip | None:
        """Halves the way to the first place at which the verdict is another one; None where it is nowhere so."""
        today = same = each.estimate.p50
        for other in _on_the_way(each, end):
            if self._at(each, other) is not self._now:
                break
            same = other
        else:
            return None
        for _ in range(_MOST_HALVINGS):
            if abs(other - same) <= max(_CLOSE * abs(other - today), _NEXT_TO_NOTHING * abs(today)):
                break
            middle = (same + other) / 2
            same, other = (middle, other) if self._at(each, middle) is self._now else (same, middle)
        return Flip(each.path, each.label, each.quantity.unit, today, other, self._at(each, other))


def _on_the_way(each: Input, end: float) -> list[float]:
    """The end, and before it the quantile at which the verdict is known already."""
    today, quantile = each.estimate.p50, each.estimate.p90 if end > each.estimate.p50 else each.estimate.p10
    return [quantile, end] if min(today, end) < quantile < max(today, end) else [end]


def _ends(each: Input) -> Iterator[float]:
    """The least and the most that the input is moved to."""
    quantity, today = each.quantity, each.estimate.p50
    most = quantity.upper if quantity.bounded else min(quantity.upper, _FURTHEST * abs(each.estimate.p90))
    yield from (end for end in (quantity.lower, most) if end != today)
