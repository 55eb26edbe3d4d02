"""Which decision a decision supersedes, and those that were taken back."""

import sqlalchemy as sa
from alembic import op

from db.migrations.rewriting import rewritten

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column that may be empty is added without a copy of the table: its triggers stay.
    op.add_column("decisions", sa.Column("supersedes", sa.Integer()))
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decisions.id"), nullable=False, unique=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_by_id", sa.String(36)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_withdrawals_proposal_id", "withdrawals", ["proposal_id"])
    _forbid_changes()


def _forbid_changes() -> None:
    """What was taken back stays taken back, whatever program writes to the database."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER withdrawals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON withdrawals "
            "FOR EACH STATEMENT EXECUTE FUNCTION groundwork_append_only()"
        )
        return
    refused = "BEGIN SELECT RAISE(ABORT, 'withdrawals is append only'); END"
    for action in ("update", "delete"):
        op.execute(f"CREATE TRIGGER withdrawals_no_{action} BEFORE {action.upper()} ON withdrawals {refused}")
    # On SQLite, a row that replaces another one would delete it without asking any trigger.
    twice = "EXISTS (SELECT 1 FROM withdrawals WHERE id = NEW.id OR decision_id = NEW.decision_id)"
    op.execute(f"CREATE TRIGGER withdrawals_no_replace BEFORE INSERT ON withdrawals WHEN {twice} {refused}")


def downgrade() -> None:
    op.drop_table("withdrawals")
    with rewritten("decisions") as batch:
        batch.drop_column("supersedes")
