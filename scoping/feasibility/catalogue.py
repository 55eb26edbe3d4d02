"""The feasibility questions. They are data (catalogue.toml), read once and checked when they are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Facts = Mapping[str, str]
"""What is known of a proposal that decides which questions apply: kind, system, structure, scale."""

AREAS: dict[str, str] = {
    "problem": "Problem",
    "data": "Data",
    "labels": "Labels",
    "signal": "Signal",
    "model": "Model",
    "operations": "Operations",
    "people": "People",
    "law_and_ethics": "Law and ethics",
}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Entry):
    """One answer: its score from 0 to 1, and what it does to a gate."""

    id: str
    label: str
    score: float = Field(ge=0, le=1)
    gate: Literal["failed", "open"] | None = None
    reason: str = ""


class Question(_Entry):
    """One question of the catalogue."""

    id: str
    area: Literal["problem", "data", "labels", "signal", "model", "operations", "people", "law_and_ethics"]
    text: str
    help: str
    source: str
    applies: dict[str, str | list[str]] = Field(default_factory=dict)
    choices: tuple[Choice, ...] = Field(min_length=2)

    @cached_property
    def choices_by_id(self) -> dict[str, Choice]:
        """The answers, by id, in the order in which they are shown."""
        return {choice.id: choice for choice in self.choices}

    @property
    def is_gate(self) -> bool:
        """True where an answer can stop the project, whatever the average says."""
        return any(choice.gate for choice in self.choices)

    def applies_to(self, facts: Facts) -> bool:
        """True unless a known fact rules the question out."""
        return all(
            name not in facts or facts[name] in ([wanted] if isinstance(wanted, str) else wanted)
            for name, wanted in self.applies.items()
        )


def _load() -> dict[str, Question]:
    content: dict[str, list[dict[str, Any]]] = tomllib.loads(
        files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    )
    questions = [Question.model_validate(entry) for entry in content["question"]]
    return {question.id: question for area in AREAS for question in questions if question.area == area}


QUESTIONS: dict[str, Question] = _load()
"""All questions by id, area by area."""
