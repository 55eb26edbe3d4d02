"""What came of decided proposals: what stands and what was stopped, each read and worked out once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from app.choosing.record import record_of
from db import DecisionRequest, Saved, Store
from scoping.record.prior import KNOWN
from scoping.vocabulary import Outcome, Recommendation
from tests.scoping.record.samples import BUILD, NAME, OWN, SIGNED, actuals

ADOPTION = "returns.adoption"
ENOUGH = int(KNOWN * (SIGNED.returns.horizon_months or 0)) + 1


def decided(store: Store, title: str) -> Saved:
    saved = store.create(SIGNED.model_copy(update={"title": title}))
    store.decide(saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ada", alternative=NAME))
    return saved


def measured(store: Store, saved: Saved, *entries: tuple[str, int, float], version: int = 0) -> None:
    now = store.actuals.current(saved.id)
    assert now is not None
    store.actuals.save(saved.id, actuals(*entries), now.decision.id, version)


def test_only_what_was_recorded_since_is_read_again(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("One", "Two"):
        measured(pages_store, decided(pages_store, title), (BUILD, 3, 3.0), (ADOPTION, ENOUGH, 0.4))
    early = decided(pages_store, "Early")
    measured(pages_store, early, (BUILD, 3, 3.0))
    decided(pages_store, "Nothing recorded")
    asked: list[Collection[int] | None] = []
    every = type(pages_store.actuals).every

    def counted(self: Any, *, is_demo: bool = False, under: Collection[int] | None = None) -> Any:
        asked.append(under)
        return every(self, is_demo=is_demo, under=under)

    monkeypatch.setattr(type(pages_store.actuals), "every", counted)
    first = record_of(pages_store, is_demo=False)
    assert len(first) == 2
    assert record_of(pages_store, is_demo=False) == first
    measured(pages_store, early, (BUILD, 3, 3.0), (ADOPTION, ENOUGH, 0.1), version=1)
    assert len(record_of(pages_store, is_demo=False)) == 3
    assert [each and len(each) for each in asked] == [3, 1]
    assert record_of(pages_store, is_demo=True) == []


def test_what_a_later_decision_stopped_counts_with_what_it_had_cost(pages_store: Store) -> None:
    saved = decided(pages_store, "Given up")
    measured(pages_store, saved, (f"{OWN}.costs.0.amount", 2, 30_000.0))
    assert record_of(pages_store, is_demo=False) == []
    stop = DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ada", reason="Enough")
    pages_store.decide(saved.id, stop)
    (found,) = record_of(pages_store, is_demo=False)
    assert found.proposal == saved.id
    assert found.realised < 0 < found.estimated
