"""The audit trail is a chain: what is changed, taken out or put in past the Store is found."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db import DecisionRequest, Role, Store
from db.engine import create
from scoping.vocabulary import Outcome
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

REQUEST = DecisionRequest(2, Outcome.STOP, Outcome.STOP, "Ana")  # type: ignore[arg-type]
UNLOCKED = {
    "sqlite": ["DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete"],
    "postgresql": ["ALTER TABLE {table} DISABLE TRIGGER ALL"],
}


@pytest.fixture
def used(store: Store) -> Store:
    saved = store.create(proposal(CERTAIN), "Ana")
    store.save(saved.id, proposal(CERTAIN, title="Later"), 1, "Bo")
    store.decide(saved.id, REQUEST)
    acting(store, "Ada", Role.ADMINISTRATOR).people.require_four_eyes(True)
    return store


def past_the_store(url: str, table: str, *statements: str) -> None:
    """Somebody with the rights of the database's owner, and no respect."""
    engine = create(url)
    with engine.begin() as connection:
        for each in (*UNLOCKED[engine.dialect.name], *statements):
            connection.execute(text(each.format(table=table)))
    engine.dispose()


def test_what_the_store_wrote_is_whole(used: Store) -> None:
    found = used.check_trail()
    assert found.is_whole
    assert found.entries == 5
    assert len(found.head) == 64


def test_a_trail_that_nobody_wrote_is_whole(store: Store) -> None:
    assert (store.check_trail().entries, store.check_trail().is_whole) == (0, True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "'Eve'"),
        ("detail", "'other'"),
        ("action", "'archived'"),
        ("actor_id", "'eve'"),
        ("proposal_id", "NULL"),
    ],
)
def test_an_entry_that_was_changed_is_named(used: Store, database_url: str, column: str, value: str) -> None:
    past_the_store(database_url, "audit", f"UPDATE {{table}} SET {column} = {value} WHERE id = 2")
    assert used.check_trail().broken == (2,)


def test_an_entry_that_was_taken_out_is_found(used: Store, database_url: str) -> None:
    past_the_store(database_url, "audit", "DELETE FROM {table} WHERE id = 2")
    assert used.check_trail().broken == (3,)


def test_the_last_entries_leave_another_hash_behind(used: Store, database_url: str) -> None:
    head = used.check_trail().head
    past_the_store(database_url, "audit", "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    assert used.check_trail().head != head


def test_a_decision_that_was_changed_is_named(used: Store, database_url: str) -> None:
    past_the_store(database_url, "decisions", "UPDATE {table} SET decided_by = 'Chief Financial Officer'")
    assert used.check_trail().unsigned == (1,)


def test_a_version_that_was_changed_with_its_hash_is_named(used: Store, database_url: str) -> None:
    """The document and its hash go together; the trail knows another hash."""
    other = used.create(proposal(CERTAIN, title="Other"))
    copy = (
        "UPDATE {table} SET document = (SELECT document FROM {table} WHERE id = 3), "
        "content_hash = (SELECT content_hash FROM {table} WHERE id = 3) WHERE id = 2"
    )
    past_the_store(database_url, "revisions", copy)
    assert used.altered() == ()
    (found,) = used.check_trail().unsaved
    assert found[0] != other.id
    assert found[1] == 2


@pytest.mark.parametrize("table", ["audit", "decisions", "revisions"])
def test_no_row_of_the_past_is_replaced(used: Store, database_url: str, table: str) -> None:
    """On SQLite, `INSERT OR REPLACE` deletes without asking a trigger for deleting."""
    engine: Engine = create(database_url)
    replace = (
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1"
        if engine.dialect.name == "sqlite"
        else f"INSERT INTO {table} SELECT * FROM {table} WHERE id = 1 ON CONFLICT (id) DO UPDATE SET id = excluded.id"
    )
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(replace))
    engine.dispose()
    assert used.check_trail().is_whole


def test_many_at_once_make_one_chain(store: Store) -> None:
    saved = [store.create(proposal(CERTAIN, title=f"Proposal {number}")) for number in range(4)]

    def work(identity: str) -> None:
        for number in range(5):
            store.archive(identity, str(number))
            store.restore(identity, str(number))

    threads = [threading.Thread(target=work, args=(each.id,)) for each in saved]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.check_trail()
    assert (found.entries, found.is_whole) == (4 + 40, True)
