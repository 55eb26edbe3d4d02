"""Ideas by programs: proposed with the questions and refusals of the page, and the queue that the page shows."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from db import Filters, Role, Scope, Store
from scoping.organisation import read_organisation
from scoping.vocabulary import Stage
from tests.app.api.conftest import BOTH, SignedIn

IDEA: dict[str, Any] = {
    "title": "Bread of yesterday",
    "problem": "A tenth of the loaves goes stale",
    "decision": "How many to bake",
    "volume_low": 100,
    "volume_high": 400,
    "value_low": 2.5,
    "tags": ["bakery", "waste"],
}


def test_an_idea_is_proposed_and_stands_in_the_queue(alone: TestClient, pages_store: Store) -> None:
    made = alone.post("/api/ideas", json={**IDEA, "by": "Mia"})
    assert made.status_code == 201
    told = made.json()
    assert (told["title"], told["state"], told["proposed_by"]) == ("Bread of yesterday", "waiting", "Mia")
    assert (told["volume"], told["value"]) == ({"low": 100, "high": 400}, {"low": 2.5, "high": 2.5})
    assert told["worth"]["middle"] == pytest.approx(12 * 200 * 2.5)
    assert made.headers["location"] == f"/api/proposals/{told['id']}"
    # In the queue amounts are compared, so what the currency is worth there stands beside them.
    assert alone.get("/api/ideas").json()["ideas"] == [{**told, "rate": 1.0}]
    assert alone.get("/api/ideas", params={"state": "declined"}).json()["ideas"] == []
    (row,) = pages_store.list(Filters(stages=(Stage.IDEA,), tags=("bakery",))).rows
    assert row.id == told["id"]


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        ({"problem": "  "}, "problem", "must be filled in"),
        ({"volume_low": 0}, "volume_low", "must be more than 0"),
        ({"volume_low": 500}, "volume_high", "must not be less than the lower end"),
        ({"currency": "XYZ"}, "currency", "ISO 4217"),
        ({"title": None}, "title", "must be text"),
        ({"volume_low": "many"}, "volume_low", "must be a number"),
        ({"colour": "red"}, "colour", "title, problem, decision"),
        ({"tags": ["bread, stale"]}, "tags", "no comma"),
        ({"tags": ["a" * 40] * 30}, "tags", "20"),
    ],
)
def test_what_the_page_refuses_is_refused_by_its_place_and_nothing_is_saved(
    alone: TestClient, pages_store: Store, change: dict[str, Any], place: str, said: str
) -> None:
    refused = alone.post("/api/ideas", json={**IDEA, **change})
    assert refused.status_code == 422
    (problem,) = refused.json()["problems"]
    assert problem["path"] == place
    assert said in problem["allowed"]
    assert pages_store.intake.queue().total == 0


def test_a_token_that_only_reads_proposes_nothing_and_names_are_those_of_the_sign_in(signed_in: SignedIn) -> None:
    reads = signed_in.bearer("Me", Role.CONTRIBUTOR, Scope.READ)
    assert signed_in.client.post("/api/ideas", json=IDEA, headers=reads).status_code == 403
    writes = signed_in.bearer("Me", Role.CONTRIBUTOR, *BOTH)
    made = signed_in.client.post("/api/ideas", json={**IDEA, "by": "Somebody else"}, headers=writes)
    told = made.json()
    assert (made.status_code, told["proposed_by"], told["is_verified"]) == (201, "Me (me@example.org)", True)
    boss = signed_in.bearer("Boss", Role.APPROVER, *BOTH)
    assert signed_in.client.get("/api/ideas", headers=boss).json()["total"] == 1


@pytest.mark.parametrize("body", ["null", "[]", "7", '"title"'])
def test_a_body_that_is_no_object_is_refused_in_words_of_its_own(alone: TestClient, body: str) -> None:
    refused = alone.post("/api/ideas", content=body, headers={"Content-Type": "application/json"})
    assert (refused.status_code, refused.json()["problems"][0]["allowed"]) == (422, "must be an object")
    missing = alone.post("/api/ideas", json={"title": "Bread"}).json()["problems"]
    assert missing == [{"path": name, "value": "", "allowed": "is required"} for name in ("problem", "decision")]


def test_a_name_of_blanks_is_none(alone: TestClient) -> None:
    made = alone.post("/api/ideas", json={**IDEA, "by": " \n "})
    assert made.json()["proposed_by"] == "API"


def test_an_idea_that_is_sent_again_is_proposed_once(alone: TestClient, pages_store: Store) -> None:
    once = {"Idempotency-Key": "bread-1"}
    first = alone.post("/api/ideas", json=IDEA, headers=once)
    laid_down = read_organisation({"organisation_version": 1, "currency": "USD"})
    pages_store.organisation.save(laid_down, 0, "Asked for", "Ana")
    again = alone.post("/api/ideas", json=IDEA, headers=once)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again.headers["location"]) == (first.json(), first.headers["location"])
    assert alone.get("/api/ideas").json()["total"] == 1
    for change in ({"title": "Another"}, {"value_low": 3}, {"tags": ["bakery"]}, {"currency": "USD"}):
        other = alone.post("/api/ideas", json={**IDEA, **change}, headers=once)
        assert (other.status_code, other.json()["error"][:16]) == (422, "Idempotency-Key:")
    assert alone.post("/api/ideas", json=IDEA, headers={"Idempotency-Key": "with space"}).status_code == 400
    assert alone.post("/api/ideas", json=IDEA, headers={"Idempotency-Key": "bread-2"}).json() != first.json()
    assert alone.post("/api/proposals", json={"title": "A proposal"}, headers=once).status_code == 201


def test_one_key_of_two_people_makes_two_ideas(signed_in: SignedIn) -> None:
    for name in ("Me", "You"):
        writes = signed_in.bearer(name, Role.CONTRIBUTOR, *BOTH)
        made = signed_in.client.post("/api/ideas", json=IDEA, headers={**writes, "Idempotency-Key": "bread-1"})
        assert made.json()["proposed_by"].startswith(name)
    assert signed_in.client.get("/api/ideas", headers=writes).json()["total"] == 2
