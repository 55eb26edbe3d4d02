"""The tables of notices, of tasks, and of what waits to be sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..models import Base


class NoticeRow(Base):
    """What one person should know of. What it is about is said when it is read, and only to who may see it then.

    `is_mailed`: there is a mail of it, alone or among others.
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(30))
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"))
    said: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300))
    by: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    is_mailed: Mapped[bool] = mapped_column()

    __table_args__ = (
        Index("notices_by_person", "person_id", "read_at", "at"),
        Index("notices_by_proposal", "proposal_id"),
    )


class OutboxRow(Base):
    """One message to one receiver, kept until it was taken, or given up.

    `id` stays the same in every try: the receiver can tell a repeat by it. `next_try_at` is in the future while a
    sender has it in hand: where that sender ends, another one takes it up then. `receiver` is the id of a person or of
    a webhook. `last_error` says what came back, without what was sent.
    """

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    receiver: Mapped[str] = mapped_column(String(36))
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(Integer)
    next_try_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_error: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("outbox_by_turn", "state", "next_try_at"),
        Index("outbox_by_proposal", "proposal_id"),
    )


class TaskRow(Base):
    """What a decision left to be done: its review, a condition, a milestone; or what opens it again.

    `told_on` is when its owner heard. `about` names what opened it, for as long as that lasts: nobody is told twice.
    """

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    owner: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str | None] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10))
    done_by: Mapped[str] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    note: Mapped[str] = mapped_column(Text)
    told_on: Mapped[date | None] = mapped_column(Date)
    about: Mapped[str] = mapped_column(String(300), default="", server_default="")

    __table_args__ = (Index("tasks_by_day", "state", "due_on"),)


class WebhookRow(Base):
    """An address that is told of some kinds of events. Address and secret are shown to nobody."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(Text)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    shape: Mapped[str] = mapped_column(String(20))
    project: Mapped[str] = mapped_column(String(40))
    is_for_restricted: Mapped[bool] = mapped_column()
    added_by: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ReceiverRow(Base):
    """How one person wants to be told: by mail or not, in which language, and the fingerprint of their calendar."""

    __tablename__ = "receivers"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    mail: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(20))
    digest_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    calendar: Mapped[str | None] = mapped_column(String(64), unique=True)
