"""Rounds of review with their advice, the stage of each proposal, and the advice that a decision's record keeps."""

import sqlalchemy as sa
from alembic import op

from db.migrations.rewriting import rewritten

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals", sa.Column("stage", sa.String(20), nullable=False, server_default="draft"))
    op.execute("UPDATE proposals SET stage = 'decided' WHERE id IN (SELECT proposal_id FROM decisions)")
    op.execute("CREATE INDEX list_by_stage ON proposals (archived, stage, saved_at DESC, id)")
    # A column that may be empty is added without a copy of the table: its triggers stay.
    op.add_column("decisions", sa.Column("advice", sa.JSON()))
    _reviews()
    _advice()
    _forbid_changes()


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stage_before", sa.String(20), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column("submitted_by_id", sa.String(36)),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.String(36)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("proposal_id", "number"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "reviews_one_open", "reviews", ["proposal_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def _advice() -> None:
    op.create_table(
        "advice",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("reviews.id"), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.String(36)),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_advice_review_id", "advice", ["review_id"])


def _forbid_changes() -> None:
    """What somebody advised stays, whatever program writes to the database."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER advice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON advice "
            "FOR EACH STATEMENT EXECUTE FUNCTION groundwork_append_only()"
        )
        return
    refused = "BEGIN SELECT RAISE(ABORT, 'advice is append only'); END"
    for action in ("update", "delete"):
        op.execute(f"CREATE TRIGGER advice_no_{action} BEFORE {action.upper()} ON advice {refused}")
    # On SQLite, a row that replaces another one would delete it without asking any trigger.
    twice = "EXISTS (SELECT 1 FROM advice WHERE id = NEW.id)"
    op.execute(f"CREATE TRIGGER advice_no_replace BEFORE INSERT ON advice WHEN {twice} {refused}")


def downgrade() -> None:
    op.drop_table("advice")
    op.drop_table("reviews")
    with rewritten("decisions") as batch:
        batch.drop_column("advice")
    op.execute("DROP INDEX list_by_stage")
    op.execute("ALTER TABLE proposals DROP COLUMN stage")
