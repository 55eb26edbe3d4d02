"""Actuals are read and written by programs: checked against what was signed, and nothing is overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from db import DecisionRequest, Store
from scoping.vocabulary import Outcome, Recommendation
from tests.documents import CERTAIN, UNCERTAIN, proposal

RECALL = "alternatives.2.metrics.recall"
CATCH = "bridge.value_of_catch"


def document(*entries: tuple[str, int, float]) -> dict[str, Any]:
    lines = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    return {"actuals_version": 1, "alternative": "Model", "entries": lines}


@pytest.fixture
def place(pages_store: Store) -> str:
    saved = pages_store.create(proposal(UNCERTAIN))
    request = DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", conditions=("Ask",), alternative="Model")
    pages_store.decide(saved.id, request)
    return f"/api/proposals/{saved.id}/actuals"


def test_actuals_are_read_and_replaced_under_their_tag(alone: TestClient, place: str) -> None:
    empty = alone.get(place)
    assert (empty.json()["version"], empty.json()["document"]["alternative"]) == (0, "Model")
    put = alone.put(place, json=document((RECALL, 6, 0.7)), headers={"If-Match": empty.headers["ETag"]})
    assert (put.status_code, put.json()["version"]) == (200, 1), put.text
    read = alone.get(place)
    assert (read.headers["ETag"], read.json()) == (put.headers["ETag"], put.json())
    assert alone.get(place, headers={"If-None-Match": read.headers["ETag"]}).status_code == 304


def test_nobody_overwrites_what_another_one_entered(alone: TestClient, place: str) -> None:
    tag = alone.get(place).headers["ETag"]
    alone.put(place, json=document((RECALL, 6, 0.7)), headers={"If-Match": tag})
    late = alone.put(place, json=document((RECALL, 6, 0.9)), headers={"If-Match": tag})
    assert (late.status_code, "Nothing was overwritten" in late.json()["error"]) == (412, True)
    assert alone.get(place).json()["document"]["entries"][0]["value"] == 0.7


def test_a_change_says_of_what_it_is(alone: TestClient, place: str) -> None:
    assert alone.put(place, json=document()).status_code == 428
    for given in ("*", '"1"', "1.0", '"0.1"', '"1.01"'):
        found = alone.put(place, json=document(), headers={"If-Match": given})
        assert (found.status_code, "must be the ETag" in found.json()["error"]) == (400, True), given


def test_what_was_not_signed_is_refused_with_its_place(alone: TestClient, place: str) -> None:
    tag = alone.get(place).headers["ETag"]
    found = alone.put(place, json=document(("alternatives.2.metrics.rmse", 1, 2)), headers={"If-Match": tag})
    assert (found.status_code, found.json()["problems"][0]["path"]) == (422, "entries.0.about")
    assert alone.get(place).json()["version"] == 0


def test_without_a_decision_there_is_nothing_to_measure(alone: TestClient, pages_store: Store) -> None:
    place = f"/api/proposals/{pages_store.create(proposal(CERTAIN)).id}/actuals"
    for found in (alone.get(place), alone.get(f"{place}/comparison")):
        assert (found.status_code, "No decision stands" in found.json()["error"]) == (404, True)


def test_a_decision_that_names_no_alternative_has_nothing_to_compare_yet(alone: TestClient, pages_store: Store) -> None:
    saved = pages_store.create(proposal(UNCERTAIN))
    pages_store.decide(saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ana", "No money"))
    found = alone.get(f"/api/proposals/{saved.id}/actuals/comparison")
    assert (found.status_code, found.json()["facts"], found.json()["npv_now"]) == (200, [], None)


def test_each_actual_stands_beside_what_was_signed(alone: TestClient, place: str) -> None:
    build = ("alternatives.2.build_months", 4, 4.0)
    entries = [build, *((CATCH, month, 150.0) for month in range(6, 12))]
    alone.put(place, json=document(*entries), headers={"If-Match": alone.get(place).headers["ETag"]})
    found = alone.get(f"{place}/comparison").json()
    (fact,) = (each for each in found["facts"] if each["path"] == CATCH)
    assert (fact["signed"]["p50"], fact["actual"], fact["position"]) == (120, 150, "inside")
    assert 0.5 < fact["percentile"] < 0.9
    assert found["npv_now"]["mean"] > found["npv_signed"]["mean"]
    assert CATCH in [each["path"] for each in found["moved"]]
    assert "bridge.prevalence" in found["open"]
