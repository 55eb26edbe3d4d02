"""Which alternative: how likely each is to be the best, and what the model adds over the best way without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..document.alternatives import name_of
from ..document.paths import Path
from .figures import Figure, by_replicate, figure_with_errors
from .information import Information, beyond_rounding, evpi_of_parts, evppi_with_error, with_status_quo
from .model import ValueModel
from .places import ALTERNATIVES
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
    columns = [each.draws for each in simulation.outcomes.values()]
    best = np.maximum(np.maximum.reduce(columns), 0.0)
    top = [column == best for column in columns] + [best == 0]
    each_has = np.reciprocal(np.sum(top, axis=0, dtype=float))
    shares = [float(each_has[is_top].sum()) / len(best) for is_top in top]
    return dict(zip(simulation.outcomes, shares, strict=False)), shares[-1]


def worth_of_certainty(simulation: Simulation) -> Information:
    """EVPI of choosing among the alternatives and the status quo, without a copy of all draws."""
    columns = [each.draws for each in simulation.outcomes.values()]
    best = np.maximum(np.maximum.reduce(columns), 0.0)
    value = float(best.mean()) - max(0.0, *(float(column.mean()) for column in columns))
    largest = max(float(np.abs(column).max()) for column in columns)
    means = [by_replicate(column).mean(axis=1) for column in columns]
    parts = np.column_stack([*means, np.zeros(len(means[0]))])
    return evpi_of_parts(beyond_rounding(value, largest), by_replicate(best).mean(axis=1), parts)


class Learning:
    """Partial EVPI of one input after another: what it is worth to know each before choosing (money).

    What only one alternative depends on tells nothing of the others: they stay at their expectations, and the choice
    is between that alternative and the best of them. So much less is left to chance, and to be worked out.
    """

    def __init__(self, model: ValueModel, simulation: Simulation) -> None:
        self._model, self._simulation = model, simulation
        self._npv = with_status_quo(simulation.expected())
        self._ranked = np.argsort(-self._npv.mean(axis=0), kind="stable")
        self._moving_together = {path for each in model.proposal.correlated() for path in (each.first, each.second)}

    def worth(self, input_: Path) -> Information:
        """The worth of knowing that input."""
        own = self._only_alternative(input_)
        npv = self._npv if own is None else self._npv[:, self._with_rival(own)]
        return evppi_with_error(npv, self._simulation.values[input_], in_runs=True)

    def _only_alternative(self, input_: Path) -> int | None:
        """The alternative that alone depends on an input; None where all do, or something else moves with it."""
        place, *rest = input_.keys
        if place != ALTERNATIVES or int(rest[0]) == self._model.status_quo[0] or input_ in self._moving_together:
            return None
        return int(rest[0])

    def _with_rival(self, own: int) -> list[int]:
        """The columns of that alternative, and of the best other."""
        at = list(self._simulation.outcomes).index(own)
        return [at, int(next(column for column in self._ranked if column != at))]


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
