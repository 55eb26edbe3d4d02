"""What the database's tests need beside the stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import create


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database without any tables: SQLite, then PostgreSQL."""
    url = f"sqlite:///{tmp_path / 'groundwork.db'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = "bare_" + "".join(letter for letter in tmp_path.name.lower() if letter.isalnum())[-50:]
        server.psql(f'CREATE DATABASE "{name}"')
        url = str(server.get_uri(database=name))
    engine = create(url)
    yield engine
    engine.dispose()
