"""What the app says when something goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.session import shared
from db import DatabaseNotReady, Failure, Store, open_store
from db.failures import SENTENCES
from tests.app.acting import Create, Open, words
from tests.app.conftest import start
from tests.documents import proposal

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def another_store() -> None:
    """Each test opens a database of its own."""
    shared.database.cache_clear()


def test_a_database_that_is_away_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/none")
    test = start()
    assert not test.exception
    assert "cannot be reached" in words(test)
    assert "hunter2" not in words(test)
    told = [record.__dict__["ids"] for record in caplog.records if record.name == "groundwork"]
    assert told == [{"failure": "away", "code": "connection"}]
    assert "hunter2" not in caplog.text


def test_damage_that_is_found_in_use_promises_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "groundwork.db"
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", f"sqlite:///{path}")
    for _ in range(5):
        shared.database().create(proposal(summary="x" * 5_000))
    shared.database().close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    test = start()
    assert "is damaged" in words(test)
    assert "still there" not in words(test)


def test_what_may_only_be_read_says_so_above_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'groundwork.db'}"
    store = open_store(url)
    store.create(proposal())
    store.close()
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", f"{url}?mode=ro")
    test = start()
    assert not test.exception
    assert "Saving is not possible" in words(test)
    assert "€37,594" in words(test)


def _failing() -> None:
    from app.views.parts.notices import unexpected

    unexpected(ZeroDivisionError("hunter2"))


def test_what_nobody_foresaw_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    test = AppTest.from_function(_failing).run()
    assert "the server's log says what went wrong" in words(test)
    assert "hunter2" not in words(test)
    assert "a page failed" in [record.getMessage() for record in caplog.records]


def test_what_is_open_stays_in_sight_while_the_database_is_away(
    open_step: Open, create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = open_step(create(proposal()))

    def away(*_: object) -> None:
        raise DatabaseNotReady(SENTENCES[Failure.AWAY], Failure.AWAY)

    for method in ("version", "save", "keep_draft"):
        monkeypatch.setattr(Store, method, away)
    owner = next(each for each in test.text_input if each.label == "Owner")
    owner.set_value("Bo typed this").run()
    assert "The database does not answer" in words(test)
    assert "is not saved yet" in words(test)
    assert next(each for each in test.text_input if each.label == "Owner").value == "Bo typed this"
