"""What must hold or be done if a recommendation is followed."""

from __future__ import annotations

from ..document.standards import Thresholds
from ..feasibility.checklist import Gate, questions_known
from ..feasibility.headroom import tightest, without_ceiling
from ..text.languages import message
from ..text.wording import bound, chance, metric_value
from ..value.breakeven import BreakEven
from ..vocabulary import GateStatus, Recommendation
from .evidence import Evidence

RISKY_LOSS = Thresholds().risky_loss
"""What holds unless the organisation chose another threshold."""
_WEAK_NAMED = 3


def conditions_of(recommendation: Recommendation, evidence: Evidence) -> list[str]:
    """The conditions, gates first."""
    conditions = [message("Settle first: {gate}", gate=gate.reason) for gate in _gates(evidence, GateStatus.OPEN)]
    if recommendation is Recommendation.REWORK:
        unanswered = _gates(evidence, GateStatus.UNANSWERED)
        conditions += [message("Answer: {question}", question=gate.title) for gate in unanswered]
    if recommendation in (Recommendation.BUILD, Recommendation.PILOT):
        conditions += [*_unread_doubt(evidence), *_model_conditions(evidence)]
    if recommendation is Recommendation.SIMPLER:
        conditions += _simpler_conditions(evidence)
    return conditions if recommendation is Recommendation.STOP else [*conditions, *_weak_answers(evidence)]


def _gates(evidence: Evidence, status: GateStatus) -> list[Gate]:
    return list(evidence.checklist.gates_with(status))


def _weak_answers(evidence: Evidence) -> list[str]:
    known = questions_known(evidence.proposal)
    weak = [known[identity] for identity in evidence.checklist.weakest if not known[identity].is_gate]
    return [message("Improve a weak answer: {question}", question=each.text) for each in weak[:_WEAK_NAMED]]


def _unread_doubt(evidence: Evidence) -> list[str]:
    """The main doubt is one that the planned pilot cannot read."""
    doubt = evidence.doubt
    if doubt is None or doubt.is_read or evidence.proposal.pilot.cost is None:
        return []
    return [
        message(
            "The main doubt is whether {model} reaches production at all (chance {chance}); the planned pilot cannot read it. Knowing it beforehand would be worth {worth}.",
            model=doubt.alternative,
            chance=chance(doubt.chance),
            worth=evidence.money(doubt.worth),
        )
    ]


def _simpler_conditions(evidence: Evidence) -> list[str]:
    model, other = evidence.best_model, evidence.best_other
    conditions = []
    if other is not None and other.outcome is not None:
        conditions += _risky(evidence, other.outcome.probability_of_loss)
    difference = (other.expected or 0.0) - (model.expected or 0.0) if model and other else -1.0
    if model is not None and difference >= 0:
        conditions.append(
            message(
                "Come back to {model} when its expected NPV has risen by {difference}.",
                model=model.name,
                difference=evidence.money(difference),
            )
        )
    return conditions


def _model_conditions(evidence: Evidence) -> list[str]:
    model = evidence.best_model
    if model is None or model.outcome is None:
        return []
    own = [each for each in evidence.break_even if each.alternative == model.name and each.value is not None]
    conditions = [_must_hold(each, metric_value(each.value, evidence.unit_of(each))) for each in own]
    conditions += [
        message("Find out the best {metric} that can be hoped for: no ceiling is given.", metric=each.phrase)
        for each in without_ceiling(evidence.break_even, model.name)
    ]
    conditions += _risky(evidence, model.outcome.probability_of_loss)
    tight = tightest(evidence.break_even, model.name)
    if tight is not None and tight.headroom is not None and tight.headroom < evidence.thresholds.thin_headroom:
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


def _risky(evidence: Evidence, loss: float) -> list[str]:
    if loss <= evidence.thresholds.risky_loss:
        return []
    return [message("The chance of loss is {loss}: agree beforehand when to stop.", loss=chance(loss))]
