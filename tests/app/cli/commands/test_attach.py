"""`groundwork attach`: another save, with its revision and a line in the audit trail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from db import open_store
from scoping.document.evidence import plain
from tests.documents import CERTAIN
from tests.evidences import detected


@pytest.fixture
def saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = tmp_path / "certain.json"
    path.write_text(json.dumps(CERTAIN), encoding="utf-8")
    assert main(["import", str(path)]) == 0
    return capsys.readouterr().out.split()[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(plain(detected())), encoding="utf-8")
    return path


def test_evidence_is_attached_as_a_save(saved: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attach", saved, str(file), "--alternative", "Model"]) == 0
    assert capsys.readouterr().out == f"{saved}  version 2  claims.csv\n"
    store = open_store()
    now = store.get(saved)
    assert now.proposal.evidence == [detected()]
    assert now.proposal.alternatives[2].measured_by == detected().id
    newest = store.audit(saved).rows[0]
    assert "evidence of claims.csv attached" in newest.detail
    assert set(store.revisions(saved).rows[0].changed) == {"evidence", "alternatives.2.measured_by"}
    store.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace('"late"', '"early"'), "it was changed since it was measured"),
        (lambda text: text[:-1], "must be a JSON document"),
        (lambda text: "", "must be a JSON document"),
        (lambda text: json.dumps(CERTAIN), "must be a JSON object that a probe wrote"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_saved(
    saved: str, file: Path, change: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(change)
    file.write_text(change(file.read_text()), encoding="utf-8")
    assert main(["attach", saved, str(file)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert str(file) in error
    assert "Traceback" not in error
    store = open_store()
    assert store.version(saved) == 1
    store.close()


def test_attaching_twice_or_to_nobody_is_refused(saved: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attach", saved, str(file)]) == 0
    assert main(["attach", saved, str(file)]) == 2
    assert "is attached already; keep one" in capsys.readouterr().err
    assert main(["attach", "no-such-id", str(file)]) == 1
    assert main(["attach", saved, str(file.with_name("none.json"))]) == 1
