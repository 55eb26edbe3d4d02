"""A disk that is full when a test says so, by errors that the databases themselves make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from db import Store

_TABLES = ("proposals", "revisions", "audit", "drafts")
_NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = '53100';
END $$
"""


@contextmanager
def full(store: Store) -> Iterator[None]:
    """No page more: SQLite gives SQLITE_FULL itself, PostgreSQL is told to raise what it raises then."""
    with _full_sqlite(store) if store._engine.dialect.name == "sqlite" else _full_postgresql(store):
        yield


@contextmanager
def _full_sqlite(store: Store) -> Iterator[None]:
    def limit(connection: Any, *_: Any) -> None:
        # The number of pages there are is the lowest that it takes.
        connection.cursor().execute("PRAGMA max_page_count=1")

    event.listen(store._engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(store._engine, "checkout", limit)
        store._engine.dispose()


@contextmanager
def _full_postgresql(store: Store) -> Iterator[None]:
    with store._engine.begin() as connection:
        connection.execute(text(_NO_ROOM))
        for table in _TABLES:
            connection.execute(
                text(f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION no_room()")
            )
    try:
        yield
    finally:
        with store._engine.begin() as connection:
            connection.execute(text("DROP FUNCTION no_room() CASCADE"))
