"""What the planned pilot is worth: a sample of labelled cases that reads a model's technical metrics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..bridges import Metric, Numbers
from ..document.estimate import Array
from ..document.fields import SHARE
from . import reasons
from .figures import REPLICATES
from .information import Information, evppi_with_error, numbers_read, shares_read, with_status_quo
from .model import ValueModel
from .simulate import Simulation


@dataclass(frozen=True)
class Readings:
    """The measured alternative's index, its uncertain metrics as they are, and as the pilot reads them."""

    index: int
    metrics: tuple[Metric, ...]
    values: tuple[Array, ...]
    readings: tuple[Array, ...]


@dataclass(frozen=True)
class PilotValue:
    """What the planned pilot is worth (EVSI), what it costs, and the difference, in money.

    perfect is what knowing the metrics exactly would be worth. `reason` says why there is no EVSI.
    """

    evsi: float | None
    cost: float | None
    standard_error: float | None = None
    perfect: Information | None = None
    readings: Readings | None = None
    reason: str | None = None

    @property
    def net(self) -> float | None:
        """EVSI less cost."""
        return None if self.evsi is None or self.cost is None else self.evsi - self.cost


def pilot_value(
    model: ValueModel | None, simulation: Simulation | None, cases: int | None, cost: float | None, seed: int
) -> PilotValue:
    """The pilot's worth if it reads, off `cases` labelled cases, the best model's uncertain metrics."""
    if model is None or simulation is None:
        return PilotValue(None, cost, reason=reasons.NOT_VALUED)
    if cases is None:
        return PilotValue(None, cost, reason=reasons.NO_LABELLED_CASES)
    index = _measured(model, simulation)
    if index is None:
        return PilotValue(None, cost, reason=reasons.NO_MODEL_TO_MEASURE)
    found = read_metrics(model, simulation, index, cases, seed)
    if found is None:
        return PilotValue(0.0, cost, 0.0, reason=reasons.NOTHING_TO_READ)
    npv = with_status_quo(simulation.expected())
    perfect = evppi_with_error(npv, np.column_stack(found.values), in_runs=True)
    sample = evppi_with_error(npv, np.column_stack(found.readings), in_runs=True).at_most(perfect)
    return PilotValue(sample.value if cases else 0.0, cost, sample.standard_error, perfect, found)


def _measured(model: ValueModel, simulation: Simulation) -> int | None:
    """The alternative with a model that has the highest expected NPV."""
    modelled = [index for index, each in model.valued.items() if each.is_machine_learning]
    return max(modelled, key=lambda index: simulation.outcomes[index].npv.mean or 0.0, default=None)


def read_metrics(model: ValueModel, simulation: Simulation, index: int, cases: int, seed: int) -> Readings | None:
    """The uncertain metrics of one alternative as a sample of labelled cases reads them; None where none is."""
    metrics = model.metrics_of(index, simulation.values)
    inputs = model.shared_of(simulation.values)
    found: list[tuple[Metric, Array, Array]] = []
    for number, name in enumerate(sorted(metrics)):
        metric, value = model.bridge.metric_named(name), metrics[name]
        if np.ndim(value) == 0:
            continue
        behind = cases * model.bridge.cases_behind(name, inputs, metrics)
        reading = _read(model, metric, np.asarray(value), behind, inputs, seed + number)
        if reading is not None:
            found.append((metric, np.asarray(value), reading))
    if not found:
        return None
    kinds, values, readings = zip(*found, strict=True)
    return Readings(index, kinds, values, readings)


def _read(
    model: ValueModel, metric: Metric, value: Array, cases: Numbers, inputs: dict[str, Numbers], seed: int
) -> Array | None:
    """Shares are counted (binomial); other metrics have a normal error, where the kind of task knows it."""
    if metric.quantity == SHARE:
        return shares_read(value, cases, seed, REPLICATES)
    error = model.bridge.reading_error(metric.name, value, cases, inputs)
    return None if error is None else numbers_read(value, error, seed, REPLICATES)
