"""assess(proposal): the one function that calls the value model, feasibility and verdict, in order.

Pure: it reads no clock, no database and no network. The same document and seed give the same
Assessment on any machine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from .assessment import Appraisal, Assessment, OutsideView, Sensitivity
from .bridges import Numbers, OperatingCurve
from .document.alternatives import Alternative, name_of
from .document.paths import Path
from .document.proposal import Proposal
from .errors import DrawsRefused
from .feasibility.checklist import Checklist, check
from .feasibility.evidence.chances import SUCCESS_PROBABILITY, Assumed, assumptions, chances_of_reaching, with_assumed
from .feasibility.evidence.piloting import pilot_months, planned_pilot, staged_pilot
from .feasibility.evidence.reach import Reach, reaches
from .feasibility.evidence.resting import Grounds, Resting, resting
from .feasibility.evidence.view import EvidenceView, agreements_of, answers_by_kind
from .firmness import Firmness, firmness
from .value.breakeven import BreakEven, break_evens, is_beyond_reach
from .value.choice import Learning, chances_of_being_best, over_best_without_model, worth_of_certainty
from .value.curves import metric_curves, metric_map
from .value.doubt import Doubt, doubt_about_production
from .value.figures import REPLICATES
from .value.inputs import Sampler, collect
from .value.missing import alternative_missing, bridge_missing, missing_inputs, shared_missing
from .value.model import ValueModel, value_model
from .value.outside_view import outside_view
from .value.parts import part_worths
from .value.pilot import PilotValue, measured, pilot_readings, pilot_value
from .value.pilot_size import PilotSizes, pilot_sizes
from .value.places import BRIDGE
from .value.remarks import Code, Remark, remarks_on
from .value.results import AlternativeResult
from .value.sample import Readings
from .value.sensitivity import tornado
from .value.simulate import DEFAULT_DRAWS, FEWEST_DRAWS, MOST_DRAWS, Simulation, simulate
from .value.stages import Staged, stage_by_stage
from .value.statement import FinanceView, finance_view
from .value.tails import beyond_p90, npv_without_tails, tails_of
from .value.ways import Choice, choose
from .verdict import ANSWERS, Evidence, decide, reasons_on_guesses, unreachable_of
from .verdict import name_of as name_of_choice
from .vocabulary import GateStatus, Recommendation

DEFAULT_SEED = 1
_EVEN = 0.5


@dataclass(frozen=True)
class Valued:
    """A proposal that can be valued: its model, what the simulation says, and the leading alternative."""

    proposal: Proposal
    model: ValueModel
    simulation: Simulation
    leading: int
    draws: int
    seed: int


def appraise(proposal: Proposal, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Appraisal:
    """What a list and a headline show: NPV, loss, break-even, feasibility, verdict, what is missing.

    The same figures as `assess` for a fraction of its time: nothing is explained. Raises DrawsRefused.
    """
    _check(draws, seed)
    assumed = assumptions(proposal)
    filled = with_assumed(proposal, assumed)
    model = value_model(filled)
    return _appraised(filled, _value(model, draws, seed, in_detail=False) if model else None, draws, seed, assumed)


def assess(proposal: Proposal, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Assessment:
    """Everything that follows from the document: the appraisal, and what explains it.

    draws is rounded up to whole blocks of scrambled Sobol points. Raises DrawsRefused where draws is
    not from 256 to 4,194,304 or the seed is negative.
    """
    _check(draws, seed)
    assumed = assumptions(proposal)
    proposal = with_assumed(proposal, assumed)
    model = value_model(proposal)
    valued = _value(model, draws, seed, in_detail=True) if model else None
    appraisal = _appraised(proposal, valued, draws, seed, assumed)
    base, sensitivity = _sensitivity(valued) if valued else (None, ())
    own = [each for each in appraisal.break_even if each.index == appraisal.leading]
    return Assessment(
        **{each.name: getattr(appraisal, each.name) for each in fields(appraisal)},
        evpi=worth_of_certainty(valued.simulation) if valued else None,
        curves=metric_curves(valued.model, valued.simulation, own) if valued else (),
        metric_map=metric_map(valued.model, valued.simulation, valued.leading) if valued else None,
        operating_curve=_operating_curve(valued) if valued else None,
        base_npv=base,
        sensitivity=sensitivity,
        outside_view=_outside_view(valued.model, draws, seed) if valued else None,
        by_part=part_worths(valued.model, valued.simulation) if valued else (),
        finance=_finance(valued) if valued else None,
        evidence=_evidence(proposal, valued, appraisal, sensitivity),
    )


def assess_in_full(proposal: Proposal, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Assessment:
    """`assess`, how firm its verdict is, and how large a pilot should be: what a memo tells. Raises DrawsRefused."""
    found = assess(proposal, draws, seed)
    return replace(found, firmness=firmness_of(proposal, found), pilot_sizes=pilot_sizes_of(proposal, found))


def outside_view_of(proposal: Proposal, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> OutsideView | None:
    """The outside view alone, as `assess` has it; None where nobody asks for one, or nothing can be valued."""
    model = value_model(with_assumed(proposal, assumptions(proposal)))
    return None if model is None else _outside_view(model, draws, seed)


def pilot_sizes_of(proposal: Proposal, appraisal: Appraisal) -> PilotSizes | None:
    """What pilots of other sizes would bring.

    None where nothing can be valued, a sample has nothing to tell, or nobody knows what it costs.
    """
    filled = with_assumed(proposal, appraisal.assumed)
    model, plan = value_model(filled), planned_pilot(filled)
    if model is None or (plan.fixed_cost is None and not plan.cost_per_label):
        return None
    simulation = simulate(model, appraisal.draws, appraisal.seed, in_detail=False)
    return pilot_sizes(model, simulation, plan, appraisal.seed)


def firmness_of(proposal: Proposal, appraisal: Appraisal) -> Firmness | None:
    """How firm a verdict is; None where it does not rest on figures (a gate failed, something is missing)."""
    model = value_model(with_assumed(proposal, appraisal.assumed))
    if model is None or appraisal.missing or appraisal.feasibility.gates_with(GateStatus.FAILED):
        return None

    judge = _Judge(model, appraisal.seed, _likely(appraisal.assumed))
    return firmness(model, appraisal.verdict.recommendation, judge, appraisal.seed)


class _Judge:
    """The verdict alone: the ways compared as in `appraise`, and nothing explained."""

    def __init__(self, model: ValueModel, seed: int, likely: Collection[int] = ()) -> None:
        self._model, self._seed, self._likely = model, seed, likely
        self._pilot = planned_pilot(model.proposal)
        self._months = pilot_months(model.proposal)
        self._kept: dict[int | None, tuple[Readings, float] | None] = {}

    def __call__(self, simulation: Simulation, changed: Path | None) -> Recommendation:
        model = self._model
        asked = [index for index in model.valued if index not in self._likely]
        held_back = [index for index in asked if is_beyond_reach(model, simulation, index)]
        found = self._readings(simulation, changed) if self._pilot.cost is not None else None
        cost = self._pilot.cost or 0.0
        staged = stage_by_stage(simulation, found[0], cost, self._months, found[1]) if found else None
        return name_of_choice(choose(model.valued, simulation, staged, held_back), is_held_back=bool(held_back))

    def _readings(self, simulation: Simulation, changed: Path | None) -> tuple[Readings, float] | None:
        """A sample shows the same whatever a build costs or how long it takes."""
        index = measured(self._model, simulation)
        shown_anew = changed is None or changed.is_within(BRIDGE) or "metrics" in changed.keys
        if shown_anew:
            return pilot_readings(self._model, simulation, self._pilot, self._seed)
        if index not in self._kept:
            self._kept[index] = pilot_readings(self._model, simulation, self._pilot, self._seed)
        return self._kept[index]


def _appraised(
    proposal: Proposal, valued: Valued | None, draws: int, seed: int, assumed: tuple[Assumed, ...]
) -> Appraisal:
    checklist = check(proposal)
    results = _results(proposal, valued, seed)
    evens = tuple(break_evens(valued.model, valued.simulation)) if valued else ()
    pilot = _pilot(proposal, valued, seed)
    staged = staged_pilot(valued.proposal, valued.simulation, pilot) if valued else None
    likely = _likely(assumed)
    choice = _choice(valued, staged, evens, likely) if valued else None
    doubt = _doubt(valued, pilot) if valued else None
    missing = (*missing_inputs(proposal), *_missing_answers(checklist))
    return Appraisal(
        currency=proposal.currency,
        draws=valued.simulation.draws if valued else draws,
        seed=seed,
        alternatives=results,
        best=_best(results, valued.leading if valued else None),
        leading=valued.leading if valued else None,
        break_even=evens,
        pilot=pilot,
        staged=staged,
        feasibility=checklist,
        verdict=decide(Evidence(proposal, results, evens, checklist, pilot, staged, choice, doubt, missing, likely)),
        missing=missing,
        remarks=(*_by_default(proposal, assumed), *(remarks_on(valued.model, valued.simulation) if valued else ())),
        assumed=assumed,
    )


def _check(draws: int, seed: int) -> None:
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        raise DrawsRefused(f"draws: {draws}: must be a whole number from {FEWEST_DRAWS:,} to {MOST_DRAWS:,}")
    if not 0 <= seed < 2**63:
        raise DrawsRefused(f"seed: {seed}: must be a whole number from 0 to {2**63 - 1:,}")


def _value(model: ValueModel, draws: int, seed: int, *, in_detail: bool) -> Valued:
    simulation = simulate(model, draws, seed, in_detail=in_detail)
    # The alternative to which the details belong: the one with the highest expected NPV.
    leading = max(simulation.outcomes, key=lambda index: simulation.outcomes[index].npv.mean or 0.0)
    return Valued(model.proposal, model, simulation, leading, draws, seed)


def _results(proposal: Proposal, valued: Valued | None, seed: int) -> tuple[AlternativeResult, ...]:
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


def _gain(proposal: Proposal, index: int, alternative: Alternative, valued: Valued | None, seed: int) -> float | None:
    """The gain a month: of the simulation, or of as much as is known where timing or costs are still open."""
    if alternative.is_status_quo:
        return 0.0
    outcome = valued.simulation.outcomes.get(index) if valued else None
    return outcome.gain_per_month.mean if outcome else _gain_so_far(proposal, index, seed)


def _gain_so_far(proposal: Proposal, index: int, seed: int) -> float | None:
    status_quo = proposal.status_quo
    if proposal.bridge is None or bridge_missing(proposal) or status_quo is None:
        return None
    before = proposal.alternatives.index(status_quo)
    pair = {before: status_quo, index: proposal.alternatives[index]}
    unknown = [hole for number, each in pair.items() for hole in alternative_missing(proposal, number, each)]
    if any(".metrics." in hole for hole in unknown):
        return None
    inputs = tuple(collect(proposal, pair))
    model = ValueModel(proposal, proposal.bridge, (before, status_quo), {index: pair[index]}, inputs)
    sampler = Sampler(inputs, correlations=proposal.correlated(), replicates=REPLICATES, seed=seed)
    values: Mapping[str, Numbers] = sampler.block(1_024)
    return float(np.mean(model.gain_per_month(index, values)))


def _best(results: tuple[AlternativeResult, ...], leading: int | None) -> str | None:
    """The best by expected NPV, where the status quo counts as 0."""
    if leading is None:
        return None
    leader = results[leading]
    if (leader.expected or 0.0) > 0:
        return leader.name
    return next((each.name for each in results if each.is_reference), None)


def _sensitivity(valued: Valued) -> tuple[float, tuple[Sensitivity, ...]]:
    base, swings = tornado(valued.model, valued.leading)
    learning = Learning(valued.model, valued.simulation)
    return base, tuple(Sensitivity(swing, learning.worth(swing.input)) for swing in swings)


def _pilot(proposal: Proposal, valued: Valued | None, seed: int) -> PilotValue:
    plan = planned_pilot(proposal)
    return pilot_value(valued.model if valued else None, valued.simulation if valued else None, plan, seed)


def _likely(assumed: Sequence[Assumed]) -> frozenset[int]:
    """The alternatives that reach a quality that pays more likely than not, by a chance that nobody gave."""
    chances = [each for each in assumed if each.path.last == SUCCESS_PROBABILITY]
    return frozenset(int(each.path.keys[1]) for each in chances if each.estimate.p50 >= _EVEN)


def _choice(valued: Valued, staged: Staged | None, evens: Sequence[BreakEven], likely: Collection[int]) -> Choice:
    unreachable = {each.index for each in unreachable_of(evens, likely)}
    return choose(valued.model.valued, valued.simulation, staged, unreachable, _without_tails(valued))


def _without_tails(valued: Valued) -> dict[int, float]:
    """Expected NPV, without the tail, of the alternatives that rest on a tail that nobody gave."""
    model = valued.model
    cut = {tail.path for tail in tails_of(model)}
    resting = {
        index: cut | {each.path for each in beyond_p90(model, valued.simulation, index)} for index in model.valued
    }
    # Most proposals have no such input, and are not simulated again.
    return {
        index: npv_without_tails(model, paths, valued.draws, valued.seed)[index].mean or 0.0
        for index, paths in resting.items()
        if paths
    }


def _doubt(valued: Valued, pilot: PilotValue) -> Doubt | None:
    models = [index for index, each in valued.model.valued.items() if each.is_machine_learning]
    return doubt_about_production(valued.model, valued.simulation, pilot, models)


def _operating_curve(valued: Valued) -> OperatingCurve | None:
    """The leading alternative's value at each threshold, all inputs as expected: there the threshold is settled."""
    model = valued.model
    return model.bridge.operating_curve(
        model.shared_of(model.expected), model.metrics_of(valued.leading, model.expected)
    )


