"""`groundwork check`: a model below its break-even stops a pipeline, by a proposal, a document or a handoff alone."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from app.cli import main
from app.cli.commands import check as command
from app.cli.runs import metrics_of_run
from db import DecisionRequest, Store, open_store
from scoping import appraise, examples
from scoping.vocabulary import Recommendation

NAME = "visual_inspection"
SIGNED = examples.load(NAME)
DEEP = "Deep learning on the line"
RULES = "Rule-based machine vision"
EVENS = {(each.alternative, each.metric): each.value for each in appraise(SIGNED).break_even}
LIMIT = EVENS[DEEP, "recall"] or 0.0


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "inspection.json"
    path.write_text(examples.text(NAME), encoding="utf-8")
    return str(path)


@pytest.fixture
def saved(file: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["import", file]) == 0
    return capsys.readouterr().out.split()[0]


def recall(value: float) -> list[str]:
    return ["--metric", f"recall={value}"]


def decide(store: Store, saved: str, outcome: Recommendation, alternative: str = "") -> None:
    recommended = appraise(SIGNED).verdict.recommendation
    request = DecisionRequest(store.version(saved), recommended, outcome, "Ada", "Asked for", alternative=alternative)
    store.decide(saved, request)


def test_below_break_even_is_a_failure_that_says_why_in_one_line(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file, *recall(LIMIT - 0.05)]) == 1
    first, _ = capsys.readouterr().out.splitlines()
    assert first.startswith(f"FAILED  {DEEP}: recall")
    assert "below its break-even" in first
    assert main(["check", file, *recall(LIMIT + 0.05)]) == 0
    assert capsys.readouterr().out.startswith("PASSED")


def test_the_findings_are_json_on_request(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file, "--metric", f"recall={100 * LIMIT + 3}%", "--cases", "50", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["passed"] is False
    assert found["findings"][0]["outcome"] == "unsure"
    assert found["findings"][0]["limit"] == pytest.approx(LIMIT)
    low, high = found["findings"][0]["interval"]
    assert low < LIMIT < high


@pytest.mark.parametrize("name", ["handoff", "handoff-yaml"])
def test_a_handoff_is_enough_and_says_the_same(
    name: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handoff = str(tmp_path / "handoff")
    assert main(["export", file, "--format", name, "--output", handoff]) == 0
    monkeypatch.setattr(command, "open_store", None)
    for value in (LIMIT - 0.05, LIMIT + 0.05):
        status = main(["check", file, *recall(value), "--json"])
        expected = json.loads(capsys.readouterr().out)
        assert main(["check", handoff, *recall(value), "--json"]) == status
        found = json.loads(capsys.readouterr().out)
        assert found["findings"] == expected["findings"]


def test_what_was_decided_counts_and_not_what_was_saved_since(saved: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store()) as store:
        first = store.get(saved)
        decide(store, saved, Recommendation.BUILD, alternative=RULES)
        store.save(saved, first.proposal.model_copy(update={"summary": "Later"}), first.version)
    main(["check", saved, *recall(0.9), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["alternative"], found["version"], found["decided"]) == (
        "Rule-based machine vision",
        first.version,
        True,
    )


def test_a_decision_to_stop_leaves_nothing_to_check(saved: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store()) as store:
        decide(store, saved, Recommendation.STOP)
    assert main(["check", saved, *recall(0.9)]) == 2
    assert "no model to check" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--metric", "accuracy=0.9"], "Allowed: false_positive_rate, false_rejects, latency_ms, recall"),
        ([], "Give one or more of"),
        (["--metric", "recall=1.2"], "from 0 to 1"),
        ([*recall(0.9), "--alternative", "Magic"], "Deep learning on the line"),
        ([*recall(0.9), *recall(0.2)], "recall is given more than once"),
        (["--metric", "latency_ms=50%"], "leave out the % sign"),
        (["--metric", "false_rejects=2"], "write a share"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(
    file: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", file, *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("text", ["recall", "recall=", "=0.9", "recall=high", "recall=nan"])
def test_a_value_that_is_no_number_is_refused_before_anything_is_read(file: str, text: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", file, "--metric", text])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "content", ["", "[]", "{", "handoff_version: 1", '{"handoff_version": 1, "check": {"a": 1}}', "\0"]
)
def test_a_file_that_is_nothing_to_check_against_is_refused(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    assert main(["check", str(path), *recall(0.9)]) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"handoff_version": 1', '"handoff_version": 2', "handoff_version: 2: must be 1"),
        (f'"alternative": "{DEEP}"', '"alternative": "X\\u001b[2K\\n::stop::all"', ""),
        ('"break_even": 0.', '"break_even": NaN, "was": 0.', "was changed"),
        ('"version": null', '"version": NaN', ""),
    ],
)
def test_a_handoff_edited_by_hand_is_refused_or_says_its_words_on_one_line(
    before: str, after: str, said: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handoff = tmp_path / "handoff.json"
    assert main(["export", file, "--format", "handoff", "--output", str(handoff)]) == 0
    text = handoff.read_text(encoding="utf-8")
    handoff.write_text(text.replace(before, after), encoding="utf-8")
    assert handoff.read_text(encoding="utf-8") != text
    capsys.readouterr()
    status = main(["check", str(handoff), *recall(0.99)])
    out, error = capsys.readouterr()
    assert said in error
    assert status == (2 if said else 0)
    assert not any(line.startswith("::") or "\x1b" in line for line in out.splitlines())
    if not said:
        assert main(["check", str(handoff), *recall(0.99), "--json"]) == 0


class _Run:
    """A run as MLflow hands it out."""

    def __init__(self, status: str, **metrics: float) -> None:
        self.info = SimpleNamespace(status=status)
        self.data = SimpleNamespace(metrics=metrics)


@pytest.mark.parametrize(
    ("run", "status", "said"),
    [
        (_Run("FINISHED", recall=0.99), 0, ""),
        (_Run("RUNNING", recall=0.99), 0, ""),
        (_Run("FAILED", recall=0.99), 2, "is FAILED"),
        (_Run("FINISHED", recall=float("nan"), false_positive_rate=0.01), 2, "recall: nan in the run"),
        (_Run("FINISHED", **{"a\n::stop::": 1.0}), 2, "none of"),
    ],
)
def test_a_run_that_broke_off_or_measured_no_number_passes_nothing(
    run: _Run, status: int, said: str, file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tracking = ModuleType("mlflow.tracking")
    tracking.MlflowClient = lambda tracking_uri: SimpleNamespace(get_run=lambda _: run)  # type: ignore[attr-defined]
    tracking.get_tracking_uri = lambda: "https://runs.example.org"  # type: ignore[attr-defined]
    exceptions = ModuleType("mlflow.exceptions")
    exceptions.MlflowException = type("MlflowException", (Exception,), {})  # type: ignore[attr-defined]
    for name, module in (
        ("mlflow", ModuleType("mlflow")),
        (tracking.__name__, tracking),
        (exceptions.__name__, exceptions),
    ):
        monkeypatch.setitem(sys.modules, name, module)
    assert main(["check", file, "--mlflow", "r"]) == status
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) <= 1


@pytest.mark.long
def test_the_last_values_of_a_run_are_checked(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    from mlflow.tracking import MlflowClient

    uri = (tmp_path / "runs").as_uri()
    client = MlflowClient(tracking_uri=uri)
    run = client.create_run(client.create_experiment("inspection")).info.run_id
    for name, value, step in (("recall", 0.95, 0), ("recall", LIMIT - 0.1, 1), ("loss", 0.4, 1)):
        client.log_metric(run, name, value, step=step)
    of_run = ["--mlflow", run, "--tracking-uri", uri]
    assert metrics_of_run(run, uri) == {"recall": pytest.approx(LIMIT - 0.1), "loss": 0.4}
    assert main(["check", file, *of_run]) == 1
    assert main(["check", file, *of_run, *recall(0.95)]) == 0
    assert main(["check", file, "--mlflow", "none", "--tracking-uri", uri]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_an_id_of_nothing_is_no_model_that_fails(saved: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", f"{saved}0", *recall(LIMIT + 0.05)]) == 2
    assert "There is no proposal" in capsys.readouterr().err


def test_a_run_that_a_pipeline_left_empty_is_not_passed_over(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file, *recall(LIMIT + 0.05), "--mlflow", ""]) == 2
    assert "--mlflow: is empty" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.parametrize("place", ["sqlite:///{}/no.db", "sqlite:///no.db", "file://{}/no", "{}/no", "no", None])
def test_a_store_that_is_not_there_is_refused_and_not_made(
    place: str | None, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    where = ["--tracking-uri", place.format(here)] if place else []
    assert main(["check", str(Path(file).absolute()), "--mlflow", "r", *where]) == 2
    assert "There is no MLflow store at" in capsys.readouterr().err
    assert not list(here.iterdir())
