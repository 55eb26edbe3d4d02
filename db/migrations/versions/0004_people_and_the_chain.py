"""People, their roles, who works on a proposal; whose draft it is; the audit trail as a chain of hashes."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.migrations.rewriting import rewritten

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What must not be twice: on SQLite, a row that replaces another one would delete it without asking any trigger.
APPEND_ONLY = {
    "revisions": "id = NEW.id OR (proposal_id = NEW.proposal_id AND version = NEW.version)",
    "decisions": "id = NEW.id OR (proposal_id = NEW.proposal_id AND follows = NEW.follows)",
    "audit": "id = NEW.id",
}


def upgrade() -> None:
    _people()
    _sharing()
    _who_it_was()
    _drafts_of_people()
    _chain()
    _forbid_replacing()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("subject", sa.String(500), unique=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(20)),
        sa.Column("granted", sa.String(20)),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("signed_out_at", sa.DateTime(timezone=True)),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("people_by_email", "people", ["email"])


def _sharing() -> None:
    op.add_column("proposals", sa.Column("owner_id", sa.String(36)))
    op.add_column("proposals", sa.Column("is_restricted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "members",
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("members_by_person", "members", ["person_id"])


def _who_it_was() -> None:
    # Columns that may be empty are added without a copy of the table: its triggers stay.
    op.add_column("revisions", sa.Column("saved_by_id", sa.String(36)))
    op.add_column("decisions", sa.Column("signed_by_id", sa.String(36)))


def _drafts_of_people() -> None:
    op.rename_table("drafts", "drafts_of_all")
    op.create_table(
        "drafts",
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), primary_key=True),
        sa.Column("person_id", sa.String(36), primary_key=True, server_default=""),
        sa.Column("path", sa.String(300), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(
        "INSERT INTO drafts (proposal_id, person_id, path, text, problem, saved_at) "
        "SELECT proposal_id, '', path, text, problem, saved_at FROM drafts_of_all"
    )
    op.drop_table("drafts_of_all")


def _chain() -> None:
    """The entries that are there become the beginning of the chain."""
    with rewritten("audit") as batch:
        batch.alter_column("proposal_id", existing_type=sa.String(36), nullable=True)
        batch.add_column(sa.Column("actor_id", sa.String(36)))
        batch.add_column(sa.Column("digest", sa.String(80)))
        batch.add_column(sa.Column("previous", sa.String(64), nullable=False, server_default=""))
        batch.add_column(sa.Column("hash", sa.String(64), nullable=False, server_default=""))
    _open("audit")
    connection = op.get_bind()
    digests, previous = _digests(connection), ""
    for row in connection.execute(_ENTRIES.select().order_by(_ENTRIES.c.id)).all():
        digest = next(digests[row.proposal_id, row.action == "decided"], None) if row.action in _SAID else None
        said = [previous, row.proposal_id, _utc(row.at), row.actor, None, row.action, row.detail, digest]
        change = _ENTRIES.update().where(_ENTRIES.c.id == row.id)
        connection.execute(change.values(previous=previous, hash=_hash(said), digest=digest))
        previous = _hash(said)
    _close("audit")


def _digests(connection: sa.Connection) -> "dict[tuple[str, bool], Iterator[str]]":
    """For each proposal, the hashes of its versions, and of its decisions, as they were written one after the other."""
    found: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for row in connection.execute(sa.text("SELECT proposal_id, content_hash FROM revisions ORDER BY id")):
        found[row.proposal_id, False].append(row.content_hash)
    for row in connection.execute(_DECISIONS.select().order_by(_DECISIONS.c.id)):
        found[row.proposal_id, True].append(_hash(_of_decision(row)))
    return defaultdict(lambda: iter(()), {key: iter(each) for key, each in found.items()})


def _of_decision(row: Any) -> list[Any]:
    said = [row.proposal_id, row.version, row.recommendation, row.outcome, row.reason, row.conditions, row.decided_by]
    review_on = row.review_on.isoformat() if row.review_on else None
    return [*said, None, _utc(row.decided_at), review_on, row.alternative, row.figures]


def _utc(moment: datetime) -> str:
    at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return at.isoformat()


def _hash(said: list[Any]) -> str:
    return sha256(json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


_SAID = ("created", "saved", "decided")
_ENTRIES = sa.table(
    "audit",
    sa.column("id", sa.Integer),
    sa.column("proposal_id", sa.String),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("actor", sa.Text),
    sa.column("action", sa.String),
    sa.column("detail", sa.Text),
    sa.column("digest", sa.String),
    sa.column("previous", sa.String),
    sa.column("hash", sa.String),
)
_DECISIONS = sa.table(
    "decisions",
    sa.column("id", sa.Integer),
    sa.column("proposal_id", sa.String),
    sa.column("version", sa.Integer),
    sa.column("recommendation", sa.String),
    sa.column("outcome", sa.String),
    sa.column("reason", sa.Text),
    sa.column("conditions", sa.JSON),
    sa.column("decided_by", sa.Text),
    sa.column("decided_at", sa.DateTime(timezone=True)),
    sa.column("review_on", sa.Date),
    sa.column("alternative", sa.Text),
    sa.column("figures", sa.JSON),
)


def _open(table: str) -> None:
    """Let this migration, and nothing else, write to rows that are there."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_update")
    else:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")


def _close(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        )
    else:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")


def _forbid_replacing() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, same in APPEND_ONLY.items():
        twice = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  constants of this file
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {twice} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_no_replace")
    with rewritten("audit") as batch:
        for column in ("hash", "previous", "digest", "actor_id"):
            batch.drop_column(column)
        batch.alter_column("proposal_id", existing_type=sa.String(36), nullable=False)
    op.drop_table("drafts")
    op.create_table(
        "drafts",
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), primary_key=True),
        sa.Column("path", sa.String(300), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
    with rewritten("decisions") as batch:
        batch.drop_column("signed_by_id")
    with rewritten("revisions") as batch:
        batch.drop_column("saved_by_id")
    op.drop_table("members")
    with rewritten("proposals") as batch:
        batch.drop_column("is_restricted")
        batch.drop_column("owner_id")
    op.drop_table("people")
