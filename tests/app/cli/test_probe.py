"""`groundwork probe`: the document on standard output or in a file, progress and errors on standard error."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import main
from scoping.document.evidence import Evidence
from tests.scoping.probe import nasty

pytestmark = pytest.mark.server


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(nasty.READ["plain"](tmp_path))


def test_the_document_is_printed_as_json(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", data, "--target", "y", "--personal", "shop", "--seed", "5", "--json"]) == 0
    said = capsys.readouterr()
    evidence = Evidence.model_validate_json(said.out)
    assert evidence.is_sealed
    assert (evidence.made.seed, evidence.personal) == (5, ["shop"])
    assert json.loads(said.out)["profile"]["told"][1] == {
        **json.loads(said.out)["profile"]["told"][1],
        "name": "shop",
        "missing": None,
    }
    assert "100 %" in said.err
    assert str(Path(data).parent) not in said.out


def test_plain_lines_and_a_file(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "evidence.json"
    assert main(["probe", data, "--target", "amount", "--task", "regression", "--output", str(output)]) == 0
    assert Evidence.model_validate_json(output.read_bytes()).task == "regression"
    said = capsys.readouterr().out
    assert said.startswith("a.csv: “amount” predicted\n  No signal was found: ")
    assert "on 60 of 60 rows of “a.csv”" in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["none.csv", "--target", "y"], 2, "There is no file none.csv"),
        (["FILE", "--target", "z"], 2, "There is no column z"),
        (["postgresql://joe:secret@127.0.0.1:1/db#t", "--target", "y"], 2, "does not answer"),
        (["FILE", "--target", "y", "--output", "/nowhere/at/all.json"], 1, "/nowhere/at/all.json: No such file"),
    ],
)
def test_errors_are_told_in_words(
    arguments: list[str], status: int, said: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", *(data if each == "FILE" else each for each in arguments)]) == status
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert "secret" not in error


@pytest.mark.parametrize(
    "wrong", [["--seed", "-1"], ["--seconds", "0"], ["--megabytes", "x"], ["--task", "clustering"]]
)
def test_wrong_usage_says_what_is_allowed(wrong: list[str], data: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["probe", data, "--target", "y", *wrong])
    assert stopped.value.code == 2
    assert "must be a whole number from" in capsys.readouterr().err or wrong[0] == "--task"


def test_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    path = nasty.million(tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "probe", str(path), "--target", "y"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert process.stderr
    assert "Reading" in process.stderr.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert error.splitlines()[-1] == "The probe was stopped."
    assert "Traceback" not in error
    assert not list(temporary.iterdir())
