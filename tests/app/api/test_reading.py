"""What programs read: the same lists, decisions, versions and files as the pages show."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread
from typing import get_args

import pytest
from starlette.testclient import TestClient

from app.api.resources import exports
from app.api.resources.portfolio import Decided, Sort
from app.exports.notes import summary_of
from db import (
    NOT_DECIDED,
    SORTS,
    AdviceRequest,
    DecisionRequest,
    Duty,
    Saved,
    ScenarioDecisionRequest,
    ScenarioOutcome,
    ScenarioRequest,
    Store,
)
from scoping import examples, to_dict
from scoping.reports import formats, render
from scoping.text.languages import language_of
from scoping.vocabulary import Outcome, Stance
from tests.documents import CERTAIN, proposal


@pytest.fixture
def saved(pages_store: Store) -> Saved:
    return pages_store.create(examples.load("stock_price"), "Ana")


def decide(store: Store, identity: str, outcome: Outcome = Outcome.STOP, days: int = 30) -> None:
    review = store.today() + timedelta(days=days)
    store.decide(identity, DecisionRequest(1, Outcome.STOP, outcome, "Ben", reason="Because.", review_on=review))


def test_decisions_are_those_that_were_signed(alone: TestClient, pages_store: Store, saved: Saved) -> None:
    decide(pages_store, saved.id)
    own = alone.get(f"/api/proposals/{saved.id}/decisions").json()
    assert own == alone.get("/api/decisions").json()
    [found] = own["decisions"]
    assert (found["proposal_id"], found["outcome"], found["decided_by"]) == (saved.id, "stop", "Ben")
    assert (found["is_newest"], found["is_verified"], found["accepted"]) == (True, False, True)
    assert "signed_by_id" not in found


def test_rounds_of_review_are_told_with_what_was_said_in_them(
    alone: TestClient, pages_store: Store, saved: Saved
) -> None:
    path = f"/api/proposals/{saved.id}/reviews"
    assert alone.get(path).json() == {"reviews": []}
    pages_store.reviewing.submit(saved.id, 1, ("data", "legal"), "Please", "Ana")
    for stance, said in ((Stance.DISAGREE, "No basis"), (Stance.AGREE_IF, "Capped")):
        pages_store.reviewing.advise(saved.id, AdviceRequest(1, "legal", stance, said), "Lea")
    [found] = alone.get(path).json()["reviews"]
    assert (found["number"], found["version"], found["state"], found["note"]) == (1, 1, "open", "Please")
    assert [(each["function"], each["stance"]) for each in found["counted"]] == [("data", None), ("legal", "agree if")]
    assert [(each["stance"], each["text"]) for each in found["advice"]] == [
        ("agree if", "Capped"),
        ("disagree", "No basis"),
    ]
    assert "proposal_id" not in found
    decide(pages_store, saved.id)
    assert [each["state"] for each in alone.get(path).json()["reviews"]] == ["decided"]


def test_a_scenario_tells_what_was_kept_and_what_was_decided(
    alone: TestClient, pages_store: Store, saved: Saved
) -> None:
    figures = {"whole": {"value": 1.5}, "proposals": {saved.id: {"title": "Stock"}}}
    request = ScenarioRequest("Next year", {"at_once": 1}, {saved.id: 1}, figures, "EUR", "For the board")
    made = pages_store.scenarios.create(request, "Ana")
    signed = ScenarioDecisionRequest(1, ScenarioOutcome.APPROVED, "It fits", 0, "Ben")
    pages_store.scenarios.decide(made.id, signed)
    [found] = alone.get("/api/scenarios").json()["scenarios"]
    assert found == alone.get(f"/api/scenarios/{made.id}").json()
    assert (found["document"], found["figures"], found["computed_on"]) == ({"at_once": 1}, figures, {saved.id: 1})
    assert (found["decision"]["outcome"], found["decision"]["decided_by"]) == ("approved", "Ben")
    assert alone.get("/api/scenarios", params={"archived": True}).json()["total"] == 0
    assert alone.get("/api/scenarios/none").status_code == 404


def test_the_chain_of_decisions_says_which_one_stands(alone: TestClient, pages_store: Store, saved: Saved) -> None:
    decide(pages_store, saved.id)
    duty = Duty("Ask the data team", pages_store.today(), "Ben", "a sign-in")
    signed = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Ana", conditions=(duty.condition,), duties=(duty,))
    second = pages_store.decide(saved.id, signed)
    newest, first = alone.get(f"/api/proposals/{saved.id}/decisions").json()["decisions"]
    assert (newest["number"], newest["state"], newest["superseded_by"]) == (2, "standing", None)
    assert newest["supersedes"] == {key: first[key] for key in ("id", "number", "outcome", "decided_by", "decided_at")}
    assert (first["state"], first["superseded_by"]["number"]) == ("superseded", 2)
    assert newest["duties"] == [{"condition": duty.condition, "owner": "Ben", "due_on": str(duty.due_on)}]
    pages_store.withdrawing.withdraw(saved.id, second.id, "Another budget", "Cy")
    [withdrawn, _] = alone.get("/api/decisions").json()["decisions"]
    assert (withdrawn["state"], withdrawn["withdrawal"]["reason"]) == ("withdrawn", "Another budget")
    assert alone.get("/api/decisions", params={"standing": True}).json()["total"] == 0
    [line] = alone.get("/api/portfolio").json()["proposals"]
    assert (line["stage"], line["decision"]) == ("draft", None)


def test_advice_stands_beside_the_decision(alone: TestClient, pages_store: Store, saved: Saved) -> None:
    submitted = pages_store.reviewing.submit(saved.id, 1, ("data",), actor="Ana")
    said = AdviceRequest(submitted.number, "data", Stance.DISAGREE, "No signal")
    pages_store.reviewing.advise(saved.id, said, "Fay")
    decide(pages_store, saved.id)
    [found] = alone.get("/api/decisions").json()["decisions"]
    [advice] = found["advice"]
    assert (advice["function"], advice["stance"], advice["given_by"]) == ("data", "disagree", "Fay")


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({"outcome": ["stop", "build"]}, 1),
        ({"outcome": "build"}, 0),
        ({"decided_by": "Ben"}, 1),
        ({"decided_by": "Ana"}, 0),
        ({"text": "because"}, 1),
        ({"decided_from": "2020-01-01", "decided_to": "2020-01-02"}, 0),
        ({"decided_from": "2020-01-01"}, 1),
        ({"due_by": "2020-01-01"}, 0),
        ({"due_by": "2099-01-01"}, 1),
    ],
)
def test_decisions_are_filtered_as_on_the_page(
    alone: TestClient, pages_store: Store, saved: Saved, query: dict[str, str], total: int
) -> None:
    decide(pages_store, saved.id)
    assert alone.get("/api/decisions", params=query).json()["total"] == total


def test_versions_tell_what_each_changed(alone: TestClient, pages_store: Store, saved: Saved) -> None:
    pages_store.save(saved.id, proposal(CERTAIN, title="Another"), 1, "Ben")
    newest, first = alone.get(f"/api/proposals/{saved.id}/revisions").json()["revisions"]
    assert (newest["version"], newest["saved_by"], first["version"]) == (2, "Ben", 1)
    assert "title" in newest["changed"]
    found = alone.get(f"/api/proposals/{saved.id}/revisions/1").json()
    assert found["document"] == to_dict(saved.proposal)
    assert {key: found[key] for key in first} == first
    assert alone.get(f"/api/proposals/{saved.id}/revisions/3").status_code == 404
    assert alone.get(f"/api/proposals/{saved.id}/revisions/x").json()["error"].startswith("version: x: must be")


def test_every_order_and_decision_of_the_page_can_be_asked_for() -> None:
    assert set(get_args(Sort)) == set(SORTS)
    assert set(get_args(Decided)) == {*Outcome, NOT_DECIDED}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["B", "A"]),
        ({"sort": "title"}, ["A", "B"]),
        ({"sort": "title", "descending": "true"}, ["B", "A"]),
        ({"team": ["Red", "Blue"]}, ["B", "A"]),
        ({"team": "Blue"}, ["B"]),
        ({"owner": "Nobody"}, []),
        ({"decision": "none"}, ["B"]),
        ({"decision": ["stop", "build"]}, ["A"]),
        ({"due_by": "2099-01-01"}, ["A"]),
        ({"text": "red"}, ["A"]),
        ({"archived": "true"}, []),
        ({"page": "2"}, []),
    ],
)
def test_the_portfolio_has_the_filters_of_the_page(
    alone: TestClient, pages_store: Store, query: dict[str, str], titles: list[str]
) -> None:
    first = pages_store.create(proposal(CERTAIN, title="A", team="Red"))
    pages_store.create(proposal(CERTAIN, title="B", team="Blue", currency="SEK"))
    decide(pages_store, first.id)
    found = alone.get("/api/portfolio", params=query).json()
    assert [each["title"] for each in found["proposals"]] == titles


def test_amounts_compare_in_one_currency(alone: TestClient, pages_store: Store) -> None:
    pages_store.create(proposal(CERTAIN, currency="SEK"))
    pages_store.rates.choose_display_currency("EUR")
    [line] = alone.get("/api/portfolio").json()["proposals"]
    assert (line["npv_mean_converted"], line["rate"]) == (None, None)
    pages_store.rates.set("SEK", 0.1, pages_store.today())
    found = alone.get("/api/portfolio").json()
    [line] = found["proposals"]
    assert found["currency"] == "EUR"
    assert line["npv_mean_converted"] == pytest.approx(line["npv_mean"] * 0.1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"verdict": "maybe"}, "verdict: maybe: must be one of build, pilot"),
        ({"decision": "maybe"}, "decision: maybe: must be one of build, pilot"),
        ({"sort": "price"}, "sort: price: must be one of saved_at"),
        ({"due_by": "tomorrow"}, "due_by: tomorrow: must be a date, such as"),
        ({"archived": "perhaps"}, "archived: perhaps: must be true or false"),
        ({"team": ["x"] * 51}, "team: "),
    ],
)
def test_a_filter_that_is_none_is_refused_by_name(alone: TestClient, query: dict[str, str], said: str) -> None:
    found = alone.get("/api/portfolio", params=query)
    assert (found.status_code, found.json()["error"].startswith(said)) == (400, True), found.text


@pytest.mark.parametrize("name", ["md", "json", "handoff", "html"])
def test_files_are_those_of_the_page(alone: TestClient, pages_store: Store, saved: Saved, name: str) -> None:
    found = alone.get(f"/api/proposals/{saved.id}/exports/{name}", params={"language": "de"})
    assert found.content == render(summary_of(pages_store, saved.id, language_of("de")), name)
    assert found.headers["content-type"].startswith(formats()[name].media_type)
    assert found.headers["content-disposition"].startswith('attachment; filename="groundwork-')
    assert found.headers["cache-control"] == "no-store"


def test_a_format_or_a_language_that_is_none_is_refused_in_words(alone: TestClient, saved: Saved) -> None:
    unknown = alone.get(f"/api/proposals/{saved.id}/exports/exe")
    assert (unknown.status_code, "Allowed: pdf" in unknown.json()["error"]) == (404, True)
    spoken = alone.get(f"/api/proposals/{saved.id}/exports/md", params={"language": "tlh"})
    assert (spoken.status_code, "Language tlh is not known" in spoken.json()["error"]) == (400, True)


def test_one_file_is_made_at_a_time(alone: TestClient, saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    has_begun, may_end = Event(), Event()

    def slow(*_: object) -> bytes:
        has_begun.set()
        assert may_end.wait(30)
        return b"done"

    monkeypatch.setattr(exports, "render", slow)
    path, first = f"/api/proposals/{saved.id}/exports/md", []
    asking = Thread(target=lambda: first.append(alone.get(path).content))
    asking.start()
    assert has_begun.wait(30)
    second = alone.get(path)
    may_end.set()
    asking.join(30)
    assert (second.status_code, second.headers["retry-after"], first) == (429, "5", [b"done"])
    assert alone.get(path).status_code == 200


def test_lists_are_filtered_by_tags_and_by_own_fields(alone: TestClient, pages_store: Store) -> None:
    fields = [{"id": "personal", "title": "Personal data", "kind": "choice", "choices": ["Yes", "No"]}]
    declared = {**CERTAIN, "organisation": {"version": 1, "fields": fields}}
    for title, tag, said in (("Kiln", "energy", "No"), ("Ferry", "harbour", "Yes")):
        pages_store.create(proposal(declared, title=title, tags=[tag], own={"personal": said}))
    for path in ("/api/portfolio", "/api/proposals"):
        asked = {"tag": "energy"}, {"own": "personal=Yes"}, {"tag": ["energy", "harbour"], "own": "personal=No"}
        found = [alone.get(path, params=each).json()["proposals"] for each in asked]
        assert [[row["title"] for row in each] for each in found] == [["Kiln"], ["Ferry"], ["Kiln"]]
        refused = alone.get(path, params={"own": "personal"})
        assert refused.status_code == 422 or refused.status_code == 400
        assert "cost_centre=IT" in refused.text
