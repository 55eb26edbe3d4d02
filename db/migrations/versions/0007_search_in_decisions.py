"""What decisions say, folded, and an index over it, so that a search in 100,000 answers as one in 1,000 does."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LOG = logging.getLogger("groundwork.db")
_BATCH = 1_000
_SAID = ("title", "reason", "decided_by", "alternative")

_SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE search_decisions USING fts5(search, content='', tokenize='trigram case_sensitive 1')"
)
_SQLITE_SEARCH = (
    "INSERT INTO search_decisions (rowid, search) SELECT id, search FROM decisions ORDER BY id",
    "CREATE TRIGGER search_decided AFTER INSERT ON decisions BEGIN "
    "INSERT INTO search_decisions (rowid, search) VALUES (new.id, new.search); "
    "END",
)
_POSTGRESQL_COLUMN = (
    "ALTER TABLE decisions ADD COLUMN search_trigrams text[] GENERATED ALWAYS AS (groundwork_trigrams(search)) STORED"
)
_POSTGRESQL_INDEX = "CREATE INDEX search_decisions ON decisions USING gin (search_trigrams)"


def upgrade() -> None:
    op.add_column("decisions", sa.Column("search", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    (_filled_in_sqlite if connection.dialect.name == "sqlite" else _filled_in_postgresql)(connection)


def _filled_in_sqlite(connection: sa.Connection) -> None:
    # What a decision says stays as it is: what is filled in is made of that, and may be made again at any time.
    kept = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'decisions' AND type = 'trigger'"
    ).all()
    for name, _ in kept:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    _fill(connection)
    for _, statement in kept:
        connection.exec_driver_sql(statement)
    if not sa.inspect(connection).has_table("search_index"):
        _LOG.warning("Search in decisions stays without an index: this SQLite has no trigrams.")
        return
    for statement in (_SQLITE_INDEX, *_SQLITE_SEARCH):
        connection.exec_driver_sql(statement)


def _filled_in_postgresql(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE decisions DISABLE TRIGGER USER")
    _fill(connection)
    connection.exec_driver_sql("ALTER TABLE decisions ENABLE TRIGGER USER")
    connection.exec_driver_sql(_POSTGRESQL_COLUMN)
    connection.exec_driver_sql(_POSTGRESQL_INDEX)


def _fill(connection: sa.Connection) -> None:
    """Python folds all letters; each database folds others."""
    decisions = sa.table("decisions", *(sa.column(name) for name in ("id", "search", *_SAID)))
    query = sa.select(decisions.c.id, *(decisions.c[name] for name in _SAID)).order_by(decisions.c.id).limit(_BATCH)
    change = sa.update(decisions).where(decisions.c.id == sa.bindparam("one")).values(search=sa.bindparam("said"))
    last = 0
    while rows := connection.execute(query.where(decisions.c.id > last)).all():
        connection.execute(change, [{"one": row[0], "said": _folded(row[1:])} for row in rows])
        last = rows[-1][0]


def _folded(said: tuple[str | None, ...]) -> str:
    return "\n".join(filter(None, said)).casefold()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS search_decided")
        op.execute("DROP TABLE IF EXISTS search_decisions")
    else:
        op.execute("ALTER TABLE decisions DROP COLUMN search_trigrams")
    op.execute("ALTER TABLE decisions DROP COLUMN search")
