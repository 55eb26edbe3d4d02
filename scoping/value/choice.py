"""Which alternative: how likely each is to be the best, and what the model adds over the best way without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..document.alternatives import name_of
from .figures import Figure, figure_with_errors
from .model import ValueModel
from .simulate import Outcome, Simulation


@dataclass(frozen=True)
class Difference:
    """NPV of one alternative less that of another, named by `against`, draw by draw."""

    against: str
    npv: Figure


def chances_of_being_best(simulation: Simulation) -> tuple[dict[int, float], float]:
    """By index, the share of the futures in which no other has a higher NPV; and that of the status quo.

    Where several are equally good, they share the future.
    """
    npv = np.column_stack([simulation.npv(), np.zeros(len(simulation.npv()))])
    top = npv == npv.max(axis=1, keepdims=True)
    shares = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
    return dict(zip(simulation.outcomes, map(float, shares), strict=False)), float(shares[-1])


def over_best_without_model(model: ValueModel, simulation: Simulation) -> dict[int, Difference]:
    """By index, what each alternative with a model adds to the best one without, under common random numbers.

    The best without a model is the one with the highest expected NPV, or the status quo.
    """
    plain = {
        index: outcome
        for index, outcome in simulation.outcomes.items()
        if not model.valued[index].is_machine_learning and (outcome.npv.mean or 0.0) > 0
    }
    best = max(plain, key=lambda index: plain[index].npv.mean or 0.0, default=None)
    before, status_quo = model.status_quo
    against = name_of(status_quo, before) if best is None else name_of(model.valued[best], best)
    return {
        index: Difference(against, _difference(outcome, plain.get(best) if best is not None else None))
        for index, outcome in simulation.outcomes.items()
        if model.valued[index].is_machine_learning
    }


def _difference(outcome: Outcome, other: Outcome | None) -> Figure:
    if other is None:
        return outcome.npv
    return figure_with_errors(outcome.draws - other.draws, outcome.expected - other.expected)
