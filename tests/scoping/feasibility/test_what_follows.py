"""What follows from what is known: duties, readiness, the matrix, answers from evidence, costs to ask for."""

from __future__ import annotations

import pytest

from scoping import Proposal, assess, examples, read, to_dict
from scoping.document.alternatives import Alternative
from scoping.document.evidence import Evidence, plain
from scoping.feasibility.ai_act import QUESTION, obligations
from scoping.feasibility.catalogue import QUESTIONS
from scoping.feasibility.checklist import facts_of
from scoping.feasibility.evidence.answers import offered_answers, to_answer
from scoping.feasibility.matrix import CELLS, cell_of
from scoping.feasibility.readiness import SECTIONS, readiness
from scoping.reports import render, summarise
from scoping.value.remarks import not_budgeted_of
from scoping.vocabulary import Component
from tests.documents import proposal

_HIGH_RISK = ("Art. 9", "Art. 10", "Art. 11", "Art. 13", "Art. 14", "Art. 15", "Art. 17", "Art. 26")
"""Chapter III, sections 2 and 3, of Regulation (EU) 2024/1689."""


def answered(**choices: str) -> Proposal:
    return read({"title": "t", "feasibility": {"answers": {name: {"choice": each} for name, each in choices.items()}}})


def test_a_high_risk_has_the_duties_of_chapter_three_and_a_minimal_one_has_literacy_alone() -> None:
    high = [str(each.article) for each in obligations(answered(**{QUESTION: "high"}).feasibility.answers)]
    assert set(_HIGH_RISK) <= set(high)
    assert obligations(answered(**{QUESTION: "high_planned"}).feasibility.answers) == obligations(
        answered(**{QUESTION: "high"}).feasibility.answers
    )
    assert [str(each.article) for each in obligations(answered(**{QUESTION: "minimal"}).feasibility.answers)] == [
        "Art. 4"
    ]
    told = [str(each.article) for each in obligations(answered(**{QUESTION: "transparency"}).feasibility.answers)]
    assert told == ["Art. 4", "Art. 50(1)", "Art. 50(2)", "Art. 50(3)"]
    assert obligations(answered().feasibility.answers) == ()


def test_the_memo_lists_the_duties() -> None:
    document = to_dict(examples.load("visual_inspection"))
    document["feasibility"]["answers"][QUESTION] = {"choice": "high"}
    risky = read(document)
    said = render(summarise(risky, assess(risky, 256)), "md").decode()
    assert "What the EU AI Act asks for" in said
    assert "Art. 14" in said


def test_answers_to_questions_that_do_not_apply_any_more_say_nothing() -> None:
    document = to_dict(examples.load("visual_inspection"))
    document["problem"]["system"] = "existing"
    document["feasibility"]["answers"] |= {
        QUESTION: {"choice": "high"}, **{each: {"choice": "automated"} for each in SECTIONS},
    }  # fmt: skip
    # The same answers, of an idea that learns nothing.
    idle = {**document, "problem": {**document["problem"], "system": "new"}, "evidence": []}
    idle["alternatives"] = [
        {name: value for name, value in each.items() if name not in ("retraining_cost", "measured_by")} | {
            "kind": each["kind"] if each["kind"] == "status_quo" else "buy"
        }
        for each in document["alternatives"]
    ]  # fmt: skip
    said = [render(summarise(each, assess(each, 256)), "md").decode() for each in map(read, (document, idle))]
    assert [("What the EU AI Act asks for" in each, "ML Test Score" in each) for each in said] == [
        (True, True), (False, False),
    ]  # fmt: skip


def test_the_ml_test_score_is_that_of_its_weakest_section() -> None:
    best = dict.fromkeys(SECTIONS, "automated")
    assert readiness(answered(**best).feasibility.answers).share == 1  # type: ignore[union-attr]
    found = readiness(answered(**{**best, "monitoring_tests": "some"}).feasibility.answers)
    assert found is not None
    assert (found.share, [str(each) for each in found.weakest]) == (0.25, ["monitoring"])
    del best["model_tests"]
    assert readiness(answered(**best).feasibility.answers) is None


