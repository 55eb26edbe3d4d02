"""The migrations make the tables that the models describe, no others, and leave what is in them as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from db import DatabaseNotReady, DecisionRequest, Store, migrate
from db.models import Base
from scoping import read
from scoping.vocabulary import Outcome

APPEND_ONLY = (
    "actuals", "advice", "audit", "comments", "decisions", "organisation", "revisions", "scenario_decisions",
    "scenario_proposals", "scenario_versions", "withdrawals",
)  # fmt: skip
NOW = "2026-03-01 12:00:00+00:00"
# As the first version of the program wrote them.
FIRST_ROWS: dict[str, list[dict[str, Any]]] = {
    "proposals": [
        {
            "id": "one",
            "version": 2,
            "document": json.dumps({"schema_version": 1, "title": "Later", "currency": "EUR"}),
            "content_hash": "b" * 64,
            "title": "Later",
            "search": "later",
            "team": "",
            "owner": "",
            "currency": "EUR",
            "recommendation": "rework",
            "leading": "Model",
            "npv_mean": 125000.5,
            "npv_p10": -3e4,
            "npv_p90": None,
            "probability_of_loss": 0.25,
            "feasibility_score": None,
            "archived": False,
            "created_at": NOW,
            "saved_at": NOW,
            "saved_by": "Ana",
        }
    ],
    "revisions": [
        {
            "proposal_id": "one",
            "version": number,
            "document": json.dumps({"schema_version": 1, "title": title, "currency": "EUR"}),
            "content_hash": letter * 64,
            "changed": json.dumps(["title"]),
            "saved_at": NOW,
            "saved_by": "Ana",
        }
        for number, title, letter in ((1, "First", "a"), (2, "Later", "b"))
    ],
    "audit": [{"proposal_id": "one", "at": NOW, "actor": "Ana", "action": "created", "detail": "blank"}],
    "decisions": [
        {
            "proposal_id": "one",
            "version": 1,
            "title": "First",
            "recommendation": "rework",
            "outcome": "rework",
            "accepted": True,
            "reason": "",
            "conditions": "[]",
            "decided_by": "Ana",
            "decided_at": NOW,
            "review_on": None,
            "figures": "{}",
        }
    ],
}

COMMENTED = (
    "INSERT INTO threads (id, proposal_id, place, version, is_open, changed_by) VALUES (1, 'one', '', 1, :yes, '')",
    "INSERT INTO comments (id, thread_id, version, text, mentions, written_by, written_at) "
    "VALUES (1, 1, 1, 'Why?', '[]', 'Ana', :now)",
)
ADVISED = (
    "INSERT INTO reviews (id, proposal_id, number, version, state, asked, note, stage_before, submitted_by, "
    "submitted_at, closing, closed_by) VALUES (1, 'one', 1, 1, 'open', '[]', '', 'draft', 'Ana', :now, '', '')",
    "INSERT INTO advice (id, review_id, function, version, stance, text, given_by, given_at) "
    "VALUES (1, 1, 'data', 1, 'agree', '', 'Bo', :now)",
)
TAKEN_BACK = (
    "INSERT INTO withdrawals (id, decision_id, proposal_id, reason, withdrawn_by, withdrawn_at) "
    "VALUES (1, 1, 'one', 'No money', 'Ana', :now)",
)
MEASURED = (
    "INSERT INTO actuals (id, proposal_id, decision_id, version, document, remark, saved_by, saved_at) "
    "VALUES (1, 'one', 1, 1, '{}', '', 'Ana', :now)",
)
LAID_DOWN = (
    "INSERT INTO organisation (id, version, document, why, saved_by, saved_at) VALUES (1, 1, '{}', '', 'Ana', :now)",
)

KEPT_SCENARIO = (
    "INSERT INTO scenarios (id, version, saved_at) VALUES ('plan', 1, :now)",
    "INSERT INTO scenario_versions (id, scenario_id, version, name, note, currency, document, figures, content_hash, "
    "saved_by, saved_at) VALUES (1, 'plan', 1, 'Plan', '', 'EUR', '{}', '{}', '', 'Ana', :now)",
    "INSERT INTO scenario_proposals (id, scenario_version_id, proposal_id, version) VALUES (1, 1, 'one', 1)",
    "INSERT INTO scenario_decisions (id, scenario_id, version, outcome, reason, content_hash, decided_by, decided_at, "
    "follows) VALUES (1, 'plan', 1, 'approved', 'Fits', '', 'Ana', :now, 0)",
)


def _quoted(names: Iterable[str]) -> str:
    """PostgreSQL keeps the word "leading" for itself."""
    return ", ".join(f'"{name}"' for name in names)


def fill(connection: Connection) -> None:
    for table, rows in FIRST_ROWS.items():
        for row in rows:
            names = _quoted(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def content(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """What the columns of the first version hold now."""
    with engine.connect() as connection:
        return {table: _rows(connection, table, [*rows[0]]) for table, rows in FIRST_ROWS.items()}


def _rows(connection: Connection, table: str, names: list[str]) -> list[dict[str, Any]]:
    found = connection.execute(text(f"SELECT {_quoted(names)} FROM {table} ORDER BY id"))
    return [dict(row) for row in found.mappings()]


@pytest.fixture
def first(bare: Engine) -> Engine:
    """A database as the first version of the program left it, with rows."""
    migrate.upgrade(bare, "0001")
    with bare.begin() as connection:
        fill(connection)
    return bare


def width_of_the_hashes(engine: Engine) -> set[int]:
    return {
        column["type"].length  # type: ignore[attr-defined]
        for table in ("proposals", "revisions")
        for column in inspect(engine).get_columns(table)
        if column["name"] == "content_hash"
    }


def assert_past_is_fixed(engine: Engine) -> None:
    known = inspect(engine).get_table_names()
    if "comments" in known:
        # In an empty table SQLite finds no row to refuse.
        with engine.begin() as connection:
            for statement in (*COMMENTED, *ADVISED, *TAKEN_BACK, *LAID_DOWN, *KEPT_SCENARIO, *MEASURED):
                connection.execute(text(statement), {"now": NOW, "yes": True})
    for table in filter(known.__contains__, APPEND_ONLY):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match=f"{table} is append only"), engine.begin() as connection:
                connection.execute(text(statement))


def test_migrated_tables_are_those_of_the_models(bare: Engine) -> None:
    migrate.upgrade(bare)
    with bare.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": migrate.is_modelled})
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgrade_leaves_the_rows_and_the_past_stays_append_only(first: Engine) -> None:
    before = content(first)
    assert {table: len(rows) for table, rows in before.items()} == {
        table: len(rows) for table, rows in FIRST_ROWS.items()
    }
    migrate.upgrade(first)
    assert migrate.current(first) == migrate.newest()
    assert content(first) == before
    assert width_of_the_hashes(first) == {80}
    assert_past_is_fixed(first)
    assert content(first) == before


def test_the_store_goes_on_with_what_the_first_version_wrote(first: Engine) -> None:
    migrate.upgrade(first)
    store = Store(first)
    saved = store.save("one", read({"title": "Newest"}), 2, "Bo")
    assert [each.changed for each in store.revisions("one").rows] == [("title",), ("title",), ("title",)]
    assert [each.content_hash for each in store.revisions("one").rows][1:] == ["b" * 64, "a" * 64]
    old = store.decisions("one").rows[0]
    assert (old.alternative, old.is_newest) == (None, True)
    request = DecisionRequest(saved.version, Outcome.REWORK, Outcome.REWORK, "Ana", follows=old.id)
    assert store.decide("one", request).version == 3


def test_references_between_tables_hold_after_an_upgrade(first: Engine) -> None:
    migrate.upgrade(first)
    orphan = "INSERT INTO drafts (proposal_id, path, text, problem, saved_at) VALUES ('none', 'a', 'b', 'c', :now)"
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), first.begin() as connection:
        connection.execute(text(orphan), {"now": NOW})


def test_going_back_to_the_first_tables_leaves_the_rows_too(first: Engine) -> None:
    before = content(first)
    migrate.upgrade(first)
    migrate.downgrade(first, "0001")
    assert (content(first), width_of_the_hashes(first)) == (before, {64})
    assert_past_is_fixed(first)


@pytest.mark.parametrize("bare", ["sqlite"], indirect=True)
def test_an_upgrade_that_finds_a_row_without_its_proposal_changes_nothing(first: Engine) -> None:
    with first.connect() as connection:
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("INSERT INTO drafts VALUES ('gone', 'title', 'x', 'y', '2026-03-01')")
        driver.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(DatabaseNotReady, match="a row of drafts belongs to one of proposals that is not there"):
        migrate.upgrade(first)
    assert (migrate.current(first), width_of_the_hashes(first)) == ("0001", {64})


def test_what_was_decided_before_there_were_tasks_is_not_forgotten(bare: Engine) -> None:
    migrate.upgrade(bare, "0011")
    earlier = {**FIRST_ROWS["decisions"][0], "review_on": "2026-04-01", "conditions": '["Old one"]', "follows": 0}
    newest = {**earlier, "review_on": "2027-01-31", "conditions": '["Label 500 cases", "Ask"]', "follows": 1}
    with bare.begin() as connection:
        fill(connection)
        for row in (earlier, newest):
            names, values = _quoted(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO decisions ({names}) VALUES ({values})"), row)
    migrate.upgrade(bare)
    found = {(str(each.kind), each.text, str(each.due_on), each.owner) for each in Store(bare).inbox.of("one")}
    assert found == {
        ("review", "", "2027-01-31", "Ana"),
        ("condition", "Label 500 cases", "None", "Ana"),
        ("condition", "Ask", "None", "Ana"),
    }
