"""The JSON API beside the pages."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.api.routes import routes
from db import DecisionRequest, Store
from scoping import assess, examples, schema
from scoping.reports.digits import settled
from scoping.vocabulary import Outcome


@pytest.fixture
def client(pages_store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes()))


def test_health_and_schema(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/api/schema").json() == json.loads(json.dumps(schema()))


def test_proposals_are_listed_and_read(client: TestClient, pages_store: Store) -> None:
    saved = pages_store.create(examples.load("stock_price"))
    listed = client.get("/api/proposals", params={"text": "stock"}).json()
    assert (listed["total"], listed["proposals"][0]["id"]) == (1, saved.id)
    found = client.get(f"/api/proposals/{saved.id}").json()
    assert found["document"] == json.loads(examples.text("stock_price"))
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
