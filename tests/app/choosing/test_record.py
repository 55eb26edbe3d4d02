"""The prior of a choice learns from what was given up as from what was built."""

from __future__ import annotations

from app.choosing.record import record_of
from db import DecisionRequest, Store
from scoping.record.actuals import read_actuals
from scoping.vocabulary import Outcome, Recommendation
from tests.documents import UNCERTAIN, proposal


def test_what_a_later_decision_stopped_came_to_what_was_spent(pages_store: Store) -> None:
    saved = pages_store.create(proposal(UNCERTAIN))
    built = DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model")
    pages_store.decide(saved.id, built)
    now = pages_store.actuals.current(saved.id)
    assert now is not None
    spent = [{"about": "alternatives.2.costs.0.amount", "month": 3, "value": 9_000}]
    known = read_actuals({"actuals_version": 1, "alternative": "Model", "entries": spent}, now.signed)
    pages_store.actuals.save(saved.id, known, now.decision.id, 0)
    # Three of twenty-four months: too little is known while it goes on.
    assert record_of(pages_store, is_demo=False) == []
    pages_store.decide(saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ana", "Enough"))
    (found,) = record_of(pages_store, is_demo=False)
    assert found.proposal == saved.id
    assert found.realised < 0 < found.estimated
