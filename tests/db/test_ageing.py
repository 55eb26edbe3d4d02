"""Rows outlive the form in which their documents were written: they are read, listed, compared and saved on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from db import DecisionRequest, Filters, StaleSave, Store
from db.engine import create
from db.models import ProposalRow, RevisionRow
from scoping import Proposal, read
from scoping.document import upgrades
from scoping.vocabulary import Outcome

HASH = "0" * 64
# As if version 1 had called the title a name.
OLD: dict[str, Any] = {"schema_version": 1, "name": "Old", "team": "Vision", "problem": {"statement": "Slow"}}


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    """The trial version 2."""
    return {"title" if key == "name" else key: value for key, value in document.items()}


@pytest.fixture
def engine(database_url: str, store: Store) -> Iterator[Engine]:
    """Past the Store, on a database with its tables."""
    opened = create(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def aged(store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that holds proposal "one", written in the old form and never saved since."""
    stamp = {"version": 1, "document": OLD, "content_hash": HASH, "saved_at": datetime.now(UTC), "saved_by": "Ana"}
    listed = {"title": "Old", "search": "old", "team": "Vision", "owner": "", "currency": "EUR"}
    row = ProposalRow(
        id="one", archived=False, created_at=stamp["saved_at"], recommendation="rework", **listed, **stamp
    )
    with Session(engine) as session, session.begin():
        session.add(row)
        session.flush()
        session.add(RevisionRow(proposal_id="one", changed=["title"], **stamp))
    monkeypatch.setitem(upgrades.UPGRADES, 1, renamed)
    return store


def as_today(**changes: Any) -> Proposal:
    return read({"title": "Old", "team": "Vision", "problem": {"statement": "Slow"}, **changes})


def stored(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT document FROM revisions ORDER BY version")).scalars().all()
    return [json.loads(each) if isinstance(each, str) else each for each in found]


def test_an_old_row_is_read_in_the_form_of_today_wherever_it_is_read(aged: Store) -> None:
    assert aged.get("one").proposal == as_today()
    assert aged.revision("one", 1).proposal == as_today()
    assert [each.proposal for each in aged.revisions("one").rows] == [as_today()]
    assert aged.duplicate("one").proposal == as_today(title="Copy of Old")
    assert aged.decide("one", DecisionRequest(1, Outcome.REWORK, Outcome.REWORK, "Ana")).title == "Old"


def test_an_old_row_is_listed_and_found(aged: Store) -> None:
    row = aged.list(Filters(text="old")).rows[0]
    assert (row.title, row.team, row.recommendation, row.version) == ("Old", "Vision", "rework", 1)


def test_a_save_after_an_upgrade_names_only_what_the_person_changed(aged: Store, engine: Engine) -> None:
    saved = aged.save("one", as_today(problem={"statement": "Slow and dear"}), 1, "Bo")
    assert saved.version == 2
    newest, first = aged.revisions("one").rows
    assert newest.changed == ("problem.statement",)
    assert (first.content_hash, first.proposal) == (HASH, as_today())
    assert stored(engine)[0] == OLD, "the revision stays as it was written"
    assert stored(engine)[1]["title"] == "Old", "the new one is in the form of today"


def test_the_upgrade_itself_is_no_change_to_save(aged: Store, engine: Engine) -> None:
    assert aged.save("one", as_today(), 1, "Bo").version == 1
    assert stored(engine) == [OLD]


def test_a_stale_save_on_an_old_row_names_only_where_the_two_differ(aged: Store) -> None:
    with pytest.raises(StaleSave) as refused:
        aged.save("one", as_today(owner="Bo"), 7)
    assert refused.value.changed == ("owner",)
