"""The ways that are open today, and which is worth most: commit to an alternative, run the pilot first, or do nothing.

The expected value of each is compared under common random numbers, and with its simulation error: two ways whose
difference is within that error are a tie. Source: Raiffa and Schlaifer 1961, Applied Statistical Decision Theory
(choose the act with the highest expected value); Law 2015, Simulation Modeling and Analysis, ch. 10.2 (paired
differences of replications).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from ..document.alternatives import Alternative
from ..document.estimate import Array
from .figures import by_replicate
from .simulate import Simulation
from .stages import Staged

# A difference of fewer standard errors than this may be noise.
_NOISE = 2.0
_ROUNDING = 1e-9
# Less than half a cent is no money.
_NOTHING = 0.005


class WayKind(StrEnum):
    """What is decided today, from what binds least to what binds most."""

    NOTHING = "nothing"
    WITHOUT_MODEL = "without_model"
    PILOT = "pilot"
    MODEL = "model"


_LEAST_BINDING_FIRST = tuple(WayKind)


@dataclass(frozen=True)
class Way:
    """One way: its expected NPV (money), and the same by independent replicate, shape (replicates,).

    index is the alternative that is committed to, or that the pilot measures; None for doing nothing. resting_on is
    the expected NPV of that alternative.
    """

    kind: WayKind
    index: int | None
    expected: float
    replicates: Array
    resting_on: float = 0.0

    def is_level_with(self, other: Way) -> bool:
        """True where the two differ by no more than their simulation error, or by rounding."""
        difference = self.replicates - other.replicates
        error = float(difference.std(ddof=1) / np.sqrt(difference.size)) if difference.size > 1 else 0.0
        scale = max(abs(self.expected), abs(other.expected))
        return abs(self.expected - other.expected) <= max(_NOISE * error, _ROUNDING * scale, _NOTHING)


@dataclass(frozen=True)
class Choice:
    """The way to go, and the others that are worth as much as far as the simulation can tell.

    Of ways that are level, the one that binds least is chosen: what is worth no more needs no commitment.
    """

    best: Way
    level: tuple[Way, ...]
    ways: tuple[Way, ...]

    def of_kind(self, *kinds: WayKind) -> Way | None:
        """The best way of these kinds."""
        return max((way for way in self.ways if way.kind in kinds), key=lambda way: way.expected, default=None)


def choose(
    valued: Mapping[int, Alternative],
    simulation: Simulation,
    staged: Staged | None,
    unreachable: Collection[int] = (),
    without_tails: Mapping[int, float] = MappingProxyType({}),
) -> Choice:
    """The way with the highest expected NPV; the status quo counts as 0.

    unreachable names, by index, the models whose break-even nobody can reach: they are no ways. without_tails holds
    expected NPV (money) of alternatives that rest on a tail that nobody gave, without it: that is what they count.
    """
    open_to = {index: each for index, each in valued.items() if index not in unreachable}
    piloted = staged if staged and staged.index not in unreachable else None
    ways = _ways(open_to, simulation, piloted)
    ways = [_without_tail(way, without_tails) for way in ways]
    top = max(ways, key=lambda way: way.expected)
    level = [way for way in ways if way is top or way.is_level_with(top)]
    best = min(level, key=lambda way: (_LEAST_BINDING_FIRST.index(way.kind), -way.expected))
    return Choice(best, tuple(way for way in level if way is not best), tuple(ways))


def _ways(valued: Mapping[int, Alternative], simulation: Simulation, staged: Staged | None) -> Sequence[Way]:
    committed = [_commitment(index, each, simulation) for index, each in valued.items()]
    pilot = [_pilot(staged, simulation)] if staged else []
    runs = min((way.replicates.size for way in committed), default=1)
    return [Way(WayKind.NOTHING, None, 0.0, np.zeros(runs)), *committed, *pilot]


def _without_tail(way: Way, without_tails: Mapping[int, float]) -> Way:
    """The way by what it is worth without the tail; a pilot of it is worth less by as much."""
    if way.index is None or way.index not in without_tails:
        return way
    less = without_tails[way.index] - way.resting_on
    return replace(way, expected=way.expected + less, replicates=way.replicates + less)


def _commitment(index: int, alternative: Alternative, simulation: Simulation) -> Way:
    expected = simulation.outcomes[index].expected
    kind = WayKind.MODEL if alternative.is_machine_learning else WayKind.WITHOUT_MODEL
    mean = float(expected.mean())
    return Way(kind, index, mean, by_replicate(expected).mean(axis=1), mean)


def _pilot(staged: Staged, simulation: Simulation) -> Way:
    mean = float(simulation.outcomes[staged.index].expected.mean())
    return Way(WayKind.PILOT, staged.index, staged.npv, staged.replicates, mean)
