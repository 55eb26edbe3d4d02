"""Ideas as they are stored and as callers see them: what was proposed, and what became of it.

An idea is a proposal of the stage `idea`; this row keeps beside it what the document has no place for: the rough ranges
as they were given, who proposed them, and what became of the idea.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scoping import Proposal
from scoping.intake import Idea, Rough, RoughWorth
from scoping.vocabulary import IdeaState, Stage

from .mapping import document_of, in_utc
from .models import Base, ProposalRow


class IdeaRow(Base):
    """An idea. `worth` is the rough value a year, in the proposal's currency; empty where volume or value is.

    `same_as` is the proposal that it is the same as, `reason` what was said when its state was set.
    """

    __tablename__ = "ideas"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    volume_low: Mapped[float | None] = mapped_column(Float)
    volume_high: Mapped[float | None] = mapped_column(Float)
    value_low: Mapped[float | None] = mapped_column(Float)
    value_high: Mapped[float | None] = mapped_column(Float)
    worth: Mapped[float | None] = mapped_column(Float)
    proposed_by: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[str | None] = mapped_column(String(36))
    proposed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    same_as: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    settled_by: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[str | None] = mapped_column(String(36))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (Index("ideas_by_state", "state", "proposed_at"),)


@dataclass(frozen=True)
class Proposed:
    """An idea in the queue: what it says now, its rough ranges as they were given, and what became of it.

    Money is in the idea's currency. `same_as` is the id of the proposal that it is the same as, and `same_title` its
    title; both are empty for who may not see that one. `rate` is what a unit of its currency is worth in the currency
    of the queue; None where nobody said.
    """

    id: str
    title: str
    team: str
    problem: str
    decision: str
    tags: tuple[str, ...]
    currency: str
    volume: Rough | None
    value: Rough | None
    worth: RoughWorth | None
    state: IdeaState
    stage: Stage
    proposed_by: str
    proposed_at: datetime
    is_verified: bool
    is_own: bool
    reason: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    same_as: str = ""
    same_title: str = ""
    rate: float | None = None


@dataclass(frozen=True)
class IdeaFilters:
    """Which ideas of the queue. Text is sought as in the portfolio; `is_own` finds those of who asks.

    `sort` is one of SORTED_BY; `display` the currency in which their worth is compared, at the rates of the Store.
    """

    states: Sequence[IdeaState] = (IdeaState.WAITING,)
    text: str = ""
    teams: Sequence[str] = ()
    is_own: bool = False
    sort: str = "worth"
    display: str = ""


SORTED_BY = ("worth", "newest", "oldest")
"""The orders of the queue: by the rough value a year, what has none last, or by the time."""


@dataclass(frozen=True)
class Similar:
    """A proposal that is like a text, and the words that both share."""

    id: str
    title: str
    stage: Stage
    is_archived: bool
    words: tuple[str, ...]


def is_of(row: IdeaRow, idea: Idea, begun: Proposal) -> bool:
    """Whether the row, and the proposal as it was begun, say what the idea says, whatever was laid down meanwhile."""
    ranges = (row.volume_low, row.volume_high, row.value_low, row.value_high)
    words = (begun.title, begun.team, begun.problem.statement, begun.problem.decision, tuple(begun.tags))
    is_same_money = idea.currency in ("", begun.currency)
    asked = (idea.title, idea.team, idea.problem, idea.decision, idea.tags)
    return is_same_money and words == asked and ranges == (*_ends(idea.volume), *_ends(idea.value))


def _ends(rough: Rough | None) -> tuple[float | None, float | None]:
    return (rough.low, rough.high) if rough else (None, None)


def row_of(idea: Idea, proposal: ProposalRow, by: str, by_id: str | None) -> IdeaRow:
    """What is kept of an idea beside the proposal that was begun with it."""
    (volume_low, volume_high), (value_low, value_high) = _ends(idea.volume), _ends(idea.value)
    worth = idea.worth
    return IdeaRow(
        proposal_id=proposal.id,
        state=IdeaState.WAITING,
        volume_low=volume_low,
        volume_high=volume_high,
        value_low=value_low,
        value_high=value_high,
        worth=worth.middle if worth else None,
        proposed_by=by,
        proposed_by_id=by_id,
        proposed_at=proposal.saved_at,
        reason="",
        settled_by="",
    )


def proposed(
    row: IdeaRow, proposal: ProposalRow, own_id: str | None, same: ProposalRow | None = None, rate: float | None = None
) -> Proposed:
    """The idea as callers see it."""
    document = document_of(proposal)
    said = Idea("", "", "", _rough(row.volume_low, row.volume_high), _rough(row.value_low, row.value_high))
    return Proposed(
        id=row.proposal_id,
        title=proposal.title,
        team=proposal.team,
        problem=document.problem.statement,
        decision=document.problem.decision,
        tags=tuple(document.tags),
        currency=proposal.currency,
        volume=said.volume,
        value=said.value,
        worth=said.worth,
        state=state_of(row, proposal),
        stage=Stage(proposal.stage),
        proposed_by=row.proposed_by,
        proposed_at=in_utc(row.proposed_at),
        is_verified=row.proposed_by_id is not None,
        is_own=own_id is not None and row.proposed_by_id == own_id,
        reason=row.reason,
        settled_by=row.settled_by,
        settled_at=in_utc(row.settled_at) if row.settled_at else None,
        same_as="" if same is None else same.id,
        same_title="" if same is None else same.title,
        rate=rate,
    )


def state_of(row: IdeaRow, proposal: ProposalRow) -> IdeaState:
    """What became of it. One that somebody brought back from the archive waits again."""
    is_back = proposal.stage == Stage.IDEA and not proposal.archived
    return IdeaState.WAITING if is_back else IdeaState(row.state)


def _rough(low: float | None, high: float | None) -> Rough | None:
    return None if low is None or high is None else Rough(low, high)
