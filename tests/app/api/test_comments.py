"""Comments by way of the API: what the pages say of them, and what is refused in words."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from db import LONGEST_COMMENT, Remark, Store
from scoping import examples

HOSTILE = "<script>alert(1)</script> =1+1 \N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture
def place(pages_store: Store) -> str:
    return f"/api/proposals/{pages_store.create(examples.load('stock_price')).id}/comments"


def test_a_thread_is_begun_answered_settled_and_opened_again(alone: TestClient, place: str) -> None:
    begun = alone.post(place, json={"text": HOSTILE, "place": "problem.statement"})
    assert begun.status_code == 201
    thread = begun.json()
    assert (thread["place"], thread["is_open"], thread["comments"][0]["text"]) == ("problem.statement", True, HOSTILE)
    answered = alone.post(f"{place}/{thread['id']}/replies", json={"text": "Because", "by": "Zoe"}).json()
    assert [(each["by"], each["text"]) for each in answered["comments"]] == [("API", HOSTILE), ("Zoe", "Because")]
    assert alone.post(f"{place}/{thread['id']}/resolve").json()["is_open"] is False
    assert alone.get(place, params={"is_open": "true"}).json() == {"threads": [], "before": None}
    assert alone.post(f"{place}/{thread['id']}/reopen").json()["is_open"] is True
    assert [each["id"] for each in alone.get(place).json()["threads"]] == [thread["id"]]


def test_pages_of_threads_follow_one_another(alone: TestClient, place: str, pages_store: Store) -> None:
    identity = place.split("/")[3]
    made = [pages_store.commenting.write(identity, "", Remark(str(number)), "Ana").id for number in range(45)]
    seen: list[int] = []
    page = alone.get(place).json()
    while True:
        seen += [each["id"] for each in page["threads"]]
        if page["before"] is None:
            break
        page = alone.get(place, params={"before": page["before"]}).json()
    assert seen == made[::-1]


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        ({}, "text", "is required"),
        ({"text": 7}, "text", "must be text"),
        ({"text": ""}, "text", "must not be empty"),
        ({"text": "x" * (LONGEST_COMMENT + 1)}, "text", "at most"),
        ({"text": "x", "place": None}, "place", "must be text"),
        ({"text": "x", "at": "now"}, "at", "allowed: text, mentions, by, place"),
        ([], "", "must be an object"),
    ],
)
def test_what_is_no_comment_is_refused_by_field(
    alone: TestClient, place: str, body: object, path: str, said: str
) -> None:
    found = alone.post(place, json=body)
    assert found.status_code == 422
    problem = found.json()["problems"][0]
    assert problem["path"] == path
    assert said in problem["allowed"]
    assert alone.get(place).json()["threads"] == []


def test_no_comment_is_about_a_place_that_is_none(alone: TestClient, place: str) -> None:
    for where in ("nowhere.at.all", "x" * 5_000, "risks.x.name"):
        assert alone.post(place, json={"text": "x", "place": where}).status_code == 400, where
    half = alone.post(place, content=b'{"text": "x", "place": "\\ud800"}', headers={"Content-Type": "application/json"})
    assert (half.status_code, "\\ud800" in half.json()["error"]) == (400, True), "half a letter can be told too"
    assert alone.post(f"{place}/999/replies", json={"text": "x"}).status_code == 404
    assert alone.post(f"{place}/no/replies", json={"text": "x"}).status_code == 400
