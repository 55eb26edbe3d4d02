"""Notices, tasks, webhooks and messages as callers see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ..mapping import in_utc
from .happened import EventKind
from .rows import NoticeRow, OutboxRow, TaskRow, WebhookRow


class MailChoice(StrEnum):
    """When a person wants mail."""

    EACH = "each"
    DAILY = "daily"
    NONE = "none"


class TaskKind(StrEnum):
    """What a decision leaves to be done."""

    REVIEW = "review"
    CONDITION = "condition"
    MILESTONE = "milestone"
    WATCHED = "watched"


class TaskState(StrEnum):
    """How a task stands. FOLLOWED: a later decision superseded the one that left it. WITHDRAWN: it was taken back.

    MENDED: what had opened the decision again holds no more, by what was measured since.
    """

    OPEN = "open"
    DONE = "done"
    FOLLOWED = "followed"
    WITHDRAWN = "withdrawn"
    MENDED = "mended"


class Channel(StrEnum):
    """How a message goes out."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class MessageState(StrEnum):
    """How a message in the outbox stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given up"


class Shape(StrEnum):
    """What a webhook is sent."""

    PLAIN = "plain"
    SLACK = "slack"
    TEAMS = "teams"
    GITHUB = "github"
    JIRA = "jira"


@dataclass(frozen=True)
class Notice:
    """What a person should know of; `title` is the proposal's title now."""

    id: int
    kind: EventKind
    proposal_id: str
    title: str
    said: str
    place: str
    by: str
    due_on: date | None
    at: datetime
    is_read: bool


@dataclass(frozen=True)
class Task:
    """What a decision left to be done; `title` is the proposal's title now."""

    id: int
    kind: TaskKind
    proposal_id: str
    title: str
    text: str
    due_on: date | None
    owner: str
    state: TaskState
    done_by: str
    done_at: datetime | None
    note: str
    told_on: date | None

    def is_due(self, today: date) -> bool:
        """True where its day has come."""
        return self.due_on is not None and self.due_on <= today


@dataclass(frozen=True)
class StaleDraft:
    """A proposal that nobody saved for long, and nobody decided on."""

    id: str
    title: str
    saved_at: datetime


@dataclass(frozen=True)
class WebhookRequest:
    """A webhook that an administrator adds. `project` is the key of a Jira project."""

    name: str
    url: str
    shape: Shape
    kinds: tuple[EventKind, ...]
    secret: str = ""
    project: str = ""
    is_for_restricted: bool = False


@dataclass(frozen=True)
class Webhook:
    """A webhook as administrators see it: its host, but neither the rest of its address nor its secret."""

    id: str
    name: str
    host: str
    shape: Shape
    kinds: tuple[EventKind, ...]
    is_for_restricted: bool
    added_by: str


@dataclass(frozen=True)
class Target:
    """Where a message goes. It holds secrets: it is for the sender alone, and in no log.

    For a mail, `address` is that of the person, and `language` the tag in which they read; for a webhook, `address` is
    its URL.
    """

    address: str
    language: str = ""
    secret: str = ""
    shape: Shape = Shape.PLAIN
    project: str = ""

    def __repr__(self) -> str:
        return "Target(...)"


@dataclass(frozen=True)
class Message:
    """A message that this sender has in hand. `tries` counts this one; it is the sender's ticket for settling it."""

    id: str
    channel: Channel
    target: Target
    payload: Mapping[str, Any]
    tries: int
    made_at: datetime


@dataclass(frozen=True)
class Stuck:
    """A message that was not taken: which, to whom, how often it was tried, and what came back."""

    id: str
    channel: Channel
    receiver: str
    kind: str
    state: MessageState
    tries: int
    next_try_at: datetime
    last_error: str


def notice_of(row: NoticeRow, title: str) -> Notice:
    """The notice, beside the title that the proposal has now."""
    return Notice(
        id=row.id,
        kind=EventKind(row.kind),
        proposal_id=row.proposal_id,
        title=title,
        said=row.said,
        place=row.place,
        by=row.by,
        due_on=row.due_on,
        at=in_utc(row.at),
        is_read=row.read_at is not None,
    )


def task_of(row: TaskRow, title: str) -> Task:
    """The task, beside the title that the proposal has now."""
    return Task(
        id=row.id,
        kind=TaskKind(row.kind),
        proposal_id=row.proposal_id,
        title=title,
        text=row.text,
        due_on=row.due_on,
        owner=row.owner,
        state=TaskState(row.state),
        done_by=row.done_by,
        done_at=in_utc(row.done_at) if row.done_at else None,
        note=row.note,
        told_on=row.told_on,
    )


def webhook_of(row: WebhookRow, host: str) -> Webhook:
    """The webhook, without what is secret."""
    return Webhook(
        id=row.id,
        name=row.name,
        host=host,
        shape=Shape(row.shape),
        kinds=tuple(EventKind(each) for each in row.kinds),
        is_for_restricted=row.is_for_restricted,
        added_by=row.added_by,
    )


def stuck_of(row: OutboxRow, receiver: str) -> Stuck:
    """The message, as administrators see it."""
    return Stuck(
        id=row.id,
        channel=Channel(row.channel),
        receiver=receiver,
        kind=str(row.payload.get("kind", "")),
        state=MessageState(row.state),
        tries=row.tries,
        next_try_at=in_utc(row.next_try_at),
        last_error=row.last_error,
    )


@dataclass(frozen=True)
class Waits:
    """How many things wait: for the person in the inbox, and how many ideas that the person may see."""

    inbox: int = 0
    ideas: int = 0
