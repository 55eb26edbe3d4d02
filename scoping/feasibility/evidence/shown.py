"""What evidence shows of each metric: its Estimate, its interval, and the ceiling that the learning curve runs towards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from ...bridges import Metric, Part
from ...document.estimate import QUANTILES, Array, Estimate
from ...document.evidence import Evidence, Measured
from .counts import estimate_of, estimate_of_measured, rising, share_at
from .learning import FittedCurve
from .operating import Operating, precision_at

POINTS = (np.arange(64) + 0.5) / 64
"""Probabilities of equally likely values."""
_ENDS = (0.025, 0.975)


@dataclass(frozen=True)
class Shown:
    """One metric as it was measured, at the threshold worth most where there is one.

    `estimate` is what may stand as the alternative's; `measured` the value and its 95 % interval; `ceiling` what may
    stand as the ceiling: the quality with labels without end, None without a learning curve.
    """

    metric: Metric
    estimate: Estimate
    measured: Measured
    ceiling: Estimate | None = None


def shown_at(part: Part, metrics: Sequence[Metric], chosen: Operating, ends: Array | None) -> tuple[Shown, ...]:
    """The metrics at one threshold; `ends` are equally likely hit rates with labels without end."""
    return tuple(_shown(part, metric, chosen, ends) for metric in metrics)


def _shown(part: Part, metric: Metric, chosen: Operating, ends: Array | None) -> Shown:
    hits, among = float(chosen.hits[0]), float(chosen.among[0])
    values = _values(part, metric.name, chosen, share_at(hits, among, POINTS), is_counted=True)
    value = float(np.mean(_values(part, metric.name, chosen, chosen.hit_rate, is_counted=False)))
    low, high = (float(each) for each in np.quantile(values, _ENDS))
    ceiling = (
        None
        if ends is None
        else estimate_of(_values(part, metric.name, chosen, ends, is_counted=False), metric.quantity)
    )
    measured = Measured(value=value, low=min(low, value), high=max(high, value))
    return Shown(metric, estimate_of(values, metric.quantity), measured, ceiling)


def _values(part: Part, name: str, chosen: Operating, rates: Array, *, is_counted: bool) -> Array:
    """Values of a metric, equally likely, that belong to these hit rates; with the error of counting, or without."""
    share = float(chosen.share[0])
    match name:
        case "recall" | "accuracy":
            return rates
        case "lift_at_depth":
            return rates / share
        case "depth":
            return np.array([share])
        case "automation_rate":
            return (
                share_at(float(chosen.chosen[0]), float(chosen.total[0]), POINTS) if is_counted else np.array([share])
            )
    alarms = _alarm_rates(chosen, rates, is_counted=is_counted)
    if name == "false_positive_rate":
        return alarms
    prevalence = getattr(part.task, "prevalence", None)
    if prevalence is None or prevalence.p50 <= 0:
        return np.asarray(rates * chosen.among[0] / chosen.chosen[0])
    pairs = np.meshgrid(rates, alarms) if is_counted else (rates, alarms)
    return np.asarray(precision_at(prevalence.p50, *pairs)).ravel()


def _alarm_rates(chosen: Operating, rates: Array, *, is_counted: bool) -> Array:
    """False-positive rates: as counted, or those that follow where as many are flagged."""
    negative = float(chosen.total[0] - chosen.among[0])
    if is_counted:
        return share_at(max(float(chosen.chosen[0] - chosen.hits[0]), 0.0), negative, POINTS)
    return np.asarray(np.clip((chosen.chosen[0] - rates * chosen.among[0]) / negative, 0.0, 1.0))


def shown_once(metric: Metric, measured: Measured, curve: FittedCurve | None) -> Shown:
    """A metric that was measured without a threshold; `curve` is its own learning curve."""
    ceiling = None if curve is None else rising(curve.quantiles_at(inf, QUANTILES), metric.quantity)
    return Shown(metric, estimate_of_measured(measured, metric.quantity), measured, ceiling)


def measured_once(evidence: Evidence, name: str) -> Measured:
    """A metric as the document has it, with its interval. Raises KeyError where it was not measured."""
    errors = evidence.errors
    if name == "rmse" and errors is not None:
        return Measured(
            value=errors.rmse, low=min(errors.rmse_low, errors.rmse), high=max(errors.rmse_high, errors.rmse)
        )
    if name == "mape" and errors is not None and errors.mape is not None:
        low, high = (errors.mape if each is None else each for each in (errors.mape_low, errors.mape_high))
        return Measured(value=errors.mape, low=min(low, errors.mape), high=max(high, errors.mape))
    return evidence.metrics[name]
