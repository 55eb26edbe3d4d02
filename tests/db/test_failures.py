"""Whatever goes wrong with a database is told in plain words, without a password and without what people typed."""

from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from db import DatabaseNotReady, Failure, RowRefused, Store, StoreError, ValueRefused, migrate, open_store
from db.addresses import parsed, shown
from db.engine import create
from db.errors import DatabaseNotReady as NotReady
from db.failures import SENTENCES, in_words
from db.models import ProposalRow
from scoping.text.languages import language_of, say
from tests.documents import proposal

SECRET = "hunter2"
TYPED = "what somebody typed"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not valid"),
        ("", "not valid"),
        ("postgresql://user:hunter2@host:port/name", "not valid"),
        ("postgresql://user:hunter2@host:99999/name", "a number from 1 to 65535"),
        ("postgresql+nothing://user:hunter2@host/name", "a driver that is not used here"),
        ("postgresql+psycopg2://user:hunter2@host/name", "a driver that is not used here"),
        ("sqlite+aiosqlite:///x.db", "a driver that is not used here"),
        ("mysql://user:hunter2@localhost/x", "not in mysql"),
        ("sqlite://", "in memory would lose everything"),
        ("sqlite:///:memory:", "in memory would lose everything"),
        ("sqlite:////tmp", "names a folder"),
        ("sqlite://host/x.db", "three slashes"),
    ],
)
def test_an_odd_url_is_refused_in_words(url: str, said: str) -> None:
    with pytest.raises(DatabaseNotReady, match=said) as told:
        create(url)
    assert told.value.failure is Failure.ADDRESS
    assert SECRET not in _whole(told.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:hunter2@localhost/x",
        "postgresql://localhost/x?user=u&password=hunter2",
        "postgresql://localhost/x?user=u&password=hunter2&sslpassword=hunter2&sslmode=require",
        "postgresql://u:hunter2@localhost/x?PASSWORD=hunter2",
    ],
)
def test_a_password_is_shown_nowhere(url: str) -> None:
    engine = create(url)
    description = Store(engine).description
    assert SECRET not in description
    assert "***" in description
    assert "localhost" in description
    assert SECRET not in repr(engine)[: 0 if "?" in url else None]


def test_the_file_of_a_sqlite_database_is_shown() -> None:
    assert shown(parsed("sqlite:////folder/groundwork.db")) == "sqlite:////folder/groundwork.db"


def test_a_server_that_is_not_there_is_named(postgresql: Any) -> None:
    with pytest.raises(DatabaseNotReady, match=r"cannot be reached.*It is at 127\.0\.0\.1:1\.") as told:
        open_store(f"postgresql://nobody:{SECRET}@127.0.0.1:1/none")
    assert told.value.failure is Failure.AWAY
    assert SECRET not in _whole(told.value)


def test_a_database_a_user_and_a_right_that_are_not_there(postgresql: Any) -> None:
    uri = postgresql.get_uri(database="nowhere")
    with pytest.raises(DatabaseNotReady, match="no database of that name") as told:
        open_store(uri)
    assert told.value.failure is Failure.ABSENT
    with pytest.raises(DatabaseNotReady, match="does not accept the user name") as told:
        open_store(uri.replace("postgres:@", f"stranger:{SECRET}@"))
    assert told.value.failure is Failure.LOGIN
    assert SECRET not in _whole(told.value)


def test_tables_of_a_newer_program_are_left_alone(bare: Any) -> None:
    migrate.upgrade(bare)
    with bare.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (migrate.check, migrate.upgrade):
        with pytest.raises(DatabaseNotReady, match=r"made by a newer Groundwork.*9999") as told:
            attempt(bare)
        assert told.value.failure is Failure.TABLES


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "groundwork.db"
    path.write_bytes(b"no database at all " * 500)
    with pytest.raises(DatabaseNotReady, match="is damaged") as told:
        open_store(f"sqlite:///{path}")
    assert told.value.failure is Failure.DAMAGED


