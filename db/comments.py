"""Comments as they are stored and as callers see them: threads about a place, and what people wrote in each.

Nothing here is in a proposal's document: a comment changes no figure, no hash and no version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .mapping import in_utc
from .models import Base

LONGEST_COMMENT = 10_000
"""How many letters a comment may have."""
MOST_IN_THREAD = 100
"""How many comments a thread may have."""
MOST_MENTIONS = 20
"""How many people a comment may call."""


class ThreadRow(Base):
    """A thread of comments. `place` is a path in the proposal's document at that version: see `scoping.text.places`.

    Whether it is open changes; the audit trail keeps each change. `changed_by` is empty where nothing was changed yet.
    """

    __tablename__ = "threads"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"))
    place: Mapped[str] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(Integer)
    is_open: Mapped[bool] = mapped_column()
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (Index("threads_of_proposal", "proposal_id", "id"),)


class CommentRow(Base):
    """What somebody wrote, or that they took back what they wrote: `takes_back` is the id of that comment.

    Never updated, never deleted.
    """

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[str]] = mapped_column(JSON)
    written_by: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[str | None] = mapped_column(String(36))
    written_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    takes_back: Mapped[int | None] = mapped_column(Integer)


@dataclass(frozen=True)
class Remark:
    """What somebody wants to say, and the ids of those whom it calls. `version` is the one that they looked at."""

    text: str
    mentions: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True)
class Comment:
    """What somebody wrote. Taken back, it says nothing any more; that it was there stays to be seen.

    `mentions` are ids of people, `is_own` says that the person who asks wrote it.
    """

    id: int
    text: str
    mentions: tuple[str, ...]
    by: str
    at: datetime
    version: int
    is_verified: bool
    is_taken_back: bool
    is_own: bool


@dataclass(frozen=True)
class Thread:
    """Comments about one place, the oldest first. `version` is the one in which the place is at that path.

    `changed_by` and `changed_at` tell who resolved or reopened it last, if anybody did.
    """

    id: int
    place: str
    version: int
    is_open: bool
    changed_by: str
    changed_at: datetime | None
    comments: tuple[Comment, ...]


@dataclass(frozen=True)
class ThreadPage:
    """Some threads, the newest first. `before` is what the next page is asked for by; None where there is none."""

    threads: tuple[Thread, ...]
    before: int | None


@dataclass(frozen=True)
class Tally:
    """How many threads are open, and how many resolved, about a place as it was called at a version."""

    place: str
    version: int
    open: int
    resolved: int


def thread_of(row: ThreadRow, comments: Sequence[Comment]) -> Thread:
    """The thread as its readers see it."""
    changed = in_utc(row.changed_at) if row.changed_at else None
    return Thread(row.id, row.place, row.version, row.is_open, row.changed_by, changed, tuple(comments))


def comments_of(rows: Iterable[CommentRow], own: Mapping[int, bool]) -> list[Comment]:
    """What was written, in order, without the words that were taken back; `own` says whose each one is."""
    rows = [*rows]
    gone = {row.takes_back for row in rows if row.takes_back is not None}
    return [_comment(row, is_gone=row.id in gone, is_own=own[row.id]) for row in rows if row.takes_back is None]


def _comment(row: CommentRow, *, is_gone: bool, is_own: bool) -> Comment:
    return Comment(
        id=row.id,
        text="" if is_gone else row.text,
        mentions=() if is_gone else tuple(row.mentions),
        by=row.written_by,
        at=in_utc(row.written_at),
        version=row.version,
        is_verified=row.written_by_id is not None,
        is_taken_back=is_gone,
        is_own=is_own,
    )
