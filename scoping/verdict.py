"""The verdict: stop, rework, simpler, pilot, build or stop. The first rule that holds, with its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .document.paths import Path
from .document.proposal import Proposal
from .feasibility.catalogue import QUESTIONS
from .feasibility.checklist import Checklist
from .feasibility.headroom import out_of_reach, tightest, without_ceiling
from .text.labels import label_of
from .text.languages import counted, joined, listed, message
from .text.wording import bound, metric_value, money, number, percent
from .value.breakeven import BreakEven
from .value.pilot import PilotValue
from .value.results import AlternativeResult
from .value.stages import Staged
from .vocabulary import BreakEvenStatus, GateStatus, Recommendation

RECOMMENDATIONS: dict[str, str] = {
    Recommendation.BUILD: message("Build"),
    Recommendation.PILOT: message("Pilot first"),
    Recommendation.SIMPLER: message("Choose the simpler way"),
    Recommendation.REWORK: message("Rework"),
    Recommendation.STOP: message("Stop"),
}
RISKY_LOSS = 0.25
THIN_HEADROOM = 0.05
_HOLES_NAMED = 4
ANSWERS = Path.of("feasibility", "answers")


@dataclass(frozen=True)
class Verdict:
    """build, pilot, simpler, rework or stop, with its reasons and conditions in plain sentences."""

    recommendation: Recommendation
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What the rules look at."""

    proposal: Proposal
    results: Sequence[AlternativeResult]
    break_even: Sequence[BreakEven]
    checklist: Checklist
    pilot: PilotValue
    staged: Staged | None
    missing: Sequence[Path]

    @property
    def best_model(self) -> AlternativeResult | None:
        """The machine-learning alternative with the highest expected NPV."""
        return _best(each for each in self.results if each.kind.is_machine_learning)

    @property
    def best_other(self) -> AlternativeResult | None:
        """The best alternative for which no model has to be built."""
        return _best(each for each in self.results if not each.kind.is_machine_learning)

    def money(self, amount: float) -> str:
        """An amount in the proposal's currency."""
        return money(amount, self.proposal.currency)


def _best(results: object) -> AlternativeResult | None:
    valued = [each for each in results if each.expected is not None]  # type: ignore[attr-defined]
    return max(valued, key=lambda each: each.expected or 0.0, default=None)


Rule = Callable[[Evidence], tuple[Recommendation, list[str]] | None]


def decide(evidence: Evidence) -> Verdict:
    """The verdict on the evidence. The last rule always holds."""
    for rule in _RULES:
        found = rule(evidence)
        if found is not None:
            recommendation, reasons = found
            return Verdict(recommendation, tuple(reasons), tuple(_conditions(recommendation, evidence)))
    raise AssertionError("the last rule always holds")


