"""`groundwork assess`: every figure, the same for the same seed; a refused document line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main


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
