"""Threads of comments about places of a proposal, and what people wrote in each: never changed, never deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("threads_of_proposal", "threads", ["proposal_id", "id"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("threads.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.String(36)),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("takes_back", sa.Integer()),
    )
    op.create_index("ix_comments_thread_id", "comments", ["thread_id"])
    _forbid_changes()


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER comments_no_{action} BEFORE {action.upper()} ON comments "
                "BEGIN SELECT RAISE(ABORT, 'comments is append only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER comments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON comments "
        "FOR EACH STATEMENT EXECUTE FUNCTION groundwork_append_only()"
    )


def downgrade() -> None:
    op.drop_index("ix_comments_thread_id", "comments")
    op.drop_table("comments")
    op.drop_index("threads_of_proposal", "threads")
    op.drop_table("threads")
