"""What the figures do not say of themselves: tails, risks counted twice, and risks that are hidden. As codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ..bridges import Numbers
from ..bridges.best_first import CASES, LIMIT
from ..document.alternatives import name_of
from ..document.estimate import QUANTILES, mean_of
from ..document.fields import SHARE
from ..document.own_terms import retrain_every, retraining_cost
from ..document.paths import Path
from .conventions import growth_until
from .inputs import owned
from .model import Inputs, ValueModel
from .places import BRIDGE, place_of
from .simulate import Simulation
from .tails import beyond_p90, tails_of

# A chance of success below this is low; a range is wide from half of its P50 on.
_LOW_CHANCE, _WIDE = 0.75, 0.5
# A hidden risk matters from this share of NPV's range on.
_MATTERS = 0.05
# A cause is shared by so many alternatives at least.
_SHARED = 2


class Code(StrEnum):
    """The kinds of remarks. `subjects` and `values` of a Remark are what each one needs to be said."""

    TAIL_OF_INPUT = "tail_of_input"  # the input; its P90, and where it is cut
    TAIL_OF_NPV = "tail_of_npv"  # the alternative, then the inputs
    SAME_RISK_TWICE = "same_risk_twice"  # the alternative, then its metrics; its chance of success
    TRAININGS_FREE = "trainings_free"  # the alternatives that are retrained; months between two trainings
    CAUSE_NOT_SHARED = "cause_not_shared"  # the cause, then the one alternative that names it, if any
    CAUSE_WITHOUT_CHANCE = "cause_without_chance"  # the cause, then the alternatives that name it
    ALL_EARNED = "all_earned"  # that nobody said how many would respond anyway
    # The alternative; the limit, what is chosen a month today and in the last month, the share of futures in which it
    # is reached in one of the two.
    LIMIT_REACHED = "limit_reached"
    CHANCE_BY_DEFAULT = "chance_by_default"  # the alternative; its chance of reaching production
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
    free = [*_trainings_free(model), *_idle_causes(model)]
    asked = ((part, name) for part in model.bridge.members for name in part.task.asked_for)
    earned = [Remark(Code.ALL_EARNED, ()) for part, name in asked if getattr(part.task, name) is None]
    places = (model.status_quo, *model.valued.items())
    limits = [remark for index, _ in places for remark in _limits_reached(model, simulation, index)]
    own = [remark for index in model.valued for remark in _on(model, simulation, index)]
    return (*tails, *free, *dict.fromkeys(earned), *limits, *own)


def _limits_reached(model: ValueModel, simulation: Simulation, index: int) -> Iterator[Remark]:
    """People cannot act on all that is chosen, today or, as the cases grow, at the end."""
    bridge, values = model.bridge, simulation.values
    metrics = {**model.metrics_of(index, values), **model.settled(index, {})}
    name = name_of(model.proposal.alternatives[index], index)
    for part in bridge.members:
        shared, own = bridge.inputs_of(part, model.shared_of(values)), bridge.metrics_of(part, metrics)
        if LIMIT in shared and part.is_measured(own):
            called = owned(name, part.title) if part.title else name
            yield from _limit_reached(model, values, part.task.chosen_share(shared, own), shared, called)


def _limit_reached(
    model: ValueModel, values: Inputs, share: Numbers | None, shared: Inputs, name: str
) -> Iterator[Remark]:
    if share is None:
        return
    chosen = np.asarray(share * shared[CASES])
    last = chosen * growth_until(model.horizon, model.proposal.returns.growth_steps, values["returns.volume_growth"])
    reached = np.asarray((chosen > shared[LIMIT]) | (last > shared[LIMIT]))
    if reached.any():
        means = (float(np.mean(each)) for each in (shared[LIMIT], chosen, last, reached))
        yield Remark(Code.LIMIT_REACHED, (name,), tuple(means))


def _trainings_free(model: ValueModel) -> Iterator[Remark]:
    """Models that are retrained, without a word on what a training costs."""
    returns = model.proposal.returns
    by_months: dict[float, list[str]] = {}
    for index, each in model.valued.items():
        every = retrain_every(each, returns)
        if each.is_machine_learning and every and every < model.horizon and retraining_cost(each, returns) is None:
            by_months.setdefault(every, []).append(name_of(each, index))
    for every, names in by_months.items():
        yield Remark(Code.TRAININGS_FREE, tuple(names), (every,))


def _idle_causes(model: ValueModel) -> Iterator[Remark]:
    """Shared causes that join no fates: one alternative alone names them, or nobody says how likely they are."""
    alternatives = model.proposal.alternatives
    for cause in model.proposal.returns.shared_causes:
        names = [name_of(each, index) for index, each in enumerate(alternatives) if cause.name in each.rests_on]
        if cause.name and len(names) < _SHARED:
            yield Remark(Code.CAUSE_NOT_SHARED, (cause.name, *names))
        elif cause.name and cause.probability is None:
            yield Remark(Code.CAUSE_WITHOUT_CHANCE, (cause.name, *names))


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
        for metric, estimate in model.qualities(index).items()
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
