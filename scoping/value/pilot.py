"""What the planned pilot is worth: a sample of labelled cases, and whether it shows that production is out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..document.estimate import Array
from ..text.languages import message
from .causes import chance_after_failure
from .information import Information, evppi_with_error, with_status_quo
from .model import ValueModel
from .places import place_of
from .reasons import Reason, Why
from .sample import Readings, Told, read_off_sample
from .simulate import Simulation

REACHES_PRODUCTION = "reaches_production"


@dataclass(frozen=True)
class Pilot:
    """The planned pilot: labelled cases, and the share of later failures that it reveals.

    Its expected cost (money) is a fixed one, None where nobody knows it, and one for each labelled case. `unexplained`
    says, for an alternative with a learning curve, which share of the doubt about its quality in production so many
    labels leave open: a model that has learned from few says little of what many would make of it.
    """

    cases: int | None
    fixed_cost: float | None
    reveals: float = 0.0
    cost_per_label: float = 0.0
    unexplained: Mapping[int, Callable[[int], float]] = field(default_factory=dict)

    def left_open(self, index: int, cases: int) -> float:
        """The share of the doubt about one alternative's quality that so many labelled cases cannot settle."""
        curve = self.unexplained.get(index)
        return 0.0 if curve is None else curve(cases)

    @property
    def cost(self) -> float | None:
        """The cost of the pilot as planned."""
        labels = self.cost_per_label * (self.cases or 0)
        return labels or None if self.fixed_cost is None else self.fixed_cost + labels


@dataclass(frozen=True)
class PilotValue:
    """What the planned pilot is worth (EVSI), what it costs, and the difference, in money.

    perfect is what knowing exactly what the sample tells would be worth. `reason` says why there is no EVSI.
    """

    evsi: float | None
    cost: float | None
    standard_error: float | None = None
    perfect: Information | None = None
    readings: Readings | None = None
    reason: Reason | None = None
    reveals: float = 0.0

    @property
    def net(self) -> float | None:
        """EVSI less cost."""
        return None if self.evsi is None or self.cost is None else self.evsi - self.cost

    @property
    def is_worth_its_cost(self) -> bool:
        """False where it costs more than it tells, or where it tells nothing; True where no cost is given."""
        return self.cost is None or (self.evsi or 0.0) >= self.cost

    @property
    def told(self) -> tuple[Told, ...]:
        """All that the pilot tells something of, as it is called within a sentence."""
        if self.readings is None:
            return ()
        numbers = [Told(each.name, message("the {metric}", metric=each.phrase)) for each in self.readings.told]
        production = [Told(REACHES_PRODUCTION, message("whether it reaches production"))] if self.reveals else []
        return (*numbers, *production)


def pilot_value(model: ValueModel | None, simulation: Simulation | None, pilot: Pilot, seed: int) -> PilotValue:
    """The pilot's worth if it reads what the best model's sample tells, and reveals some of its failures."""
    if model is None or simulation is None:
        return PilotValue(None, pilot.cost, reason=Reason(Why.NOT_VALUED))
    if pilot.cases is None and not pilot.reveals:
        return PilotValue(None, pilot.cost, reason=Reason(Why.NO_LABELLED_CASES))
    index = measured(model, simulation)
    if index is None:
        return PilotValue(None, pilot.cost, reason=Reason(Why.NO_MODEL_TO_MEASURE))
    found, reveals = _read(model, simulation, index, pilot, seed)
    if not found.told and not reveals:
        return PilotValue(0.0, pilot.cost, 0.0, reason=Reason(Why.NOTHING_TO_READ))
    perfect = worth_of_reading(simulation, index, found.values, reveals)
    sample = worth_of_reading(simulation, index, found.readings, reveals).at_most(perfect)
    return PilotValue(sample.value, pilot.cost, sample.standard_error, perfect, found, reveals=reveals)


def pilot_readings(model: ValueModel, simulation: Simulation, pilot: Pilot, seed: int) -> tuple[Readings, float] | None:
    """What a pilot reads of the best model, and the share of failures that it reveals; None where it tells nothing."""
    index = measured(model, simulation)
    if index is None or (pilot.cases is None and not pilot.reveals):
        return None
    found, reveals = _read(model, simulation, index, pilot, seed)
    return (found, reveals) if found.told or reveals else None


def _read(model: ValueModel, simulation: Simulation, index: int, pilot: Pilot, seed: int) -> tuple[Readings, float]:
    """Where production is sure, there is no failure to reveal."""
    reveals = pilot.reveals if np.any(simulation.outcomes[index].kept.chance < 1) else 0.0
    cases = pilot.cases or 0
    return read_off_sample(model, simulation, index, cases, seed, pilot.left_open(index, cases)), reveals


def measured(model: ValueModel, simulation: Simulation) -> int | None:
    """The alternative with a model that has the highest expected NPV."""
    modelled = [index for index, each in model.valued.items() if each.is_machine_learning]
    return max(modelled, key=lambda index: simulation.outcomes[index].npv.mean or 0.0, default=None)


def worth_of_reading(
    simulation: Simulation, index: int, readings: Sequence[Array], reveals: float = 0.0
) -> Information:
    """What it is worth (money) to see the readings, each of shape (draws,), and the revealed share of failures.

    With S what is seen of production (a failure of that alternative is revealed, or nothing is), and x the readings:
    E[sum over S of max_k E[P(S) NPV_k given S | x]] - max_k E[NPV_k]. Source: Raiffa and Schlaifer 1961,
    Applied Statistical Decision Theory (preposterior analysis), the inner expectation by regression.
    """
    parts = by_what_is_revealed(simulation, index, reveals)
    seen = np.column_stack(readings) if readings else np.empty((len(parts[0]), 0))
    found = [evppi_with_error(part, seen, in_runs=True) for part in parts]
    best_of_each = sum(part.mean(axis=0).max() for part in parts)
    revealed = float(best_of_each - sum(part.mean(axis=0) for part in parts).max())
    error = float(np.sqrt(sum(each.standard_error**2 for each in found)))
    return Information(sum(each.value for each in found) + max(revealed, 0.0), error)


def by_what_is_revealed(simulation: Simulation, index: int, reveals: float) -> list[Array]:
    """NPV of the alternatives and the status quo, times the chance that nothing, or a failure, is revealed.

    A list of arrays of shape (draws, alternatives + 1), in money, that add up to expected NPV. A failure is revealed
    with probability (1 - chance) reveals, and then a build of that alternative is money lost; what shares a cause of
    failure with it is less likely to go live.
    """
    npv = with_status_quo(simulation.expected())
    if not reveals:
        return [npv]
    kept = simulation.outcomes[index].kept
    chance = (1 - np.broadcast_to(np.asarray(kept.chance, float), len(npv))) * reveals
    lost = npv * chance[:, None]
    lost[:, list(simulation.outcomes).index(index)] = -chance * kept.build
    for column, worth in _after_failure(simulation, index):
        lost[:, column] = chance * worth
    return [npv - lost, lost]


def _after_failure(simulation: Simulation, index: int) -> Iterator[tuple[int, Array]]:
    """What others are worth, by their column, where the alternative fails on a cause that they may share."""
    failed = (place_of(index, "fate"), simulation.outcomes[index].kept.chance)
    for column, (other, outcome) in enumerate(simulation.outcomes.items()):
        kept = outcome.kept
        left = chance_after_failure(simulation.causes, failed, (place_of(other, "fate"), kept.chance))
        if left is not None:
            yield column, np.asarray(left * kept.run - kept.build)
