"""`make migration` in a scratch copy of the program: what it writes upgrades a database that is in use."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import scoping

ROOT = Path(scoping.__file__).parents[1]
UPGRADE = "import sys; from db import open_store; open_store(sys.argv[1]).close()"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's database layer, to be changed; the rest of the program is the real one."""
    shutil.copytree(ROOT / "db", tmp_path / "db", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(ROOT)))}
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, timeout=120
    )


def open_database(copy: Path) -> Path:
    """Brings the copy's database up to date with the copy's program."""
    file = copy / "groundwork.db"
    ran = run(copy, "-c", UPGRADE, f"sqlite:///{file}")
    assert ran.returncode == 0, ran.stderr
    return file


def change_models(copy: Path, old: str, new: str) -> None:
    models = copy / "db" / "models.py"
    text = models.read_text()
    assert text.count(old) == 1
    models.write_text(text.replace(old, new))


def _number(version: str) -> int:
    """What the name of a migration begins with."""
    return int(version.partition("_")[0])


def versions(copy: Path) -> list[str]:
    return sorted(path.name for path in (copy / "db" / "migrations" / "versions").glob("0*.py"))


@pytest.mark.long
def test_a_changed_model_becomes_the_next_migration_and_upgrades(copy: Path) -> None:
    file, before = open_database(copy), versions(copy)
    change_models(
        copy,
        "    changed: Mapped[list[str]] = mapped_column(JSON)\n",
        "    changed: Mapped[list[str] | None] = mapped_column(JSON)\n"
        "    colour: Mapped[str | None] = mapped_column(String(30))\n",
    )
    written = run(copy, "-m", "db.migrations.new", 'add a "colour"')
    assert written.returncode == 0, written.stderr
    name = f"{_number(before[-1]) + 1:04}_add_a_colour.py"
    assert versions(copy) == [*before, name]
    migration = copy / "db" / "migrations" / "versions" / name
    assert migration.read_text().startswith('"""Add a \'colour\'."""\n')
    checked = run(copy, "-m", "ruff", "check", "--isolated", "--select", "F821,E9", str(migration))
    assert checked.returncode == 0, checked.stdout

    open_database(copy)
    with sqlite3.connect(file) as connection:
        columns = {row[1]: row[3] for row in connection.execute("PRAGMA table_info(revisions)")}
        triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    connection.close()
    assert (columns["colour"], columns["changed"]) == (0, 0), "both may be empty now"
    assert {"revisions_no_update", "revisions_no_delete"} <= triggers


@pytest.mark.long
def test_a_second_migration_follows_the_first_and_may_be_filled_in_by_hand(copy: Path) -> None:
    before = _number(versions(copy)[-1])
    for words in ("first", "second"):
        assert run(copy, "-m", "db.migrations.new", words).returncode == 0
    assert versions(copy)[-2:] == [f"{before + 1:04}_first.py", f"{before + 2:04}_second.py"]
    open_database(copy)


@pytest.mark.long
def test_a_migration_without_words_is_refused(copy: Path) -> None:
    refused = run(copy, "-m", "db.migrations.new", " ")
    assert (refused.returncode, versions(copy)) == (
        1,
        sorted(path.name for path in (ROOT / "db/migrations/versions").glob("0*.py")),
    )
    assert "Say what the migration does" in refused.stderr
