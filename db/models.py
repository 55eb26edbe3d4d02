"""The tables. Decisions and revisions are append only: the migrations add triggers that see to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all tables."""


class ProposalRow(Base):
    """The current version of a proposal: the document, beside the columns that lists filter and sort by."""

    __tablename__ = "proposals"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    recommendation: Mapped[str] = mapped_column(String(20))
    leading: Mapped[str | None] = mapped_column(Text)
    npv_mean: Mapped[float | None] = mapped_column(Float)
    npv_p10: Mapped[float | None] = mapped_column(Float)
    npv_p90: Mapped[float | None] = mapped_column(Float)
    probability_of_loss: Mapped[float | None] = mapped_column(Float)
    feasibility_score: Mapped[float | None] = mapped_column(Float)
    archived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    saved_by: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("proposals_by_time", "archived", "saved_at"),
        Index("proposals_by_value", "archived", "npv_mean"),
        Index("proposals_by_recommendation", "archived", "recommendation"),
    )


class RevisionRow(Base):
    """Every version that was ever saved. Never updated, never deleted."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(80))
    changed: Mapped[list[str]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    saved_by: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("proposal_id", "version"),)


class DecisionRow(Base):
    """A signed decision on one revision, with the figures that were seen. Never updated, never deleted."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    recommendation: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20), index=True)
    accepted: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    conditions: Mapped[list[str]] = mapped_column(JSON)
    decided_by: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    review_on: Mapped[date | None] = mapped_column(Date, index=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditRow(Base):
    """Who did what, when."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)


class DraftRow(Base):
    """What someone typed that could not be saved as it stands: kept, so that a reload loses nothing."""

    __tablename__ = "drafts"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
