"""Programs come in with tokens, in each mode, and by nothing else that they say of themselves."""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

from app.api import counting, entry
from app.api.counting import A_MINUTE, WRONG_A_MINUTE
from app.door.settings import door
from app.logs import PlainRecord
from db import Role, Scope, Store
from scoping import examples
from tests.app.api.conftest import BOTH, SignedIn, behind_door

INVALID = 'Bearer realm="groundwork", error="invalid_token"'


def bearing(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_where_nobody_signs_in_a_token_is_optional_and_bounds_its_bearer(alone: TestClient, pages_store: Store) -> None:
    assert alone.get("/api/proposals").status_code == 200
    made = pages_store.tokens.make("CI")
    assert alone.get("/api/proposals", headers=bearing(made.secret)).status_code == 200
    refused = alone.post("/api/proposals", json={"title": "A"}, headers=bearing(made.secret))
    assert (refused.status_code, "This token was not made for that" in refused.json()["error"]) == (403, True)
    writer = pages_store.tokens.make("Import", scopes=BOTH).secret
    saved = alone.post("/api/proposals", json={"title": "A"}, headers=bearing(writer)).json()
    assert pages_store.get(saved["id"]).saved_by == "Import"
    assert [each.detail for each in pages_store.audit(saved["id"]).rows] == ["API, token Import"]


@pytest.mark.parametrize("path", ["/api/proposals", "/api/schema", "/api/openapi.json"])
@pytest.mark.parametrize("secret", ["gw_guess", "guess", "gw_", "", "gw_%00", "x" * 5_000])
def test_a_wrong_token_is_refused_and_never_taken_for_none(alone: TestClient, secret: str, path: str) -> None:
    found = alone.get(path, headers=bearing(secret))
    assert (found.status_code, found.headers["www-authenticate"]) == (401, INVALID)
    assert "not known, was revoked or has expired" in found.json()["error"]


def test_a_token_that_was_revoked_opens_nothing_from_then_on(signed_in: SignedIn) -> None:
    ada = signed_in.acting("Ada", Role.CONTRIBUTOR)
    made = ada.tokens.make("CI")
    assert signed_in.client.get("/api/proposals", headers=bearing(made.secret)).status_code == 200
    ada.tokens.revoke(made.token.id)
    found = signed_in.client.get("/api/proposals", headers=bearing(made.secret))
    assert (found.status_code, found.headers["www-authenticate"]) == (401, INVALID)


def test_a_wrong_token_never_falls_back_to_what_the_proxy_says(signed_in: SignedIn) -> None:
    boss = signed_in.person("Boss", Role.ADMINISTRATOR)
    assert signed_in.client.get("/api/proposals", headers=boss).status_code == 200
    assert signed_in.client.get("/api/proposals", headers={**boss, **bearing("gw_guess")}).status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER ", " Bearer"])
def test_who_brings_a_token_is_known_by_it_alone(signed_in: SignedIn, scheme: str) -> None:
    """The proxy lets such requests pass unsigned: whatever they say of a person, nobody has looked at."""
    token = signed_in.bearer("Ada", Role.VIEWER, *BOTH)["Authorization"].partition(" ")[2]
    headers = {**signed_in.person("Boss", Role.ADMINISTRATOR), "Authorization": f"{scheme} {token}"}
    found = signed_in.client.post("/api/proposals", json={"title": "A"}, headers=headers)
    assert found.status_code == 403
    for path in ("/api/proposals", "/api/schema", "/api/openapi.json"):
        guess = {**headers, "Authorization": f"{scheme} gw_guess"}
        assert signed_in.client.get(path, headers=guess).status_code == 401, path


def test_a_token_does_not_open_what_only_the_proxy_may(signed_in: SignedIn) -> None:
    headers = signed_in.bearer("Ada", Role.VIEWER, *BOTH)
    elsewhere = behind_door("192.0.2.1").get("/api/proposals", headers=headers)
    assert (elsewhere.status_code, "through the proxy" in elsewhere.json()["error"]) == (403, True)
    file = signed_in.client.get("/media/some.pdf", headers={**headers, **signed_in.person("Boss", Role.ADMINISTRATOR)})
    assert file.status_code == 401


def test_two_tokens_are_one_too_many(signed_in: SignedIn) -> None:
    headers = signed_in.bearer("Ada", Role.VIEWER, *BOTH)
    twice = [*headers.items(), ("Authorization", "Bearer gw_guess"), *signed_in.person("Boss", None).items()]
    found = signed_in.client.get("/api/proposals", headers=twice)  # type: ignore[arg-type]
    assert (found.status_code, "more than once" in found.json()["error"]) == (400, True)


def test_a_bearer_of_the_proxys_own_is_none_of_ours(signed_in: SignedIn) -> None:
    """Some proxies pass on what they know a person by."""
    headers = {**signed_in.person("Ada", Role.VIEWER), "Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."}
    assert signed_in.client.get("/api/proposals", headers=headers).status_code == 200
    basic = {**signed_in.person("Ada", Role.VIEWER), "Authorization": "Basic Z3dfOmd3Xw=="}
    assert signed_in.client.get("/api/proposals", headers=basic).status_code == 200


def test_a_token_of_the_time_without_a_sign_in_stands_for_nobody(signed_in: SignedIn) -> None:
    secret = signed_in.store.tokens.make("Before", scopes=BOTH).secret
    assert signed_in.client.get("/api/proposals", headers=bearing(secret)).status_code == 401


def test_who_was_removed_or_lost_a_role_has_less_at_once(signed_in: SignedIn) -> None:
    headers = signed_in.bearer("Ada", Role.CONTRIBUTOR, *BOTH)
    post = lambda: signed_in.client.post("/api/proposals", json={"title": "A"}, headers=headers).status_code  # noqa: E731
    assert post() == 201
    signed_in.client.get("/api/proposals", headers=signed_in.person("Ada", Role.VIEWER))
    assert post() == 403
    ada = next(each for each in signed_in.store.people.all() if each.name == "Ada")
    signed_in.store.people.remove(ada.id)
    assert post() == 401


def test_no_log_and_no_answer_holds_a_secret(
    alone: TestClient, pages_store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(logging, "_logRecordFactory", PlainRecord)
    secret = pages_store.tokens.make("CI").secret

    def fail(*_: object) -> None:
        raise ZeroDivisionError(secret)

    with monkeypatch.context() as changed:
        changed.setattr(Store, "list", fail)
        failed = alone.get("/api/proposals", headers=bearing(secret))
    wrong = alone.get("/api/proposals", headers=bearing("gw_a_secret_of_another_server"))
    assert (failed.status_code, wrong.status_code) == (500, 401)
    told = "\n".join(record.getMessage() + str(record.exc_text) for record in caplog.records)
    for text in (told, failed.text, wrong.text, str(failed.headers), str(wrong.headers)):
        assert secret not in text
        assert "gw_a_secret" not in text


def test_each_token_is_counted_for_itself_and_told_how_much_is_left(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "A_MINUTE", type(A_MINUTE)(3))
    first, second = (signed_in.bearer(name, Role.VIEWER) for name in ("Ada", "Bob"))
    found = [signed_in.client.get("/api/schema", headers=first) for _ in range(4)]
    assert [each.status_code for each in found] == [200, 200, 200, 429]
    assert [each.headers["RateLimit"].partition(";t=")[0] for each in found] == [
        '"token";r=2', '"token";r=1', '"token";r=0', '"token";r=0',
    ]  # fmt: skip
    assert {each.headers["RateLimit-Policy"] for each in found} == {'"token";q=3;w=60'}
    assert 1 <= int(found[-1].headers["Retry-After"]) <= 60
    assert signed_in.client.get("/api/schema", headers=second).status_code == 200


def test_guessing_is_slowed_down_and_stops_nobody_else(alone: TestClient, pages_store: Store) -> None:
    found = [
        alone.get("/api/proposals", headers=bearing(f"gw_{number}")) for number in range(WRONG_A_MINUTE.amount + 1)
    ]
    assert [each.status_code for each in found] == [401] * WRONG_A_MINUTE.amount + [429]
    assert "Retry-After" in found[-1].headers
    assert alone.get("/api/proposals", headers=bearing(pages_store.tokens.make("CI").secret)).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_page_of_another_site_changes_nothing(signed_in: SignedIn, method: str) -> None:
    saved = signed_in.store.create(examples.load("stock_price"))
    path = "/api/proposals" if method == "POST" else f"/api/proposals/{saved.id}"
    headers = {**signed_in.person("Boss", Role.ADMINISTRATOR), "Origin": "https://evil.example", "If-Match": '"1"'}
    assert signed_in.client.request(method, path, json={"title": "A"}, headers=headers).status_code == 403
    assert signed_in.client.post(f"/api/proposals/{saved.id}/archive", headers=headers).status_code == 403
    assert signed_in.store.get(saved.id).version == 1


def test_a_reader_may_not_write_whatever_its_person_may(signed_in: SignedIn) -> None:
    headers = signed_in.bearer("Boss", Role.ADMINISTRATOR, Scope.READ)
    found = signed_in.client.post("/api/proposals", json={"title": "A"}, headers=headers)
    assert (found.status_code, "it may read" in found.json()["error"]) == (403, True)


def test_the_counter_is_that_of_the_process() -> None:
    assert isinstance(entry.COUNTER, counting.Counter)
    assert not door().asks
