"""What was measured of decided proposals, version by version; what opened a decision again; the demo portfolio."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actuals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decisions.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.String(36)),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("decision_id", "version"),
    )
    op.create_index("ix_actuals_proposal_id", "actuals", ["proposal_id"])
    _forbid_changes()
    op.add_column("tasks", sa.Column("about", sa.String(300), nullable=False, server_default=""))
    op.add_column("proposals", sa.Column("demo", sa.String(10)))
    op.create_index("ix_proposals_demo", "proposals", ["demo"])


def _forbid_changes() -> None:
    """What was measured stays, whatever program writes to the database."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER actuals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON actuals "
            "FOR EACH STATEMENT EXECUTE FUNCTION groundwork_append_only()"
        )
        return
    refused = "BEGIN SELECT RAISE(ABORT, 'actuals is append only'); END"
    for action in ("update", "delete"):
        op.execute(f"CREATE TRIGGER actuals_no_{action} BEFORE {action.upper()} ON actuals {refused}")
    # On SQLite, a row that replaces another one would delete it without asking any trigger.
    same = "decision_id = NEW.decision_id AND version = NEW.version"
    twice = f"EXISTS (SELECT 1 FROM actuals WHERE id = NEW.id OR ({same}))"  # noqa: S608 nothing that anybody typed
    op.execute(f"CREATE TRIGGER actuals_no_replace BEFORE INSERT ON actuals WHEN {twice} {refused}")


def downgrade() -> None:
    op.drop_index("ix_proposals_demo", "proposals")
    op.drop_column("proposals", "demo")
    op.drop_column("tasks", "about")
    op.drop_table("actuals")
