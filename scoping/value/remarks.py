"""What the figures do not say of themselves: tails, risks counted twice, and risks that are hidden. As codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ..bridges import Numbers
from ..bridges.best_first import CASES, LIMIT
from ..document.alternatives import Alternative, name_of
from ..document.estimate import QUANTILES, mean_of
from ..document.fields import SHARE
from ..document.paths import Path
from .conventions import growth_until
from .model import BRIDGE, ValueModel, place_of
from .simulate import Simulation
from .tails import beyond_p90, tails_of

# A chance of success below this is low; a range is wide from half of its P50 on.
_LOW_CHANCE, _WIDE = 0.75, 0.5
# A hidden risk matters from this share of NPV's range on.
_MATTERS = 0.05


class Code(StrEnum):
    """The kinds of remarks. `subjects` and `values` of a Remark are what each one needs to be said."""

    TAIL_OF_INPUT = "tail_of_input"  # the input; its P90, and where it is cut
    TAIL_OF_NPV = "tail_of_npv"  # the alternative, then the inputs
    SAME_RISK_TWICE = "same_risk_twice"  # the alternative, then its metrics; its chance of success
    TRAININGS_FREE = "trainings_free"  # the alternatives that are retrained; months between two trainings
    ALL_EARNED = "all_earned"  # that nobody said how many would respond anyway
    # The alternative; the limit, what is chosen a month today and in the last month, the share of futures in which it
    # is reached in one of the two.
    LIMIT_REACHED = "limit_reached"
    PRECISION_HELD = "precision_held"  # the alternative; NPV's P10 (money) as it is, and with precision moving


@dataclass(frozen=True)
class Remark:
    """One remark: its code, the names that it speaks of, and its numbers (money, or shares 0..1)."""

    code: Code
    subjects: tuple[str, ...]
    values: tuple[float, ...] = ()


def remarks_on(model: ValueModel, simulation: Simulation) -> tuple[Remark, ...]:
    """All remarks on a simulated proposal, inputs first, then alternative by alternative."""
    tails = [Remark(Code.TAIL_OF_INPUT, (each.label,), (each.p90, each.cut)) for each in tails_of(model)]
    free = list(_trainings_free(model))
    earned = [Remark(Code.ALL_EARNED, ()) for name in model.bridge.asked_for if getattr(model.bridge, name) is None]
    places = (model.status_quo, *model.valued.items())
    limits = [remark for index, each in places for remark in _limit_reached(model, simulation, index, each)]
    own = [remark for index in model.valued for remark in _on(model, simulation, index)]
    return (*tails, *free, *earned, *limits, *own)


def _limit_reached(model: ValueModel, simulation: Simulation, index: int, alternative: Alternative) -> Iterator[Remark]:
    """People cannot act on all that is chosen, today or, as the cases grow, at the end."""
    values, shared = simulation.values, model.shared_of(simulation.values)
    if LIMIT not in shared or not model.bridge.given(alternative.metrics):
        return
    metrics = {**model.metrics_of(index, values), **model.settled(index, {})}
    share = model.bridge.chosen_share(shared, metrics)
    if share is None:
        return
    chosen = np.asarray(share * shared[CASES])
    last = chosen * growth_until(model.horizon, model.proposal.returns.growth_steps, values["returns.volume_growth"])
    reached = np.asarray((chosen > shared[LIMIT]) | (last > shared[LIMIT]))
    if reached.any():
        means = (float(np.mean(each)) for each in (shared[LIMIT], chosen, last, reached))
        yield Remark(Code.LIMIT_REACHED, (name_of(alternative, index),), tuple(means))


def _trainings_free(model: ValueModel) -> Iterator[Remark]:
    """Models that are retrained, without a word on what a training costs."""
    returns = model.proposal.returns
    trained = [name_of(each, index) for index, each in model.valued.items() if each.is_machine_learning]
    every = returns.retrain_every_months
    if every and every < model.horizon and returns.retraining_cost is None and trained:
        yield Remark(Code.TRAININGS_FREE, tuple(trained), (every,))


def _on(model: ValueModel, simulation: Simulation, index: int) -> Iterator[Remark]:
    name = name_of(model.valued[index], index)
    tail = beyond_p90(model, simulation, index)
    if tail:
        yield Remark(Code.TAIL_OF_NPV, (name, *(each.label for each in tail)))
    yield from _same_risk_twice(model, index, name)
    yield from _precision_held(model, simulation, index, name)


def _same_risk_twice(model: ValueModel, index: int, name: str) -> Iterator[Remark]:
    """A low chance of success beside metrics that range widely: both may stand for a model that is not good enough."""
    alternative = model.valued[index]
    assert alternative.success_probability is not None
    chance = mean_of(alternative.success_probability, *SHARE.support)
    wide = [
        model.bridge.metric_named(metric).phrase
        for metric, estimate in model.bridge.qualities(alternative.metrics).items()
        if estimate.p90 - estimate.p10 >= _WIDE * max(abs(estimate.p50), np.finfo(float).tiny)
    ]
    if alternative.is_machine_learning and chance < _LOW_CHANCE and wide:
        yield Remark(Code.SAME_RISK_TWICE, (name, *wide), (chance,))


def _precision_held(model: ValueModel, simulation: Simulation, index: int, name: str) -> Iterator[Remark]:
    """Precision held fixed while prevalence moves: fewer positives then bring fewer false alarms, and risk is hidden."""
    if _are_correlated(model, BRIDGE / "prevalence", place_of(index, "metrics", "precision")):
        return
    values = simulation.values
    middle: dict[str, Numbers] = {each.path: each.estimate.p50 for each in model.inputs}
    moved = model.bridge.carried_along(
        model.shared_of(values),
        model.metrics_of(index, values),
        model.shared_of(middle),
        model.metrics_of(index, middle),
    )
    if not moved:
        return
    kept = simulation.outcomes[index].kept
    low, high = (float(each) for each in np.quantile(kept.npv, (QUANTILES[0], QUANTILES[2])))
    honest = float(np.quantile(kept.valued(model.gain(index, values, moved)).npv, QUANTILES[0]))
    if low - honest > _MATTERS * (high - low):
        yield Remark(Code.PRECISION_HELD, (name,), (low, honest))


def _are_correlated(model: ValueModel, first: Path, second: Path) -> bool:
    pair = {str(first), str(second)}
    return any({each.first, each.second} == pair for each in model.proposal.correlated())
