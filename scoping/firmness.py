"""How firm a verdict is, and what would change it.

The verdict is worked out again with other seeds, and with each uncertain input held at its P10 and at its P90; and
for every input the smallest change of its P50 is sought that gives another verdict. Everything else stays as it is:
one-way analysis after Howard 1988, Decision Analysis: Practice and Promise, Management Science 34(6); thresholds as in
Clemen and Reilly 2013, Making Hard Decisions, ch. 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .document.estimate import Estimate
from .document.paths import Path
from .value.inputs import Input
from .value.model import ValueModel
from .vocabulary import Recommendation, Unit

_SEEDS = 4
# How far an input without an upper bound is moved, as a multiple of its P90; of one at 0 nothing is known.
_FURTHEST = 10.0
_HALVINGS = 7
_MOST_FLIPS = 8

Judge = Callable[[ValueModel, int], Recommendation]
"""The verdict on a model that is a little different, with a seed."""


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
    """How firm a recommendation on a model is. Costs some dozens of verdicts: for those who look at it."""
    found = Counter(judge(*trial) for trial in _trials(model, seed))
    flips = [flip for each in model.inputs if (flip := _nearest(model, each, recommendation, judge, seed)) is not None]
    nearest = sorted(flips, key=lambda flip: flip.distance)[:_MOST_FLIPS]
    others = tuple((other, count) for other, count in found.most_common() if other is not recommendation)
    return Firmness(found[recommendation], found.total(), others, tuple(nearest))


def _trials(model: ValueModel, seed: int) -> Iterator[tuple[ValueModel, int]]:
    """The model with other seeds, and with each uncertain input at its P10 and its P90."""
    yield from ((model, seed + number) for number in range(1, _SEEDS + 1))
    for each in model.inputs:
        if each.is_uncertain:
            yield _with(model, each, each.estimate.p10), seed
            yield _with(model, each, each.estimate.p90), seed


def _with(model: ValueModel, changed: Input, value: float) -> ValueModel:
    """The model with one input that is certain."""
    fixed = replace(changed, estimate=Estimate.of(value))
    return replace(model, inputs=tuple(fixed if each is changed else each for each in model.inputs))


def _nearest(model: ValueModel, each: Input, now: Recommendation, judge: Judge, seed: int) -> Flip | None:
    """The nearer of the two changes, up or down."""
    found = [flip for end in _ends(each) if (flip := _towards(model, each, end, now, judge, seed)) is not None]
    return min(found, key=lambda flip: flip.distance, default=None)


def _ends(each: Input) -> Iterator[float]:
    """The least and the most that the input is moved to."""
    quantity, today = each.quantity, each.estimate.p50
    most = quantity.upper if quantity.bounded else min(quantity.upper, _FURTHEST * abs(each.estimate.p90))
    yield from (end for end in (quantity.lower, most) if end != today)


def _towards(model: ValueModel, each: Input, end: float, now: Recommendation, judge: Judge, seed: int) -> Flip | None:
    """Halves the way to an end at which the verdict is another one; None where it is not."""
    becomes = judge(_with(model, each, end), seed)
    if becomes is now:
        return None
    same, other = each.estimate.p50, end
    for _ in range(_HALVINGS):
        middle = (same + other) / 2
        found = judge(_with(model, each, middle), seed)
        same, other, becomes = (middle, other, becomes) if found is now else (same, middle, found)
    return Flip(each.path, each.label, each.quantity.unit, each.estimate.p50, other, becomes)
