"""What the answers say: a score by area, and the gates that no average may outvote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from ..text.languages import message
from ..text.wording import number
from ..vocabulary import DataStructure, GateStatus, PersonalData, System
from .catalogue import AREAS, DONT_KNOW, QUESTIONS, Facts, Question
from .own import as_question

if TYPE_CHECKING:
    from ..document.answers import Answer
    from ..document.proposal import Proposal

SMALL_DATA = 10_000
LARGE_DATA = 1_000_000
LARGE_GIGABYTES = 100


@dataclass(frozen=True)
class Gate:
    """A condition that must hold. `status` is passed, failed, open (to be settled) or unanswered."""

    id: str
    title: str
    status: GateStatus
    reason: str


@dataclass(frozen=True)
class Checklist:
    """The answers of one proposal. Scores are 0..1, or None where nothing is answered yet."""

    score: float | None
    areas: dict[str, float | None]
    gates: tuple[Gate, ...]
    answered: int
    asked: int
    weakest: tuple[str, ...]

    def gates_with(self, status: GateStatus) -> tuple[Gate, ...]:
        """The gates in that state."""
        return tuple(gate for gate in self.gates if gate.status == status)


def facts_of(proposal: Proposal) -> Facts:
    """What the proposal says already that decides which questions apply."""
    known = {
        "kind": _kind(proposal),
        "system": proposal.problem.system,
        "structure": None if proposal.data.structure is DataStructure.BOTH else proposal.data.structure,
        "scale": _scale(proposal.data.size, proposal.data.gigabytes),
        "personal": _personal(proposal),
        "learned": "yes" if any(each.is_machine_learning for each in proposal.alternatives) else "no",
        "stage": "begun" if proposal.evidence or proposal.problem.system is System.EXISTING else "idea",
    }
    return {name: value for name, value in known.items() if value is not None}


def _kind(proposal: Proposal) -> str | None:
    """The kind of task; of several, that which all have in common."""
    kinds = {part.task.kind for part in proposal.bridge.parts()} if proposal.bridge else set()
    return kinds.pop() if len(kinds) == 1 else None


def _personal(proposal: Proposal) -> str | None:
    """What the team says of people in the data; where it says nothing, what a probe was told."""
    measured = any(each.personal for each in proposal.evidence)
    return proposal.data.personal or (PersonalData.PERSONAL if measured else None)


def _scale(examples: float | None, gigabytes: float | None) -> str | None:
    if (examples or 0) >= LARGE_DATA or (gigabytes or 0) >= LARGE_GIGABYTES:
        return "large"
    if examples is None:
        return None
    return "small" if examples < SMALL_DATA else "middle"


def questions_known(proposal: Proposal) -> Mapping[str, Question]:
    """All questions that an answer may be to, by id: those of the catalogue, and the organisation's own."""
    own = proposal.organisation.questions
    return {**QUESTIONS, **{each.id: as_question(each) for each in own}} if own else QUESTIONS


def questions_for(proposal: Proposal) -> list[Question]:
    """The questions that apply and that the organisation asks, area by area."""
    facts, switched_off = facts_of(proposal), {*proposal.organisation.switched_off}
    known = [each for each in questions_known(proposal).values() if each.id not in switched_off]
    asked = [question for question in known if question.applies_to(facts)]
    return [each for area in AREAS for each in asked if each.area == area]


def check(proposal: Proposal) -> Checklist:
    """Score the proposal's answers. Areas weigh the same; unanswered questions do not count."""
    asked = questions_for(proposal)
    answers = proposal.feasibility.answers
    scores = {question.id: score for question in asked if (score := _score(question, answers)) is not None}
    areas = {area: _mean([scores[q.id] for q in asked if q.area == area and q.id in scores]) for area in AREAS}
    shut = [each for each in asked if each.is_gate and (not each.waits or is_answered(each.id, answers))]
    gates = (*(_gate(question, answers) for question in shut), *_measured_gates(proposal))
    weak = sorted((score, identity) for identity, score in scores.items() if score <= 0.3)
    return Checklist(
        score=_mean([score for score in areas.values() if score is not None]),
        areas=areas,
        gates=gates,
        answered=len(scores),
        asked=len(asked),
        weakest=tuple(identity for _, identity in weak),
    )


def _score(question: Question, answers: Mapping[str, Answer]) -> float | None:
    return question.choices_by_id[answers[question.id].choice].score if is_answered(question.id, answers) else None


def is_answered(identity: str, answers: Mapping[str, Answer]) -> bool:
    """True where there is an answer that says something: not knowing is no answer to score."""
    return identity in answers and answers[identity].choice != DONT_KNOW


def answers_that_count(proposal: Proposal) -> dict[str, Answer]:
    """The answers to questions that apply. Those to others are kept, in case that they apply again, and say nothing."""
    answers = proposal.feasibility.answers
    return {each.id: answers[each.id] for each in questions_for(proposal) if each.id in answers}


def open_questions(proposal: Proposal) -> list[Question]:
    """The questions that somebody has looked at and does not know the answer to."""
    answers = proposal.feasibility.answers
    return [each for each in questions_for(proposal) if each.id in answers and not is_answered(each.id, answers)]


def _mean(scores: list[float]) -> float | None:
    return fmean(scores) if scores else None


def _gate(question: Question, answers: Mapping[str, Answer]) -> Gate:
    if not is_answered(question.id, answers):
        return Gate(question.id, question.text, GateStatus.UNANSWERED, _unanswered(question, answers))
    choice = question.choices_by_id[answers[question.id].choice]
    if choice.gate is None:
        return Gate(question.id, question.text, GateStatus.PASSED, choice.label)
    return Gate(question.id, question.text, choice.gate, choice.reason)


def _unanswered(question: Question, answers: Mapping[str, Answer]) -> str:
    if question.id in answers:
        return message("Open: ask {whom}. {question}", whom=question.whom, question=question.text)
    return message("Not answered yet: {question}", question=question.text)


def _measured_gates(proposal: Proposal) -> Iterator[Gate]:
    """Gates that figures decide, not answers."""
    latency = proposal.operations.latency_ms
    if latency.budget is None or latency.expected is None:
        return
    met = latency.expected <= latency.budget
    reason = message(
        "Expected latency {expected} ms, budget {budget} ms.",
        expected=number(latency.expected, 4),
        budget=number(latency.budget, 4),
    )
    title = message("Is the expected latency within its budget?")
    yield Gate("latency_budget", title, GateStatus.PASSED if met else GateStatus.FAILED, reason)
