"""What every question of the catalogue must bring, by name: a new entry of catalogue.toml is held by these."""

from __future__ import annotations

import pytest

from scoping import read
from scoping.bridges import KINDS
from scoping.feasibility.catalogue import AREAS, QUESTIONS, Question
from scoping.feasibility.checklist import check, questions_for
from scoping.vocabulary import DataStructure, GateStatus, PersonalData, System
from tests.documents import asked_for

_FACTS = {
    "kind": set(KINDS),
    "system": set(System),
    "structure": set(DataStructure),
    "scale": {"small", "middle", "large"},
    "personal": set(PersonalData),
    "learned": {"yes", "no"},
    "stage": {"idea", "begun"},
}
QUESTION_LIST = list(QUESTIONS.values())


def ids(question: Question) -> str:
    return question.id


@pytest.mark.parametrize("question", QUESTION_LIST, ids=ids)
def test_it_can_be_answered_and_says_where_it_is_from(question: Question) -> None:
    assert question.area in AREAS
    assert question.text.endswith("?")
    assert question.help.endswith(".")
    assert len(question.source) > 5
    scores = [choice.score for choice in question.choices]
    assert max(scores) > min(scores), "an answer must make a difference"
    assert len({choice.id for choice in question.choices}) == len(question.choices)
    assert len({choice.label for choice in question.choices}) == len(question.choices)


@pytest.mark.parametrize("question", [each for each in QUESTION_LIST if each.is_gate], ids=ids)
def test_a_gate_says_why_it_stays_shut(question: Question) -> None:
    for choice in question.choices:
        assert bool(choice.gate) == bool(choice.reason), choice.id
    assert any(choice.gate is None for choice in question.choices), "nobody could pass"


@pytest.mark.parametrize("question", QUESTION_LIST, ids=ids)
def test_it_applies_by_facts_that_exist(question: Question) -> None:
    for fact, wanted in (*question.applies.items(), *question.once.items()):
        named = {wanted} if isinstance(wanted, str) else set(wanted)
        assert named <= _FACTS[fact], f"{question.id}: {fact}"


@pytest.mark.parametrize("question", QUESTION_LIST, ids=ids)
def test_its_answer_counts(question: Question) -> None:
    """The worst and the best answer move the score of its area; both are legal in a document."""
    worst, best = (choose(question.choices, key=lambda each: each.score).id for choose in (min, max))
    scores = []
    for choice in (worst, best):
        document = read({**asked_for(question), "feasibility": {"answers": {question.id: {"choice": choice}}}})
        assert question in questions_for(document)
        scores.append(check(document).areas[question.area])
    low, high = scores
    assert low is not None
    assert high is not None
    assert low < high


@pytest.mark.parametrize("question", [each for each in QUESTION_LIST if each.once], ids=ids)
def test_what_follows_from_a_fact_is_not_asked_before_it_is_known(question: Question) -> None:
    assert question not in questions_for(read({"title": "t"}))
    assert question in questions_for(read(asked_for(question)))


def test_a_gate_that_waits_holds_nobody_up_until_it_is_answered() -> None:
    waiting = [each for each in QUESTION_LIST if each.waits]
    assert waiting
    for question in waiting:
        assert question.is_gate
        assert question.id not in [gate.id for gate in check(read(asked_for(question))).gates]
        shut = next(choice.id for choice in question.choices if choice.gate == "failed")
        answered = {**asked_for(question), "feasibility": {"answers": {question.id: {"choice": shut}}}}
        assert question.id in [gate.id for gate in check(read(answered)).gates_with(GateStatus.FAILED)]
