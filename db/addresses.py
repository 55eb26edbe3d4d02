"""The address of a database: read from a URL, refused in words where it makes no sense, shown without its secrets."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from scoping.text.languages import message

from .environment import FILE
from .errors import DatabaseNotReady, Failure

VARIABLE = "GROUNDWORK_DATABASE_URL"
_HIGHEST_PORT = 65_535
_HIDDEN = "***"
_SECRET = re.compile(r"pass|secret|token|key", re.IGNORECASE)
_PSYCOPG = "postgresql+psycopg"
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": _PSYCOPG,
    "postgresql": _PSYCOPG,
    _PSYCOPG: _PSYCOPG,
}


def parsed(text: str | URL) -> URL:
    """The URL with the driver that Groundwork uses. Raises DatabaseNotReady where it makes no sense."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise _refused(
            message(
                "The database URL is not valid. Write it like postgresql://user:password@host/name, in {variable} or "
                "in the file that {file} names.",
                variable=VARIABLE,
                file=f"{VARIABLE}{FILE}",
            )
        ) from None
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise _refused(message("Groundwork keeps its data in SQLite or PostgreSQL, not in {other}.", other=backend))
    return _checked(url)


def _checked(url: URL) -> URL:
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise _refused(
            message("The database URL names a driver that is not used here. Write sqlite:// or postgresql://.")
        )
    if url.port is not None and not 1 <= url.port <= _HIGHEST_PORT:
        raise _refused(message("The port in the database URL is a number from 1 to {most}.", most=str(_HIGHEST_PORT)))
    if driver == "sqlite":
        _check_file(url)
    return url.set(drivername=driver)


def _check_file(url: URL) -> None:
    if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
        raise _refused(
            message("A database in memory would lose everything. Name a file: sqlite:////folder/groundwork.db")
        )
    if url.host:
        raise _refused(message("A SQLite file is on this machine: write three slashes, and a fourth for a full path."))
    if file_of(url).is_dir():
        raise _refused(message("The database URL names a folder. Name a file in it."))


def _refused(text: str) -> DatabaseNotReady:
    return DatabaseNotReady(text, Failure.ADDRESS)


def file_of(url: URL) -> Path:
    """The file of a SQLite database."""
    return Path(str(url.database)).absolute()


def is_read_only(url: URL) -> bool:
    """True for a SQLite file that is opened without the right to write."""
    return url.query.get("mode") == "ro"


def shown(url: URL) -> str:
    """The URL for people: no password, wherever in it one may stand."""
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{place(url)}"
    query = {name: _HIDDEN if _SECRET.search(name) else value for name, value in url.query.items()}
    masked = url.set(query=query, password=_HIDDEN if url.password is not None else None)
    return masked.render_as_string(hide_password=True).replace("%2A%2A%2A", _HIDDEN)


def place(url: URL) -> str:
    """Where the database is, short enough for a sentence: a host and port, or a file."""
    if url.get_backend_name() == "sqlite":
        return str(file_of(url))
    host = url.host or url.query.get("host") or "localhost"
    named = host if isinstance(host, str) else ",".join(host)
    return f"{named}:{url.port}" if url.port else named
