"""The demo portfolio as the Store takes it."""

from __future__ import annotations

from datetime import UTC, datetime, time

from db import DecisionRequest, DemoProposal
from scoping.record.demo import DemoCase, demo
from scoping.record.demo_cases import PROJECTS
from scoping.vocabulary import Outcome

MANY = len(PROJECTS)
_IN_THE_MORNING = time(9, 30, tzinfo=UTC)
_REASON = "Made up, as everything in the demo portfolio."


def demo_proposals() -> list[DemoProposal]:
    """The made-up proposals with their decisions and actuals; the same ones each time."""
    return [_proposal(each) for each in demo()]


def _proposal(case: DemoCase) -> DemoProposal:
    decided = case.decided
    assert decided.decided_on is not None
    request = DecisionRequest(
        version=1,
        # What was recommended follows from the assessment that is made on the way in.
        recommendation=decided.outcome,
        outcome=Outcome(decided.outcome),
        decided_by=case.proposal.sponsor,
        reason=_REASON,
        conditions=tuple(decided.conditions),
        alternative=decided.alternative,
    )
    at = datetime.combine(decided.decided_on, _IN_THE_MORNING)
    return DemoProposal(case.proposal, request, at, case.actuals)
