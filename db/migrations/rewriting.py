"""Altering a table on SQLite too, where it means copying its rows into a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import op
from sqlalchemy import Connection, text


@contextmanager
def rewritten(table: str, schema: str | None = None) -> Iterator[Any]:
    """`op.batch_alter_table`, after which the table has its triggers and the indexes of its lists again.

    SQLite drops them with the old table, and with them the rule that the past is append only. Of an index Alembic
    makes again what it can read, which is neither a direction nor an expression.
    """
    connection = op.get_bind()
    before = _statements(connection, table)
    with op.batch_alter_table(table, schema=schema) as batch:
        yield batch
    after = _statements(connection, table)
    for name, statement in before.items():
        if after.get(name) != statement:
            if name in after:
                connection.exec_driver_sql(f"DROP INDEX {name}")
            connection.exec_driver_sql(statement)


def _statements(connection: Connection, table: str) -> dict[str, str]:
    """By name, what makes each trigger and each index of a list.

    PostgreSQL alters a table where it stands: none to restore.
    """
    if connection.dialect.name != "sqlite":
        return {}
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = :table "
        "AND (type = 'trigger' OR type = 'index' AND name LIKE 'list/_%' ESCAPE '/')"
    )
    return {row.name: row.sql for row in connection.execute(query, {"table": table})}
