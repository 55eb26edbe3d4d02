"""Rounds of review as they are stored: what was submitted, who is asked, what each one said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping.vocabulary import Stage, Stance

from .mapping import in_utc, plain
from .models import Base, DecisionRow, ProposalRow
from .review_records import Advice, Review, ReviewState

_IS_OPEN = text("state = 'open'")
BEGUN = (Stage.IN_BUILD, Stage.LIVE, Stage.RETIRED)
_IN_REVIEW = (Stage.SUBMITTED, Stage.CHANGES_REQUESTED)


class ReviewRow(Base):
    """One round of review, of one version. At most one round of a proposal is open: the database sees to it.

    `asked` are the functions that are asked for advice, `stage_before` the proposal's stage at the submission, to which
    it goes back where the round is withdrawn. `closing` is what was written when the round was closed.
    """

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"))
    number: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    asked: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    stage_before: Mapped[str] = mapped_column(String(20))
    submitted_by: Mapped[str] = mapped_column(Text)
    submitted_by_id: Mapped[str | None] = mapped_column(String(36))
    submitted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closing: Mapped[str] = mapped_column(Text, default="")
    closed_by: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[str | None] = mapped_column(String(36))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        Index("reviews_one_open", "proposal_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )


class AdviceRow(Base):
    """What a function said in a round. A later word of the same function counts; never updated, never deleted."""

    __tablename__ = "advice"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    function: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    stance: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    given_by: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[str | None] = mapped_column(String(36))
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def review_of(row: ReviewRow, advice: Sequence[AdviceRow]) -> Review:
    """The round as callers see it; advice is given the newest first."""
    return Review(
        proposal_id=row.proposal_id,
        number=row.number,
        version=row.version,
        state=ReviewState(row.state),
        asked=tuple(row.asked),
        note=row.note,
        submitted_by=row.submitted_by,
        submitted_at=in_utc(row.submitted_at),
        is_verified=row.submitted_by_id is not None,
        closing=row.closing,
        closed_by=row.closed_by,
        closed_at=in_utc(row.closed_at) if row.closed_at else None,
        advice=tuple(map(advice_of, advice)),
    )


def advice_of(row: AdviceRow) -> Advice:
    """What a function said, as callers see it."""
    return Advice(
        function=row.function,
        version=row.version,
        stance=Stance(row.stance),
        text=row.text,
        given_by=row.given_by,
        given_at=in_utc(row.given_at),
        is_verified=row.given_by_id is not None,
    )


def hold(session: Session, proposal: ProposalRow) -> None:
    """Let nobody else submit, decide or move the stage before this transaction ends; then its round is looked at.

    Always the proposal first, then its round, so that no two wait for each other.
    """
    session.refresh(proposal, ["stage", "version"], with_for_update=True)


def rounds_of(identity: str) -> Select[ReviewRow]:
    """The rounds on a proposal, the newest first."""
    return select(ReviewRow).where(ReviewRow.proposal_id == plain(identity)).order_by(ReviewRow.number.desc())


def open_round(identity: str) -> Select[ReviewRow]:
    """The open round on a proposal."""
    return rounds_of(identity).where(ReviewRow.state == ReviewState.OPEN)


def submitter_ids(identity: str) -> Select[str | None]:
    """The ids of those who submitted a version of a proposal, in whichever round."""
    wanted = select(ReviewRow.submitted_by_id).where(ReviewRow.proposal_id == plain(identity))
    return wanted.where(ReviewRow.submitted_by_id.is_not(None)).distinct()


def told(session: Session, row: ReviewRow) -> Review:
    """The round with all that was said in it."""
    said = select(AdviceRow).where(AdviceRow.review_id == row.id).order_by(AdviceRow.id.desc())
    return review_of(row, session.scalars(said).all())


def open_rounds(session: Session, identities: Sequence[str]) -> dict[str, Review]:
    """The open round of each of these proposals that has one, by proposal, with all that was said in it."""
    wanted = select(ReviewRow).where(ReviewRow.proposal_id.in_([*identities]), ReviewRow.state == ReviewState.OPEN)
    return {row.proposal_id: told(session, row) for row in session.scalars(wanted).all()}


def has_begun() -> ColumnElement[bool]:
    """That a proposal is being built, or was: by its stage, or by one that it was submitted from after its decision."""
    decided = (
        select(func.max(DecisionRow.decided_at)).where(DecisionRow.proposal_id == ProposalRow.id).scalar_subquery()
    )
    since = (ReviewRow.proposal_id == ProposalRow.id, ReviewRow.submitted_at > decided)
    before = select(ReviewRow.id).where(*since, ReviewRow.stage_before.in_(BEGUN)).exists()
    return or_(ProposalRow.stage.in_(BEGUN), and_(ProposalRow.stage.in_(_IN_REVIEW), before))
