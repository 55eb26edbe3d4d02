"""`groundwork db`: the tables are brought up to date, or checked."""

from __future__ import annotations

import pytest

from app.cli import main


def test_db_upgrade_prepares_postgresql(postgresql: object, capsys: pytest.CaptureFixture[str]) -> None:
    postgresql.psql("CREATE DATABASE from_the_command_line")  # type: ignore[attr-defined]
    url = postgresql.get_uri(database="from_the_command_line")  # type: ignore[attr-defined]
    assert main(["db", "check", "--database-url", url]) == 1
    assert "groundwork db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade", "--database-url", url]) == 0
    assert main(["db", "check", "--database-url", url]) == 0
