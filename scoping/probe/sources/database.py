"""A table of a PostgreSQL database by URL: read where it is, in a transaction that can change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import ibis
import ibis.expr.types as ir
import psycopg
from psycopg import sql

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
_READ_AS: Mapping[str, LiteralString] = {"enum": "text", "citext": "text", "money": "numeric::float8", "oid": "bigint"}
_IBIS = {"text": "string", "numeric::float8": "float64", "bigint": "int64"}
_EXAMPLE = "postgresql://user:password@host/database#schema.table"


@contextmanager
def opened_table(asked: Asked, folder: Path) -> Iterator[Opened]:
    """The table that the URL names: postgresql://user:password@host/database#schema.table. Raises SourceRefused."""
    url, whole = _parted(asked.source)
    schema, _, table = whole.rpartition(".")
    schema = schema or _SCHEMA
    with _connected(url, asked.limits.seconds) as connection, engine(folder, asked.limits.megabytes) as started:
        server = ibis.postgres.from_connection(connection)
        if _is_there(connection, _SCHEMA, whole):  # a name with a dot in it
            schema, table = _SCHEMA, whole
        found = _table(server, connection, schema, table)
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


def _parted(source: str) -> tuple[str, str]:
    """The URL without the table, and the table."""
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
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(options), "")), named_table


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
    except psycopg.errors.QueryCanceled:
        raise SourceRefused(
            message("The database took longer than it may. Draw a smaller sample, or allow it more seconds.")
        ) from None
    except psycopg.Error as error:
        # What the server says of an error may hold values of the data: its kind alone goes on.
        raise SourceRefused(
            message(
                "The database could not read the table to its end ({kind}). Name a table or view that can be read as a whole.",
                kind=type(_first(error)).__name__,
            )
        ) from None
    finally:
        connection.close()


def _first(error: psycopg.Error) -> psycopg.Error:
    """What went wrong first: closing a cursor that an error has ended is an error, too."""
    while isinstance(error.__context__, psycopg.Error):
        error = error.__context__
    return error


def _not_connected(error: Exception) -> str:
    if "password authentication failed" in str(error) or "no password supplied" in str(error):
        return message("The database does not take this user and password.")
    if "does not exist" in str(error):
        return message("There is no such database or user on that server.")
    return message(
        "The database does not answer: check host, port, database, user and password in the URL, and that it takes connections from here."
    )


def _is_there(connection: psycopg.Connection, schema: str, table: str) -> bool:
    """Whether there is a table or a view of that name, a materialised one too, with a column in it."""
    found = connection.execute(
        "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'v', 'm', 'p', 'f') AND c.relnatts > 0",
        (schema, table),
    )
    return found.fetchone() is not None


def _casts(connection: psycopg.Connection, schema: str, table: str) -> dict[str, LiteralString]:
    """The columns of types that functions of text and of numbers do not take, and what they are read as."""
    found = connection.execute(
        "SELECT a.attname, CASE WHEN t.typtype = 'e' THEN 'enum' ELSE t.typname END "
        "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_type t ON t.oid = a.atttypid "
        "WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped",
        (schema, table),
    )
    return {name: _READ_AS[kind] for name, kind in found if kind in _READ_AS}


def _cast(
    server: Any,
    connection: psycopg.Connection,
    found: ir.Table,
    place: tuple[str, str],
    casts: Mapping[str, LiteralString],
) -> ir.Table:
    """The same table, with these columns read as other types."""
    columns = [
        sql.SQL("{name}::{type} AS {name}").format(name=sql.Identifier(name), type=sql.SQL(casts[name]))
        if name in casts
        else sql.Identifier(name)
        for name in found.columns
    ]
    query = sql.SQL("SELECT {columns} FROM {table}").format(
        columns=sql.SQL(", ").join(columns), table=sql.Identifier(*place)
    )
    kinds = {name: _IBIS[casts[name]] if name in casts else kind for name, kind in found.schema().items()}
    table: ir.Table = server.sql(query.as_string(connection), schema=ibis.schema(kinds))
    return table


def _table(server: ibis.BaseBackend, connection: psycopg.Connection, schema: str, table: str) -> ir.Table:
    if _is_there(connection, schema, table):
        found = server.table(table, database=schema)
        casts = _casts(connection, schema, table)
        return _cast(server, connection, found, (schema, table), casts) if casts else found
    known = server.list_tables(database=schema) if schema in server.list_databases() else []
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
