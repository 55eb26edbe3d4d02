"""The tables. Decisions and revisions are append only: the migrations add triggers that see to it.

The migrations also make what the two databases write differently: the indexes that lists are read by (`list_...`) and
those of the search (`search_...`). `migrate.is_modelled` tells them apart.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from scoping.vocabulary import Stage


class Base(DeclarativeBase):
    """Base of all tables."""


class ProposalRow(Base):
    """The current version of a proposal: the document, beside the columns that lists filter and sort by.

    `demo` is empty but for the demo portfolio, of which it says whether it is here or was removed.
    """

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
    owner_id: Mapped[str | None] = mapped_column(String(36))
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    stage: Mapped[str] = mapped_column(String(20), default=Stage.DRAFT, server_default=Stage.DRAFT)
    demo: Mapped[str | None] = mapped_column(String(10), index=True)


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
    saved_by_id: Mapped[str | None] = mapped_column(String(36))

    __table_args__ = (UniqueConstraint("proposal_id", "version"),)


class DecisionRow(Base):
    """A signed decision on one revision, with the figures that were seen. Never updated, never deleted.

    `advice` is what counted of each function that was asked about the version; empty where nobody was.
    `alternative` and `follows` are empty in decisions of the time before there were such columns. `search` is what the
    decision says, in small letters: made of the other columns, no part of what was signed. `follows` is the id
    of the proposal's decision before this one, or 0: of two that follow the same one, the database takes one.
    `supersedes` is the id of the one that stood until then; empty where none stood, and in older decisions.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"))
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    recommendation: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20))
    accepted: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    conditions: Mapped[list[str]] = mapped_column(JSON)
    decided_by: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    review_on: Mapped[date | None] = mapped_column(Date, index=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    alternative: Mapped[str | None] = mapped_column(Text)
    follows: Mapped[int | None] = mapped_column(Integer)
    signed_by_id: Mapped[str | None] = mapped_column(String(36))
    search: Mapped[str] = mapped_column(Text, default="", server_default="")
    advice: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    supersedes: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (Index("decisions_in_turn", "proposal_id", "follows", unique=True),)


class WithdrawalRow(Base):
    """That a decision was taken back, by whom and why. The decision stays as it is. Never updated, never deleted."""

    __tablename__ = "withdrawals"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    withdrawn_by: Mapped[str] = mapped_column(Text)
    withdrawn_by_id: Mapped[str | None] = mapped_column(String(36))
    withdrawn_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AuditRow(Base):
    """Who did what, when; a chain of hashes. `actor_id` is empty where a name was typed, `proposal_id` where it is
    about no proposal, `digest` is the hash of what was saved or decided. Never updated, never deleted.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[str | None] = mapped_column(String(36))
    digest: Mapped[str | None] = mapped_column(String(80))
    previous: Mapped[str] = mapped_column(String(64), server_default="")
    hash: Mapped[str] = mapped_column(String(64), server_default="")


class DraftRow(Base):
    """What someone typed that could not be saved as it stands: kept, so that a reload loses nothing.

    `person_id` is empty where nobody signs in.
    """

    __tablename__ = "drafts"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True, default="", server_default="")
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RateRow(Base):
    """What one unit of a currency was worth in another one on a day, and who said so. Later rows count."""

    __tablename__ = "rates"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    base: Mapped[str] = mapped_column(String(3))
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[float | None] = mapped_column(Float)
    as_of: Mapped[date] = mapped_column(Date)
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    __table_args__ = (Index("rates_by_currency", "base", "currency"),)


class SettingRow(Base):
    """What a team agreed on once, by name."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PersonRow(Base):
    """Somebody who signed in, or who was added by e-mail address and has not come yet (then without a subject).

    `role` is what an administrator gave, `granted` what followed from groups and settings at the last sign-in; the
    higher one counts. Who was removed stays as a row, without any right. `email` is one that was proven, or that an
    administrator expects; any other stands in the name, with a question mark.
    """

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subject: Mapped[str | None] = mapped_column(String(500), unique=True)
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(String(20))
    granted: Mapped[str | None] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    signed_out_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    removed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (Index("people_by_email", "email"),)


class MemberRow(Base):
    """Who works on a proposal beside its owner."""

    __tablename__ = "members"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    added_by: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    __table_args__ = (Index("members_by_person", "person_id"),)
