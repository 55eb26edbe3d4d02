"""Which alternative a decision means, which decision it follows; rates between currencies; what a team agreed on."""

import sqlalchemy as sa
from alembic import op

from db.migrations.rewriting import rewritten

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXES = {
    "proposals": (("proposals_by_team", ["archived", "team"]), ("proposals_by_owner", ["archived", "owner"])),
    "decisions": (("ix_decisions_decided_by", ["decided_by"]),),
}


def upgrade() -> None:
    # Columns that may be empty are added without a copy of the table: its triggers stay, and old rows hold nothing.
    op.add_column("decisions", sa.Column("alternative", sa.Text()))
    op.add_column("decisions", sa.Column("follows", sa.Integer()))
    # Both databases take any number of rows that hold nothing there, so the old decisions do not stand in the way.
    op.create_index("decisions_in_turn", "decisions", ["proposal_id", "follows"], unique=True)
    for table, indexes in INDEXES.items():
        for name, columns in indexes:
            op.create_index(name, table, columns)
    _rates()


def _rates() -> None:
    op.create_table(
        "rates",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("base", sa.String(3), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("rate", sa.Float()),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("rates_by_currency", "rates", ["base", "currency"])
    op.create_table(
        "settings",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("settings")
    op.drop_table("rates")
    for table, indexes in INDEXES.items():
        for name, _ in indexes:
            op.drop_index(name, table)
    op.drop_index("decisions_in_turn", "decisions")
    with rewritten("decisions") as batch:
        batch.drop_column("follows")
        batch.drop_column("alternative")
