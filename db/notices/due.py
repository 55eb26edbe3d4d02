"""What a scheduler sets going: tasks whose day has come, drafts that nobody touches, the digest of a day, reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from ..access import Action
from ..locks import Lock, hold
from ..models import PersonRow, ProposalRow
from ..part import Part
from ..watching import watched
from .announcing import announce, enqueue, mail_is_set_up, may_see, payload_of
from .answering import who_sees_to
from .happened import Event, EventKind
from .inbox import MOST_WAITING, STALE_DAYS, stale_before
from .records import Channel, MailChoice, TaskKind, TaskState
from .reporting import write_reports
from .rows import NoticeRow, ReceiverRow, TaskRow

_AGAIN_AFTER = timedelta(days=7)
_MOST_AT_ONCE = 500
_KINDS = {
    TaskKind.REVIEW: EventKind.REVIEW_DUE,
    TaskKind.CONDITION: EventKind.CONDITION_DUE,
    TaskKind.MILESTONE: EventKind.MILESTONE_DUE,
    TaskKind.WATCHED: EventKind.DECISION_REOPENED,
}


@dataclass(frozen=True)
class Told:
    """How many tasks, drafts and digests were announced, and how many reports are on their way."""

    tasks: int
    drafts: int
    digests: int
    reports: int = 0


class Due(Part):
    """Turns what the calendar brings into notices. Several may do so at once: each is announced by one of them."""

    @watched
    def turn(self, today: date | None = None, stale_days: int = STALE_DAYS) -> Told:
        """Announce what is due: once when its day has come, then weekly as long as it is open. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        day = today or self._now().date()
        with self._writing() as session:
            tasks = sum(self._tell_task(session, row, day) for row in session.scalars(_due(day)).all())
        with self._writing() as session:
            drafts = self._tell_drafts(session, _end_of(day) - timedelta(days=stale_days))
        with self._writing() as session:
            digests = self._digests(session, day)
        return Told(tasks, drafts, digests, self._reports(day))

    def _reports(self, day: date) -> int:
        """Some at a time, until there are no more: others who save do not wait for all of them."""
        written = 0
        while True:
            with self._writing() as session:
                found = write_reports(session, day, self._now())
            if not found:
                return written
            written += found

    def _tell_task(self, session: Session, row: TaskRow, day: date) -> bool:
        seen = TaskRow.told_on.is_(None) if row.told_on is None else TaskRow.told_on == row.told_on
        claimed = session.execute(update(TaskRow).where(TaskRow.id == row.id, seen).values(told_on=day))
        if claimed.rowcount != 1:  # type: ignore[attr-defined]
            return False
        kind, to = _KINDS[TaskKind(row.kind)], who_sees_to(session, row)
        event = Event(kind, row.proposal_id, to, row.text, due_on=row.due_on)
        announce(session, self._gate, event)
        return True

    def _tell_drafts(self, session: Session, moment: datetime) -> int:
        """Its owner hears of each once, and again only if it was saved since, and left again."""
        # Of two at once on PostgreSQL the second one waits here, and then sees what the first one told.
        hold(session.connection(), Lock.DRAFTS)
        found = session.execute(_untold(moment).limit(_MOST_AT_ONCE)).all()
        for identity, _, _, owner in found:
            announce(session, self._gate, Event(EventKind.STALE, identity, (owner,) if owner else ()))
        return len(found)

    def _digests(self, session: Session, day: date) -> int:
        """One mail of what is new since the last one, to who wants one a day."""
        if not mail_is_set_up():
            return 0
        daily = (ReceiverRow.mail == MailChoice.DAILY, PersonRow.removed_at.is_(None), PersonRow.email != "")
        waits = or_(ReceiverRow.digest_at.is_(None), ReceiverRow.digest_at < datetime.combine(day, time(), UTC))
        wanted = select(ReceiverRow, PersonRow).join(PersonRow, PersonRow.id == ReceiverRow.person_id)
        found = session.execute(wanted.where(*daily, waits).with_for_update(skip_locked=True)).all()
        return sum(self._digest(session, receiver, person) for receiver, person in found)

    def _digest(self, session: Session, receiver: ReceiverRow, person: PersonRow) -> bool:
        rows = session.scalars(_not_mailed(person.id)).all()
        receiver.digest_at = self._now()
        lines = [line for row in rows if (line := _line(session, row, person))]
        for row in rows:
            row.is_mailed = True
        if lines:
            payload = {"kind": "digest", "notices": lines, "at": self._now().isoformat(timespec="seconds")}
            enqueue(session, Channel.MAIL, person.id, None, payload, self._now())
        return bool(lines)


def _due(day: date) -> Select[TaskRow]:
    waits = or_(TaskRow.told_on.is_(None), TaskRow.told_on <= day - _AGAIN_AFTER)
    wanted = select(TaskRow).join(ProposalRow, ProposalRow.id == TaskRow.proposal_id)
    is_due = (TaskRow.state == TaskState.OPEN, TaskRow.due_on <= day, waits)
    real = (ProposalRow.archived.is_(False), ProposalRow.demo.is_(None))
    return wanted.where(*is_due, *real).order_by(TaskRow.due_on, TaskRow.id).limit(_MOST_AT_ONCE)


def _untold(moment: datetime) -> Select[str, str, datetime, str | None]:
    """Drafts that were left, whose owner still belongs here and has not heard of it since they were saved."""
    same = (NoticeRow.proposal_id == ProposalRow.id, NoticeRow.person_id == ProposalRow.owner_id)
    heard = select(NoticeRow.id).where(*same, NoticeRow.kind == EventKind.STALE, NoticeRow.at > ProposalRow.saved_at)
    owned = stale_before(moment).join(PersonRow, PersonRow.id == ProposalRow.owner_id)
    here = (PersonRow.removed_at.is_(None), or_(PersonRow.role.is_not(None), PersonRow.granted.is_not(None)))
    return owned.where(*here, ~heard.exists())


def _not_mailed(person_id: str) -> Select[NoticeRow]:
    own = (NoticeRow.person_id == person_id, NoticeRow.read_at.is_(None), NoticeRow.is_mailed.is_(False))
    return select(NoticeRow).where(*own).order_by(NoticeRow.at, NoticeRow.id).limit(MOST_WAITING)


def _line(session: Session, row: NoticeRow, person: PersonRow) -> dict[str, Any] | None:
    """What a digest says of a notice; nothing of a proposal that the person may not see any more."""
    proposal = session.get(ProposalRow, row.proposal_id)
    if proposal is None or not may_see(session, person, proposal):
        return None
    event = Event(EventKind(row.kind), row.proposal_id, said=row.said, place=row.place, due_on=row.due_on)
    return payload_of(event, proposal.title, row.by, row.at)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
