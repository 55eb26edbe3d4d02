"""Rounds in which people judge numbers apart from each other, and what each one answered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(60), unique=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("briefing", sa.Text(), nullable=False),
        sa.Column("shows_value", sa.Boolean(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("begun_by_id", sa.String(36)),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_rounds_proposal_id", "rounds", ["proposal_id"])
    op.create_table(
        "answers",
        sa.Column("round_id", sa.String(36), sa.ForeignKey("rounds.id"), primary_key=True),
        sa.Column("judge", sa.String(64), primary_key=True),
        sa.Column("path", sa.String(300), primary_key=True),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("judged_by_id", sa.String(36)),
        sa.Column("p10", sa.Float(), nullable=False),
        sa.Column("p50", sa.Float(), nullable=False),
        sa.Column("p90", sa.Float(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_index("ix_rounds_proposal_id", "rounds")
    op.drop_table("rounds")
