"""Reports of the portfolio that people asked for by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("rhythm", sa.String(10), nullable=False),
        sa.Column("file", sa.String(10), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_for", sa.Date(), nullable=False),
    )
    op.create_index("ix_reports_person_id", "reports", ["person_id"])


def downgrade() -> None:
    op.drop_table("reports")
