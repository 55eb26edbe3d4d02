"""What a sample of labelled cases tells: a model's technical metrics, and the shared inputs that it counts on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..bridges import Counted, Numbers
from ..document.estimate import Array
from .figures import REPLICATES
from .information import numbers_read, shares_read
from .model import ValueModel
from .simulate import Simulation

# Rounding must not take a case away: 0.29 of 100 cases are 29.
_MOST_OPEN = 1 - 1e-6
# The luck of a curve is another one than that of a count.
_APART = 5_003
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Told:
    """One number that a pilot tells: the name of the metric or input, and what it is called within a sentence."""

    name: str
    phrase: str


@dataclass(frozen=True)
class Readings:
    """What the pilot of one alternative (by its index) tells.

    told names the uncertain numbers; values are what they are, readings what the sample shows of them, each of shape
    (draws,). There may be more or fewer readings than values: a sample shows what it counts.
    """

    index: int
    told: tuple[Told, ...]
    values: tuple[Array, ...]
    readings: tuple[Array, ...]

    def without_draws(self) -> Readings:
        """What is told, without what each draw tells."""
        return replace(self, values=(), readings=())


def read_off_sample(
    model: ValueModel, simulation: Simulation, index: int, cases: int, seed: int, left_open: float = 0.0
) -> Readings:
    """The uncertain numbers of one alternative as a sample of labelled cases shows them.

    What is counted is counted as in the sample itself: positives among all cases, then hits among those positives.
    `left_open` is the share of a metric's variance that the sample cannot settle, whatever it counts.
    """
    metrics, inputs = model.metrics_of(index, simulation.values), model.shared_of(simulation.values)
    uncertain = {
        name: np.asarray(value)
        for name, value in (
            *sorted(metrics.items()),
            *((name, inputs[name]) for name in model.bridge.told_inputs() if name in inputs),
        )
        if np.ndim(value) > 0
    }
    counted = model.bridge.counted(inputs, metrics)
    choices = {metric.name for metric in model.bridge.metrics if metric.is_choice}
    read_with = {**inputs, **{name: value for name, value in metrics.items() if name in choices}}
    shown = _counts(counted, uncertain, cases, seed)
    for number, name in enumerate(uncertain, start=len(counted)):
        error = None if name in shown else model.bridge.reading_error(name, uncertain[name], cases, read_with)
        if error is not None:
            shown[name] = numbers_read(uncertain[name], error, seed + number, REPLICATES)
    if left_open > 0:
        _blur(shown, {name: uncertain[name] for name in metrics if name in shown}, left_open, seed)
    told = [name for name in uncertain if name in shown]
    return Readings(
        index,
        tuple(Told(name, _phrase(model, name)) for name in told),
        tuple(uncertain[name] for name in told),
        tuple(shown[name] for name in told),
    )


def _blur(shown: dict[str, Array], metrics: Mapping[str, Array], left_open: float, seed: int) -> None:
    """Add to what is shown of metrics as much noise as leaves that share of their variance unexplained.

    A reading x + e explains Var(x) / (Var(x) + Var(e)) of x: so Var(e) = Var(x) u / (1 - u).
    """
    part = min(left_open, _MOST_OPEN)
    for number, (name, value) in enumerate(metrics.items()):
        error = float(value.std()) * np.sqrt(part / (1 - part))
        shown[name] = numbers_read(shown[name], error, seed + _APART + number, REPLICATES)


def _counts(counted: Sequence[Counted], uncertain: Mapping[str, Array], cases: int, seed: int) -> dict[str, Array]:
    """The shares that are counted, as counted: those that are certain only say how many cases are left for others."""
    shown: dict[str, Array] = {}
    hits: dict[str, tuple[Numbers, Numbers]] = {"": (cases, 0.0)}
    for number, each in enumerate(counted):
        found, missed = hits[each.among]
        among = np.floor((missed if each.rest else found) * np.asarray(each.portion) + _ROUNDING)
        if each.name in uncertain:
            shown[each.name] = shares_read(np.asarray(each.share), among, seed + number, REPLICATES)
            hit = _hits(shown[each.name], np.asarray(each.share), among)
        else:
            hit = np.floor(among * each.share + _ROUNDING)
        hits[each.name] = hit, among - hit
    return shown


def _hits(reading: Array, share: Array, among: Array) -> Array:
    """The number of hits in a reading, which counts one imaginary case at the mean beside those of the sample."""
    return np.asarray(np.rint(reading * (among + 1) - share.mean()))


def _phrase(model: ValueModel, name: str) -> str:
    return model.bridge.told_inputs().get(name) or model.bridge.metric_named(name).phrase
