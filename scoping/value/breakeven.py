"""How good must the model be? Where expected NPV is zero along each technical metric."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..bridges import Metric
from ..document.alternatives import name_of
from ..document.estimate import Array, Estimate, mean_of
from ..document.proposal import Proposal
from ..text.languages import within_sentence
from ..vocabulary import Better, BreakEvenStatus
from .cashflow import Present, first_draws
from .model import ValueModel
from .reasons import Reason, Why, no_break_even
from .simulate import Simulation

GRID = 41
# So many draws settle which sign an expected NPV has, where it is so many of their standard errors from zero.
FEW_DRAWS, _SURE = 1_024, 6.0
# How far beyond the figures given an unbounded metric is looked at, and points on the way to its bound.
BEYOND, _FAR = 1.5, 12


@dataclass(frozen=True)
class BreakEven:
    """The break-even of one technical metric of one alternative.

    value is where expected NPV is zero, or None; status then says why: it pays at any value, at
    none, or crosses more than once. headroom is the room between break-even and ceiling, negative
    where even the ceiling does not pay.
    """

    alternative: str
    index: int
    metric: str
    title: str
    better: Better
    status: BreakEvenStatus
    value: float | None
    expected: float
    expected_range: tuple[float, float]
    ceiling: float | None
    headroom: float | None
    called: str = ""

    @property
    def reason(self) -> Reason | None:
        """Why there is no break-even or no headroom; None where there are both."""
        return no_break_even(self.status) or (Reason(Why.NO_CEILING) if self.ceiling is None else None)

    @property
    def phrase(self) -> str:
        """The metric's title within a sentence."""
        return self.called or within_sentence(self.title)


def break_evens(model: ValueModel, simulation: Simulation) -> list[BreakEven]:
    """The break-even of every metric of every valued alternative."""
    return [
        _break_even(model, simulation, index, model.bridge.metric_named(name), estimate)
        for index in model.valued
        for name, estimate in model.qualities(index).items()
    ]


def ceiling_of(proposal: Proposal, metric: Metric) -> float | None:
    """The expected value of the best that can be hoped for, where the team gave one."""
    estimate = proposal.feasibility.ceilings.get(metric.name)
    return None if estimate is None else mean_of(estimate, *metric.quantity.support)


def is_beyond_reach(model: ValueModel, simulation: Simulation, index: int) -> bool:
    """Whether a break-even of the alternative lies beyond its ceiling: it would pay, but at no quality that is reached.

    The same as a negative headroom, without looking for the break-even itself.
    """
    for name in model.qualities(index):
        metric = model.bridge.metric_named(name)
        ceiling = ceiling_of(model.proposal, metric)
        if ceiling is None:
            continue
        response = Response(model, simulation, index, name)
        best = metric.quantity.upper if metric.better is Better.UP else metric.quantity.lower
        if response.mean(ceiling) < 0 <= response.mean(best):
            return True
    return False


class Response:
    """NPV of one alternative as a function of one metric, everything else as drawn."""

    def __init__(self, model: ValueModel, simulation: Simulation, index: int, metric: str) -> None:
        self._model, self._index, self._metric = model, index, metric
        self._values = simulation.values
        self._kept = simulation.outcomes[index].kept
        moves = model.gain_moves(simulation.values)
        self._today = None if moves else model.value_per_case(*model.status_quo, simulation.values)
        self._seen: dict[float, Present] = {}

    def at(self, value: float) -> Present:
        """The first block's present values, with another value of the metric."""
        # The search and the curve mostly ask for the same values.
        if value not in self._seen:
            self._seen[value] = self._at(value)
        return self._seen[value]

    def _at(self, value: float) -> Present:
        return self._kept.valued(self._model.gain(self._index, self._values, {self._metric: value}, self._today))

    def mean(self, value: float) -> float:
        """Expected NPV."""
        return float(self.at(value).expected.mean())

    def gains(self, values: Array) -> NDArray[np.bool_]:
        """Whether expected NPV is at least zero at each of the values, in rising order.

        A few draws tell where they are sure of it. On both sides of each change of sign, all draws do.
        """
        mean, error = self._by_few(values)
        gains = np.asarray(mean >= 0)
        change = np.diff(gains, prepend=gains[0]) | np.diff(gains, append=gains[-1])
        asked = change | (np.abs(mean) <= _SURE * error)
        gains[asked] = [self.mean(value) >= 0 for value in values[asked]]
        return gains

    def _by_few(self, values: Array) -> tuple[Array, Array]:
        """Expected NPV at each of the values by a few draws, with its standard error."""
        few = {path: first_draws(value, FEW_DRAWS) for path, value in self._values.items()}
        kept = self._kept.first(FEW_DRAWS)
        gain = self._model.gain(self._index, few, {self._metric: values[:, None]})
        expected = np.broadcast_to(kept.valued(gain).expected, (values.size, kept.weight.size))
        return expected.mean(axis=1), expected.std(axis=1) / np.sqrt(kept.weight.size)


def _break_even(model: ValueModel, simulation: Simulation, index: int, metric: Metric, estimate: Estimate) -> BreakEven:
    response = Response(model, simulation, index, metric.name)
    status, value = _crossing(response, _everywhere(model, metric))
    ceiling = ceiling_of(model.proposal, metric)
    return BreakEven(
        alternative=name_of(model.valued[index], index),
        index=index,
        metric=metric.name,
        title=metric.title,
        better=metric.better,
        status=status,
        value=value,
        expected=mean_of(estimate, *metric.quantity.support),
        expected_range=(estimate.p10, estimate.p90),
        ceiling=ceiling,
        headroom=None if value is None or ceiling is None else metric.headroom(value, ceiling),
        called=metric.called,
    )


def span_of(model: ValueModel, metric: Metric) -> tuple[float, float]:
    """From where to where a metric is worth looking at: its bounds, or what the team's figures suggest."""
    quantity = metric.quantity
    if quantity.bounded:
        return quantity.lower, quantity.upper
    places = [each.metrics for each in model.proposal.alternatives] + [model.proposal.feasibility.ceilings]
    given = [place[metric.name] for place in places if metric.name in place]
    low, high = min(each.p10 for each in given), max(each.p90 for each in given)
    start = max(quantity.lower, min(0.0, BEYOND * low))
    return start, min(quantity.upper, max(BEYOND * high, start + 1e-9))


def _everywhere(model: ValueModel, metric: Metric) -> Array:
    """The metric's values among which a break-even is sought: dense where it is likely, to the bounds elsewhere."""
    start, end = span_of(model, metric)
    lower, upper = metric.quantity.lower, metric.quantity.upper
    above = np.geomspace(end, upper, _FAR) if upper > end > 0 else np.array([upper])
    return np.unique(np.concatenate([[lower], np.linspace(start, end, GRID), above]))


def _crossing(response: Response, grid: Array) -> tuple[BreakEvenStatus, float | None]:
    """Where the expected NPV crosses zero. Exactly zero all the way counts as "always"."""
    positive = response.gains(grid)
    changes = np.flatnonzero(positive[1:] != positive[:-1])
    if changes.size == 0:
        return (BreakEvenStatus.ALWAYS if positive.all() else BreakEvenStatus.NEVER), None
    if changes.size > 1:
        return BreakEvenStatus.SEVERAL, None
    from scipy.optimize import brentq  # slow to import: most who import scoping look for no root

    at = changes[0]
    return BreakEvenStatus.CROSSES, float(brentq(response.mean, grid[at], grid[at + 1], xtol=1e-12))
