"""Altering a table on SQLite too, where it means copying its rows into a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import op
from sqlalchemy import Connection, text


@contextmanager
def rewritten(table: str, schema: str | None = None) -> Iterator[Any]:
    """`op.batch_alter_table`, after which the table has its triggers again.

    SQLite drops them with the old table, and with them the rule that the past is append only.
    """
    connection = op.get_bind()
    before = _triggers(connection, table)
    with op.batch_alter_table(table, schema=schema) as batch:
        yield batch
    for name in before.keys() - _triggers(connection, table).keys():
        connection.exec_driver_sql(before[name])


def _triggers(connection: Connection, table: str) -> dict[str, str]:
    """By name, the statement that makes each trigger. PostgreSQL alters a table where it stands: none to restore."""
    if connection.dialect.name != "sqlite":
        return {}
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    return {row.name: row.sql for row in connection.execute(query, {"table": table})}
