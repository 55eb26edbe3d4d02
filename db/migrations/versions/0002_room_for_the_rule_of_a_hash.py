"""Room for the rule by which a content hash was made: "2:" and 64 digits."""

import sqlalchemy as sa

from db.migrations.rewriting import rewritten

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("proposals", "revisions")


def upgrade() -> None:
    for table in TABLES:
        with rewritten(table) as batch:
            batch.alter_column(
                "content_hash", type_=sa.String(80), existing_type=sa.String(64), existing_nullable=False
            )


def downgrade() -> None:
    for table in TABLES:
        with rewritten(table) as batch:
            batch.alter_column(
                "content_hash", type_=sa.String(64), existing_type=sa.String(80), existing_nullable=False
            )
