"""What someone who decides signs beside the outcome: conditions that belong to what was decided, not to the verdict."""

from __future__ import annotations

from .assessment import Appraisal
from .document.proposal import Proposal
from .text.languages import message
from .value.results import AlternativeResult
from .verdict import Evidence, conditions_of
from .vocabulary import GateStatus, Recommendation


def conditions_for(
    outcome: Recommendation, alternative: str, proposal: Proposal, appraisal: Appraisal
) -> tuple[str, ...]:
    """The conditions to propose for an outcome that means the alternative of that name.

    What is recommended, for the alternative that the recommendation is about, has the verdict's own. Whoever goes on
    against a gate has to settle it: so it is named.
    """
    if outcome is appraisal.verdict.recommendation and alternative in ("", alternative_recommended(outcome, appraisal)):
        return appraisal.verdict.conditions
    found = conditions_of(outcome, _evidence(proposal, appraisal, alternative))
    if outcome in (Recommendation.STOP, Recommendation.REWORK):
        return tuple(found)
    gates = appraisal.feasibility.gates
    failed = [gate.reason for gate in gates if gate.status is GateStatus.FAILED]
    unanswered = [gate.title for gate in gates if gate.status is GateStatus.UNANSWERED]
    first = [message("Settle first: {gate}", gate=reason) for reason in failed]
    return (*first, *found, *(message("Answer: {question}", question=title) for title in unanswered))


def alternative_recommended(outcome: Recommendation, appraisal: Appraisal) -> str:
    """The alternative that an outcome means unless another one is named: the best of its sort; nothing for none."""
    if outcome in (Recommendation.STOP, Recommendation.REWORK):
        return ""
    models = outcome is not Recommendation.SIMPLER
    own = [each for each in appraisal.best_first() if not each.is_reference]
    usual = [each for each in own if each.kind.is_machine_learning is models]
    return str((usual or own)[0].name) if own else ""


def _evidence(proposal: Proposal, appraisal: Appraisal, alternative: str) -> Evidence:
    """What the rule looks at, of the models only the one that is meant."""
    return Evidence(
        proposal=proposal,
        results=[each for each in appraisal.alternatives if _counts(each, alternative)],
        break_even=appraisal.break_even,
        checklist=appraisal.feasibility,
        pilot=appraisal.pilot,
        staged=appraisal.staged,
        choice=None,
        doubt=None,
        missing=appraisal.missing,
    )


def _counts(each: AlternativeResult, alternative: str) -> bool:
    return not each.kind.is_machine_learning or not alternative or each.name == alternative
