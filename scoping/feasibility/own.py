"""An organisation's own questions, asked and scored like those of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..text.languages import joined, message
from ..vocabulary import GateStatus, WorstAnswer
from .catalogue import Choice, Question

if TYPE_CHECKING:
    from ..document.own import OwnQuestion

_GATES: dict[WorstAnswer, Literal[GateStatus.OPEN, GateStatus.FAILED]] = {
    WorstAnswer.OPEN: GateStatus.OPEN,
    WorstAnswer.FAILED: GateStatus.FAILED,
}
SOURCE = message("your organisation")


def as_question(own: OwnQuestion) -> Question:
    """The question as the checklist asks it; an answer goes by its own words.

    What was typed is never taken for a text of the catalogue, so nothing is validated, which would make it one.
    """
    said: dict[str, Any] = {"id": own.id, "area": str(own.area), "text": own.question, "help": own.help}
    return Question.model_construct(**said, source=SOURCE, ask=own.ask.value, choices=_choices(own))


def _choices(own: OwnQuestion) -> tuple[Choice, ...]:
    """The answers, the best first: 1, then evenly down to 0."""
    steps = max(len(own.answers) - 1, 1)
    last = len(own.answers) - 1
    return tuple(
        Choice.model_construct(
            id=answer,
            label=answer,
            score=1.0 - index / steps,
            gate=_GATES.get(own.worst) if index == last else None,
            reason=joined(" ", (own.question, answer)),
        )
        for index, answer in enumerate(own.answers)
    )
