"""Spending stage by stage: pilot, build, run, with the option to stop after each.

Committing today spends on everything whatever is learned on the way. In stages, the pilot's reading
decides whether to build or to choose another way, and the metrics that the built system shows decide whether to run it.
Decisions use what is known at that time: conditional expectations by regression, as in `information`
(Longstaff and Schwartz 2001, Review of Financial Studies 14(1), for options with several exercise dates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array
from ..vocabulary import StageName
from .cashflow import Present
from .figures import by_replicate
from .information import fitted
from .pilot import by_what_is_revealed
from .sample import Readings
from .simulate import Simulation


@dataclass(frozen=True)
class Stage:
    """One stage: its present cost where it is reached (money), and the chance that it is."""

    name: StageName
    cost: float
    chance: float


@dataclass(frozen=True)
class Staged:
    """One alternative with a model, stage by stage: expected NPV (money) in stages, and of committing today.

    npv includes the pilot's cost and delay; after the pilot, the best alternative by what is then known
    is chosen. committed is the best expected NPV if everything is decided today (0 for the status quo);
    option what the right to decide later is worth, before the pilot's own cost and delay. replicates holds npv
    by independent replicate, shape (replicates,).
    """

    index: int
    stages: tuple[Stage, ...]
    npv: float
    committed: float
    option: float
    replicates: Array


def stage_by_stage(
    simulation: Simulation, readings: Readings, pilot_cost: float, pilot_months: float, reveals: float = 0.0
) -> Staged:
    """The value of going on only while it pays, for the alternative that the pilot measures (index of its readings).

    reveals is the share of the failures to reach production that the pilot shows beforehand.
    """
    kept = simulation.outcomes[readings.index].kept
    runs = fitted(kept.run[:, None], readings.values)[:, 0] > 0
    payoffs = by_what_is_revealed(simulation, readings.index, reveals)
    place = list(simulation.outcomes).index(readings.index)
    # What the build leads to: with its chance a system, which runs only if what it shows is worth running.
    payoffs[0][:, place] -= np.where(runs, 0.0, kept.chance * kept.run)
    chosen = [_chosen(part, readings.readings) for part in payoffs]
    by_draw = np.sum([_taken(part, choice) for part, choice in zip(payoffs, chosen, strict=True)], axis=0)
    builds = chosen[0] == place
    return Staged(
        readings.index,
        _stages(kept, builds, runs, pilot_cost, reveals),
        npv=(delay := _delay(simulation, pilot_months)) * float(by_draw.mean()) - pilot_cost,
        committed=(committed := max(0.0, *(float(each.kept.expected.mean()) for each in simulation.outcomes.values()))),
        option=max(float(by_draw.mean()) - committed, 0.0),
        replicates=delay * by_replicate(by_draw).mean(axis=1) - pilot_cost,
    )


def _chosen(payoffs: Array, seen: Sequence[Array]) -> NDArray[np.intp]:
    """The column that looks best by what is seen, draw by draw."""
    best: NDArray[np.intp] = np.argmax(fitted(payoffs, seen), axis=1)
    return best


def _taken(payoffs: Array, chosen: NDArray[np.intp]) -> Array:
    return np.asarray(np.take_along_axis(payoffs, chosen[:, None], axis=1)[:, 0])


def _stages(
    kept: Present, builds: NDArray[np.bool_], runs: NDArray[np.bool_], pilot_cost: float, reveals: float
) -> tuple[Stage, ...]:
    """A build goes ahead where it looks best and no failure is revealed; a system runs where it is worth it."""
    chance = np.broadcast_to(np.asarray(kept.chance, float), builds.shape)
    begun = builds * (1 - (1 - chance) * reveals)
    return (
        Stage(StageName.PILOT, pilot_cost, 1.0),
        Stage(StageName.BUILD, _mean_where(kept.build, builds), float(begun.mean())),
        Stage(StageName.RUN, _mean_where(kept.running_cost, builds & runs), float((chance * (builds & runs)).mean())),
    )


def _mean_where(values: Array, chosen: NDArray[np.bool_]) -> float:
    return float(values[chosen].mean()) if chosen.any() else 0.0


def _delay(simulation: Simulation, months: float) -> float:
    """What the pilot's months cost: everything after it comes later."""
    return float(np.mean((1 + np.asarray(simulation.discount_rate)) ** (-months / 12)))