@pytest.mark.parametrize(("structure", "system"), CELLS)
def test_each_cell_of_the_matrix_asks_its_questions(structure: str, system: str) -> None:
    document = read({"title": "t", "data": {"structure": structure}, "problem": {"system": system}})
    cell = cell_of(document)
    assert cell is CELLS[structure, system]  # type: ignore[index]
    facts = {"structure": structure, "system": system}
    assert all(QUESTIONS[each].applies_to(facts) for each in cell.questions)


def test_what_nothing_is_paid_for_is_named_until_it_is() -> None:
    def model(*components: str, kind: str = "classical_ml") -> Alternative:
        costs = [{"name": each, "component": each, "amount": 0} for each in components]
        document = {"title": "t", "alternatives": [{"name": "M", "kind": kind, "costs": costs}]}
        return read(document).alternatives[0]

    assert not_budgeted_of(model()) == ()
    assert not_budgeted_of(model("modelling", kind="rules")) == ()
    assert Component.MONITORING in not_budgeted_of(model("modelling"))
    paid = ("monitoring", "data_verification", "machine_resources", "integration", "change_management")
    assert not_budgeted_of(model(*paid)) == ()
    assert not_budgeted_of(model(*paid[1:])) == (Component.MONITORING,)


def test_the_assessment_says_it_in_words() -> None:
    remarks = assess(proposal(), 256).to_dict()["remarks"]
    assert any("you budgeted nothing for monitoring" in str(each) for each in remarks)


def evidence(**changes: object) -> Evidence:
    base = {
        "source": {"kind": "csv", "name": "claims.csv", "rows": 5_000, "rows_used": 5_000},
        "made": {"on": "2026-03-01", "seed": 0, "seconds": 3},
        "task": "classification",
        "target": "fraud",
        "profile": {
            "rows": 5_000,
            "columns": 3,
            "classes": {"counts": [4_900, 100], "classes": 2},
            "told": [
                {
                    "name": "amount",
                    "type": "number",
                    "missing": 500,
                    "drift": {"population_stability_index": 0.3, "missing_before": 0, "missing_after": 0.2},
                },
                {"name": "fraud", "type": "yes_no", "missing": 0},
            ],
        },
        "signal": {
            "found": True,
            "metric": "roc_auc",
            "score": 0.81,
            "interval": [0.78, 0.84],
            "model": "linear",
            "models": {"linear": 0.81},
            "baseline": 0.5,
            "baselines": {"most_frequent": 0.5},
            "permuted": 0.5,
            "permuted_scores": [0.5],
            "p_value": 0.05,
            "split": "random",
            "folds": 5,
            "test_rows": 5_000,
        },
        "latency_ms": {"p50": 2.0, "p95": 120.0, "model": "linear"},
        "leakage": [{"kind": "known_afterwards", "columns": ["paid_on"]}],
    }
    return Evidence.model_validate({**base, **changes}).sealed()


def measured(found: Evidence) -> Proposal:
    return read({"title": "t", "evidence": [plain(found)], "operations": {"latency_ms": {"budget": 100}}})


def test_a_probe_answers_the_questions_that_it_can() -> None:
    offered = offered_answers(measured(evidence()))
    assert {name: each.choice for name, each in offered.items()} == {
        "beats_guessing": "models",
        "predictive_features": "measured",
        "data_enough": "hundreds",
        "missing_inputs": "sometimes",
        "stable_world": "fast",
        "inputs_at_prediction": "some_late",
        "latency": "needs_work",
    }
    assert all("claims.csv" in str(each.note) for each in offered.values())


def test_no_signal_leaves_the_gate_open_and_does_not_shut_it() -> None:
    signal = {**plain(evidence())["signal"], "found": False, "score": 0.5, "interval": [0.45, 0.55]}
    choices = {name: each.choice for name, each in offered_answers(measured(evidence(signal=signal))).items()}
    assert choices["beats_guessing"] == "unknown"
    assert choices["predictive_features"] == "none"


def test_what_the_team_has_answered_stays() -> None:
    document = to_dict(measured(evidence()))
    document["feasibility"] = {"answers": {"data_enough": {"choice": "few"}, "latency": {"choice": "dont_know"}}}
    offered = to_answer(read(document))
    assert "data_enough" not in offered
    assert "latency" in offered


def test_personal_columns_of_evidence_ask_about_the_people_in_the_data() -> None:
    assert facts_of(measured(evidence(personal=["name"])))["personal"] == "personal"
    assert facts_of(measured(evidence()))["stage"] == "begun"
