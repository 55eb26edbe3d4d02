"""assess(proposal): the one function that calls the value model, feasibility and verdict, in order.

Pure: it reads no clock, no database and no network. The same document and seed give the same
Assessment on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .assessment import AlternativeResult, Assessment, OutsideView, Sensitivity
from .bridges import Numbers, OperatingCurve
from .document.alternatives import Alternative, name_of
from .document.estimate import Estimate, mean_of
from .document.fields import MONEY, MONTHS
from .document.proposal import Proposal
from .errors import GroundworkError
from .feasibility.checklist import Checklist, check
from .value.breakeven import break_evens, metric_map
from .value.choice import chances_of_being_best, over_best_without_model, worth_of_certainty
from .value.figures import REPLICATES
from .value.information import Information, evppi_with_error, with_status_quo
from .value.inputs import Sampler, collect
from .value.model import ValueModel, alternative_missing, missing_inputs, shared_missing, value_model
from .value.outside_view import outside_view
from .value.pilot import PilotValue, pilot_value
from .value.sensitivity import tornado
from .value.simulate import DEFAULT_DRAWS, FEWEST_DRAWS, MOST_DRAWS, Simulation, simulate
from .value.stages import Staged, stage_by_stage
from .verdict import Evidence, decide

DEFAULT_SEED = 1


class DrawsRefused(GroundworkError):
    """A number of draws or a seed that the simulation cannot take."""


@dataclass(frozen=True)
class _Valued:
    """A proposal that can be valued: its model, what the simulation says, and the leading alternative."""

    proposal: Proposal
    model: ValueModel
    simulation: Simulation
    leading: int
    draws: int
    seed: int


def assess(proposal: Proposal, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Assessment:
    """Everything that follows from the document: figures, break-even, feasibility, verdict, what is missing.

    draws is rounded up to whole blocks of scrambled Sobol points. Raises DrawsRefused where draws is
    not from 256 to 4,194,304 or the seed is negative.
    """
    _check(draws, seed)
    valued = _value(proposal, draws, seed)
    checklist = check(proposal)
    results = _results(proposal, valued, seed)
    evens = tuple(break_evens(valued.model, valued.simulation)) if valued else ()
    pilot = _pilot(proposal, valued, seed)
    missing = (*missing_inputs(proposal), *_missing_answers(checklist))
    base, sensitivity = _sensitivity(valued) if valued else (None, ())
    staged = _staged(valued, pilot) if valued else None
    return Assessment(
        currency=proposal.currency,
        draws=valued.simulation.draws if valued else draws,
        seed=seed,
        alternatives=results,
        best=_best(results, valued.leading if valued else None),
        leading=valued.leading if valued else None,
        evpi=_evpi(valued) if valued else None,
        break_even=evens,
        metric_map=metric_map(valued.model, valued.simulation, valued.leading) if valued else None,
        operating_curve=_operating_curve(valued) if valued else None,
        base_npv=base,
        sensitivity=sensitivity,
        pilot=pilot,
        staged=staged,
        outside_view=_outside_view(valued) if valued else None,
        feasibility=checklist,
        verdict=decide(Evidence(proposal, results, evens, checklist, pilot, staged, missing)),
        missing=missing,
    )


def _check(draws: int, seed: int) -> None:
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        raise DrawsRefused(f"draws: {draws}: must be a whole number from {FEWEST_DRAWS:,} to {MOST_DRAWS:,}")
    if not 0 <= seed < 2**63:
        raise DrawsRefused(f"seed: {seed}: must be a whole number from 0 to {2**63 - 1:,}")


def _value(proposal: Proposal, draws: int, seed: int) -> _Valued | None:
    model = value_model(proposal)
    if model is None:
        return None
    simulation = simulate(model, draws, seed)
    # The alternative to which the details belong: the one with the highest expected NPV.
    leading = max(simulation.outcomes, key=lambda index: simulation.outcomes[index].npv.mean or 0.0)
    return _Valued(proposal, model, simulation, leading, draws, seed)


def _results(proposal: Proposal, valued: _Valued | None, seed: int) -> tuple[AlternativeResult, ...]:
    best, idle = chances_of_being_best(valued.simulation) if valued else ({}, None)
    over = over_best_without_model(valued.model, valued.simulation) if valued else {}
    return tuple(
        AlternativeResult(
            index=index,
            name=name_of(each, index),
            kind=each.kind,
            outcome=(outcome := valued.simulation.outcomes.get(index) if valued else None),
            incomplete=() if outcome else (*shared_missing(proposal), *alternative_missing(proposal, index, each)),
            gain_per_month=_gain(proposal, index, each, valued, seed),
            cost_per_month=outcome.cost_per_month.mean if outcome else None,
            one_off_cost=outcome.one_off_cost.mean if outcome else None,
            probability_best=idle if each.is_status_quo else best.get(index),
            over_best_without_model=over.get(index),
        )
        for index, each in enumerate(proposal.alternatives)
    )


def _gain(proposal: Proposal, index: int, alternative: Alternative, valued: _Valued | None, seed: int) -> float | None:
    """The gain a month: of the simulation, or of as much as is known where timing or costs are still open."""
    if alternative.is_status_quo:
        return 0.0
    outcome = valued.simulation.outcomes.get(index) if valued else None
    return outcome.gain_per_month.mean if outcome else _gain_so_far(proposal, index, seed)


def _gain_so_far(proposal: Proposal, index: int, seed: int) -> float | None:
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
    sampler = Sampler(inputs, correlations=proposal.correlations, replicates=REPLICATES, seed=seed)
    values: Mapping[str, Numbers] = sampler.block(1_024)
    return float(np.mean(model.gain_per_month(index, values)))


def _best(results: tuple[AlternativeResult, ...], leading: int | None) -> str | None:
    """The best by expected NPV, where the status quo counts as 0."""
    if leading is None:
        return None
    leader = results[leading]
    if (leader.expected or 0.0) > 0:
        return leader.name
    return next((each.name for each in results if each.kind == "status_quo"), None)


def _evpi(valued: _Valued) -> Information:
    return worth_of_certainty(valued.simulation)


def _sensitivity(valued: _Valued) -> tuple[float, tuple[Sensitivity, ...]]:
    base, swings = tornado(valued.model, valued.leading)
    npv = with_status_quo(valued.simulation.expected())
    return base, tuple(
        Sensitivity(swing, evppi_with_error(npv, valued.simulation.values[swing.input], in_runs=True))
        for swing in swings
    )


def _expected(estimate: Estimate | None, lower: float = MONEY.lower) -> float | None:
    return None if estimate is None else mean_of(estimate, lower, None)


def _pilot(proposal: Proposal, valued: _Valued | None, seed: int) -> PilotValue:
    cost, cases = _expected(proposal.pilot.cost), proposal.pilot.labelled_cases
    return pilot_value(valued.model if valued else None, valued.simulation if valued else None, cases, cost, seed)


def _staged(valued: _Valued, pilot: PilotValue) -> Staged | None:
    """Stage by stage, where the pilot reads something and its cost is known."""
    if pilot.readings is None or pilot.cost is None:
        return None
    months = _expected(valued.proposal.pilot.months, MONTHS.lower) or 0.0
    return stage_by_stage(valued.simulation, pilot.readings, pilot.cost, months)


def _operating_curve(valued: _Valued) -> OperatingCurve | None:
    """The leading alternative's value at each threshold, all inputs at their P50."""
    middle = {each.path: each.estimate.p50 for each in valued.model.inputs}
    return valued.model.bridge.operating_curve(
        valued.model.shared_of(middle), valued.model.metrics_of(valued.leading, middle)
    )


def _outside_view(valued: _Valued) -> OutsideView | None:
    name = valued.proposal.returns.outside_view
    if name is None:
        return None
    return OutsideView(name, outside_view(valued.model, name, valued.draws, valued.seed))


def _missing_answers(checklist: Checklist) -> tuple[str, ...]:
    return tuple(f"feasibility.answers.{gate.id}" for gate in checklist.gates_with("unanswered"))
