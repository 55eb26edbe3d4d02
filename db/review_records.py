"""Rounds of review as callers see them: what was submitted, who is asked, what each one said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from scoping.vocabulary import Stage, Stance


class ReviewState(StrEnum):
    """How a round of review stands. One that is closed stays closed: the next submission is another round."""

    OPEN = "open"
    CHANGES_REQUESTED = "changes requested"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Advice:
    """What a function said, on which version, and who spoke for it; without a stance, that it has not spoken."""

    function: str
    version: int
    stance: Stance | None
    text: str = ""
    given_by: str = ""
    given_at: datetime | None = None
    is_verified: bool = False


@dataclass(frozen=True)
class Review:
    """One round of review. `advice` is all that was said in it, the newest first."""

    proposal_id: str
    number: int
    version: int
    state: ReviewState
    asked: tuple[str, ...]
    note: str
    submitted_by: str
    submitted_at: datetime
    is_verified: bool
    closing: str
    closed_by: str
    closed_at: datetime | None
    advice: tuple[Advice, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while functions may advise and the approver may decide."""
        return self.state is ReviewState.OPEN

    @property
    def counted(self) -> tuple[Advice, ...]:
        """What counts of each function that is asked, in their order: its newest word, or its silence."""
        return tuple(self.newest_of(each) or Advice(each, self.version, None) for each in self.asked)

    @property
    def silent(self) -> tuple[str, ...]:
        """The functions that are asked and have not spoken."""
        return tuple(each.function for each in self.counted if each.stance is None)

    @property
    def against(self) -> tuple[str, ...]:
        """The functions that disagree."""
        return tuple(each.function for each in self.counted if each.stance is Stance.DISAGREE)

    def newest_of(self, function: str) -> Advice | None:
        """What a function said last in this round."""
        return next((each for each in self.advice if each.function == function), None)


@dataclass(frozen=True)
class Function:
    """A function that is asked for advice, with the ids of those who speak for it; without any, every reviewer does.

    `is_always` says that no proposal is submitted without asking it.
    """

    name: str
    people: tuple[str, ...] = ()
    is_always: bool = False


@dataclass(frozen=True)
class Standing:
    """How far a proposal has come, and which version of it is under review, if any."""

    stage: Stage
    version: int | None


@dataclass(frozen=True)
class Waiting:
    """A round in which somebody is still asked, and as which functions."""

    proposal_id: str
    title: str
    number: int
    version: int
    functions: tuple[str, ...]
    submitted_by: str
    submitted_at: datetime


@dataclass(frozen=True)
class AdviceRequest:
    """What somebody says for a function. `number` is the round that they have seen."""

    number: int
    function: str
    stance: Stance
    text: str = ""


def advice_kept(review: Review) -> list[dict[str, Any]]:
    """What a decision's record keeps of the advice that counted when it was signed."""
    return [
        {
            "function": each.function,
            "version": each.version,
            "stance": each.stance,
            "text": each.text,
            "given_by": each.given_by,
            "given_at": each.given_at.isoformat() if each.given_at else None,
            "is_verified": each.is_verified,
        }
        for each in review.counted
    ]


def advice_read(kept: Sequence[Mapping[str, Any]]) -> tuple[Advice, ...]:
    """The advice that a decision's record keeps."""
    return tuple(
        Advice(
            function=each["function"],
            version=each["version"],
            stance=Stance(each["stance"]) if each["stance"] else None,
            text=each["text"],
            given_by=each["given_by"],
            given_at=datetime.fromisoformat(each["given_at"]) if each["given_at"] else None,
            is_verified=each["is_verified"],
        )
        for each in kept
    )
