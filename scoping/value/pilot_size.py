"""How large should the pilot be? The expected net benefit of sampling against the number of labelled cases.

Source: Raiffa and Schlaifer 1961, Applied Statistical Decision Theory, ch. 5 (expected net gain of sampling); the
near-optimal range as in `enbs_opt` of the R package voi (Jackson et al. 2022, Value of Information Analysis in Models
to Inform Health Policy, Annual Review of Statistics and Its Application 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..document.estimate import Array
from .information import Information
from .model import ValueModel
from .pilot import Pilot, measured, worth_of_reading
from .sample import read_off_sample
from .simulate import Simulation

# Sizes within this share of the best net benefit are as good as best.
_NEAR = 0.05
_SMALLEST, _LARGEST, _SIZES = 5, 10_000, 32
# The planned size is in the middle of what is looked at, not at its end.
_BEYOND_PLAN = 20
_MOST_CASES = 10**9


@dataclass(frozen=True)
class PilotSizes:
    """Net benefit of sampling (money) against the number of labelled cases; four arrays of shape (sizes,).

    evsi is what a sample of each size is worth, with its standard error, net that less its cost. best is the size with the largest net benefit,
    and near the smallest and largest size within 5 % of it; None where no size is worth its cost. is_open_ended says
    that the best is the largest size looked at: no label costs as much as it tells.
    """

    sizes: NDArray[np.int64]
    evsi: Array
    standard_error: Array
    net: Array

    @property
    def best(self) -> int | None:
        """The size with the largest net benefit; of equals the smallest."""
        return int(self.sizes[np.argmax(self.net)]) if self.net.max() > 0 else None

    @property
    def near(self) -> tuple[int, int] | None:
        """From which size to which the net benefit is within 5 % of the best."""
        if self.best is None:
            return None
        good = self.sizes[self.net >= (1 - _NEAR) * self.net.max()]
        return int(good[0]), int(good[-1])

    def is_near(self, size: int | None) -> bool:
        """Whether a size is as good as best."""
        return size is not None and self.near is not None and self.near[0] <= size <= self.near[1]

    @property
    def is_open_ended(self) -> bool:
        """True where a larger sample might be better still."""
        return self.best == int(self.sizes[-1])

    def net_at(self, size: int) -> float:
        """Net benefit (money) of a size, on the line between its neighbours."""
        return float(np.interp(size, self.sizes, self.net))

    def error_at(self, size: int) -> float:
        """The standard error (money) of that."""
        return float(np.interp(size, self.sizes, self.standard_error))


def net_benefit(
    sizes: Sequence[int], evsi: ArrayLike, cost: float, cost_per_label: float, errors: ArrayLike = 0.0
) -> PilotSizes:
    """Net benefit of samples of these sizes, rising, from their EVSI, a fixed cost and a cost for each case (money).

    errors are the standard errors of the EVSI.

    A larger sample is never worth less than a smaller one: what an estimate says to the contrary is noise.
    """
    cases = np.asarray(sizes, np.int64)
    worth = np.maximum.accumulate(np.asarray(evsi, float))
    error = np.broadcast_to(np.asarray(errors, float), cases.shape)
    return PilotSizes(cases, worth, error, np.asarray(worth - cost - cost_per_label * cases, float))


def pilot_sizes(model: ValueModel, simulation: Simulation, pilot: Pilot, seed: int) -> PilotSizes | None:
    """Net benefit of the planned pilot with other numbers of labelled cases; None where a sample has nothing to tell.

    Where a learning curve was measured, larger samples also tell more of the quality that production will have: see
    `Pilot.unexplained`. The pilot's months do not depend on the size here: their delay moves all sizes alike.
    """
    index = measured(model, simulation)
    if index is None or not (found := read_off_sample(model, simulation, index, _SMALLEST, seed)).told:
        return None
    perfect = worth_of_reading(simulation, index, found.values, pilot.reveals).value
    sizes = _sizes(pilot.cases)
    worth = [_worth(model, simulation, index, size, pilot, seed) for size in sizes]
    evsi = np.minimum([each.value for each in worth], perfect)
    errors = [each.standard_error for each in worth]
    return net_benefit(sizes, evsi, pilot.fixed_cost or 0.0, pilot.cost_per_label, errors)


def _worth(model: ValueModel, simulation: Simulation, index: int, size: int, pilot: Pilot, seed: int) -> Information:
    readings = read_off_sample(model, simulation, index, size, seed, pilot.left_open(index, size)).readings
    return worth_of_reading(simulation, index, readings, pilot.reveals)


def _sizes(planned: int | None) -> list[int]:
    """Sizes of two digits, evenly spread in logarithms, and the planned one."""
    largest = min(max(_LARGEST, _BEYOND_PLAN * (planned or 0)), _MOST_CASES)
    spread = (int(float(f"{size:.2g}")) for size in np.geomspace(_SMALLEST, largest, _SIZES))
    return sorted({*spread, *([planned] if planned else [])})
