"""The page behind a link for people without an account."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.api import outside
from app.api.outside import address_of
from app.api.routes import routes
from db import DatabaseNotReady, DecisionRequest, LinkRequest, Store
from scoping import examples, read, to_dict
from scoping.vocabulary import Outcome


@pytest.fixture
def client(pages_store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes()))


def made(store: Store, title: str = "Parcels & <b>labels</b>", language: str = "en") -> tuple[str, str]:
    """A proposal, and the address of a link to it."""
    saved = store.create(read({**to_dict(examples.load("stock_price")), "title": title}))
    return saved.id, address_of(store.links.make(saved.id, LinkRequest(1, language, store.today(), "The bank")))


def test_the_page_is_the_summary_and_nothing_of_the_app(client: TestClient, pages_store: Store) -> None:
    identity, address = made(pages_store)
    pages_store.decide(identity, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Ana"))
    page = client.get(address)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "Parcels &amp; &lt;b&gt;labels&lt;/b&gt;" in page.text
    assert "Ana" in page.text
    assert not re.search(r"<script|<form|<iframe|https?://(?!www\.w3\.org)[^\"<]*\"", page.text)
    assert identity not in page.text
    assert pages_store.links.of(identity)[0].times_opened == 1


def test_the_page_may_reach_nothing_and_is_kept_by_nobody(client: TestClient, pages_store: Store) -> None:
    found = client.get(made(pages_store)[1]).headers
    policy = found["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script" not in policy
    assert (found["cache-control"], found["referrer-policy"]) == ("no-store", "no-referrer")
    assert found["x-robots-tag"] == "noindex, nofollow"


def test_the_page_speaks_the_language_of_who_made_the_link(client: TestClient, pages_store: Store) -> None:
    assert '<html lang="de"' in client.get(made(pages_store, language="de")[1]).text


def test_what_was_decided_later_is_on_the_next_page(client: TestClient, pages_store: Store) -> None:
    identity, address = made(pages_store)
    assert "Zoltan" not in client.get(address).text
    pages_store.decide(identity, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Zoltan"))
    assert "Zoltan" in client.get(address).text


@pytest.mark.parametrize("secret", ["x", "..%2F..%2Fetc%2Fpasswd", "%00", "%ff%fe", "a" * 5_000])
def test_what_leads_nowhere_says_no_more_than_that(client: TestClient, secret: str) -> None:
    found = client.get(f"/shared/{secret}")
    assert (found.status_code, found.text) in (
        (404, "This link leads nowhere: it has ended, was revoked, or never was one."),
        (404, "Not Found"),
    )


def test_a_revoked_link_says_the_same_as_one_that_never_was(client: TestClient, pages_store: Store) -> None:
    identity, address = made(pages_store)
    assert client.get(address).status_code == 200
    pages_store.links.revoke(identity, pages_store.links.of(identity)[0].id)
    found = client.get(address)
    assert (found.status_code, found.text) == (404, client.get("/shared/x").text)


def test_nothing_is_changed_by_way_of_a_link(client: TestClient, pages_store: Store) -> None:
    address = made(pages_store)[1]
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, address).status_code == 405


def test_who_looks_whether_it_is_there_has_not_opened_it(client: TestClient, pages_store: Store) -> None:
    identity, address = made(pages_store)
    assert client.head(address).status_code == 200
    assert pages_store.links.of(identity)[0].times_opened == 0


def test_without_the_database_nobody_is_told_more_than_that(
    client: TestClient, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = made(pages_store)[1]

    def away() -> Store:
        raise DatabaseNotReady("The database at db.internal does not answer.")

    monkeypatch.setattr(outside, "database", away)
    found = client.get(address)
    assert (found.status_code, found.text) == (
        503,
        "This summary cannot be shown at the moment. Try again in a few minutes.",
    )
