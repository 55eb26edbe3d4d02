"""Brings the tables up to date with Alembic, and tells whether they are."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from .errors import DatabaseNotReady


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


def newest() -> str | None:
    """The revision that this program expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(engine: Engine) -> str | None:
    """The revision of the database's tables; None for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> None:
    """Run the migrations that are still missing, in one transaction. Two starts at once wait for each other."""
    if current(engine) == newest():
        return
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(engine: Engine) -> None:
    """Raise DatabaseNotReady unless the tables are up to date."""
    found = current(engine)
    if found == newest():
        return
    state = "is empty" if found is None else f"is at revision {found}, this program needs {newest()}"
    raise DatabaseNotReady(f"The database {state}. Run: groundwork db upgrade")
