"""`groundwork organisation`: out as one file, and in after a look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from scoping.organisation import read_file
from tests.scoping.organisation.samples import settings


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'house.db'}"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "house.json"
    path.write_text(json.dumps(settings()), encoding="utf-8")
    return str(path)


def test_an_import_says_what_would_change_and_changes_nothing_before_it_is_told_to(
    url: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    command = ["organisation", "--database-url", url]
    assert main([*command, "import", file]) == 0
    told = capsys.readouterr()
    assert "Returns: Horizon: - -> 48 months" in told.out
    assert "Nothing was laid down" in told.err
    assert main([*command, "export", "--output", str(out)]) == 0
    assert read_file(out.read_bytes()).returns.horizon_months is None
    assert main([*command, "import", file, "--apply", "--why", "Board"]) == 0
    assert "Laid down: version 1." in capsys.readouterr().err
    assert main([*command, "export", "--output", str(out)]) == 0
    assert read_file(out.read_bytes()).settings == read_file(settings()).settings
    assert main([*command, "import", str(out)]) == 0
    assert capsys.readouterr().out == ""


def test_what_a_terminal_would_obey_is_not_printed(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    for document in ({"organisation_version": 1, "name": "\x1b[2Jgone"}, {"organisation_version": 1, "\x1b[2J": 1}):
        path.write_text(json.dumps(document), encoding="utf-8")
        main(["organisation", "--database-url", url, "import", str(path)])
        told = capsys.readouterr()
        assert "[2J" in told.out + told.err
        assert "\x1b" not in told.out + told.err


def test_a_bad_file_is_refused_line_by_line(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"organisation_version": 1, "thresholds": {"risky_loss": 7}, "colour": 1}', encoding="utf-8")
    assert main(["organisation", "--database-url", url, "import", str(path), "--apply"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["thresholds.risky_loss", "colour"]
