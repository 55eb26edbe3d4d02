"""The JSON API beside the pages."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.api.routes import routes
from app.session import shared
from db import DecisionRequest, Store
from scoping import Refused, assess, examples, schema
from scoping.reports.digits import settled
from scoping.vocabulary import Outcome
from tests.documents import as_given


@pytest.fixture
def client(pages_store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes()))


def test_health_and_schema(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    assert client.get("/api/schema").json() == json.loads(json.dumps(schema()))


def test_proposals_are_listed_and_read(client: TestClient, pages_store: Store) -> None:
    saved = pages_store.create(examples.load("stock_price"))
    listed = client.get("/api/proposals", params={"text": "stock"}).json()
    assert (listed["total"], listed["proposals"][0]["id"]) == (1, saved.id)
    found = client.get(f"/api/proposals/{saved.id}").json()
    example = json.loads(examples.text("stock_price"))
    assert as_given(found["document"], example) == example
    assessment = client.get(f"/api/proposals/{saved.id}/assessment").json()
    assert assessment == json.loads(json.dumps(settled(assess(saved.proposal).to_dict())))


def test_what_is_not_there_is_404(client: TestClient) -> None:
    found = client.get("/api/proposals/nothing")
    assert found.status_code == 404
    assert found.json() == {"error": "There is no proposal nothing."}


def test_a_proposal_that_is_due_for_review_is_listed_with_its_day(pages_store: Store, client: TestClient) -> None:
    saved = pages_store.create(examples.load("stock_price"))
    request = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Ana", review_on=pages_store.today())
    pages_store.decide(saved.id, request)
    listed = client.get("/api/proposals").json()["proposals"][0]
    assert (listed["decision"], listed["review_on"]) == ("stop", pages_store.today().isoformat())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"page": "99999999999999999999"}, "page: 99999999999999999999: must be a whole number from 1 to 1,000,000"),
        ({"page": "-1"}, "page: -1: must be a whole number"),
        ({"page": "0"}, "page: 0: must be a whole number"),
        ({"page": "abc"}, "page: abc: must be a whole number"),
        ({"page": "²"}, "page: ²: must be a whole number"),
        ({"page": ""}, "page: : must be a whole number"),
        ({"text": "word " * 51}, "must have at most 50 words"),
        ({"text": "x" * 60_000}, "must have at most 2,000 characters"),
    ],
)
def test_a_parameter_that_is_none_is_refused_by_name(client: TestClient, query: dict[str, str], said: str) -> None:
    found = client.get("/api/proposals", params=query)
    assert found.status_code == 400
    assert found.json()["error"].startswith(next(iter(query)))
    assert said in found.json()["error"]
    assert len(found.content) < 300


def test_the_last_page_and_the_longest_search_are_answered(client: TestClient) -> None:
    assert client.get("/api/proposals", params={"page": "1000000", "text": "word " * 50}).json()["proposals"] == []


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/proposals/x/y/z", "/api/schema/more"])
def test_what_is_not_there_is_said_in_json(client: TestClient, path: str) -> None:
    found = client.get(path)
    assert found.status_code == 404
    assert "There is nothing at this address" in found.json()["error"]


@pytest.mark.parametrize("path", ["/api/decisions", "/api/schema", "/api/openapi.json", "/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_can_only_be_read_cannot_be_changed(client: TestClient, path: str, method: str) -> None:
    found = client.request(method, path)
    assert found.status_code == 405
    assert set(found.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "only be read" in found.json()["error"]


def test_an_address_says_all_that_it_takes(client: TestClient) -> None:
    found = client.delete("/api/proposals/some")
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, PATCH, PUT")
    assert found.json()["error"] == "What this address takes: GET, HEAD, PATCH, PUT."


@pytest.mark.parametrize("path", ["/api/proposals", "/api/schema", "/api/nothing", "/healthz", "/readyz"])
def test_headers_bind_browsers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert path == "/api/schema" or headers["cache-control"] == "no-store"


def test_a_database_that_is_away_is_a_sentence_and_not_kept(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setenv("GROUNDWORK_DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/none")
        shared.database.cache_clear()
        for path in ("/api/proposals", "/readyz"):
            found = client.get(path)
            assert found.status_code == 503
            assert "cannot be reached" in found.json()["error"]
            assert "hunter2" not in found.text
            assert found.headers["cache-control"] == "no-store"
        assert client.get("/healthz").status_code == 200


def test_what_nobody_foresaw_is_told_without_its_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("typed")

    monkeypatch.setattr(Store, "list", fail)
    found = client.get("/api/proposals")
    assert found.status_code == 500
    assert "typed" not in found.text
    assert [record.getMessage() for record in caplog.records] == ["an answer failed"]


def test_what_cannot_be_written_as_json_is_told_in_json(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.resources.proposals.page_of", lambda _: {"page": object()})
    found = client.get("/api/proposals")
    assert (found.status_code, [*found.json()]) == (500, ["error"])


def test_metrics_are_told_on_request_only(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert TestClient(Starlette(routes=routes())).get("/metrics").status_code == 404
    monkeypatch.setenv("GROUNDWORK_METRICS", "1")
    client = TestClient(Starlette(routes=routes()))
    before = _saves(client)
    pages_store.create(examples.load("stock_price"))
    assert _saves(client) == before + 1
    text = client.get("/metrics").text
    assert "groundwork_assessment_seconds_count" in text
    assert "groundwork_sessions 0.0" in text
    assert "python_info" in text
    assert "stock" not in text
    monkeypatch.setenv("GROUNDWORK_METRICS", "perhaps")
    with pytest.raises(Refused, match="GROUNDWORK_METRICS: must be 1 or 0"):
        routes()


def test_metrics_can_be_made_again_when_the_framework_reads_the_modules_again() -> None:
    program = """
import sys
import app.api.routes
for name in [each for each in sys.modules if each.partition(".")[0] in ("app", "db")]:
    del sys.modules[name]
import app.api.routes
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def _saves(client: TestClient) -> float:
    lines = client.get("/metrics").text.splitlines()
    return sum(
        float(line.split()[-1]) for line in lines if line.startswith('groundwork_saves_total{kind="Store.create"')
    )
