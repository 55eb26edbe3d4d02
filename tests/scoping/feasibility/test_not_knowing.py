"""Not knowing is an answer: it counts as unanswered, and says whom to ask."""

from __future__ import annotations

import pytest

from scoping import appraise, examples, read, to_dict
from scoping.document.editing import change
from scoping.feasibility.catalogue import DONT_KNOW, QUESTIONS, ROLES
from scoping.feasibility.checklist import check, open_questions
from scoping.reports.completeness import of_answers
from scoping.vocabulary import GateStatus, Recommendation
from tests.documents import asked_for

EXAMPLE = examples.load("visual_inspection")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_may_be_left_open_and_names_whom_to_ask(question: str) -> None:
    answers = {"answers": {question: {"choice": DONT_KNOW}}}
    document = read({**asked_for(QUESTIONS[question]), "feasibility": answers})
    assert [each.id for each in open_questions(document)] == [question]
    assert QUESTIONS[question].whom in ROLES.values()
    assert DONT_KNOW not in QUESTIONS[question].choices_by_id
    assert (check(document).answered, check(document).score) == (0, None)
    assert read(to_dict(document)) == document


def test_a_gate_that_nobody_knows_is_as_open_as_one_that_nobody_answered() -> None:
    document = change(EXAMPLE, "feasibility.answers.lawful_access", {"choice": DONT_KNOW})
    gate = next(gate for gate in check(document).gates if gate.id == "lawful_access")
    assert gate.status is GateStatus.UNANSWERED
    assert gate.reason.startswith("Open: ask the data owner.")
    appraisal = appraise(document)
    assert appraisal.verdict.recommendation is Recommendation.REWORK
    assert appraisal.missing == ("feasibility.answers.lawful_access",)
    assert not of_answers(document).is_complete
