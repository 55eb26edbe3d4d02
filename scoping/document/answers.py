"""Section Feasibility: the answers to the questions, and the best that can be hoped for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from ..feasibility.catalogue import DONT_KNOW, QUESTIONS
from ..text.languages import message
from .ceilings import CeilingGround
from .estimate import Estimate
from .fields import Section, rows, text
from .own import OwnQuestion
from .problem import Text

MOST_NAMES = 1_000
QUESTION_IDS = tuple(QUESTIONS)
CHOICES = {identity: (*question.choices_by_id, DONT_KNOW) for identity, question in QUESTIONS.items()}
"""What may be answered to each question of the catalogue."""
MetricName = Annotated[str, Field(max_length=100)]


class Answer(Section):
    """One question's answer, and what it rests on."""

    choice: str = Field(
        title="Answer", description="The chosen answer; dont_know where nobody knows yet.", max_length=100
    )
    note: str = text("Note", "Why you chose this answer.", long=True)
    evidence: list[Text] = rows("Evidence", "What the answer rests on.")


class Feasibility(Section):
    """Whether it can be done at all."""

    answers: dict[str, Answer] = Field(
        default_factory=dict,
        title="Answers",
        description="Answers to the feasibility questions, by question id.",
        max_length=MOST_NAMES,
    )
    ceilings: dict[MetricName, Estimate] = Field(
        default_factory=dict,
        title="Ceilings",
        description="The best that can be hoped for: what experts reach from the same inputs, or the best published result.",
        max_length=MOST_NAMES,
    )
    ceiling_grounds: dict[MetricName, CeilingGround] = Field(
        default_factory=dict,
        title="Where ceilings come from",
        description="Cases that two people labelled apart, or a published result, by technical metric. Two people's labels imply a ceiling, which counts while none is given.",
        max_length=MOST_NAMES,
    )

    def conflicts(self, own: Sequence[OwnQuestion] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """Answers that neither the catalogue knows nor the organisation's own questions.

        The place within the section, what stands there, what is allowed.
        """
        known = {**{each.id: (*each.answers, DONT_KNOW) for each in own}, **CHOICES}
        for identity, answer in self.answers.items():
            choices = known.get(identity)
            if choices is None:
                yield ("answers", identity), identity, message("is not a question of the catalogue")
            elif answer.choice not in choices:
                allowed = message("allowed: {names}", names=", ".join(choices))
                yield ("answers", identity, "choice"), answer.choice, allowed
        for metric, ground in self.ceiling_grounds.items():
            for place, value, allowed in ground.conflicts():
                yield ("ceiling_grounds", metric, *place), value, allowed
