"""Scenarios of a choice among proposals, version by version, and the decisions on them: never changed or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TWICE = {
    "scenario_versions": "(scenario_id = NEW.scenario_id AND version = NEW.version)",
    "scenario_proposals": "(scenario_version_id = NEW.scenario_version_id AND proposal_id = NEW.proposal_id)",
    "scenario_decisions": "(scenario_id = NEW.scenario_id AND follows = NEW.follows)",
}
"""What may be there once, by table."""


def upgrade() -> None:
    _scenarios()
    _versions()
    _decisions()
    for table, twice in _TWICE.items():
        _forbid_changes(table, twice)


def _scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_scenarios_saved_at", "scenarios", ["saved_at"])


def _versions() -> None:
    op.create_table(
        "scenario_versions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("scenario_id", sa.String(36), sa.ForeignKey("scenarios.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.String(36)),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("scenario_id", "version"),
    )
    op.create_table(
        "scenario_proposals",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("scenario_version_id", sa.Integer(), sa.ForeignKey("scenario_versions.id"), nullable=False),
        sa.Column("proposal_id", sa.String(36), sa.ForeignKey("proposals.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("scenario_version_id", "proposal_id"),
    )
    op.create_index("ix_scenario_proposals_proposal_id", "scenario_proposals", ["proposal_id"])


def _decisions() -> None:
    op.create_table(
        "scenario_decisions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("scenario_id", sa.String(36), sa.ForeignKey("scenarios.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("signed_by_id", sa.String(36)),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("follows", sa.Integer(), nullable=False),
        sa.UniqueConstraint("scenario_id", "follows"),
    )


def _forbid_changes(table: str, twice: str) -> None:
    """What was kept stays, whatever program writes to the database."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION groundwork_append_only()"
        )
        return
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
    for action in ("update", "delete"):
        op.execute(f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} {refused}")
    # On SQLite, a row that replaces another one would delete it without asking any trigger.
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR {twice})"  # noqa: S608 names of our own
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refused}")


def downgrade() -> None:
    for table in ("scenario_decisions", "scenario_proposals", "scenario_versions", "scenarios"):
        op.drop_table(table)
