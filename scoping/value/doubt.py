"""Whether production is reached at all: what it would be worth to know that before deciding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ..document.alternatives import name_of
from .model import ValueModel
from .pilot import PilotValue
from .simulate import Simulation


@dataclass(frozen=True)
class Doubt:
    """The doubt whether the leading model goes live.

    chance is that it does; worth (money) is the value of knowing beforehand; is_read says that the planned pilot
    reveals some of the failures, or that what it does read is worth more to know.
    """

    alternative: str
    chance: float
    worth: float
    is_read: bool


def doubt_about_production(
    model: ValueModel, simulation: Simulation, pilot: PilotValue, models: Collection[int]
) -> Doubt | None:
    """The doubt about the best of the `models`; None where none is valued or its production is sure.

    Perfect information about one event (Raiffa and Schlaifer 1961): with the chance p of going live,
    p max(run - build, other) + (1 - p) max(-build, other) - max(p run - build, other), all expected values,
    other being the best way besides, or 0.
    """
    index = max(models, key=lambda each: simulation.outcomes[each].npv.mean or 0.0, default=None)
    if index is None:
        return None
    kept = simulation.outcomes[index].kept
    chance, run, build = (float(np.mean(part)) for part in (kept.chance, kept.run, kept.build))
    if chance >= 1:
        return None
    others = [each.npv.mean or 0.0 for place, each in simulation.outcomes.items() if place != index]
    other = max(0.0, *others) if others else 0.0
    known = chance * max(run - build, other) + (1 - chance) * max(-build, other)
    worth = max(known - max(chance * run - build, other), 0.0)
    told = pilot.perfect.value if pilot.perfect else 0.0
    is_read = pilot.reveals > 0 or worth <= told
    return Doubt(name_of(model.valued[index], index), chance, worth, is_read=is_read)
