"""Expected NPV against one technical metric and against two, to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..bridges import Metric
from ..document.alternatives import name_of
from ..document.estimate import QUANTILES, Array, mean_of
from .breakeven import BEYOND, FEW_DRAWS, GRID, BreakEven, Response, span_of
from .cashflow import first_draws
from .model import ValueModel
from .simulate import Simulation

# The band around the curve is drawn, not read: a quarter of the draws is plenty.
BAND_STRIDE = 4
MAP_GRID = 25


@dataclass(frozen=True)
class MetricCurve:
    """NPV (money) of one alternative at values of one of its metrics, four arrays of one shape; and its break-even."""

    break_even: BreakEven
    values: Array
    mean: Array
    p10: Array
    p90: Array


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


def metric_curves(model: ValueModel, simulation: Simulation, found: Sequence[BreakEven]) -> tuple[MetricCurve, ...]:
    """The curve along the metric of each break-even."""
    return tuple(_curve(model, simulation, each) for each in found)


def _curve(model: ValueModel, simulation: Simulation, found: BreakEven) -> MetricCurve:
    response = Response(model, simulation, found.index, found.metric)
    grid = _drawn(model, model.bridge.metric_named(found.metric), found.value)
    at_grid = [response.at(value) for value in grid]
    mean = np.array([each.expected.mean() for each in at_grid])
    some = np.array([each.npv[::BAND_STRIDE] for each in at_grid])
    low, high = np.quantile(some, (QUANTILES[0], QUANTILES[2]), axis=1)
    return MetricCurve(found, grid, mean, low, high)


def _drawn(model: ValueModel, metric: Metric, value: float | None) -> Array:
    """The metric's values at which the curve is drawn; the break-even is among what is seen."""
    start, end = span_of(model, metric)
    if value is not None:
        start, end = min(start, BEYOND * value), max(end, BEYOND * value if not metric.quantity.bounded else value)
    return np.linspace(max(start, metric.quantity.lower), min(end, metric.quantity.upper), GRID)


def metric_map(model: ValueModel, simulation: Simulation, index: int) -> MetricMap | None:
    """Expected NPV over an alternative's two metrics; None for a kind of task with one metric."""
    names = list(model.qualities(index))
    if len(names) != 2:
        return None
    y, x = (model.bridge.metric_named(name) for name in names)
    # A metric without an end of its own is drawn where the team's figures lie, as its curve is.
    x_values, y_values = (np.linspace(*span_of(model, metric), MAP_GRID) for metric in (x, y))
    thinned = {path: first_draws(value, FEW_DRAWS) for path, value in simulation.values.items()}
    kept = simulation.outcomes[index].kept.first(FEW_DRAWS)
    # Row by row: what one row takes fits into the processor's own memory.
    rows = ({x.name: x_values[:, None], y.name: value} for value in y_values)
    npv = np.array([kept.valued(model.gain(index, thinned, row)).expected.mean(axis=-1) for row in rows])
    metrics = model.valued[index].metrics
    here = (mean_of(metrics[x.name], *x.quantity.support), mean_of(metrics[y.name], *y.quantity.support))
    return MetricMap(name_of(model.valued[index], index), x, y, x_values, y_values, npv, here)
