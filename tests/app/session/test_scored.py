"""What follows from decisions is worked out once; where much is missing it is made up beside the page."""

from __future__ import annotations

import time

import pytest

from app.session import scored
from app.session.scored import learned
from db import DecisionRequest, Store
from scoping.record.actuals import read_actuals
from scoping.vocabulary import Outcome, Overrun, Recommendation
from tests.documents import UNCERTAIN, proposal

_PATIENCE = 60


def late(store: Store, months: float) -> None:
    saved = store.create(proposal(UNCERTAIN))
    store.decide(saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model"))
    now = store.actuals.current(saved.id)
    assert now is not None
    entries = [{"about": "alternatives.2.build_months", "month": 4, "value": months}]
    document = {"actuals_version": 1, "alternative": "Model", "entries": entries}
    store.actuals.save(saved.id, read_actuals(document, saved.proposal), now.decision.id, 0)


def test_few_that_are_missing_are_worked_out_at_once(pages_store: Store) -> None:
    for months in (6, 8):
        late(pages_store, months)
    found = learned(pages_store.actuals.recorded(), is_demo=False)
    assert found is not None
    assert {(each.what, each.value) for each in found.overruns} == {(Overrun.TIME, 1.5), (Overrun.TIME, 2.0)}
    assert learned(pages_store.actuals.recorded(), is_demo=False) is found


def test_many_that_are_missing_do_not_hold_up_the_page_and_are_there_later(
    pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scored, "_MOST_AT_ONCE", 1)
    for months in (6, 8, 10):
        late(pages_store, months)
    recorded, until = pages_store.actuals.recorded(), time.monotonic() + _PATIENCE
    assert learned(recorded, is_demo=False) is None
    while (found := learned(recorded, is_demo=False)) is None and time.monotonic() < until:
        time.sleep(0.02)
    assert found is not None
    assert len(found.overruns) == 3


def test_another_database_has_another_record(pages_store: Store) -> None:
    """The numbers of decisions begin with 1 in each: what was kept of one must not be told of the other."""
    late(pages_store, 12)
    found = learned(pages_store.actuals.recorded(), is_demo=False)
    assert found is not None
    assert [each.value for each in found.overruns] == [3.0]
