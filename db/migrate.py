"""Brings the tables up to date with Alembic, and tells whether they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from scoping.text.languages import message

from .errors import DatabaseNotReady, Failure
from .locks import Lock, hold
from .store import READS


def config_for(connection: Connection | None = None) -> Config:
    """Alembic's configuration: our migrations, run on the connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


def is_modelled(_object: Any, name: str | None, _kind: str, _reflected: bool, _compared: Any) -> bool:
    """Whether a table or index is one that the models describe: those of lists and of the search are not."""
    return not (name or "").startswith(("list_", "search_"))


@cache
def newest() -> str | None:
    """The revision that this program expects: that of the migrations it came with, read once."""
    return ScriptDirectory.from_config(config_for()).get_current_head()


def current(engine: Engine) -> str | None:
    """The revision of the database's tables; None for an empty database."""
    with engine.execution_options(**{READS: True}).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_up_to_date(engine: Engine) -> bool:
    """True where the tables are those of this program."""
    return current(engine) == newest()


def knows(revision: str | None) -> bool:
    """False for a revision of a program that is newer than this one."""
    scripts = ScriptDirectory.from_config(config_for())
    return revision is None or revision in {each.revision for each in scripts.walk_revisions()}


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that are still missing, in one transaction. Two starts at once wait for each other.

    Raises DatabaseNotReady, changing nothing, where rows would refer to what is not there, or a newer program made
    the tables.
    """
    found = current(engine)
    if found == newest():
        return
    _check_known(found)
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an older revision, for an older program. What only the newer tables can hold is refused or lost."""
    _run(engine, lambda config: command.downgrade(config, revision))


def _run(engine: Engine, migrations: Callable[[Config], None]) -> None:
    with engine.connect() as connection, _tables_may_be_replaced(connection), connection.begin():
        # Of two at once, the second one finds everything done.
        hold(connection, Lock.UPGRADE)
        migrations(config_for(connection))
        _check_references(connection)


@contextmanager
def _tables_may_be_replaced(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by replacing it, which its foreign keys would forbid (sqlite.org/lang_altertable.html).

    The switch works only outside of a transaction, so it speaks to the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.close()


def _check_references(connection: Connection) -> None:
    """While the foreign keys were off, SQLite checked none."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise DatabaseNotReady(
            message(
                "The tables were not brought up to date, and nothing was changed: a row of {table} belongs to one of "
                "{other} that is not there.",
                table=str(broken[0]),
                other=str(broken[2]),
            ),
            Failure.DAMAGED,
        )


def check(engine: Engine) -> None:
    """Raise DatabaseNotReady unless the tables are up to date."""
    found = current(engine)
    if found == newest():
        return
    _check_known(found)
    if found is None:
        raise DatabaseNotReady(message("The database is empty. Run: groundwork db upgrade"), Failure.TABLES)
    raise DatabaseNotReady(
        message(
            "The tables of the database are older than this program ({found}, it needs {needed}). Make a backup, then "
            "run: groundwork db upgrade",
            found=found,
            needed=str(newest()),
        ),
        Failure.TABLES,
    )


def _check_known(found: str | None) -> None:
    if knows(found):
        return
    raise DatabaseNotReady(
        message(
            "The tables of the database were made by a newer Groundwork than this one ({found}, this one knows "
            "{newest}). Install the newer one; nothing was changed.",
            found=str(found),
            newest=str(newest()),
        ),
        Failure.TABLES,
    )
