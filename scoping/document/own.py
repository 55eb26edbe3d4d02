"""What an organisation adds to the form: questions and fields of its own.

Their declarations travel in the proposal, so that it can be read where nobody knows the organisation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from ..text.languages import message
from ..vocabulary import OwnKind, QuestionArea, StepName, Whom, WorstAnswer
from .allowed import not_allowed, show
from .fields import LARGEST_AMOUNT, LONGEST_TEXT, AnyNumber, Section, optional, rows, text, word

MOST_OWN, MOST_ANSWERS, LONGEST_ANSWER = 50, 12, 100
MOST_KEPT = 10 * MOST_OWN
"""So many declarations a proposal holds: those that are laid down, and older ones under which something stands."""
_PATTERN = "[a-z][a-z0-9_]{0,59}"
_ID = re.compile(_PATTERN)


def _an_id(typed: str) -> str:
    if typed and not _ID.fullmatch(typed):
        allowed = message(
            "must be a short name of small letters, digits and underscores, such as works_council; the first is a letter"
        )
        raise not_allowed("own_id", allowed)
    return typed


def _a_value(value: Any) -> Any:
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    allowed = message("must be a finite number, or a text of at most {most} characters", most=show(LONGEST_TEXT))
    raise not_allowed("own_value", allowed)


def _filled(values: dict[str, str | float]) -> dict[str, str | float]:
    """What was emptied again says nothing, and must not move the content hash."""
    return {name: value for name, value in values.items() if value != ""}


OwnId = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^({_PATTERN})?$"}), AfterValidator(_an_id)]
OwnName = Annotated[str, Field(max_length=100)]
OwnValue = Annotated[
    str | float,
    PlainValidator(_a_value),
    WithJsonSchema({"anyOf": [{"type": "string", "maxLength": LONGEST_TEXT}, {"type": "number"}]}),
]
OwnValues = Annotated[dict[OwnName, OwnValue], AfterValidator(_filled)]
AnswerText = Annotated[str, Field(min_length=1, max_length=LONGEST_ANSWER)]


class OwnQuestion(Section):
    """A question of feasibility that the organisation asks beside those of the catalogue."""

    question: str = text("Question", "What is asked, as a full question.")
    id: OwnId = Field(
        default="", title="Short name", description="Answers refer to it, so it stays as it is: works_council."
    )
    help: str = text("Help", "What the question is about, for whoever has not met it yet.")
    area: QuestionArea = word("Area", "Where it stands among the other questions.", QuestionArea.PEOPLE)
    answers: list[AnswerText] = rows(
        "Answers", "The best first. The first scores 1, the last 0, those between evenly.", most=MOST_ANSWERS
    )
    worst: WorstAnswer = word(
        "The last answer",
        "Only scores lowest, must be settled before anything is built, or stops the project.",
        WorstAnswer.SCORES,
    )
    ask: Whom = word("Whom to ask", "Who knows, where the team does not.", Whom.BUSINESS_OWNER)


class OwnField(Section):
    """A field that the organisation adds to a step."""

    title: str = text("Field", "What stands over it.")
    id: OwnId = Field(
        default="", title="Short name", description="The value is kept under it, so it stays as it is: cost_centre."
    )
    help: str = text("Help", "What belongs there.")
    step: StepName = word("Step", "Where it stands.", StepName.PROBLEM)
    kind: OwnKind = word("Takes", "A text, a number, or one of several words.", OwnKind.TEXT)
    unit: str = text("Unit", "What a number counts in: t CO2, FTE.", folded=True)
    lowest: AnyNumber | None = optional("At least", "The lowest number that may stand there.", folded=True)
    highest: AnyNumber | None = optional("At most", "The highest number that may stand there.", folded=True)
    choices: list[AnswerText] = rows("Choices", "What may be chosen.", most=MOST_OWN, folded=True)

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest number that may stand there."""
        lowest = -LARGEST_AMOUNT if self.lowest is None else self.lowest
        return lowest, LARGEST_AMOUNT if self.highest is None else self.highest

    def refused(self, value: str | float) -> str:
        """What is allowed instead of the value; empty where it may stand there."""
        if self.kind is OwnKind.NUMBER:
            low, high = self.bounds
            fits = not isinstance(value, str) and low <= value <= high
            return "" if fits else message("must be a number from {low} to {high}", low=show(low), high=show(high))
        if not isinstance(value, str):
            return message("must be text")
        if self.kind is OwnKind.CHOICE and value not in self.choices:
            return message("allowed: {names}", names=", ".join(self.choices))
        return ""


def conflicts_of_own(
    questions: Sequence[OwnQuestion], fields: Sequence[OwnField], taken: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], object, str]]:
    """Declarations under one name, or under that of the catalogue: the place, what stands there, what is allowed."""
    seen = set(taken)
    for index, question in enumerate(questions):
        if question.id in seen:
            yield ("questions", index, "id"), question.id, message("is the name of another question; choose another")
        seen |= {question.id} - {""}
    names: set[str] = set()
    for index, each in enumerate(fields):
        if each.id in names:
            yield ("fields", index, "id"), each.id, message("is the name of another field; choose another")
        names |= {each.id} - {""}
        if each.lowest is not None and each.highest is not None and each.lowest > each.highest:
            allowed = message("must not be above the highest, {most}", most=show(each.highest))
            yield ("fields", index, "lowest"), each.lowest, allowed


def unfinished_own(
    questions: Sequence[OwnQuestion], fields: Sequence[OwnField]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What a declaration lacks before anybody can be asked: the place, and what is allowed."""
    for index, question in enumerate(questions):
        for name in ("question", "id"):
            if not getattr(question, name).strip():
                yield ("questions", index, name), message("must not be empty")
        yield from ((("questions", index, *place), allowed) for place, allowed in _unfinished_answers(question))
    for index, each in enumerate(fields):
        for name in ("title", "id"):
            if not getattr(each, name).strip():
                yield ("fields", index, name), message("must not be empty")
        if each.kind is OwnKind.CHOICE and not each.choices:
            yield ("fields", index, "choices"), message("must have at least one choice")
        yield from ((("fields", index, "choices", *place), allowed) for place, allowed in _unclear(each.choices))


def _unfinished_answers(question: OwnQuestion) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """An answer scores by its place: of two that say the same nobody could tell which was given."""
    if len(set(question.answers)) < 2:
        yield ("answers",), message("must have at least two answers that differ")
    yield from ((("answers", *place), allowed) for place, allowed in _unclear(question.answers))


def _unclear(words: Sequence[str]) -> Iterator[tuple[tuple[int], str]]:
    """Words to choose from that say nothing, or the same as one before: the place, and what is allowed."""
    for number, each in enumerate(words):
        if not each.strip():
            yield (number,), message("must not be empty")
        elif each in words[:number]:
            yield (number,), message("stands there twice; say something else")


def misfits(
    fields: Sequence[OwnField], values: Mapping[str, str | float]
) -> Iterator[tuple[tuple[str, ...], object, str]]:
    """Values that their field does not take. What no field is declared for is kept as it is."""
    declared = {each.id: each for each in fields}
    for name, value in values.items():
        if name in declared and (allowed := declared[name].refused(value)):
            yield ("own", name), value, allowed
