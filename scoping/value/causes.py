"""Causes of failure that alternatives share: without the sensor data, none of those that need them goes live.

Each alternative keeps its own chance of reaching production; a cause says which of them fail together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..bridges import Numbers
from ..document.paths import Path
from ..document.proposal import Proposal

# Keeps divisions finite.
_SMALLEST = 1e-12
_CAUSES = Path.of("returns", "shared_causes")


@dataclass(frozen=True)
class Cause:
    """One shared cause: its chance to come true, where a draw keeps whether it does, and whose fates rest on it."""

    name: str
    probability: float
    fates: frozenset[str]

    @property
    def draw(self) -> str:
        """The name of the uniform number that says whether it comes true."""
        return _CAUSES / self.name


def shared_causes(proposal: Proposal, fates: Mapping[int, str]) -> list[Cause]:
    """The causes that join fates, in an order that does not depend on the document's.

    fates are those in doubt, by the alternative's index. What is certain, or named by one of them alone, joins none.
    """
    found = [
        Cause(each.name, each.probability, frozenset(_resting_on(proposal, each.name, fates)))
        for each in proposal.returns.shared_causes
        if each.name and each.probability is not None and each.probability < 1
    ]
    return sorted((each for each in found if len(each.fates) > 1), key=lambda each: each.name)


def _resting_on(proposal: Proposal, cause: str, fates: Mapping[int, str]) -> Iterable[str]:
    return (fate for index, fate in fates.items() if cause in proposal.alternatives[index].rests_on)


def chance_after_failure(
    causes: Sequence[Cause], failed: tuple[str, Numbers], other: tuple[str, Numbers]
) -> Numbers | None:
    """The chance that one alternative reaches production where another is known not to; each as its fate and chance.

    None where no cause joins the two: then it is its own chance. Both succeed with P1 P2 / p, p being the chance that
    all causes come true which they share.
    """
    (fate, chance), (other_fate, other_chance) = failed, other
    joining = [cause.probability for cause in causes if {fate, other_fate} <= cause.fates]
    if not joining or fate == other_fate:
        return None
    both = np.minimum(chance * other_chance / max(math.prod(joining), _SMALLEST), np.minimum(chance, other_chance))
    left: Numbers = (other_chance - both) / np.maximum(1 - np.asarray(chance), _SMALLEST)
    return left


def failing_together(values: Mapping[str, Numbers], causes: Sequence[Cause]) -> dict[str, Numbers]:
    """The values, with the fates that rest on causes made to fail where one of those does not come true.

    A fate is a uniform number below the alternative's chance P where it reaches production. With p the chance that all
    its causes come true, it is p V where they do, and p + (1 - p) V where they do not, V being its own uniform number:
    uniform again, so that P stays the chance in all. Given that the causes come true, P / p is left as its own chance,
    and two alternatives with own chances q1 and q2 and the same cause both succeed with p q1 q2 (the common-cause
    model: Fleming 1975, A Reliability Model for Common Mode Failures in Redundant Safety Systems, Proceedings of the
    Sixth Annual Pittsburgh Conference on Modeling and Simulation).
    """
    joined = dict(values)
    for fate in {fate for cause in causes for fate in cause.fates}:
        own = [cause for cause in causes if fate in cause.fates]
        likely = math.prod(cause.probability for cause in own)
        holds = np.logical_and.reduce([np.asarray(values[cause.draw]) < cause.probability for cause in own])
        drawn = np.asarray(values[fate])
        joined[fate] = np.where(holds, likely * drawn, likely + (1 - likely) * drawn)
    return joined
