"""The feasibility questions. They are data (catalogue.toml), read once and checked when they are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ..text.languages import message
from ..vocabulary import GateStatus

DONT_KNOW = "dont_know"
"""The answer that is open to every question: it counts as unanswered, and names whom to ask."""

Facts = Mapping[str, str]
"""What is known of a proposal that decides which questions apply: kind, system, structure, scale, personal, learned, stage."""
Conditions = dict[str, str | list[str]]

AREAS: dict[str, str] = {
    "problem": message("Need"),
    "data": message("Inputs"),
    "labels": message("Labels"),
    "signal": message("Signal"),
    "model": message("Model"),
    "operations": message("Operations"),
    "people": message("People"),
    "law_and_ethics": message("Law and ethics"),
}

ROLES: dict[str, str] = {
    "business_owner": message("the owner of the process"),
    "sponsor": message("the sponsor"),
    "users": message("those who will use it"),
    "domain_expert": message("a domain expert"),
    "data_owner": message("the data owner"),
    "data_science": message("the data science team"),
    "operations": message("IT operations"),
    "legal": message("legal and data protection"),
    "team_lead": message("the head of the team"),
}
"""Whom to ask a question that the team cannot answer."""

Text = Annotated[str, AfterValidator(message)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Entry):
    """One answer: its score from 0 to 1, and what it does to a gate."""

    id: str
    label: Text
    score: float = Field(ge=0, le=1)
    gate: Literal[GateStatus.FAILED, GateStatus.OPEN] | None = None
    reason: Text = ""


class Question(_Entry):
    """One question of the catalogue."""

    id: str
    area: Literal["problem", "data", "labels", "signal", "model", "operations", "people", "law_and_ethics"]
    text: Text
    help: Text
    source: str
    ask: Literal[
        "business_owner",
        "sponsor",
        "users",
        "domain_expert",
        "data_owner",
        "data_science",
        "operations",
        "legal",
        "team_lead",
    ]
    applies: Conditions = Field(default_factory=dict)
    once: Conditions = Field(default_factory=dict)
    waits: bool = False
    choices: tuple[Choice, ...] = Field(min_length=2)

    @cached_property
    def choices_by_id(self) -> dict[str, Choice]:
        """The answers, by id, in the order in which they are shown."""
        return {choice.id: choice for choice in self.choices}

    @property
    def labels(self) -> dict[str, str]:
        """What people call each answer that may be given, by its id: the choices, and that nobody knows yet."""
        return {choice.id: choice.label for choice in self.choices} | {DONT_KNOW: message("We do not know yet")}

    @property
    def whom(self) -> str:
        """Whom to ask who does not know."""
        return ROLES[self.ask]

    @property
    def is_gate(self) -> bool:
        """True where an answer can stop the project, whatever the average says."""
        return any(choice.gate for choice in self.choices)

    def applies_to(self, facts: Facts) -> bool:
        """True unless a known fact rules the question out, or one that it follows from is not known yet."""
        return _hold(self.applies, facts, unknown=True) and _hold(self.once, facts, unknown=False)


def _hold(conditions: Conditions, facts: Facts, *, unknown: bool) -> bool:
    return all(
        facts[name] in ([wanted] if isinstance(wanted, str) else wanted) if name in facts else unknown
        for name, wanted in conditions.items()
    )


def _load() -> dict[str, Question]:
    content: dict[str, list[dict[str, Any]]] = tomllib.loads(
        files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    )
    questions = [Question.model_validate(entry) for entry in content["question"]]
    return {question.id: question for area in AREAS for question in questions if question.area == area}


QUESTIONS: dict[str, Question] = _load()
"""All questions by id, area by area."""
