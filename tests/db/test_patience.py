"""A database that hangs, is locked or may only be read: nobody waits for ever, and what can be read is read."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db import DatabaseNotReady, Failure, Store, check_database, open_store
from db.engine import AT_A_CHECK, AT_A_SCREEN
from tests.conftest import empty_postgresql
from tests.db.frozen import frozen
from tests.documents import proposal

pytestmark = pytest.mark.long

_SECONDS_AT_A_SCREEN = 12
# A machine under load is slow; what these tests tell apart from it has no end of its own.
_UNTIL_GIVEN_UP = 120


@contextmanager
def an_end() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < _UNTIL_GIVEN_UP


def test_nobody_waits_long_at_a_screen() -> None:
    assert AT_A_SCREEN.statement is not None
    assert AT_A_SCREEN.connect + AT_A_SCREEN.lock + AT_A_SCREEN.statement <= _SECONDS_AT_A_SCREEN
    assert AT_A_CHECK.connect + AT_A_CHECK.lock <= AT_A_SCREEN.connect


def test_a_postgresql_that_says_nothing_is_told_within_seconds_and_found_again(own_postgresql: Any) -> None:
    url = empty_postgresql(own_postgresql, "stopped")
    store = open_store(url)
    saved = store.create(proposal())
    with frozen(own_postgresql):
        with an_end(), pytest.raises(DatabaseNotReady):
            store.get(saved.id)
        with an_end(), pytest.raises(DatabaseNotReady) as told:
            store.save(saved.id, proposal(owner="Bo"), saved.version)
        with an_end(), pytest.raises(DatabaseNotReady):
            check_database(url)
        with an_end(), pytest.raises(DatabaseNotReady):
            open_store(url)
    assert told.value.failure in (Failure.AWAY, Failure.SLOW)
    assert store.get(saved.id).proposal == proposal()
    assert store.save(saved.id, proposal(owner="Bo"), saved.version).version == 2
    store.close()


def test_a_server_that_falls_silent_within_a_transaction_is_given_up(own_postgresql: Any) -> None:
    store = open_store(empty_postgresql(own_postgresql, "silent"))
    with an_end(), pytest.raises(DatabaseNotReady) as told:
        _fall_silent(own_postgresql, store)
    assert told.value.failure is Failure.SLOW
    assert store.list().total == 0
    store.close()


def _fall_silent(server: Any, store: Store) -> None:
    with store._transaction() as session:
        connection = session.connection()
        with frozen(server):
            connection.exec_driver_sql("SELECT 1")


def test_a_statement_that_takes_too_long_is_ended(own_postgresql: Any) -> None:
    store = open_store(empty_postgresql(own_postgresql, "slow"))
    with an_end(), pytest.raises(DatabaseNotReady) as told, store._reading() as session:
        session.connection().exec_driver_sql("SELECT pg_sleep(600)")
    assert (told.value.failure, told.value.code) == (Failure.SLOW, "57014")
    store.close()


@pytest.mark.long
def test_who_writes_waits_a_while_for_another_writer_and_then_says_so(store: Store) -> None:
    saved = store.create(proposal())
    with store._transaction() as session:
        connection = session.connection()
        lock = "SELECT 1" if connection.dialect.name == "sqlite" else "LOCK TABLE proposals"
        connection.exec_driver_sql(lock)
        with an_end(), pytest.raises(DatabaseNotReady) as told:
            store.archive(saved.id)
    assert told.value.failure is Failure.LOCKED
    assert "did not finish in time" in str(told.value)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A SQLite file with a proposal in it, to which another process is writing all the time."""
    path = tmp_path / "groundwork.db"
    store = open_store(f"sqlite:///{path}")
    saved = store.create(proposal())
    store.close()
    holder = subprocess.Popen([sys.executable, "-c", _HOLDS, path], stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline()
    yield path, saved.id
    holder.kill()
    holder.communicate()


_HOLDS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("holding", flush=True)
sys.stdin.read()
"""


@pytest.mark.long
def test_a_file_that_another_process_writes_to_is_opened_and_read(locked: tuple[Path, str]) -> None:
    path, identity = locked
    # Had one of them to wait for the other process, it would be told that it cannot be done now, as who writes is.
    store = open_store(f"sqlite:///{path}")
    assert store.get(identity).proposal == proposal()
    assert store.list().total == 1
    check_database(f"sqlite:///{path}")
    with pytest.raises(DatabaseNotReady, match="did not finish in time"):
        store.archive(identity)
    store.close()


def test_a_file_without_a_write_ahead_log_is_opened_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "groundwork.db"
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")
    plain.close()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    store = open_store(f"sqlite:///{path}")
    assert store.list().total == 0
    writer.close()
    store.close()


_READS_ONLY = """
import sys
from db import DatabaseNotReady, check_database, open_store
from tests.documents import proposal
check_database(sys.argv[1])
store = open_store(sys.argv[1])
print(store.is_read_only, store.list().total, store.get(sys.argv[2]).version)
for attempt in (lambda: store.create(proposal()), lambda: store.archive(sys.argv[2])):
    try:
        attempt()
    except DatabaseNotReady as error:
        print(error.failure, error)
"""
# Who runs the tests as root may write everywhere, unless this right is taken away.
_WITHOUT_MORE_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o444), (0o755, 0o444), (0o555, 0o644)])
def test_what_may_only_be_read_is_read_and_says_that_nothing_can_be_saved(
    tmp_path: Path, folder: int, file: int
) -> None:
    path = tmp_path / "data" / "groundwork.db"
    url = f"sqlite:///{path}"
    store = open_store(url)
    saved = store.create(proposal())
    store.close()
    path.chmod(file)
    path.parent.chmod(folder)
    command = [*_WITHOUT_MORE_RIGHTS, sys.executable, "-c", _READS_ONLY, url, saved.id]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        path.parent.chmod(0o755)
    refused = "read_only The database can only be read: nothing can be saved."
    assert done.stdout.splitlines() == ["True 1 1", refused, refused], done.stderr