def _outside_view(model: ValueModel, draws: int, seed: int) -> OutsideView | None:
    name, own = model.proposal.returns.outside_view, tuple(model.proposal.returns.own_classes)
    if name is None and not own:
        return None
    return OutsideView(name, outside_view(model, name, draws, seed, own), own)


def _evidence(
    proposal: Proposal, valued: Valued | None, appraisal: Appraisal, sensitivity: Sequence[Sensitivity]
) -> EvidenceView:
    """What evidence shows, and what the figures and the verdict rest on."""
    shown = reaches(proposal)
    grounds = Grounds(proposal, shown)
    inputs = resting(valued.model, valued.simulation, valued.leading, grounds) if valued else ()
    return EvidenceView(
        attached=tuple(proposal.evidence),
        reaches=shown,
        chances=_chances(proposal, appraisal, shown),
        agreements=agreements_of(proposal),
        inputs=inputs,
        answers=answers_by_kind(proposal, grounds),
        reasons=len(appraisal.verdict.reasons),
        reasons_on_guesses=_on_guesses(proposal, appraisal, grounds, inputs),
        worth={each.swing.input: each.evppi.value for each in sensitivity},
    )


def _on_guesses(proposal: Proposal, appraisal: Appraisal, grounds: Grounds, inputs: Sequence[Resting]) -> int:
    """How many of the verdict's reasons; what is unfinished rests on nothing that was said."""
    if appraisal.missing and not appraisal.feasibility.gates_with(GateStatus.FAILED):
        return 0
    return reasons_on_guesses(proposal, appraisal.verdict, appraisal.feasibility, grounds, inputs)


def _chances(proposal: Proposal, appraisal: Appraisal, shown: Sequence[Reach]) -> dict[tuple[int, str], float]:
    by_index = {each.index: each for each in shown}
    indices = dict.fromkeys(each.index for each in appraisal.break_even)
    return {
        (index, metric): chance
        for index in indices
        for metric, chance in chances_of_reaching(proposal, index, by_index.get(index)).items()
    }


def _finance(valued: Valued) -> FinanceView | None:
    """What finance reads, where it has something to say."""
    is_asked = valued.proposal.has_finance
    return finance_view(valued.model, valued.simulation, valued.leading) if is_asked else None


def _by_default(proposal: Proposal, assumed: Sequence[Assumed]) -> Iterator[Remark]:
    """Chances of reaching production that nobody gave."""
    for each in assumed:
        if each.path.last == SUCCESS_PROBABILITY:
            index = int(each.path.keys[1])
            yield Remark(Code.CHANCE_BY_DEFAULT, (name_of(proposal.alternatives[index], index),), (each.estimate.p50,))


def _missing_answers(checklist: Checklist) -> tuple[Path, ...]:
    return tuple(ANSWERS / gate.id for gate in checklist.gates_with(GateStatus.UNANSWERED))
