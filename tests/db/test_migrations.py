"""The migrations make the tables that the models describe, and no others."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from db.engine import create, upgrade_database
from db.models import Base


def test_migrated_tables_are_those_of_the_models(database_url: str) -> None:
    upgrade_database(database_url)
    engine = create(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
