"""The names of a sample's columns are read in a process of its own, which knows nothing of this one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.probing import apart, header
from app.probing.header import read_header
from scoping.errors import SourceRefused
from scoping.probe.asked import Classes
from scoping.text.languages import ENGLISH, language_of

HOSTILE = "'; DROP TABLE x; --"


def test_the_columns_come_in_their_order_whatever_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(f'is_fraud,"{HOSTILE}",=1+1,<b>\nyes,1,2,3\nno,4,5,6\n', encoding="utf-8")
    assert read_header(path, ENGLISH).columns == ("is_fraud", HOSTILE, "=1+1", "<b>")
    assert [each.name for each in tmp_path.iterdir()] == ["claims.csv"], "nothing that was written on the way stays"


def test_the_classes_come_with_the_names_the_most_frequent_first(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    notes = ("x" * 300, "y")
    rows = [f"{'yes' if row % 9 == 0 else 'no'},{row},{row % 3},{notes[row % 2]}" for row in range(90)]
    path.write_text("\n".join(["is_fraud,amount,stage,note", *rows]) + "\n", encoding="utf-8")
    found = read_header(path, ENGLISH).classes
    assert found["is_fraud"] == Classes(("no", "yes"), (80, 10))
    assert found["stage"] == Classes(("0", "1", "2"), (30, 30, 30))
    assert "amount" in found
    assert not found["amount"].are_predicted
    assert "note" not in found, "a text of 300 characters is no name of a class"


def test_what_is_no_table_is_refused_in_the_language_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"")
    with pytest.raises(SourceRefused, match="is empty"):
        read_header(path, ENGLISH)
    with pytest.raises(SourceRefused, match="leer"):
        read_header(path, language_of("de"))


def test_a_process_that_dies_or_takes_too_long_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    monkeypatch.setattr(header, "_SECONDS", 0.01)
    with pytest.raises(SourceRefused, match="could not be read"):
        read_header(path, ENGLISH)


def test_no_password_of_the_server_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://user:secret@host/db")
    seen: dict[str, Any] = {}

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        seen.update(how)
        return subprocess.CompletedProcess(command, 0, b'{"columns": ["a"]}')

    monkeypatch.setattr(apart.subprocess, "run", run)
    assert read_header(tmp_path / "x.csv", ENGLISH).columns == ("a",)
    assert "secret" not in str(seen["env"])
