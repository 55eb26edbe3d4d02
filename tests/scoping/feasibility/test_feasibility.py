"""The catalogue, the checklist and its gates."""

from __future__ import annotations

from collections import Counter

import pytest

from scoping import read
from scoping.feasibility.catalogue import AREAS, QUESTIONS
from scoping.feasibility.checklist import check, facts_of, questions_for
from tests.documents import best_answers, proposal


def test_the_catalogue_covers_all_areas_with_at_least_35_questions() -> None:
    counts = Counter(question.area for question in QUESTIONS.values())
    assert sum(counts.values()) >= 35
    assert set(counts) == set(AREAS)
    assert min(counts.values()) >= 3


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_question_is_complete(question: object) -> None:
    q = question
    assert q.text.endswith("?")  # type: ignore[attr-defined]
    assert q.help  # type: ignore[attr-defined]
    assert q.source  # type: ignore[attr-defined]
    assert len(q.choices_by_id) == len(q.choices)  # type: ignore[attr-defined]
    assert all(choice.reason for choice in q.choices if choice.gate)  # type: ignore[attr-defined]
    assert max(choice.score for choice in q.choices) == 1  # type: ignore[attr-defined]


def test_small_data_asks_about_labels_and_large_data_about_pipelines() -> None:
    small = {question.id for question in questions_for(proposal(data={"size": 800}))}
    large = {question.id for question in questions_for(proposal(data={"size": 5_000_000}))}
    assert {"label_agreement", "label_instructions"} <= small
    assert not {"one_machine", "pipeline_consistency"} & small
    assert {"one_machine", "pipeline_consistency"} <= large
    assert not {"label_agreement"} & large


def test_many_gigabytes_are_large_data_too() -> None:
    assert facts_of(proposal(data={"size": 50_000, "gigabytes": 400}))["scale"] == "large"


def test_what_is_not_known_yet_is_asked() -> None:
    assert questions_for(read({"title": "t"})) == [each for each in QUESTIONS.values() if not each.once]


def test_unstructured_data_asks_what_people_can_do_and_tables_what_predicts() -> None:
    images = {question.id for question in questions_for(proposal(data={"structure": "unstructured"}))}
    tables = {question.id for question in questions_for(proposal(data={"structure": "structured"}))}
    assert "human_same_inputs" in images - tables
    assert "predictive_features" in tables - images


def test_best_answers_score_full_and_pass_every_gate() -> None:
    found = check(proposal(feasibility={"answers": best_answers()}))
    assert found.score == 1
    assert {gate.status for gate in found.gates} == {"passed"}
    assert found.answered == found.asked


def test_an_area_without_answers_has_no_score() -> None:
    found = check(proposal(feasibility={"answers": {"sponsor": {"choice": "none"}}}))
    assert found.areas["people"] == 0
    assert found.areas["data"] is None
    assert found.score == 0


def test_no_average_outvotes_a_gate() -> None:
    answers = {**best_answers(), "beats_guessing": {"choice": "no"}}
    found = check(proposal(feasibility={"answers": answers}))
    assert found.score is not None
    assert found.score > 0.9
    assert [gate.id for gate in found.gates_with("failed")] == ["beats_guessing"]


def test_a_latency_over_budget_fails_its_gate() -> None:
    late = check(proposal(operations={"latency_ms": {"budget": 100, "expected": 250}}))
    assert [gate.reason for gate in late.gates_with("failed")] == ["Expected latency 250 ms, budget 100 ms."]
    assert not check(proposal(operations={"latency_ms": {"budget": 250, "expected": 250}})).gates_with("failed")
