"""Notices, what waits to be sent, tasks that decisions leave, webhooks, and how people want to be told.

The newest decision of each proposal leaves its review and its conditions as tasks, as if it were signed today.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = ("receivers", "webhooks", "tasks", "outbox", "notices")


def upgrade() -> None:
    _notices()
    _outbox()
    _tasks()
    _channels()
    _fill(op.get_bind())


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("is_mailed", sa.Boolean(), nullable=False),
    )
    op.create_index("notices_by_person", "notices", ["person_id", "read_at", "at"])
    op.create_index("notices_by_proposal", "notices", ["proposal_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("receiver", sa.String(36), nullable=False),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id")),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
    )
    op.create_index("outbox_by_turn", "outbox", ["state", "next_try_at"])
    op.create_index("outbox_by_proposal", "outbox", ["proposal_id"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decisions.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(36)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date()),
    )
    op.create_index("ix_tasks_proposal_id", "tasks", ["proposal_id"])
    op.create_index("tasks_by_day", "tasks", ["state", "due_on"])


def _channels() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("shape", sa.String(20), nullable=False),
        sa.Column("project", sa.String(40), nullable=False),
        sa.Column("is_for_restricted", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "receivers",
        sa.Column("person_id", sa.String(36), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("mail", sa.String(10), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("digest_at", sa.DateTime(timezone=True)),
        sa.Column("calendar", sa.String(64), unique=True),
    )


_NEWEST = """
SELECT d.id, d.proposal_id, d.review_on, d.conditions, d.decided_by, d.signed_by_id, p.owner, p.owner_id
FROM decisions d JOIN proposals p ON p.id = d.proposal_id
WHERE d.id IN (SELECT max(id) FROM decisions GROUP BY proposal_id)
"""


def _fill(connection: sa.Connection) -> None:
    """What was decided before there were tasks is not forgotten either."""
    tasks = sa.table("tasks", *(sa.column(name) for name in _COLUMNS))
    typed = sa.text(_NEWEST).columns(review_on=sa.Date())
    for row in connection.execute(typed).all():
        if found := [*_left_by(row)]:
            connection.execute(sa.insert(tasks), found)


_COLUMNS = (
    "proposal_id", "decision_id", "kind", "text", "due_on", "owner", "owner_id", "state", "done_by", "note",
)  # fmt: skip


def _left_by(row: Any) -> list[dict[str, Any]]:
    said = row.conditions if isinstance(row.conditions, list) else json.loads(row.conditions)
    shared = {
        "proposal_id": row.proposal_id,
        "decision_id": row.id,
        "owner": row.owner or row.decided_by,
        "owner_id": row.owner_id or row.signed_by_id,
        "state": "open",
        "done_by": "",
        "note": "",
    }
    review = [] if row.review_on is None else [{"kind": "review", "text": "", "due_on": row.review_on, **shared}]
    return review + [{"kind": "condition", "text": str(each), "due_on": None, **shared} for each in said]


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
