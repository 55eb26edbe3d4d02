"""`groundwork import`: what goes in comes out again; all files, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from scoping import examples
from tests.documents import as_given


def test_import_export_round_trip(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", document]) == 0
    identity = capsys.readouterr().out.split()[0]
    for format_ in ("md", "html", "json"):
        target = tmp_path / f"out.{format_}"
        assert main(["export", identity, "--format", format_, "--output", str(target)]) == 0
        assert target.stat().st_size > 1000
    exported = json.loads((tmp_path / "out.json").read_text())
    told = exported.pop("exported")
    assert (told["version"], told["decided"]) == (1, False)
    example = json.loads(examples.text("stock_price"))
    assert as_given(exported, example) == example


def test_import_takes_all_files_or_none(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    assert main(["import", document, str(bad)]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"{bad}: title: is required\n"
    assert captured.out == ""
