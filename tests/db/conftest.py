"""What the database's tests need beside the stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db import Store
from db.engine import create
from tests.db.clock import Clock


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


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(store: Store, database_url: str, clock: Clock) -> Store:
    """The store, by that clock."""
    return Store(create(database_url), now=clock)


@pytest.fixture
def mailing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_SMTP_URL", "smtp://localhost")