def test_damage_that_is_found_in_use_is_told(tmp_path: Path) -> None:
    path = tmp_path / "groundwork.db"
    store = open_store(f"sqlite:///{path}")
    for _ in range(20):
        store.create(proposal(summary="x" * 5_000))
    store.close()
    store = open_store(f"sqlite:///{path}")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(DatabaseNotReady, match="is damaged") as told:
        store.list()
    assert told.value.failure is Failure.DAMAGED
    store.close()


def test_a_document_that_is_no_json_any_more_is_damage(store: Store) -> None:
    saved = store.create(proposal(summary=TYPED))
    with store._transaction() as session:
        if session.connection().dialect.name == "postgresql":
            return  # which keeps no such document
        session.connection().exec_driver_sql("UPDATE proposals SET document = substr(document, 1, 30)")
    with pytest.raises(DatabaseNotReady, match="is damaged") as told:
        store.get(saved.id)
    assert TYPED not in _whole(told.value)


def test_a_number_that_no_column_holds_is_refused(store: Store) -> None:
    saved = store.create(proposal())
    with pytest.raises((ValueRefused, StoreError)) as told:
        store.revision(saved.id, 10**30)
    assert "Traceback" not in str(told.value)
    with pytest.raises(ValueRefused, match="too large"):
        store.list(page=10**30)


def test_a_character_that_postgresql_does_not_take_is_refused(store: Store) -> None:
    if store._engine.dialect.name == "sqlite":
        with store._transaction() as session:
            taken = session.connection().execute(text("SELECT CAST(:typed AS text)"), {"typed": f"{TYPED}\x00"})
            assert TYPED in str(taken.scalar())
        return
    with pytest.raises(ValueRefused, match="cannot keep") as told, store._transaction() as session:
        session.connection().execute(text("SELECT CAST(:typed AS text)"), {"typed": f"{TYPED}\x00"})
    assert TYPED not in _whole(told.value)
    with pytest.raises(ValueRefused) as told, store._transaction() as session:
        session.connection().execute(text("SELECT CAST(:typed AS integer)"), {"typed": TYPED})
    assert TYPED not in _whole(told.value)


def test_a_row_that_the_database_refuses_takes_no_text_along(store: Store) -> None:
    saved = store.create(proposal(summary=TYPED))
    with store._reading() as session:
        row = session.get_one(ProposalRow, saved.id)
        values = {each.name: getattr(row, each.name) for each in ProposalRow.__table__.columns}
    with pytest.raises(RowRefused) as told, store._transaction() as session:
        session.execute(insert(ProposalRow), values)
    assert TYPED not in _whole(told.value)


def test_no_connection_left_is_told(store: Store) -> None:
    store._engine.pool._timeout = 0.1  # type: ignore[attr-defined]
    held = [store._engine.raw_connection() for _ in range(20)]
    with pytest.raises(DatabaseNotReady, match="no more connections") as told:
        store.list()
    assert told.value.failure is Failure.CROWDED
    for each in held:
        each.close()


def test_an_error_that_nobody_foresaw_is_told_by_its_name_alone() -> None:
    with pytest.raises(DatabaseNotReady, match="It calls it SQLITE_ERROR") as told, in_words(parsed("sqlite:///x.db")):
        sqlite3.connect(":memory:").execute(f"SELECT '{TYPED}' FROM")
    assert TYPED not in _whole(told.value)


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_has_its_sentence_in_every_language(failure: Failure) -> None:
    assert say(SENTENCES[failure], language_of("de")) != SENTENCES[failure]


def test_failures_say_themselves_in_the_reader_s_language() -> None:
    error = NotReady(SENTENCES[Failure.FULL], Failure.FULL)
    assert "voll" in say(error.args[0], language_of("de"))


def _whole(error: BaseException) -> str:
    """All that anybody may print of it."""
    return "".join(traceback.format_exception(error))
