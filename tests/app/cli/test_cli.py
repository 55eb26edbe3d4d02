"""The command line: what it prints, its exit status, and its errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.cli import main
from app.cli.run import commands
from scoping import examples, schema


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'cli.db'}"
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", url)
    return url


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "proposal.json"
    path.write_text(examples.text("stock_price"), encoding="utf-8")
    return str(path)


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


def test_assess_prints_every_key_of_the_design(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", document, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {
        "alternatives",
        "best",
        "evpi",
        "break_even",
        "sensitivity",
        "pilot",
        "feasibility",
        "verdict",
        "missing",
    } <= set(found)
    model = found["alternatives"][2]
    assert {"p10", "p50", "p90", "mean", "standard_error"} <= set(model["npv"])
    for name in ("roi", "payback_months", "irr"):
        assert {"p10", "p50", "p90", "mean"} <= set(model[name])
    for name in ("name", "kind", "probability_of_loss", "gain_per_month", "cost_per_month", "one_off_cost"):
        assert name in model
    assert {"alternative", "metric", "value", "expected", "ceiling", "headroom"} <= set(found["break_even"][0])
    assert {"input", "npv_at_p10", "npv_at_p90", "evppi"} <= set(found["sensitivity"][0])
    assert {"evsi", "cost", "net"} <= set(found["pilot"])
    assert {"id", "status", "reason"} == set(found["feasibility"]["gates"][0])
    assert {"recommendation", "reasons", "conditions"} == set(found["verdict"])


def test_assess_without_json_is_for_people(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", document]) == 0
    assert "## Verdict: Stop" in capsys.readouterr().out


def test_seed_and_draws_are_taken(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for options in (["--seed", "1"], ["--seed", "1"], ["--seed", "2"], ["--draws", "1024"]):
        assert main(["assess", document, "--json", *options]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != outputs[2]
    assert json.loads(outputs[3])["draws"] == 1024


def test_a_refused_document_exits_with_2_and_a_line_for_each_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(
        '{"title": "", "currency": "ZZZ", "bridge": {"kind": "detection", "prevalence": 2}}', encoding="utf-8"
    )
    for command in (["assess", str(bad)], ["export", str(bad), "--format", "md", "--output", "-"]):
        assert main(command) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.splitlines() == [
            "title: must not be empty",
            "currency: ZZZ: must be an ISO 4217 currency code such as EUR, USD or GBP",
            "bridge.prevalence: 2: must be a number from 0 to 1 (0% to 100%)",
        ]


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


def test_import_export_round_trip(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", document]) == 0
    identity = capsys.readouterr().out.split()[0]
    for format_ in ("md", "html", "json"):
        target = tmp_path / f"out.{format_}"
        assert main(["export", identity, "--format", format_, "--output", str(target)]) == 0
        assert target.stat().st_size > 1000
    assert json.loads((tmp_path / "out.json").read_text()) == json.loads(examples.text("stock_price"))


def test_import_takes_all_files_or_none(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    assert main(["import", document, str(bad)]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"{bad}: title: is required\n"
    assert captured.out == ""


def test_schema_and_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(schema()))
    assert main(["examples", "--write", str(tmp_path / "new" / "folder")]) == 0
    assert len(list((tmp_path / "new" / "folder").glob("*.json"))) == len(examples.NAMES)
    assert main(["examples"]) == 0
    assert "Visual inspection" in capsys.readouterr().out


def test_db_upgrade_prepares_postgresql(postgresql: object, capsys: pytest.CaptureFixture[str]) -> None:
    postgresql.psql("CREATE DATABASE from_the_command_line")  # type: ignore[attr-defined]
    url = postgresql.get_uri(database="from_the_command_line")  # type: ignore[attr-defined]
    assert main(["db", "check", "--database-url", url]) == 1
    assert "groundwork db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade", "--database-url", url]) == 0
    assert main(["db", "check", "--database-url", url]) == 0


def test_a_reader_that_goes_away_is_no_error(document: str) -> None:
    shell = f'"{sys.executable}" -m app.cli schema | head -c 10'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {shell}"], capture_output=True, text=True, env=os.environ)
    assert done.stderr == ""


def test_summaries_of_all_proposals_come_as_one_file(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", document, document]) == 0
    target = tmp_path / "all.zip"
    assert main(["export", "summaries", "--format", "md", "--language", "de", "--output", str(target)]) == 0
    assert "2 of 2: Predicting" in capsys.readouterr().err
    with zipfile.ZipFile(target) as opened:
        assert len(opened.namelist()) == 2
        assert all("## Empfehlung: Nicht weiterverfolgen" in opened.read(name).decode() for name in opened.namelist())


def test_no_proposal_gives_an_empty_file_of_summaries(tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    assert main(["export", "summaries", "--format", "pdf", "--output", str(target)]) == 0
    assert zipfile.ZipFile(target).namelist() == []


def test_the_language_is_the_option_s_or_the_environment_s(
    document: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["export", document, "--format", "md", "--output", "-"]
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de_CH")
    assert main(command) == 0
    assert "Empfehlung" in capsys.readouterr().out
    assert main([*command, "--language", "en"]) == 0
    assert "Verdict" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["export", "summaries"], ["export", "portfolio"], ["export"]])
def test_an_unknown_language_is_refused(
    command: list[str], document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = command if len(command) > 1 else [*command, document]
    target = tmp_path / "out"
    assert main([*source, "--format", "pdf", "--output", str(target), "--language", "fr"]) == 2
    assert "Language fr is not known. Allowed: en, en_GB, de" in capsys.readouterr().err
    assert not target.exists()


def test_the_app_does_not_start_in_a_language_that_it_does_not_speak(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "klingon")
    assert main(["serve"]) == 2
    assert "Language klingon is not known." in capsys.readouterr().err
