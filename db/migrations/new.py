"""Writes the next migration: what Alembic finds to differ between the models and the tables as they are migrated.

    make migration NAME="add a colour"

It is a draft. Read it before it is committed: Alembic takes a renamed column for one that went and one that came,
and a new column that may not be empty needs a value for the rows that are there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import Script
from sqlalchemy import Engine

from db import migrate
from db.engine import create

_USAGE = 'Say what the migration does: make migration NAME="add a colour"'


def write(words: str) -> Path:
    """The file that was written. `words` say what the migration does; its number follows the newest."""
    number = f"{int(migrate.newest() or 0) + 1:04}"
    with TemporaryDirectory() as folder, disposed(f"sqlite:///{folder}/tables.db") as engine:
        migrate.upgrade(engine)
        with engine.begin() as connection:
            config = migrate.config_for(connection)
            script = command.revision(config, _sentence(words), autogenerate=True, rev_id=number)
    assert isinstance(script, Script)
    return Path(script.path)


@contextmanager
def disposed(url: str) -> Iterator[Engine]:
    """An engine that gives its connections back in the end."""
    engine = create(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _sentence(words: str) -> str:
    """As it stands at the top of the file."""
    text = " ".join(words.replace('"', "'").replace("\\", "/").split()).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def main(arguments: list[str]) -> None:
    """Write the migration that the words name."""
    words = " ".join(arguments).strip()
    if not words:
        sys.exit(_USAGE)
    write(words)


if __name__ == "__main__":
    main(sys.argv[1:])
