"""The organisation's settings, version by version: never changed, never deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False, unique=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.String(36)),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
    _forbid_changes()


def _forbid_changes() -> None:
    """What was laid down stays, whatever program writes to the database."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "CREATE TRIGGER organisation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON organisation "
            "FOR EACH STATEMENT EXECUTE FUNCTION groundwork_append_only()"
        )
        return
    refused = "BEGIN SELECT RAISE(ABORT, 'organisation is append only'); END"
    for action in ("update", "delete"):
        op.execute(f"CREATE TRIGGER organisation_no_{action} BEFORE {action.upper()} ON organisation {refused}")
    # On SQLite, a row that replaces another one would delete it without asking any trigger.
    twice = "EXISTS (SELECT 1 FROM organisation WHERE id = NEW.id OR version = NEW.version)"
    op.execute(f"CREATE TRIGGER organisation_no_replace BEFORE INSERT ON organisation WHEN {twice} {refused}")


def downgrade() -> None:
    op.drop_table("organisation")
