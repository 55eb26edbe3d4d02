"""Spending stage by stage: pilot, build, run, with the option to stop after each.

Committing today spends on everything whatever is learned on the way. In stages, the pilot's reading
decides whether to build or to choose another way, and the metrics that the built system shows decide whether to run it.
Decisions use what is known at that time: conditional expectations by regression, as in `information`
(Longstaff and Schwartz 2001, Review of Financial Studies 14(1), for options with several exercise dates).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array
from .information import fitted
from .pilot import Readings
from .simulate import Simulation


@dataclass(frozen=True)
class Stage:
    """One stage: its present cost where it is reached (money), and the chance that it is."""

    name: str
    cost: float
    chance: float


@dataclass(frozen=True)
class Staged:
    """One alternative with a model, stage by stage: expected NPV (money) in stages, and of committing today.

    npv includes the pilot's cost and delay; after the pilot, the best alternative by what is then known
    is chosen. committed is the best expected NPV if everything is decided today (0 for the status quo);
    option what the right to decide later is worth, before the pilot's own cost and delay.
    """

    index: int
    stages: tuple[Stage, ...]
    npv: float
    committed: float
    option: float


def stage_by_stage(simulation: Simulation, readings: Readings, pilot_cost: float, pilot_months: float) -> Staged:
    """The value of going on only while it pays, for the alternative that the pilot measures (index of its readings)."""
    kept = simulation.outcomes[readings.index].kept
    runs = fitted(kept.run[:, None], readings.values)[:, 0] > 0
    # What the build leads to: with its chance a system, which runs only if what it shows is worth running.
    built = kept.chance * np.where(runs, kept.run, 0.0) - kept.build
    others = [each.kept.expected for index, each in simulation.outcomes.items() if index != readings.index]
    payoffs = np.column_stack([built, *others, np.zeros(len(built))])
    chosen = np.argmax(fitted(payoffs, readings.readings), axis=1)
    builds = chosen == 0
    in_stages = float(np.take_along_axis(payoffs, chosen[:, None], axis=1).mean())
    committed = max(0.0, *(float(each.kept.expected.mean()) for each in simulation.outcomes.values()))
    reached = np.asarray(np.broadcast_to(kept.chance, builds.shape) * (builds & runs))
    stages = (
        Stage("pilot", pilot_cost, 1.0),
        Stage("build", _mean_where(kept.build, builds), float(builds.mean())),
        Stage("run", _mean_where(kept.running_cost, builds & runs), float(reached.mean())),
    )
    npv = _delay(simulation, pilot_months) * in_stages - pilot_cost
    return Staged(readings.index, stages, npv, committed, max(in_stages - committed, 0.0))


def _mean_where(values: Array, chosen: NDArray[np.bool_]) -> float:
    return float(values[chosen].mean()) if chosen.any() else 0.0


def _delay(simulation: Simulation, months: float) -> float:
    """What the pilot's months cost: everything after it comes later."""
    rate = simulation.values["returns.discount_rate"]
    return float(np.mean((1 + np.asarray(rate)) ** (-months / 12)))
