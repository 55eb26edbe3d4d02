"""Rounds of judgement as they are stored and as callers see them: who is asked what, and what each one answered.

Nothing here is in a proposal's document: what people judge enters it when the facilitator records it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, DateTime, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scoping import Proposal

from .mapping import in_utc
from .models import Base


class RoundState(StrEnum):
    """How far a round has come. It never goes back: whoever judged after the reveal would not have judged alone."""

    OPEN = "open"
    REVEALED = "revealed"
    CLOSED = "closed"


class RoundRow(Base):
    """A round of judgement on some of a proposal's numbers.

    `version` is the one whose numbers are asked about: their paths are those of that version. `token` is what the
    link bears, and empty once the round is closed. `revealed_at` is empty where nobody ever saw the answers.
    """

    __tablename__ = "rounds"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    token: Mapped[str | None] = mapped_column(String(60), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    questions: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    briefing: Mapped[str] = mapped_column(Text)
    shows_value: Mapped[bool] = mapped_column()
    begun_by: Mapped[str] = mapped_column(Text)
    begun_by_id: Mapped[str | None] = mapped_column(String(36))
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revealed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AnswerRow(Base):
    """One person's judgement of one number of a round, in the document's units.

    `judge` is the id of the sign-in, or a fingerprint of what the person's browser keeps where nobody signs in.
    """

    __tablename__ = "answers"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    judge: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    judged_by: Mapped[str] = mapped_column(Text)
    judged_by_id: Mapped[str | None] = mapped_column(String(36))
    p10: Mapped[float] = mapped_column(Float)
    p50: Mapped[float] = mapped_column(Float)
    p90: Mapped[float] = mapped_column(Float)
    rationale: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class AskedNumber:
    """A number that people are asked to judge: its path in the version asked about, and the words asked."""

    path: str
    words: str


@dataclass(frozen=True)
class RoundRequest:
    """What a facilitator asks. `briefing` is what all should know, `shows_value` whether they see today's value."""

    questions: Sequence[AskedNumber]
    briefing: str = ""
    shows_value: bool = False


@dataclass(frozen=True)
class Judge:
    """Who judges where nobody signs in: the name that was typed, and what the person's browser keeps.

    Two people of one name are told apart by it, and nobody sees another one's answers by typing their name.
    """

    name: str
    secret: str


@dataclass(frozen=True)
class Judged:
    """Somebody who has answered, and how many of the numbers; not what."""

    name: str
    count: int
    is_verified: bool


@dataclass(frozen=True)
class Round:
    """A round as its facilitator sees it. `token` is empty once it is closed."""

    id: str
    proposal_id: str
    version: int
    state: RoundState
    questions: tuple[AskedNumber, ...]
    briefing: str
    shows_value: bool
    begun_by: str
    begun_at: datetime
    revealed_at: datetime | None
    token: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True)
class Answer:
    """One person's judgement of one number, in the document's units, and why they judge so."""

    path: str
    by: str
    p10: float
    p50: float
    p90: float
    rationale: str
    answered_at: datetime
    is_verified: bool


@dataclass(frozen=True)
class Invitation:
    """What somebody sees who opens the link: what is asked, and by path what they answered themselves.

    `asked` is the proposal as it was when it was asked about, `now` as it is.
    """

    id: str
    proposal_id: str
    state: RoundState
    questions: tuple[AskedNumber, ...]
    briefing: str
    shows_value: bool
    begun_by: str
    asked: Proposal
    now: Proposal
    own: Mapping[str, Answer]


def round_of(row: RoundRow, judged: Sequence[Judged]) -> Round:
    """The round as its facilitator sees it."""
    return Round(
        id=row.id,
        proposal_id=row.proposal_id,
        version=row.version,
        state=RoundState(row.state),
        questions=questions_of(row),
        briefing=row.briefing,
        shows_value=row.shows_value,
        begun_by=row.begun_by,
        begun_at=in_utc(row.begun_at),
        revealed_at=in_utc(row.revealed_at) if row.revealed_at else None,
        token=row.token or "",
        judged=tuple(judged),
    )


def invitation_of(row: RoundRow, asked: Proposal, now: Proposal, own: Sequence[AnswerRow]) -> Invitation:
    """The round as one of those sees it who judge."""
    return Invitation(
        id=row.id,
        proposal_id=row.proposal_id,
        state=RoundState(row.state),
        questions=questions_of(row),
        briefing=row.briefing,
        shows_value=row.shows_value,
        begun_by=row.begun_by,
        asked=asked,
        now=now,
        own={each.path: answer_of(each) for each in own},
    )


def questions_of(row: RoundRow) -> tuple[AskedNumber, ...]:
    """What is asked, in its order."""
    return tuple(AskedNumber(each["path"], each["words"]) for each in row.questions)


def answer_of(row: AnswerRow) -> Answer:
    """The answer as it is shown to who gave it, and after the reveal to all."""
    return Answer(
        path=row.path,
        by=row.judged_by,
        p10=row.p10,
        p50=row.p50,
        p90=row.p90,
        rationale=row.rationale,
        answered_at=in_utc(row.answered_at),
        is_verified=row.judged_by_id is not None,
    )
