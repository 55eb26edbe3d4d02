"""Backups: taken while the app runs, checked before they are restored. One file holds everything.

A copy of a SQLite file is no backup: what was saved last may stand in the log beside it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from sqlalchemy.engine import URL

from scoping.text.languages import message

from . import addresses, dumps, migrate
from .engine import AT_A_COMMAND, database_url
from .errors import BackupRefused, DatabaseNotReady, Failure
from .failures import SENTENCES, in_words
from .valuing import CACHE

_HEADER = b"SQLite format 3\x00"
_OWNER_ALONE = 0o600


def back_up(path: Path, url: str | None = None) -> None:
    """Write all that the database holds at one moment to a new file. Raises BackupRefused, DatabaseNotReady."""
    address = addresses.parsed(url or database_url())
    with _written_as_a_whole(path) as unfinished:
        _copy_out(address, unfinished)


def restore(path: Path, url: str | None = None, *, replace: bool = False) -> Path | None:
    """Put what a backup holds into the database; returns the file in which what it held before is kept.

    A database that holds something is refused, unless it may be replaced. Raises BackupRefused, DatabaseNotReady.
    """
    address = addresses.parsed(url or database_url())
    if not path.is_file():
        raise BackupRefused(message("There is no file {path}.", path=str(path)))
    if address.get_backend_name() == "sqlite":
        return _restore_file(path, addresses.file_of(address), replace=replace)
    return _restore_dump(path, address, replace=replace)


def _copy_out(address: URL, target: Path) -> None:
    if address.get_backend_name() == "sqlite":
        _copy_file(addresses.file_of(address), target)
    else:
        dumps.write(address, target)


@contextmanager
def _written_as_a_whole(path: Path) -> Iterator[Path]:
    """A file to write, which gets its name when it is complete. Only its owner may read it."""
    if path.exists():
        raise BackupRefused(message("{path} is there already. A backup overwrites nothing.", path=str(path)))
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.touch(_OWNER_ALONE)
    try:
        yield unfinished
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _beside(path: Path, what: str) -> Path:
    """A name that is free, for what a restored backup replaces."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return path.with_name(f"{path.stem}.{what}-{moment}{path.suffix}")


def _refuse_to_replace(count: int) -> None:
    raise BackupRefused(
        message(
            "The database holds {count} entries already. With --replace they are kept in a file, and replaced.",
            count=f"{count:,}",
        )
    )


# SQLite ----------------------------------------------------------------------------------------


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's own way to copy a database that is in use (sqlite.org/backup.html): it delays no save."""
    with (
        in_words(URL.create("sqlite", database=str(source))),
        closing(_reading(source)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        _copy(read, written)
        # One file, without a log beside it.
        written.execute("PRAGMA journal_mode=DELETE")
        _leave_out_the_cache(written)
        _check_integrity(written)


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All of it in one step: one moment. It waits for who writes to the target, but not for ever."""
    end = monotonic() + AT_A_COMMAND.lock

    def patiently(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > end:
            raise DatabaseNotReady(
                message("Something else is writing to the database all the time. Stop Groundwork first."),
                Failure.LOCKED,
            )

    source.backup(target, progress=patiently)


def _leave_out_the_cache(connection: sqlite3.Connection) -> None:
    """What is worked out again is large, and in nobody's interest in a backup."""
    if CACHE not in _tables(connection):
        return
    gone = connection.execute(f"DELETE FROM {CACHE}").rowcount  # noqa: S608 a name of our own
    connection.commit()
    if gone:
        connection.execute("VACUUM")


def _check_integrity(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise DatabaseNotReady(SENTENCES[Failure.DAMAGED], Failure.DAMAGED, "integrity_check")


def _restore_file(path: Path, target: Path, *, replace: bool) -> Path | None:
    _check_file(path)
    kept = _make_room(target, replace=replace) if target.exists() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    # Into the file that is there: a Groundwork that runs goes on with what was restored.
    with (
        in_words(URL.create("sqlite", database=str(target))),
        closing(_reading(path)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        _copy(read, written)
    return kept


def _check_file(path: Path) -> None:
    """Raises BackupRefused unless the file is a whole database of Groundwork that this program can read."""
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise BackupRefused(message("{path} is no backup of a SQLite database.", path=str(path)))
    try:
        with closing(_reading(path)) as connection:
            _check_integrity(connection)
            tables = _tables(connection)
            revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.OperationalError:
        raise BackupRefused(message("{path} is no database of Groundwork.", path=str(path))) from None
    except (sqlite3.DatabaseError, DatabaseNotReady):
        raise BackupRefused(message("{path} is damaged. Nothing was changed.", path=str(path))) from None
    _check_contents(path, tables, [str(revision) for (revision,) in revisions])


def _check_contents(path: Path, tables: set[str], revisions: list[str]) -> None:
    if "proposals" not in tables or len(revisions) != 1:
        raise BackupRefused(message("{path} is no database of Groundwork.", path=str(path)))
    if not migrate.knows(revisions[0]):
        raise BackupRefused(
            message(
                "{path} was written by a newer Groundwork than this one (its tables are at {revision}).",
                path=str(path),
                revision=revisions[0],
            )
        )


def _tables(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {str(name) for (name,) in found}


def _make_room(target: Path, *, replace: bool) -> Path | None:
    """Keep what the database holds, where it holds something; a damaged one as it lies there."""
    try:
        with in_words(URL.create("sqlite", database=str(target))):
            return _keep(target, replace=replace)
    except DatabaseNotReady as error:
        if error.failure is not Failure.DAMAGED:
            raise
        return _set_aside(target, replace=replace)


def _keep(target: Path, *, replace: bool) -> Path | None:
    with closing(_reading(target)) as connection:
        tables = {table for table in _tables(connection) if not table.startswith("search_")} - {"alembic_version"}
        count = sum(_rows(connection, table) for table in tables)
    if not count:
        return None
    if not replace:
        _refuse_to_replace(count)
    kept = _beside(target, "replaced")
    with _written_as_a_whole(kept) as unfinished:
        _copy_file(target, unfinished)
    return kept


def _rows(connection: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    (count,) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608 a name of the file's own
    return int(count)


def _set_aside(target: Path, *, replace: bool) -> Path:
    """What is damaged cannot be copied: the file and its logs get another name."""
    if not replace:
        raise BackupRefused(
            message("{path} is damaged. With --replace it is set aside, and replaced.", path=str(target))
        )
    kept = _beside(target, "damaged")
    for ending in ("-wal", "-shm", ""):
        part = target.with_name(f"{target.name}{ending}")
        if part.exists():
            part.rename(kept.with_name(f"{kept.name}{ending}"))
    return kept


# PostgreSQL ------------------------------------------------------------------------------------


def _restore_dump(path: Path, address: URL, *, replace: bool) -> Path | None:
    _check_contents(path, dumps.tables(path), dumps.revisions(path))
    count = dumps.rows(address)
    kept = None
    if count:
        if not replace:
            _refuse_to_replace(count)
        kept = _beside(path, "replaced")
        with _written_as_a_whole(kept) as unfinished:
            dumps.write(address, unfinished)
    dumps.read(address, path)
    return kept