def _stop_at_gate(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    failed = evidence.checklist.gates_with(GateStatus.FAILED)
    return (Recommendation.STOP, [gate.reason for gate in failed]) if failed else None


def _rework_unfinished(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    reasons: list[str] = []
    holes = [path for path in evidence.missing if not path.is_within(ANSWERS)]
    if holes:
        reasons.append(_holes([label_of(evidence.proposal, path) for path in holes]))
    unanswered = len(evidence.missing) - len(holes)
    if unanswered:
        reasons.append(
            counted(
                "{count} question that can stop the project is not answered yet.",
                "{count} questions that can stop the project are not answered yet.",
                unanswered,
            )
        )
    return (Recommendation.REWORK, reasons) if reasons else None


def _holes(labels: list[str]) -> str:
    named, rest = joined(", ", labels[:_HOLES_NAMED]), len(labels) - _HOLES_NAMED
    if rest > 0:
        return message("Figures are missing: {named} and {rest} more.", named=named, rest=str(rest))
    return message("Figures are missing: {named}.", named=named)


def _rework_out_of_reach(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    model = evidence.best_model
    if model is None:
        return None
    unreachable = [each for each in out_of_reach(evidence.break_even, model.name) if each.headroom is not None]
    other = evidence.best_other
    if not unreachable or (other is not None and (other.expected or 0.0) > 0):
        return None
    return Recommendation.REWORK, [_beyond(evidence, each) for each in unreachable]


def _beyond(evidence: Evidence, each: BreakEven) -> str:
    metric = _metric(evidence, each)
    assert each.value is not None
    assert each.ceiling is not None
    return message(
        "{alternative} must reach {metric} {break_even} to break even, and the best that can be hoped for is {ceiling}: change the scope or the costs.",
        alternative=each.alternative,
        metric=each.phrase,
        break_even=metric_value(each.value, metric),
        ceiling=metric_value(each.ceiling, metric),
    )


def _simpler(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    model, other = evidence.best_model, evidence.best_other
    if other is None or other.outcome is None or (other.expected or 0.0) <= 0:
        return None
    gain = evidence.money(other.expected or 0.0)
    if model is None:
        alone = message(
            "{other} is worth {gain} (expected NPV), and no model has been valued beside it.",
            other=other.name,
            gain=gain,
        )
        return Recommendation.SIMPLER, [alone]
    if (other.expected or 0.0) < (model.expected or 0.0):
        return None
    beside = message(
        "{other} is worth {gain} (expected NPV), at least as much as {model} with {worth}, and needs no model.",
        other=other.name,
        gain=gain,
        model=model.name,
        worth=evidence.money(model.expected or 0.0),
    )
    return Recommendation.SIMPLER, [beside]


def _pilot_pays(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    pilot = evidence.pilot
    if pilot.evsi is None or pilot.cost is None or pilot.evsi <= pilot.cost:
        return None
    reason = message(
        "Learning {metrics} on {cases} labelled cases before committing is worth up to {worth}; the pilot costs {cost}.",
        metrics=read_by(pilot),
        cases=number(evidence.proposal.pilot.labelled_cases, 0),
        worth=evidence.money(pilot.evsi),
        cost=evidence.money(pilot.cost),
    )
    return Recommendation.PILOT, [reason, *_value_reasons(evidence)]


def read_by(pilot: PilotValue) -> str:
    """The metrics that a pilot reads, as a list within a sentence."""
    metrics = pilot.readings.metrics if pilot.readings else ()
    return listed(message("the {metric}", metric=metric.phrase) for metric in metrics)


def _build(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    model = evidence.best_model
    if model is None or (model.expected or 0.0) <= 0:
        return None
    return Recommendation.BUILD, _value_reasons(evidence)


def _stop_without_value(evidence: Evidence) -> tuple[Recommendation, list[str]] | None:
    model = evidence.best_model
    if model is None:
        return Recommendation.STOP, [message("No alternative has been valued that is worth more than the status quo.")]
    lost = evidence.money(-(model.expected or 0.0))
    reason = message("Even the best model, {model}, is expected to lose {lost} (NPV).", model=model.name, lost=lost)
    never = [each for each in out_of_reach(evidence.break_even, model.name) if each.status is BreakEvenStatus.NEVER]
    return Recommendation.STOP, [reason, *map(_never_pays, never)]


def _never_pays(each: BreakEven) -> str:
    return message("No value of {metric} would make {model} pay.", metric=each.phrase, model=each.alternative)


_RULES: tuple[Rule, ...] = (
    _stop_at_gate,
    _rework_unfinished,
    _rework_out_of_reach,
    _simpler,
    _pilot_pays,
    _build,
    _stop_without_value,
)


def _value_reasons(evidence: Evidence) -> list[str]:
    model, other = evidence.best_model, evidence.best_other
    if model is None or model.outcome is None:
        return []
    npv = model.outcome.npv
    worth = message(
        "{model} is worth {expected} (expected NPV; P10 {p10}, P90 {p90}), with a {loss} chance of loss.",
        model=model.name,
        expected=evidence.money(model.expected or 0.0),
        p10=evidence.money(npv.p10 or 0.0),
        p90=evidence.money(npv.p90 or 0.0),
        loss=percent(model.outcome.probability_of_loss),
    )
    return [worth, *_over_other(evidence, model, other), *_headroom_reasons(evidence, model)]


def _over_other(evidence: Evidence, model: AlternativeResult, other: AlternativeResult | None) -> list[str]:
    if other is None or other.is_reference:
        return []
    more = evidence.money((model.expected or 0.0) - max(other.expected or 0.0, 0.0))
    return [
        message("That is {more} more than the best way without a model ({other}).", more=more, other=other.name),
    ]


def _headroom_reasons(evidence: Evidence, model: AlternativeResult) -> list[str]:
    tight = tightest(evidence.break_even, model.name)
    if tight is None or tight.value is None or tight.ceiling is None:
        return []
    metric = _metric(evidence, tight)
    return [
        message(
            "It breaks even at {metric} {break_even}; {expected} is expected, and the best that can be hoped for is {ceiling}.",
            metric=tight.phrase,
            break_even=metric_value(tight.value, metric),
            expected=metric_value(tight.expected, metric),
            ceiling=metric_value(tight.ceiling, metric),
        )
    ]


def _metric(evidence: Evidence, each: BreakEven) -> str:
    assert evidence.proposal.bridge is not None
    return evidence.proposal.bridge.metric_named(each.metric).quantity.unit


def _conditions(recommendation: Recommendation, evidence: Evidence) -> list[str]:
    """What must hold or be done if the recommendation is followed."""
    conditions = [
        message("Settle first: {gate}", gate=gate.reason) for gate in evidence.checklist.gates_with(GateStatus.OPEN)
    ]
    if recommendation is Recommendation.REWORK:
        conditions += [
            message("Answer: {question}", question=gate.title)
            for gate in evidence.checklist.gates_with(GateStatus.UNANSWERED)
        ]
    if recommendation is Recommendation.PILOT:
        conditions += _delay_conditions(evidence)
    if recommendation in (Recommendation.BUILD, Recommendation.PILOT):
        conditions += _model_conditions(evidence)
    if recommendation is Recommendation.SIMPLER:
        conditions += _simpler_conditions(evidence)
    if recommendation is not Recommendation.STOP:
        weak = [identity for identity in evidence.checklist.weakest if not QUESTIONS[identity].is_gate]
        conditions += [
            message("Improve a weak answer: {question}", question=QUESTIONS[identity].text) for identity in weak[:3]
        ]
    return conditions


def _delay_conditions(evidence: Evidence) -> list[str]:
    """A pilot that costs more by its delay than it tells is better run beside the build."""
    staged = evidence.staged
    if staged is None or staged.npv >= staged.committed:
        return []
    loss = evidence.money(staged.committed - staged.npv)
    return [
        message(
            "The pilot's cost and delay together exceed what it tells by {loss}: shorten it, or build beside it.",
            loss=loss,
        )
    ]


def _simpler_conditions(evidence: Evidence) -> list[str]:
    model, other = evidence.best_model, evidence.best_other
    conditions = []
    if other is not None and other.outcome is not None and other.outcome.probability_of_loss > RISKY_LOSS:
        conditions.append(_risky(other.outcome.probability_of_loss))
    if model is not None and other is not None:
        difference = evidence.money((other.expected or 0.0) - (model.expected or 0.0))
        conditions.append(
            message(
                "Come back to {model} when its expected NPV has risen by {difference}.",
                model=model.name,
                difference=difference,
            )
        )
    return conditions


def _model_conditions(evidence: Evidence) -> list[str]:
    model = evidence.best_model
    if model is None or model.outcome is None:
        return []
    conditions = []
    for each in evidence.break_even:
        if each.alternative == model.name and each.value is not None:
            conditions.append(_must_hold(each, metric_value(each.value, _metric(evidence, each))))
    conditions += [
        message("Find out the best {metric} that can be hoped for: no ceiling is given.", metric=each.phrase)
        for each in without_ceiling(evidence.break_even, model.name)
    ]
    if model.outcome.probability_of_loss > RISKY_LOSS:
        conditions.append(_risky(model.outcome.probability_of_loss))
    tight = tightest(evidence.break_even, model.name)
    if tight is not None and tight.headroom is not None and tight.headroom < THIN_HEADROOM:
        conditions.append(
            message("Headroom in {metric} is thin: check the ceiling before committing.", metric=tight.phrase)
        )
    return conditions


def _must_hold(each: BreakEven, value: str) -> str:
    return message(
        "In production, {metric} must be {bound}, or the project loses money.",
        metric=each.phrase,
        bound=bound(value, each.better),
    )


def _risky(loss: float) -> str:
    return message("The chance of loss is {loss}: agree beforehand when to stop.", loss=percent(loss))
