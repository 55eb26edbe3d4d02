"""Which database, and how to reach it: SQLite in the user's data directory, or PostgreSQL by URL."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from scoping import Appraisal, Proposal, appraise

from . import migrate
from .errors import DatabaseNotReady
from .store import READS, Store

VARIABLE = "GROUNDWORK_DATABASE_URL"
_BUSY_MILLISECONDS = 15_000


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """The URL from GROUNDWORK_DATABASE_URL, or a SQLite file in the user's data directory."""
    given = (os.environ if environment is None else environment).get(VARIABLE, "").strip()
    return given or f"sqlite:///{user_data_path('groundwork', appauthor=False) / 'groundwork.db'}"


def create(url: str) -> Engine:
    """An engine for the URL. Raises DatabaseNotReady where the URL makes no sense."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseNotReady(
            f"The database URL is not valid. Write it like postgresql://user:password@host/name, in {VARIABLE}."
        ) from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed.render_as_string(hide_password=False), parsed.database)
    if parsed.get_backend_name() != "postgresql":
        raise DatabaseNotReady(
            f"Groundwork keeps its data in SQLite or PostgreSQL, not in {parsed.get_backend_name()}."
        )
    return create_engine(parsed, pool_pre_ping=True)


def _sqlite(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseNotReady(f"The folder of the database file cannot be made: {error}") from None
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: `_begin` does.
    connection.isolation_level = None
    # Its own knows only the letters of English.
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={_BUSY_MILLISECONDS}", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Any) -> None:
    # Taking the write lock at once makes two writers wait for each other instead of failing half way. Who only reads
    # waits for nobody.
    reads = connection.get_execution_options().get(READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def open_store(url: str | None = None, assess: Callable[[Proposal], Appraisal] = appraise) -> Store:
    """The Store behind the URL (or the configured one), its tables up to date.

    SQLite is brought up to date here; PostgreSQL only by `groundwork db upgrade`. Raises
    DatabaseNotReady.
    """
    engine = create(url or database_url())
    try:
        if engine.dialect.name == "sqlite":
            migrate.upgrade(engine)
        migrate.check(engine)
    except SQLAlchemyError as error:
        raise DatabaseNotReady(f"The database cannot be reached: {_first_line(error)}") from None
    return Store(engine, assess)


def upgrade_database(url: str | None = None) -> None:
    """Bring the tables of the database up to date, whichever it is. Raises DatabaseNotReady."""
    engine = create(url or database_url())
    try:
        migrate.upgrade(engine)
    except SQLAlchemyError as error:
        raise DatabaseNotReady(f"The database cannot be reached: {_first_line(error)}") from None
    finally:
        engine.dispose()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
