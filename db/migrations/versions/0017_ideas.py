"""Ideas: what was proposed, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ideas",
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("volume_low", sa.Float()),
        sa.Column("volume_high", sa.Float()),
        sa.Column("value_low", sa.Float()),
        sa.Column("value_high", sa.Float()),
        sa.Column("worth", sa.Float()),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.String(36)),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("same_as", sa.String(36), sa.ForeignKey("proposals.id")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.String(36)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ideas_by_state", "ideas", ["state", "proposed_at"])


def downgrade() -> None:
    # What was no draft yet becomes one: the table that knew it as an idea is gone.
    op.execute("UPDATE proposals SET stage = 'draft' WHERE stage = 'idea'")
    op.drop_table("ideas")
