"""Was it the right decision? The signed revision run again: with what was known then, and with what is known now.

A decision is judged by what was known when it was made; what came of it is also luck (Baron and Hershey 1988, Outcome
Bias in Decision Evaluation, Journal of Personality and Social Psychology 54(4)). So there are two answers, and four
readings of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ..assess import appraise
from ..assessment import Appraisal
from ..deciding import alternative_recommended
from ..document.proposal import Proposal
from ..text.languages import joined, message
from ..text.wording import compact_money
from ..value.figures import Figure
from ..verdict.evidence import RECOMMENDATIONS
from ..vocabulary import Recommendation
from .actuals import Actuals
from .reestimating import as_known, reestimated
from .restating import going_on

_ERRORS = 2.0
"""Expected values within so many standard errors of each other are a tie."""
_GOES_ON = (Recommendation.BUILD, Recommendation.SIMPLER)


@dataclass(frozen=True)
class Decided:
    """What was decided on the signed revision: the outcome, and the alternative that was meant (empty for none)."""

    outcome: Recommendation
    alternative: str = ""
    decided_on: date | None = None
    conditions: Sequence[str] = field(default_factory=tuple)


class Hindsight(StrEnum):
    """How a decision looks, by what was known and by what came of it; open where nobody can tell yet, or ever."""

    GOOD_AND_LUCKY = "good decision, good outcome"
    GOOD_AND_UNLUCKY = "good decision, bad outcome"
    BAD_AND_LUCKY = "bad decision, good outcome"
    BAD_AND_UNLUCKY = "bad decision, bad outcome"
    GOOD_AND_OPEN = "good decision, outcome open"
    BAD_AND_OPEN = "bad decision, outcome open"


@dataclass(frozen=True)
class Replay:
    """A decision, looked at twice. Money is NPV on the day that was signed.

    recommended is the verdict of the signed revision, recommended_now the verdict of the same document had it known what
    is known now, or was known when it was stopped in `stopped_month`. was_right_then compares with what was known; was_right_now is None where the outcome is open: its range
    holds zero, or what was left undone cannot be seen. was_foreseen says whether the value now lies within the P10 to P90
    that were signed: outside, it was not bad luck alone, the ranges were too narrow.
    """

    decided: Decided
    recommended: Recommendation
    recommended_now: Recommendation
    value_then: Figure | None
    value_now: Figure | None
    was_right_then: bool
    was_right_now: bool | None
    was_foreseen: bool | None
    reason: str
    stopped_month: int | None = None

    @property
    def hindsight(self) -> Hindsight:
        """Both answers in one reading."""
        readings = {
            (True, True): Hindsight.GOOD_AND_LUCKY,
            (True, False): Hindsight.GOOD_AND_UNLUCKY,
            (False, True): Hindsight.BAD_AND_LUCKY,
            (False, False): Hindsight.BAD_AND_UNLUCKY,
            (True, None): Hindsight.GOOD_AND_OPEN,
        }
        return readings.get((self.was_right_then, self.was_right_now), Hindsight.BAD_AND_OPEN)


def replayed(
    proposal: Proposal, decided: Decided, actuals: Actuals, month: int | None = None, appraisal: Appraisal | None = None
) -> Replay:
    """A decision on a signed revision, by what was known then and what is known at the end of a month (None: now).

    `appraisal` is that of the signed revision, where it is there already. Raises DocumentRefused.
    """
    then = appraisal or appraise(proposal)
    # What came of it is told of what was measured, even where that is not what was decided.
    known = actuals.model_copy(update={"alternative": actuals.alternative or decided.alternative})
    goes_on = decided.outcome in _GOES_ON
    found = reestimated(proposal, known, month) if goes_on else None
    right_now = _is_paying(found.now) if found else None
    right_then = was_right_then(decided, then)
    now = appraise(_not_stopped(proposal, known, month)) if goes_on else then
    return Replay(
        decided=decided,
        recommended=then.verdict.recommendation,
        recommended_now=now.verdict.recommendation,
        value_then=found.signed if found else None,
        value_now=found.now if found else None,
        was_right_then=right_then,
        was_right_now=right_now,
        was_foreseen=_foreseen(found.signed, found.now) if found else None,
        reason=_reason(proposal, decided, then, right_then, found.now if found else None),
        stopped_month=(known if month is None else known.until(month)).stopped_month if goes_on else None,
    )


def _not_stopped(proposal: Proposal, actuals: Actuals, month: int | None) -> Proposal:
    """With what is known, as if nobody had stopped it: cut off, no project would be recommended."""
    return as_known(proposal, going_on(actuals if month is None else actuals.until(month)))


def was_right_then(decided: Decided, appraisal: Appraisal) -> bool:
    """Whether a decision was what the figures that were signed spoke for, or a tie with just that."""
    verdict = appraisal.verdict
    if decided.outcome not in (verdict.recommendation, *verdict.level_with):
        return False
    if decided.outcome not in _GOES_ON or not decided.alternative:
        return True
    best = alternative_recommended(decided.outcome, appraisal)
    figures = {str(each.name): each for each in appraisal.alternatives}
    meant, recommended = figures.get(decided.alternative), figures.get(best)
    if meant is None or recommended is None or meant.expected is None or recommended.expected is None:
        return decided.alternative == best
    error = max((each.outcome.npv.standard_error or 0.0) for each in (meant, recommended) if each.outcome)
    return meant.expected >= recommended.expected - _ERRORS * error


def _is_paying(now: Figure) -> bool | None:
    """True or False once the whole range is on one side of zero."""
    if now.p10 is None or now.p90 is None:
        return None
    return True if now.p10 > 0 else False if now.p90 < 0 else None


def _foreseen(signed: Figure, now: Figure) -> bool | None:
    if signed.p10 is None or signed.p90 is None or now.p50 is None:
        return None
    return signed.p10 <= now.p50 <= signed.p90


def _reason(proposal: Proposal, decided: Decided, then: Appraisal, right_then: bool, now: Figure | None) -> str:
    """Both answers in words."""
    words = {
        "decided": RECOMMENDATIONS[decided.outcome],
        "recommended": RECOMMENDATIONS[then.verdict.recommendation],
    }
    if right_then:
        first = message("The decision (“{decided}”) was what the signed figures spoke for.", **words)
    else:
        first = message("The decision was “{decided}”; the signed figures spoke for “{recommended}”.", **words)
    return joined(" ", (first, _outcome(proposal, now)))


def _outcome(proposal: Proposal, now: Figure | None) -> str:
    if now is None or now.p10 is None or now.p90 is None:
        return message("What would have come of the other way cannot be seen.")
    low, high = (compact_money(each, proposal.currency) for each in (now.p10, now.p90))
    paying = _is_paying(now)
    if paying is not None and now.p10 == now.p90:
        known = message("NPV is {value}: nothing of it is open any more.", value=low)
        return joined(" ", (message("It pays.") if paying else message("It does not pay."), known))
    if paying is None:
        return message("What comes of it is open: NPV is {low} to {high} as it stands.", low=low, high=high)
    if paying:
        return message("It pays: NPV is {low} to {high} as it stands.", low=low, high=high)
    return message("It does not pay: NPV is {low} to {high} as it stands.", low=low, high=high)
