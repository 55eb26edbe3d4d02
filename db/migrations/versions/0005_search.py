"""Indexes for search, sorting and filtering, so that a list of 100,000 proposals answers as one of 1,000 does."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LOG = logging.getLogger("groundwork.db")

# What a name begins with: PostgreSQL takes no more than some 2,700 bytes into an index, and a text may be longer.
_BEGINNING = "substr({}, 1, 200)"
# Each in the order in which a list is shown, so that its first page needs no sorting. "leading" is PostgreSQL's.
_LISTS = {
    "proposals": {
        "list_by_time": "archived, saved_at DESC, id",
        "list_by_value": "archived, npv_mean DESC{last}, id",
        "list_by_feasibility": "archived, feasibility_score DESC{last}, id",
        "list_by_title": f"archived, {_BEGINNING.format('title')}, id",
        "list_by_recommendation": "archived, recommendation, saved_at DESC, id",
        "list_by_team": f"archived, {_BEGINNING.format('team')}, saved_at DESC, id",
        "list_by_owner": f"archived, {_BEGINNING.format('owner')}, saved_at DESC, id",
        "list_by_currency": "archived, currency, npv_mean DESC{last}, id",
    },
    "decisions": {
        "list_decisions_by_outcome": "outcome, id DESC",
        "list_decisions_by_decider": f"{_BEGINNING.format('decided_by')}, id DESC",
        "list_decisions_of_proposal": "proposal_id, id DESC",
    },
    "audit": {"list_audit_of_proposal": "proposal_id, id DESC"},
}
_REPLACED = {
    "proposals": {
        "proposals_by_time": ["archived", "saved_at"],
        "proposals_by_value": ["archived", "npv_mean"],
        "proposals_by_recommendation": ["archived", "recommendation"],
        "proposals_by_team": ["archived", "team"],
        "proposals_by_owner": ["archived", "owner"],
    },
    "decisions": {
        "ix_decisions_decided_by": ["decided_by"],
        "ix_decisions_outcome": ["outcome"],
        "ix_decisions_proposal_id": ["proposal_id"],
    },
    "audit": {"ix_audit_proposal_id": ["proposal_id"]},
}

# SQLite's own number of a row may change when the file is tidied up (VACUUM), so proposals get one that stays.
_SQLITE_SEARCH = (
    "CREATE TABLE search_numbers (number INTEGER PRIMARY KEY, proposal_id VARCHAR(36) NOT NULL UNIQUE)",
    "INSERT INTO search_numbers (proposal_id) SELECT id FROM proposals",
    "INSERT INTO search_index (rowid, search) "
    "SELECT number, search FROM proposals JOIN search_numbers ON proposal_id = id ORDER BY number",
    "CREATE TRIGGER search_created AFTER INSERT ON proposals BEGIN "
    "INSERT INTO search_numbers (proposal_id) VALUES (new.id); "
    "INSERT INTO search_index (rowid, search) "
    "SELECT number, new.search FROM search_numbers WHERE proposal_id = new.id; "
    "END",
    "CREATE TRIGGER search_changed AFTER UPDATE OF search ON proposals WHEN old.search <> new.search BEGIN "
    "INSERT INTO search_index (search_index, rowid, search) "
    "SELECT 'delete', number, old.search FROM search_numbers WHERE proposal_id = old.id; "
    "INSERT INTO search_index (rowid, search) "
    "SELECT number, new.search FROM search_numbers WHERE proposal_id = new.id; "
    "END",
    "CREATE TRIGGER search_deleted AFTER DELETE ON proposals BEGIN "
    "INSERT INTO search_index (search_index, rowid, search) "
    "SELECT 'delete', number, old.search FROM search_numbers WHERE proposal_id = old.id; "
    "DELETE FROM search_numbers WHERE proposal_id = old.id; "
    "END",
)
_SQLITE_INDEX = "CREATE VIRTUAL TABLE search_index USING fts5(search, content='', tokenize='trigram case_sensitive 1')"

# Needs no extension, and so no right that a managed server keeps for itself. It is slow on a text, so what it gives is
# kept beside the text: the planner may choose to look at every row.
_POSTGRESQL_TRIGRAMS = """
CREATE FUNCTION groundwork_trigrams(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT coalesce(array_agg(DISTINCT a || b || c), '{}') FROM (
    SELECT letter AS a, lead(letter) OVER w AS b, lead(letter, 2) OVER w AS c
    FROM unnest(string_to_array(said, NULL)) WITH ORDINALITY AS letters(letter, place)
    WINDOW w AS (ORDER BY place)
) AS trigrams WHERE c IS NOT NULL $$
"""
_POSTGRESQL_COLUMN = (
    "ALTER TABLE proposals ADD COLUMN search_trigrams text[] GENERATED ALWAYS AS (groundwork_trigrams(search)) STORED"
)
_POSTGRESQL_INDEX = "CREATE INDEX search_index ON proposals USING gin (search_trigrams)"


def upgrade() -> None:
    for table, indexes in _REPLACED.items():
        for name in indexes:
            op.drop_index(name, table)
    for table, lists in _LISTS.items():
        for name, columns in lists.items():
            op.execute(f"CREATE INDEX {name} ON {table} ({columns.format(last=_nulls_last())})")
    (_search_in_sqlite if _is_sqlite() else _search_in_postgresql)()


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _nulls_last() -> str:
    """SQLite takes nothing for less than anything, and no word about it in an index."""
    return "" if _is_sqlite() else " NULLS LAST"


def _search_in_sqlite() -> None:
    try:
        with op.get_bind().begin_nested():
            op.execute(_SQLITE_INDEX)
    except sa.exc.OperationalError as error:
        _LOG.warning("Search stays without an index: this SQLite has no trigrams (%s).", error.orig)
        return
    for statement in _SQLITE_SEARCH:
        op.get_bind().exec_driver_sql(statement)


def _search_in_postgresql() -> None:
    op.get_bind().exec_driver_sql(_POSTGRESQL_TRIGRAMS)
    op.execute(_POSTGRESQL_COLUMN)
    op.execute(_POSTGRESQL_INDEX)


def downgrade() -> None:
    if _is_sqlite():
        for trigger in ("search_created", "search_changed", "search_deleted"):
            op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for table in ("search_index", "search_numbers"):
            op.execute(f"DROP TABLE IF EXISTS {table}")
    else:
        op.execute("ALTER TABLE proposals DROP COLUMN search_trigrams")
        op.execute("DROP FUNCTION groundwork_trigrams(text)")
    for lists in _LISTS.values():
        for name in lists:
            op.execute(f"DROP INDEX {name}")
    for table, indexes in _REPLACED.items():
        for name, columns in indexes.items():
            op.create_index(name, table, columns)
