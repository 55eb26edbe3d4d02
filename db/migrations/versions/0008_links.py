"""Links to the summary of one version, for who has no account; the audit trail by person and by action;
who saw which version last."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.String(36)),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("times_opened", sa.Integer(), nullable=False),
        sa.Column("last_opened_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_links_proposal_id", "links", ["proposal_id"])
    op.create_table(
        "looks",
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), primary_key=True),
        sa.Column("person_id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute("CREATE INDEX list_audit_by_actor ON audit (substr(actor, 1, 200), id DESC)")
    op.execute("CREATE INDEX list_audit_by_action ON audit (action, id DESC)")


def downgrade() -> None:
    op.drop_table("looks")
    op.execute("DROP INDEX list_audit_by_action")
    op.execute("DROP INDEX list_audit_by_actor")
    op.drop_index("ix_links_proposal_id", "links")
    op.drop_table("links")
