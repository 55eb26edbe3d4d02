"""assess(proposal): the one function that calls the value model, feasibility and verdict, in order.

Pure: it reads no clock, no database and no network. The same document and seed give the same
Assessment on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .alternatives import Alternative
from .assessment import AlternativeResult, Assessment, PilotValue, Sensitivity
from .bridges import Numbers
from .errors import GroundworkError
from .feasibility.checklist import Checklist, check
from .fields import SHARE
from .proposal import Proposal
from .value.breakeven import break_evens, metric_map
from .value.information import evpi, evppi, evsi_of_shares, with_status_quo
from .value.inputs import Sampler, collect
from .value.model import ValueModel, alternative_missing, missing_inputs, shared_missing, value_model
from .value.sensitivity import tornado
from .value.simulate import (
    DEFAULT_DRAWS,
    FEWEST_DRAWS,
    MOST_DRAWS,
    REPLICATES,
    Simulation,
    simulate,
)
from .verdict import Evidence, decide

DEFAULT_SEED = 1


class DrawsRefused(GroundworkError):
    """A number of draws or a seed that the simulation cannot take."""


def assess(proposal: Proposal, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Assessment:
    """Everything that follows from the document: figures, break-even, feasibility, verdict, what is missing.

    draws is rounded up to whole blocks of scrambled Sobol points. Raises DrawsRefused where draws is
    not from 256 to 4,194,304 or the seed is negative.
    """
    _check(draws, seed)
    model = value_model(proposal)
    simulation = simulate(model, draws, seed) if model else None
    checklist = check(proposal)
    results = tuple(
        _result(proposal, index, each, simulation, seed) for index, each in enumerate(proposal.alternatives)
    )
    return _conclude(proposal, model, simulation, checklist, results, draws, seed)


def _check(draws: int, seed: int) -> None:
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        raise DrawsRefused(f"draws: {draws}: must be a whole number from {FEWEST_DRAWS:,} to {MOST_DRAWS:,}")
    if not 0 <= seed < 2**63:
        raise DrawsRefused(f"seed: {seed}: must be a whole number from 0 to {2**63 - 1:,}")


def _conclude(
    proposal: Proposal,
    model: ValueModel | None,
    simulation: Simulation | None,
    checklist: Checklist,
    results: tuple[AlternativeResult, ...],
    draws: int,
    seed: int,
) -> Assessment:
    leading = _leading(results)
    evens = tuple(break_evens(model, simulation)) if model and simulation else ()
    base, sensitivity = _sensitivity(model, simulation, leading)
    pilot = _pilot(proposal, model, simulation, leading, seed)
    missing = (*missing_inputs(proposal), *_missing_answers(checklist))
    evidence = Evidence(proposal, results, evens, checklist, pilot, missing)
    return Assessment(
        currency=proposal.currency,
        draws=simulation.draws if simulation else draws,
        seed=seed,
        alternatives=results,
        best=_best(results, leading),
        leading=leading,
        evpi=evpi(with_status_quo(simulation.npv())) if simulation else None,
        break_even=evens,
        metric_map=metric_map(model, simulation, leading) if model and simulation and leading is not None else None,
        base_npv=base,
        sensitivity=sensitivity,
        pilot=pilot,
        feasibility=checklist,
        verdict=decide(evidence),
        missing=missing,
    )


def _result(
    proposal: Proposal, index: int, alternative: Alternative, simulation: Simulation | None, seed: int
) -> AlternativeResult:
    outcome = simulation.outcomes.get(index) if simulation else None
    holes = (*shared_missing(proposal), *alternative_missing(proposal, index, alternative))
    if alternative.is_status_quo:
        gain: float | None = 0.0
    else:
        gain = outcome.gain_per_month.mean if outcome else _gain_so_far(proposal, index, seed)
    return AlternativeResult(
        index=index,
        name=alternative.name or f"Alternative {index + 1}",
        kind=alternative.kind,
        outcome=outcome,
        incomplete=() if outcome else holes,
        gain_per_month=gain,
        cost_per_month=outcome.cost_per_month.mean if outcome else None,
        one_off_cost=outcome.one_off_cost.mean if outcome else None,
    )


def _gain_so_far(proposal: Proposal, index: int, seed: int) -> float | None:
    """The gain a month of an alternative whose timing or costs are still open."""
    status_quo = proposal.status_quo
    if proposal.bridge is None or proposal.bridge.missing() or status_quo is None:
        return None
    before = proposal.alternatives.index(status_quo)
    pair = {before: status_quo, index: proposal.alternatives[index]}
    unknown = [hole for number, each in pair.items() for hole in alternative_missing(proposal, number, each)]
    if any(".metrics." in hole for hole in unknown):
        return None
    inputs = tuple(collect(proposal, pair))
    model = ValueModel(proposal, proposal.bridge, (before, status_quo), {index: pair[index]}, inputs)
    values: Mapping[str, Numbers] = Sampler(list(inputs), [], REPLICATES, seed).block(1_024)
    return float(np.mean(model.gain_per_month(index, values)))


def _leading(results: tuple[AlternativeResult, ...]) -> int | None:
    """The alternative to which the details belong: the one with the highest expected NPV."""
    valued = [each for each in results if each.expected is not None]
    return max(valued, key=lambda each: each.expected or 0.0).index if valued else None


def _best(results: tuple[AlternativeResult, ...], leading: int | None) -> str | None:
    """The best by expected NPV, where the status quo counts as 0."""
    if leading is None:
        return None
    leader = results[leading]
    if (leader.expected or 0.0) > 0:
        return leader.name
    return next((each.name for each in results if each.kind == "status_quo"), None)


def _sensitivity(
    model: ValueModel | None, simulation: Simulation | None, leading: int | None
) -> tuple[float | None, tuple[Sensitivity, ...]]:
    if model is None or simulation is None or leading is None:
        return None, ()
    base, swings = tornado(model, leading)
    npv = with_status_quo(simulation.kept_npv())
    return base, tuple(Sensitivity(swing, evppi(npv, [simulation.values[swing.input]])) for swing in swings)


def _pilot(
    proposal: Proposal, model: ValueModel | None, simulation: Simulation | None, leading: int | None, seed: int
) -> PilotValue:
    """What the planned pilot is worth, if it measures the leading model's technical metrics."""
    cost = proposal.pilot.cost.p50 if proposal.pilot.cost else None
    cases = proposal.pilot.labelled_cases
    if model is None or simulation is None or cases is None:
        return PilotValue(None, cost)
    modelled = [index for index, each in model.valued.items() if each.is_machine_learning]
    measured = leading if leading in modelled else next(iter(modelled), None)
    if measured is None:
        return PilotValue(None, cost)
    shares = _measured_shares(model, simulation, measured)
    return PilotValue(evsi_of_shares(with_status_quo(simulation.kept_npv()), shares, cases, seed), cost)


def _measured_shares(model: ValueModel, simulation: Simulation, index: int) -> list[Numbers]:
    names = model.bridge.given(model.valued[index].metrics)
    values = {name: simulation.values[f"alternatives.{index}.metrics.{name}"] for name in names}
    return [
        value for name, value in values.items() if np.ndim(value) and model.bridge.metric_named(name).quantity == SHARE
    ]


def _missing_answers(checklist: Checklist) -> tuple[str, ...]:
    return tuple(f"feasibility.answers.{gate.id}" for gate in checklist.gates_with("unanswered"))
