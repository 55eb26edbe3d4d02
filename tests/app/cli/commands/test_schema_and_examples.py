"""`groundwork schema` and `groundwork examples`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from scoping import examples, schema


def test_schema_and_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(schema()))
    assert main(["examples", "--write", str(tmp_path / "new" / "folder")]) == 0
    assert len(list((tmp_path / "new" / "folder").glob("*.json"))) == len(examples.NAMES)
    assert main(["examples"]) == 0
    assert "Visual inspection" in capsys.readouterr().out
