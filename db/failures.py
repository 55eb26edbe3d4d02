"""Every error of a database in plain words, in one place.

What a driver says may hold what people typed, or a password: it reaches no page, no log and no other error's text.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from json import JSONDecodeError

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from scoping.text.languages import joined, message

from . import addresses
from .errors import DatabaseNotReady, Failure, RowRefused, StoreError, ValueRefused
from .watching import DATABASE_ERRORS

SENTENCES: Mapping[Failure, str] = {
    Failure.ADDRESS: message("The database URL is not valid."),
    Failure.AWAY: message("The database cannot be reached. Groundwork tries again each time a page is loaded."),
    Failure.LOGIN: message("The database does not accept the user name or the password that Groundwork has for it."),
    Failure.ABSENT: message("The server has no database of that name. Somebody has to create it first."),
    Failure.FORBIDDEN: message("Groundwork's user may not do this in the database: it needs more rights there."),
    Failure.SLOW: message("The database did not answer in time. Reload the page in a while."),
    Failure.LOCKED: message("Something else is writing to the database and did not finish in time. Try again."),
    Failure.CROWDED: message("The database takes no more connections at the moment. Try again in a while."),
    Failure.FULL: message("The disk of the database is full: nothing can be saved until there is room."),
    Failure.UNWRITABLE: message(
        "The disk of the database takes nothing: it is over its quota, at a limit, or broken. Nothing can be saved "
        "until that is mended."
    ),
    Failure.READ_ONLY: message("The database can only be read: nothing can be saved."),
    Failure.DAMAGED: message(
        "The database is damaged. Stop Groundwork, keep the damaged file, and restore the newest backup "
        "(groundwork db restore)."
    ),
    Failure.TABLES: message("The database lacks tables that this program needs. Run: groundwork db check"),
    Failure.OTHER: message("The database refused this for a reason that Groundwork does not know."),
}
"""What is said of each failure, where no more is known."""

_PLACED = (Failure.AWAY, Failure.LOGIN, Failure.ABSENT)

_SQLITE: Mapping[int, Failure] = {
    sqlite3.SQLITE_PERM: Failure.FORBIDDEN,
    sqlite3.SQLITE_AUTH: Failure.FORBIDDEN,
    sqlite3.SQLITE_BUSY: Failure.LOCKED,
    sqlite3.SQLITE_LOCKED: Failure.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Failure.LOCKED,
    sqlite3.SQLITE_READONLY: Failure.READ_ONLY,
    sqlite3.SQLITE_IOERR: Failure.AWAY,
    sqlite3.SQLITE_CANTOPEN: Failure.AWAY,
    sqlite3.SQLITE_CORRUPT: Failure.DAMAGED,
    sqlite3.SQLITE_NOTADB: Failure.DAMAGED,
    sqlite3.SQLITE_FULL: Failure.FULL,
}
"""By the primary result code (sqlite.org/rescode.html)."""

_SQLITE_WRITING = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)
"""Errors of a disk that can be read: a quota or a limit has no code of its own, as a full disk has."""

# By the whole code, or else by its class (postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL: Mapping[str, Failure] = {
    "08": Failure.AWAY,
    "25006": Failure.READ_ONLY,
    "25P03": Failure.SLOW,
    "28": Failure.LOGIN,
    "3D": Failure.ABSENT,
    "40": Failure.LOCKED,
    "42501": Failure.FORBIDDEN,
    "42P01": Failure.TABLES,
    "42703": Failure.TABLES,
    "53100": Failure.FULL,
    "53300": Failure.CROWDED,
    "55P03": Failure.LOCKED,
    "57014": Failure.SLOW,
    "57P": Failure.AWAY,
    "58": Failure.AWAY,
    "XX001": Failure.DAMAGED,
    "XX002": Failure.DAMAGED,
}

# While it connects, the driver gives words and no code.
_CONNECTING: tuple[tuple[re.Pattern[str], Failure], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), failure)
    for pattern, failure in (
        (r"authentication failed|no password supplied|role .* does not exist|pg_hba", Failure.LOGIN),
        (r"database .* does not exist", Failure.ABSENT),
        (r"too many (clients|connections)|remaining connection slots", Failure.CROWDED),
        (r"no space left", Failure.FULL),
        (r"permission denied for database", Failure.FORBIDDEN),
    )
)
_NOT_TEXT = re.compile(r"could not decode to utf-8", re.IGNORECASE)
_NO_SUCH_TABLE = re.compile(r"no such (table|column)", re.IGNORECASE)
# Python's words for a value that no column can hold; PostgreSQL's class of data exceptions.
_VALUE_ERRORS = (OverflowError, UnicodeEncodeError)
_DATA_EXCEPTION = "22"


class NoAnswer(psycopg.OperationalError):
    """The server holds the connection open and says nothing."""


@contextmanager
def in_words(url: URL) -> Iterator[None]:
    """Whatever the database or its driver raises within becomes one of our errors, and takes no data along."""
    try:
        yield
    except SQLAlchemyError as error:
        raise told(error, url) from None
    except psycopg.Error as error:
        raise _not_ready(*_of_postgresql(error), url) from None
    except sqlite3.Error as error:
        raise _not_ready(*_of_sqlite(error), url) from None
    except JSONDecodeError:
        raise _not_ready(Failure.DAMAGED, "json", url) from None
    except _VALUE_ERRORS:
        raise _no_such_value() from None


def told(error: SQLAlchemyError, url: URL) -> StoreError:
    """The error in our words."""
    original = error.orig if isinstance(error, StatementError) else None
    if isinstance(error, IntegrityError):
        return RowRefused(message("The database holds an entry that excludes this one. Nothing was saved."))
    if _is_about_a_value(error, original):
        return _no_such_value()
    if isinstance(error, NoConnectionLeft):
        return _not_ready(Failure.CROWDED, "pool", url)
    if isinstance(original, sqlite3.Error):
        return _not_ready(*_of_sqlite(original), url)
    if isinstance(original, psycopg.Error):
        return _not_ready(*_of_postgresql(original), url)
    return _not_ready(Failure.OTHER, type(error).__name__, url)


def _is_about_a_value(error: SQLAlchemyError, original: BaseException | None) -> bool:
    if isinstance(error, StatementError) and not isinstance(error, DBAPIError):
        return True
    # The driver itself refuses some values before the server sees them, without a code.
    return isinstance(original, psycopg.DataError) and (original.sqlstate or _DATA_EXCEPTION)[:2] == _DATA_EXCEPTION


def _no_such_value() -> ValueRefused:
    return ValueRefused(message("A number or a text is too large for the database, or holds what it cannot keep."))


def _of_sqlite(error: sqlite3.Error) -> tuple[Failure, str]:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return (Failure.DAMAGED, "encoding") if _NOT_TEXT.search(str(error)) else (Failure.OTHER, type(error).__name__)
    if code == sqlite3.SQLITE_ERROR and _NO_SUCH_TABLE.search(str(error)):
        return Failure.TABLES, "SQLITE_ERROR"
    if code in _SQLITE_WRITING:
        return Failure.UNWRITABLE, str(error.sqlite_errorname)
    # The lowest eight bits; those above only say more.
    return _SQLITE.get(code & 0xFF, Failure.OTHER), str(getattr(error, "sqlite_errorname", code))


def _of_postgresql(error: psycopg.Error) -> tuple[Failure, str]:
    if isinstance(error, NoAnswer):
        return Failure.SLOW, "no answer"
    state = error.sqlstate
    if state is None:
        words = str(error)
        found = (failure for pattern, failure in _CONNECTING if pattern.search(words))
        return next(found, Failure.AWAY), "connection"
    known = (_POSTGRESQL[state[:length]] for length in (5, 3, 2) if state[:length] in _POSTGRESQL)
    return next(known, Failure.OTHER), state


def _not_ready(failure: Failure, code: str, url: URL) -> DatabaseNotReady:
    DATABASE_ERRORS.labels(failure.value).inc()
    said = SENTENCES[failure]
    if failure in _PLACED:
        said = joined(" ", (said, message("It is at {place}.", place=addresses.place(url))))
    elif failure is Failure.OTHER:
        said = joined(" ", (said, message("It calls it {code}.", code=code)))
    return DatabaseNotReady(said, failure, code)
