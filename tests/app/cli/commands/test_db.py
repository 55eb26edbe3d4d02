"""`groundwork db`: the tables are brought up to date, or checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main


def test_db_upgrade_prepares_postgresql(postgresql: object, capsys: pytest.CaptureFixture[str]) -> None:
    postgresql.psql("CREATE DATABASE from_the_command_line")  # type: ignore[attr-defined]
    url = postgresql.get_uri(database="from_the_command_line")  # type: ignore[attr-defined]
    assert main(["db", "check", "--database-url", url]) == 1
    assert "groundwork db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade", "--database-url", url]) == 0
    assert main(["db", "check", "--database-url", url]) == 0


def test_what_was_backed_up_is_restored(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = str(tmp_path / "backup")
    assert main(["import", document]) == 0
    assert main(["db", "backup", backup]) == 0
    assert main(["db", "backup", backup]) == 2
    assert "overwrites nothing" in capsys.readouterr().err
    assert main(["db", "restore", backup]) == 2
    assert "With --replace" in capsys.readouterr().err
    assert main(["db", "restore", backup, "--replace"]) == 0
    assert "is kept in" in capsys.readouterr().out
    assert main(["db", "check"]) == 0
    assert main(["db", "restore", backup, "--database-url", f"sqlite:///{tmp_path / 'new' / 'x.db'}"]) == 0


@pytest.mark.parametrize("action", ["backup", "restore"])
def test_a_backup_has_a_name(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", action]) == 2
    assert f"groundwork db {action} PATH" in capsys.readouterr().err


def test_a_password_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://127.0.0.1:1/x?user=me&password=hunter2"
    for action in (["check"], ["upgrade"], ["backup", "/nowhere/x"], ["restore", "/etc/hostname"]):
        assert main(["db", *action, "--database-url", url]) in (1, 2)
        told = capsys.readouterr()
        assert "hunter2" not in told.out + told.err
        assert "Traceback" not in told.err
