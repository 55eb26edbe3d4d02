"""Writes the next migration: what Alembic finds to differ between the models and the tables as they are migrated.

    make migration NAME="add a colour"

It is a draft. Read it before it is committed: Alembic takes a renamed column for one that went and one that came,
and a new column that may not be empty needs a value for the rows that are there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.script import Script

from db import migrate
from db.engine import create

_USAGE = 'Say what the migration does: make migration NAME="add a colour"'


def write(words: str) -> Path:
    """The file that was written. `words` say what the migration does; its number follows the newest."""
    engine = create("sqlite://")
    migrate.upgrade(engine)
    number = f"{int((migrate.newest() or '0').partition('_')[0]) + 1:04}"
    with engine.begin() as connection:
        script = command.revision(migrate.config_for(connection), _sentence(words), autogenerate=True, rev_id=number)
    engine.dispose()
    assert isinstance(script, Script)
    return Path(script.path)


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
