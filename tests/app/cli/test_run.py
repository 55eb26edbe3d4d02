"""Running a command: its help, its exit status, and its errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.cli.run import commands
from db import DecisionRefused, StoreError
from scoping import DocumentRefused, DrawsRefused, Refused, UnknownFormat
from scoping.text.languages import UnknownLanguage


@pytest.mark.parametrize("command", ["", *(each.name for each in commands())])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command.split(), "--help"])
    assert stopped.value.code == 0
    assert "usage: groundwork" in capsys.readouterr().out


def test_the_installed_command_runs(document: str) -> None:
    command = Path(sys.executable).with_name("groundwork")
    done = subprocess.run([command, "assess", document, "--json"], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout)["verdict"]["recommendation"] == "stop"


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (["assess", "/nowhere/x.json"], 1, "/nowhere/x.json: No such file"),
        (
            ["export", "no-such-id", "--format", "md", "--output", "-"],
            1,
            "there is no such file, and no saved proposal",
        ),
        (["assess", "FILE", "--draws", "3"], 2, "draws: 3: must be a whole number from 256"),
        (["assess", "FILE", "--seed", "-3"], 2, "seed: -3: must be a whole number"),
        (["export", "FILE", "--format", "odt", "--output", "-"], 2, "Allowed: docx, handoff"),
        (["export", "FILE", "--format", "md", "--output", "/nowhere/x.md"], 1, "/nowhere/x.md: No such file"),
        (["db", "check", "--database-url", "mysql://x/y"], 1, "not in mysql"),
    ],
)
def test_errors_say_what_is_wrong(
    command: list[str], status: int, said: str, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([document if word == "FILE" else word for word in command]) == status
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    "command", [["nonsense"], ["--port", "0"], ["serve", "--port", "x"], ["assess"], ["db", "drop"]]
)
def test_wrong_usage_exits_with_2(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(command)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error(document: str) -> None:
    shell = f'"{sys.executable}" -m app.cli schema | head -c 10'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {shell}"], capture_output=True, text=True, env=os.environ)
    assert done.stderr == ""


def test_commands_have_names_and_places_of_their_own() -> None:
    found = commands()
    places = [each.place for each in found]
    assert places == sorted(set(places)), "two in one place"
    assert len({each.name for each in found}) == len(found)


@pytest.mark.parametrize(
    "refusal", [DocumentRefused([]), DrawsRefused(), UnknownFormat("x", []), UnknownLanguage("x", [])]
)
def test_what_is_refused_is_one_family(refusal: Exception) -> None:
    assert isinstance(refusal, Refused)


def test_a_refused_decision_is_refused_and_an_error_of_the_store() -> None:
    assert issubclass(DecisionRefused, Refused)
    assert issubclass(DecisionRefused, StoreError)
