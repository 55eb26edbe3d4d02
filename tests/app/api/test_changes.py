"""Proposals are begun and changed by programs: nothing is overwritten, nothing is made twice, nothing half written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.door.sizes import LARGEST_DOCUMENT
from db import Store
from scoping import examples, to_dict
from scoping.document.evidence import plain
from tests.documents import as_given
from tests.evidences import evidence

EXAMPLE = json.loads(examples.text("stock_price"))
MERGE_PATCH = {"Content-Type": "application/merge-patch+json"}


def begin(client: TestClient, document: object = EXAMPLE, **headers: str) -> str:
    """The address of a new proposal."""
    found = client.post("/api/proposals", json=document, headers=headers)
    assert found.status_code == 201, found.text
    return str(found.headers["Location"])


def test_a_proposal_is_begun_read_replaced_and_changed(alone: TestClient, pages_store: Store) -> None:
    place = begin(alone)
    read = alone.get(place)
    assert (read.json()["version"], read.headers["ETag"]) == (1, '"1"')
    assert as_given(read.json()["document"], EXAMPLE) == EXAMPLE
    put = alone.put(place, json={**EXAMPLE, "title": "Put"}, headers={"If-Match": '"1"'})
    assert (put.status_code, put.headers["ETag"], put.json()["document"]["title"]) == (200, '"2"', "Put")
    patched = alone.patch(place, json={"team": "New", "owner": None}, headers={"If-Match": '"2"', **MERGE_PATCH})
    assert (patched.headers["ETag"], patched.json()["document"]["team"]) == ('"3"', "New")
    assert "owner" not in patched.json()["document"]
    saved = pages_store.get(place.rpartition("/")[2])
    assert {**to_dict(saved.proposal), "title": EXAMPLE["title"]} != EXAMPLE
    assert (saved.version, saved.proposal.title, saved.proposal.team) == (3, "Put", "New")


def test_saving_what_is_saved_changes_nothing(alone: TestClient) -> None:
    place = begin(alone)
    again = alone.put(place, json=EXAMPLE, headers={"If-Match": '"1"'})
    assert (again.status_code, again.headers["ETag"]) == (200, '"1"')
    assert alone.patch(place, json={}, headers={"If-Match": '"1"'}).headers["ETag"] == '"1"'


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_change_says_of_which_version_it_is(alone: TestClient, method: str) -> None:
    place = begin(alone)
    found = alone.request(method, place, json={"title": "Mine"})
    assert (found.status_code, found.json()["error"][:20]) == (428, "If-Match: is missing")
    for given in ("*", "1", 'W/"1"', '"1", "2"', '"one"', '"0"', '"99999999999999999999"'):
        found = alone.request(method, place, json={"title": "Mine"}, headers={"If-Match": given})
        assert (found.status_code, "must be the ETag" in found.json()["error"]) == (400, True), given
    assert alone.get(place).json()["document"]["title"] == EXAMPLE["title"]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_nobody_overwrites_what_another_one_saved(alone: TestClient, method: str) -> None:
    place = begin(alone)
    alone.patch(place, json={"team": "Another's"}, headers={"If-Match": '"1"'})
    found = alone.request(method, place, json={**EXAMPLE, "owner": "Mine"}, headers={"If-Match": '"1"'})
    assert (found.status_code, found.headers["ETag"], found.json()["version"]) == (412, '"2"', 2)
    assert "team" in found.json()["changed"]
    assert "Nothing was overwritten" in found.json()["error"]
    assert alone.get(place).json()["document"]["team"] == "Another's"


def test_what_is_known_is_not_sent_again(alone: TestClient) -> None:
    place = begin(alone)
    known = alone.get(place, headers={"If-None-Match": 'W/"1"'})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", '"1"')
    assert alone.get(place, headers={"If-None-Match": '"2"'}).status_code == 200


@pytest.mark.parametrize(
    ("content", "path", "said"),
    [
        (b'{"title": 3}', "title", "must be text"),
        (b'{"title": "A", "nothing": 1}', "nothing", "is not a field here"),
        (b"{}", "title", "is required"),
        (b"[]", "", "must be a JSON object"),
        (b"", "", "must be a JSON document"),
        (b'{"title": "A"', "", "must be a JSON document"),
        (b"\xff", "", "must be a JSON document"),
        (b'{"title": "A", "title": "B"}', "title", "stands twice"),
        (b'{"title": "\\u0000"}', "title", "no file can hold"),
        (b'{"title": "\\ud800"}', "title", "no file can hold"),
        (b'{"title": "A", "returns": {"discount_rate": NaN}}', "returns.discount_rate", "must be a finite number"),
        (b'{"title": "A", "returns": {"horizon_months": 1e999}}', "returns.horizon_months", "must be"),
        (b'{"title": "A", "x": ' + b"9" * 5000 + b"}", "", "more than 4,300 digits"),
        (b'{"title": ' + b"[" * 65 + b"]" * 65 + b"}", "", "is nested too deeply"),
        (b'{"title": ' + b"[" * 500_000 + b"]" * 500_000 + b"}", "", "is nested too deeply"),
    ],
)
def test_a_document_is_refused_in_words(alone: TestClient, content: bytes, path: str, said: str) -> None:
    place = begin(alone)
    for method, address in (("POST", "/api/proposals"), ("PUT", place), ("PATCH", place)):
        if method == "PATCH" and content == b"{}":
            continue
        headers = {"Content-Type": "application/json", "If-Match": '"1"'}
        found = alone.request(method, address, content=content, headers=headers)
        assert found.status_code == 422, (method, found.text)
        problem = found.json()["problems"][0]
        assert (problem["path"], said in problem["allowed"]) == (path, True), (method, problem)
    assert alone.get("/api/proposals").json()["total"] == 1
    assert alone.get(place).json()["version"] == 1


@pytest.mark.parametrize(
    "given", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "text/json"]
)
def test_only_json_changes_anything(alone: TestClient, given: str) -> None:
    """A form of another site can send the others without asking."""
    found = alone.post("/api/proposals", content=b'{"title": "A"}', headers={"Content-Type": given})
    assert (found.status_code, found.json()["error"][:13]) == (415, "Content-Type:")
    assert alone.get("/api/proposals").json()["total"] == 0
    typed = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert alone.post("/api/proposals", content=b'{"title": "A"}', headers=typed).status_code == 201


def test_a_document_has_an_end(alone: TestClient) -> None:
    typed = {"Content-Type": "application/json"}
    found = alone.post("/api/proposals", content=b" " * (LARGEST_DOCUMENT + 1), headers=typed)
    assert (found.status_code, found.json()["error"]) == (413, "This is larger than 5 MB.")
    endless = (b" " * (1 << 20) for _ in range(20))
    assert alone.post("/api/proposals", content=endless, headers=typed).status_code == 413
    lying = alone.post("/api/proposals", content=b" " * 100, headers={**typed, "Content-Length": "7000000"})
    assert (lying.status_code, lying.json()["error"]) == (413, "This is larger than 6 MB.")


def test_a_request_that_is_sent_again_makes_one_proposal(alone: TestClient) -> None:
    first = begin(alone, **{"Idempotency-Key": "import-7"})
    assert begin(alone, **{"Idempotency-Key": "import-7"}) == first
    assert begin(alone, **{"Idempotency-Key": "import-8"}) != first
    other = alone.post("/api/proposals", json={"title": "Another"}, headers={"Idempotency-Key": "import-7"})
    assert (other.status_code, other.json()["error"][:16]) == (422, "Idempotency-Key:")
    for key in ("", "x" * 201, "with space", "ü"):
        found = alone.post("/api/proposals", json=EXAMPLE, headers={b"Idempotency-Key": key.encode()})
        assert (found.status_code, found.json()["error"][:16]) == (400, "Idempotency-Key:"), key
    assert alone.get("/api/proposals").json()["total"] == 2


def test_archive_and_restore(alone: TestClient) -> None:
    place = begin(alone)
    for _ in range(2):
        assert alone.post(f"{place}/archive").json()["archived"] is True
    assert alone.get("/api/proposals").json()["total"] == 0
    assert alone.get("/api/portfolio", params={"archived": "true"}).json()["total"] == 1
    assert alone.post(f"{place}/restore").json()["archived"] is False
    assert alone.get("/api/proposals").json()["total"] == 1


def attach(client: TestClient, place: str, document: object, **query: str) -> Any:
    return client.post(f"{place}/evidence", json=document, params=query)


def test_evidence_is_attached_once(alone: TestClient) -> None:
    place, document = begin(alone), plain(evidence())
    found = attach(alone, place, document)
    assert (found.status_code, found.headers["ETag"]) == (201, '"2"')
    assert found.headers["Location"] == f"{place}/evidence"
    again = attach(alone, place, document)
    assert (again.status_code, again.headers["ETag"]) == (200, '"2"')
    listed = alone.get(f"{place}/evidence").json()
    assert (listed["version"], listed["evidence"][-1]) == (2, json.loads(json.dumps(document)))
    assert [each["id"] for each in listed["evidence"]].count(document["id"]) == 1


def test_evidence_that_was_changed_or_measures_nothing_is_refused(alone: TestClient) -> None:
    place, document = begin(alone), plain(evidence())
    for changed in ({**document, "target": "another"}, {"title": "A proposal"}, [], "text"):
        assert attach(alone, place, changed).status_code == 422
    unknown = attach(alone, place, document, alternative="No such way")
    assert (unknown.status_code, unknown.json()["problems"][0]["path"]) == (422, "alternative")
    assert alone.get(place).json()["version"] == 1


def test_a_merge_patch_is_that_of_the_standard() -> None:
    """The examples of RFC 7396, appendix A."""
    from app.api.bodies import merged

    cases = [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ]
    assert [merged(target, patch) for target, patch, _ in cases] == [result for *_, result in cases]
