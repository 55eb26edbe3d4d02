"""How good must the model be? Expected NPV against each technical metric, and where it is zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from ..bridges import Metric, phrase
from ..estimate import QUANTILES, Array, Estimate, quantile_function
from ..proposal import Proposal
from .model import ValueModel
from .simulate import Simulation

GRID = 41
MAP_GRID = 25
MAP_DRAWS = 1_024
_MEAN_POINTS = (np.arange(4_096) + 0.5) / 4_096


@dataclass(frozen=True)
class BreakEven:
    """The break-even of one technical metric of one alternative.

    value is where expected NPV is zero, or None; status then says why: "always" (pays at any
    value), "never" (pays at none), "several" (crosses more than once) or "crosses". headroom is the
    room between break-even and ceiling, negative where even the ceiling does not pay.
    metric_values and mean, p10, p90 (money) draw the curve.
    """

    alternative: str
    index: int
    metric: str
    title: str
    better: str
    status: str
    value: float | None
    expected: float
    expected_range: tuple[float, float]
    ceiling: float | None
    headroom: float | None
    metric_values: Array
    mean: Array
    p10: Array
    p90: Array

    @property
    def phrase(self) -> str:
        """The metric's title within a sentence."""
        return phrase(self.title)


@dataclass(frozen=True)
class MetricMap:
    """Expected NPV over two metrics: `npv[row, column]` at y[row] and x[column]."""

    alternative: str
    x: Metric
    y: Metric
    x_values: Array
    y_values: Array
    npv: Array
    here: tuple[float, float]


def break_evens(model: ValueModel, simulation: Simulation) -> list[BreakEven]:
    """The break-even of every metric of every valued alternative."""
    return [
        _break_even(model, simulation, index, model.bridge.metric_named(name), estimate)
        for index, alternative in model.valued.items()
        for name, estimate in model.bridge.given(alternative.metrics).items()
    ]


def mean_of(estimate: Estimate, metric: Metric) -> float:
    """The estimate's expected value (midpoint rule on its quantile function)."""
    if estimate.is_certain:
        return estimate.p50
    return float(quantile_function(estimate, *metric.quantity.support)(_MEAN_POINTS).mean())


def ceiling_of(proposal: Proposal, metric: Metric) -> float | None:
    """The expected value of the best that can be hoped for, where the team gave one."""
    estimate = proposal.feasibility.ceilings.get(metric.name)
    return None if estimate is None else mean_of(estimate, metric)


class _Response:
    """NPV of one alternative as a function of one metric, everything else as drawn."""

    def __init__(self, model: ValueModel, simulation: Simulation, index: int, metric: str) -> None:
        self._model, self._index, self._metric = model, index, metric
        self._values = simulation.values
        self._kept = simulation.outcomes[index].kept

    def draws(self, value: float) -> Array:
        gain = self._model.gain_per_case(self._index, self._values, {self._metric: value})
        return np.asarray(self._kept.weight * gain + self._kept.fixed)

    def mean(self, value: float) -> float:
        return float(self.draws(value).mean())


def _break_even(model: ValueModel, simulation: Simulation, index: int, metric: Metric, estimate: Estimate) -> BreakEven:
    response = _Response(model, simulation, index, metric.name)
    grid = np.linspace(metric.quantity.lower, metric.quantity.upper, GRID)
    draws = [response.draws(value) for value in grid]
    mean = np.array([each.mean() for each in draws])
    status, value = _crossing(response, grid, mean)
    ceiling = ceiling_of(model.proposal, metric)
    low, high = np.quantile(np.array(draws), (QUANTILES[0], QUANTILES[2]), axis=1)
    return BreakEven(
        alternative=model.valued[index].name,
        index=index,
        metric=metric.name,
        title=metric.title,
        better=metric.better,
        status=status,
        value=value,
        expected=mean_of(estimate, metric),
        expected_range=(estimate.p10, estimate.p90),
        ceiling=ceiling,
        headroom=None if value is None or ceiling is None else metric.headroom(value, ceiling),
        metric_values=grid,
        mean=mean,
        p10=low,
        p90=high,
    )


def _crossing(response: _Response, grid: Array, mean: Array) -> tuple[str, float | None]:
    """Where the expected NPV crosses zero. Exactly zero all the way counts as "always"."""
    positive = mean >= 0
    changes = np.flatnonzero(positive[1:] != positive[:-1])
    if changes.size == 0:
        return ("always" if positive.all() else "never"), None
    if changes.size > 1:
        return "several", None
    at = changes[0]
    return "crosses", float(brentq(response.mean, grid[at], grid[at + 1], xtol=1e-12))


def metric_map(model: ValueModel, simulation: Simulation, index: int) -> MetricMap | None:
    """Expected NPV over an alternative's two metrics; None for a kind of task with one metric."""
    names = list(model.bridge.given(model.valued[index].metrics))
    if len(names) != 2:
        return None
    y, x = (model.bridge.metric_named(name) for name in names)
    x_values, y_values = (np.linspace(m.quantity.lower, m.quantity.upper, MAP_GRID) for m in (x, y))
    thinned = {
        path: value if np.ndim(value) == 0 else np.asarray(value)[:MAP_DRAWS]
        for path, value in simulation.values.items()
    }
    kept = simulation.outcomes[index].kept
    mesh = {x.name: x_values[None, :, None], y.name: y_values[:, None, None]}
    gain = model.gain_per_case(index, thinned, mesh)
    npv = (kept.weight[:MAP_DRAWS] * gain + kept.fixed[:MAP_DRAWS]).mean(axis=-1)
    metrics = model.valued[index].metrics
    here = (mean_of(metrics[x.name], x), mean_of(metrics[y.name], y))
    return MetricMap(model.valued[index].name, x, y, x_values, y_values, npv, here)
