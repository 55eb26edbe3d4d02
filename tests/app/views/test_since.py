"""What others changed since a person last looked."""

from __future__ import annotations

import pytest

from app.session.person import person
from app.views.parts import since
from db import Store
from scoping import examples, read, to_dict
from tests.app.acting import Create, Open, open_page, press, said


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since, "person", lambda: "Ana")
    assert person is not None


def changed(store: Store, identity: str, by: str, **fields: str) -> None:
    saved = store.get(identity)
    store.save(identity, read({**to_dict(saved.proposal), **fields}), saved.version, by)


def test_who_comes_for_the_first_time_is_told_of_no_news(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("stock_price"))
    assert "Since you were last here" not in said(open_step(saved))
    assert pages_store.looking.last(saved.id) == 1


def test_what_others_changed_since_is_told_by_person_and_by_field(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(examples.load("stock_price"))
    open_step(saved)
    changed(pages_store, saved.id, "Bo *x*", title="Other title", team="Other team")
    changed(pages_store, saved.id, "Cy", team="Third team")
    changed(pages_store, saved.id, "Ana", sponsor="Mine")
    test = open_step(saved)
    assert "Since you were last here (version 1), Cy, Bo *x* changed 2 fields." in said(test)
    assert pages_store.looking.last(saved.id) == 4
    test.query_params["since"] = "1"
    told = [each.value.replace("\\", "") for each in open_page(test, "history").markdown]
    by = {who: told[told.index(f"**{who}**") + 1] for who in ("Bo *x*", "Cy", "Ana")}
    assert "Other title" in by["Bo *x*"]
    assert [who for who, lines in by.items() if "Third team" in lines] == ["Bo *x*", "Cy"]
    assert "Mine" in by["Ana"]
    assert "Mine" not in by["Cy"]


def test_what_was_seen_is_no_news(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("stock_price"))
    open_step(saved)
    changed(pages_store, saved.id, "Bo", title="Other title")
    test = open_step(saved)
    assert "Since you were last here" in said(test)
    assert "Since you were last here" not in said(press(test, "Seen"))
    assert "Since you were last here" not in said(open_step(saved))


def test_what_one_saved_oneself_is_no_news(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("stock_price"))
    open_step(saved)
    changed(pages_store, saved.id, "Ana", title="Other title")
    assert "Since you were last here" not in said(open_step(saved))
