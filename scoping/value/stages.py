"""Spending stage by stage: pilot, build, run, with the option to stop after each.

Committing today spends on everything whatever is learned on the way. In stages, the pilot's reading
decides whether to build or to choose another way, and the metrics that the built system shows decide whether to run it.
Decisions use what is known at that time: conditional expectations by regression, as in `information`
(Longstaff and Schwartz 2001, Review of Financial Studies 14(1), for options with several exercise dates).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array
from ..vocabulary import StageName
from .cashflow import Present
from .figures import by_replicate
from .information import fitted, with_status_quo
from .pilot import by_what_is_revealed
from .sample import Readings
from .simulate import Simulation

# The stream of luck that says which failures are revealed.
_REVEALED = 77


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
    return _staged(simulation, readings, _planned(simulation, readings, reveals), pilot_cost, pilot_months, reveals)


def _staged(
    simulation: Simulation, readings: Readings, plan: _Plan, pilot_cost: float, pilot_months: float, reveals: float
) -> Staged:
    kept = simulation.outcomes[readings.index].kept
    by_draw = np.sum([_taken(part, choice) for part, choice in zip(plan.payoffs, plan.chosen, strict=True)], axis=0)
    runs, builds = plan.runs, plan.chosen[0] == plan.place
    return Staged(
        readings.index,
        _stages(kept, builds, runs, pilot_cost, reveals),
        npv=(delay := _delay(simulation, pilot_months)) * float(by_draw.mean()) - pilot_cost,
        committed=(committed := max(0.0, *(float(each.kept.expected.mean()) for each in simulation.outcomes.values()))),
        option=max(float(by_draw.mean()) - committed, 0.0),
        replicates=delay * by_replicate(by_draw).mean(axis=1) - pilot_cost,
    )


@dataclass(frozen=True)
class Unfolding:
    """What comes of a pilot, draw by draw: it is run, then the best by what it showed is chosen, and things turn out.

    staged is what it is worth; npv (money, shape (draws,)) has the pilot's cost and delay in it too, and each draw's
    own fate. chances are those with which each alternative, by index, is begun after the pilot; nothing is begun with
    what is left of 1. delay is the part of a value that is left after the pilot's months.
    """

    staged: Staged
    npv: Array
    chances: Mapping[int, float]
    delay: float


def unfolding(
    simulation: Simulation, readings: Readings, pilot_cost: float, pilot_months: float, reveals: float = 0.0
) -> Unfolding:
    """The draws behind `stage_by_stage`: the same choices, with what became of each.

    Which of the failures a pilot reveals is drawn here; the expected NPV is that of `stage_by_stage` but for chance.
    """
    plan = _planned(simulation, readings, reveals)
    kept, many = simulation.outcomes[readings.index].kept, len(plan.payoffs[0])
    drawn = with_status_quo(
        np.column_stack([np.broadcast_to(each.kept.npv, many) for each in simulation.outcomes.values()])
    )
    drawn[:, plan.place] = np.where(plan.runs, drawn[:, plan.place], kept.build_alone)
    chosen = plan.chosen[0]
    if reveals:
        luck = np.random.default_rng([simulation.seed, _REVEALED]).random(many)
        revealed = (np.broadcast_to(kept.success, many) < 1) & (luck < reveals)
        chosen = np.where(revealed, plan.chosen[1], chosen)
    delay = _delay(simulation, pilot_months)
    return Unfolding(
        _staged(simulation, readings, plan, pilot_cost, pilot_months, reveals),
        delay * _taken(drawn, chosen) - pilot_cost,
        _begun(simulation, plan, readings.index, reveals),
        delay,
    )


def _begun(simulation: Simulation, plan: _Plan, index: int, reveals: float) -> dict[int, float]:
    """The chance that each alternative is begun, whether a failure of the measured one was revealed or not."""
    shown = (1 - np.asarray(simulation.outcomes[index].kept.chance, float)) * reveals
    weights = [1 - shown, shown][: len(plan.chosen)]
    parts = list(zip(plan.chosen, weights, strict=True))
    return {
        each: float(sum(np.mean((chosen == column) * weight) for chosen, weight in parts))
        for column, each in enumerate(simulation.outcomes)
    }


@dataclass(frozen=True)
class _Plan:
    """What is chosen after the pilot: payoffs and columns for each part of what may be revealed, and where it runs.

    place is the column of the alternative that the pilot measures.
    """

    payoffs: list[Array]
    chosen: list[NDArray[np.intp]]
    runs: NDArray[np.bool_]
    place: int


def _planned(simulation: Simulation, readings: Readings, reveals: float) -> _Plan:
    kept = simulation.outcomes[readings.index].kept
    runs = fitted(kept.run[:, None], readings.values)[:, 0] > 0
    payoffs = by_what_is_revealed(simulation, readings.index, reveals)
    place = list(simulation.outcomes).index(readings.index)
    # What the build leads to: with its chance a system, which runs only if what it shows is worth running.
    payoffs[0][:, place] -= np.where(runs, 0.0, kept.chance * kept.run)
    return _Plan(payoffs, [_chosen(part, readings.readings) for part in payoffs], runs, place)


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
