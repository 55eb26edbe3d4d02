"""A table of a PostgreSQL database by URL: read where it is, in a transaction that can change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import ibis
import ibis.expr.types as ir
import psycopg

from ...errors import SourceRefused, quote
from ...text.languages import message
from ..asked import Asked
from .engine import engine
from .names import check_count, named
from .opened import ROW, Opened, place

SCHEMES = ("postgresql://", "postgres://")
_TABLE = "table"
_SCHEMA = "public"
_WAIT = 15
_FINE = 2**20
_EXAMPLE = "postgresql://user:password@host/database#schema.table"


@contextmanager
def opened_table(asked: Asked, folder: Path) -> Iterator[Opened]:
    """The table that the URL names: postgresql://user:password@host/database#schema.table. Raises SourceRefused."""
    url, schema, table = _parted(asked.source)
    with _connected(url, asked.limits.seconds) as connection, engine(folder, asked.limits.megabytes) as started:
        server = ibis.postgres.from_connection(connection)
        found = _table(server, schema, table)
        check_count(len(found.columns))
        names, remarks = named(found.columns, asked.roles)
        columns = {place(at): found[name] for at, name in enumerate(found.columns)}
        yield Opened(
            found.select(**columns, **{ROW: ibis.row_number() + 1}),
            names,
            "database",
            f"{schema}.{table}",
            lambda rows, share, seed: _thinned(connection, rows, share, seed),
            started.local,
            remarks=remarks,
            versions={"postgresql": str(connection.info.server_version)},
        )


def _parted(source: str) -> tuple[str, str, str]:
    """The URL without the table, the schema and the table."""
    try:
        parts = urlsplit(source)
    except ValueError:
        raise SourceRefused(
            message("This is no URL of a database. A URL looks so: {example}.", example=_EXAMPLE)
        ) from None
    options = dict(parse_qsl(parts.query))
    named_table = options.pop(_TABLE, "") or parts.fragment
    if not named_table:
        raise SourceRefused(message("Say which table: {example}.", example=_EXAMPLE))
    schema, _, table = named_table.rpartition(".")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(options), "")), schema or _SCHEMA, table


@contextmanager
def _connected(url: str, seconds: int) -> Iterator[psycopg.Connection]:
    """A connection that reads only, and that ends what takes too long. What the URL holds is never repeated."""
    options = f"-c default_transaction_read_only=on -c statement_timeout={seconds * 1000} -c timezone=UTC"
    options += " -c synchronize_seqscans=off"
    try:
        connection = psycopg.connect(url, options=options, connect_timeout=_WAIT, autocommit=False)
    except (psycopg.Error, ValueError, UnicodeError) as error:
        raise SourceRefused(_not_connected(error)) from None
    try:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield connection
    except psycopg.errors.InsufficientPrivilege:
        raise SourceRefused(message("This user may not read the table. Ask for the right to SELECT from it.")) from None
    finally:
        connection.close()


def _not_connected(error: Exception) -> str:
    if "password authentication failed" in str(error) or "no password supplied" in str(error):
        return message("The database does not take this user and password.")
    if "does not exist" in str(error):
        return message("There is no such database or user on that server.")
    return message(
        "The database does not answer: check host, port and database in the URL, and that it takes connections from here."
    )


def _table(server: ibis.BaseBackend, schema: str, table: str) -> ir.Table:
    known = server.list_tables(database=schema) if schema in server.list_databases() else []
    if table in known:
        return server.table(table, database=schema)
    near = get_close_matches(table, known, n=3, cutoff=0.5) or sorted(known)[:8]
    if not near:
        raise SourceRefused(message("There is no schema {schema} with tables in it.", schema=quote(schema)))
    raise SourceRefused(
        message(
            "There is no table {table} in {schema}. There is: {near}.",
            table=quote(table),
            schema=quote(schema),
            near=", ".join(quote(each) for each in near),
        )
    )


def _thinned(connection: psycopg.Connection, rows: ir.Table, share: float, seed: int) -> ir.Table:
    """The server's own random numbers, from the seed: the same rows while nobody changes the table."""
    connection.execute("SELECT setseed(%s)", ((seed % _FINE) / _FINE,))
    return rows.filter(ibis.random() < share)
