"""Means that rest on a tail that nobody gave: which inputs have one, and NPV without it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from ..document.estimate import QUANTILES, largest_conceivable
from ..document.fields import Quantity
from ..document.paths import Path
from .figures import Figure
from .inputs import Input
from .model import ValueModel
from .simulate import Simulation, npv_alone

# Where the tail is exponential, its 99.9 % point lies ln 100 / ln 5 times as far beyond P90 as P90 beyond P50.
_TO_THE_LAST_THOUSANDTH = float(np.log(100) / np.log(5))


@dataclass(frozen=True)
class Tail:
    """An input whose P10, P50 and P90 leave its mean to the last tenth: its place, name and P90, and where it is cut."""

    path: Path
    label: str
    p90: float
    cut: float


def tails_of(model: ValueModel) -> list[Tail]:
    """The inputs whose mean would lie beyond their own P90: a largest conceivable value must be asked for."""
    cuts = [(each, _cut(each)) for each in model.inputs if each.is_uncertain]
    return [Tail(each.path, each.label, each.estimate.p90, cut) for each, cut in cuts if cut is not None]


def _cut(each: Input) -> float | None:
    return largest_conceivable(each.estimate, each.quantity.lower) if each.is_open_ended else None


def beyond_p90(model: ValueModel, simulation: Simulation, index: int) -> list[Input]:
    """The inputs on whose tail an alternative's expected NPV rests; none where it is not beyond its own P90.

    As if production were reached: a gain that few futures bring because few builds succeed is one that somebody gave.
    Named are the inputs without an upper bound that are highest where NPV is beyond its P90, in standard deviations.
    """
    kept = simulation.outcomes[index].kept
    npv = np.broadcast_to(kept.run - kept.build, kept.expected.shape)
    high = float(np.quantile(npv, QUANTILES[2]))
    if npv.mean() <= high or not (npv > high).any():
        return []
    open_ended = [each for each in model.inputs if each.is_uncertain and each.is_open_ended]
    drawn = [np.asarray(simulation.values[each.path]) for each in open_ended]
    lifts = [abs(float(each[npv > high].mean() - each.mean()) / float(each.std())) for each in drawn]
    return [each for each, lift in zip(open_ended, lifts, strict=True) if lift >= 0.5 * max(lifts)]


def npv_without_tails(model: ValueModel, paths: Collection[str], draws: int, seed: int) -> dict[int, Figure]:
    """NPV (money) by alternative if the inputs at those paths end where an exponential tail has its last thousandth.

    Their P10, P50 and P90 stay. A verdict that another sign of this would change rests on the tail alone.
    """
    inputs = tuple(_ended(each) if each.path in paths and each.is_uncertain else each for each in model.inputs)
    return npv_alone(replace(model, inputs=inputs), draws, seed)


def _ended(each: Input) -> Input:
    estimate, quantity = each.estimate, each.quantity
    if not each.is_open_ended:
        return each
    end = estimate.p90 + _TO_THE_LAST_THOUSANDTH * (estimate.p90 - estimate.p50)
    return replace(each, quantity=Quantity(quantity.unit, quantity.lower, end, bounded=True))
