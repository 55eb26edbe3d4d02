"""What waits for a person: notices, tasks whose day comes, and drafts that nobody touched for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, true, update
from sqlalchemy.orm import Session

from scoping.text.languages import message
from scoping.vocabulary import Stage

from .. import queries
from ..access import Action
from ..errors import NotFound, TaskRefused
from ..gate import Deed
from ..idea_queue import how_many_wait as how_many_ideas_wait
from ..mapping import in_utc, plain
from ..models import DecisionRow, PersonRow, ProposalRow
from ..part import Part
from ..records import AuditAction
from ..review_waiting import how_many_wait
from ..watching import watched
from .announcing import announce, may_see
from .answering import falls_to
from .happened import Event, EventKind
from .records import Notice, StaleDraft, Task, TaskState, Waits, notice_of, task_of
from .rows import NoticeRow, TaskRow

STALE_DAYS = 30
SOON_DAYS = 30
MOST_WAITING = 100
"""How many of each kind are shown; what is done with makes room for the rest."""
_LONGEST_NOTE = 2_000
_LONGEST_OWNER = 200
# They stand there as the task, the draft or the round itself, for as long as it is open.
_SHOWN_AS_THEMSELVES = (
    EventKind.REVIEW_DUE,
    EventKind.CONDITION_DUE,
    EventKind.MILESTONE_DUE,
    EventKind.STALE,
    EventKind.ADVICE_ASKED,
)


class Inbox(Part):
    """What waits for who acts. It shows nothing of a proposal that they may not see now."""

    def count(self) -> int:
        """How many notices are new, tasks are due and rounds wait for advice: the number beside the menu's entry."""
        return self.waits().inbox

    def waits(self) -> Waits:
        """What the menu tells of all pages, in one statement: every run of a page asks for it."""
        self._gate.ask(Action.LIST)
        due = and_(TaskRow.due_on <= self._now().date(), ProposalRow.demo.is_(None))
        person = self._gate.person
        new = _how_many(self._notices().where(NoticeRow.read_at.is_(None)))
        with self._reading() as session:
            own = new + _how_many(self._tasks().where(due)) + how_many_wait(session, person)
            found = session.execute(select(own, how_many_ideas_wait(person).scalar_subquery())).one()
            return Waits(*found)

    def notices(self) -> tuple[Notice, ...]:
        """What is new, newest first."""
        self._gate.ask(Action.LIST)
        wanted = self._notices().where(NoticeRow.read_at.is_(None)).order_by(NoticeRow.at.desc(), NoticeRow.id.desc())
        with self._reading() as session:
            return tuple(notice_of(row, title) for row, title in session.execute(wanted.limit(MOST_WAITING)))

    def tasks(self, within_days: int = SOON_DAYS) -> tuple[Task, ...]:
        """The person's open tasks that are due by then, in order of their days; those without a day come last."""
        self._gate.ask(Action.LIST)
        last = self._now().date() + timedelta(days=within_days)
        wanted = self._tasks().where(or_(TaskRow.due_on <= last, TaskRow.due_on.is_(None)))
        # What is made up never stands before real work.
        made_up = ProposalRow.demo.is_not(None)
        return self._found(wanted.order_by(made_up, TaskRow.due_on.is_(None), TaskRow.due_on, TaskRow.id))

    def dates(self) -> tuple[Task, ...]:
        """Every open task with a day, on real proposals that the person may see: what a calendar shows."""
        self._gate.ask(Action.LIST)
        wanted = _with_title(TaskRow).where(*self._open(), TaskRow.due_on.is_not(None), ProposalRow.demo.is_(None))
        return self._found(wanted.order_by(TaskRow.due_on, TaskRow.id), queries.MOST_CHOICES)

    def of(self, identity: str) -> tuple[Task, ...]:
        """Every task that decisions left on a proposal, open ones first. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
        wanted = _with_title(TaskRow).where(TaskRow.proposal_id == plain(identity))
        return self._found(wanted.order_by(TaskRow.state != TaskState.OPEN, TaskRow.due_on.is_(None), TaskRow.due_on))

    def stale(self, days: int = STALE_DAYS) -> tuple[StaleDraft, ...]:
        """The person's own proposals that nobody saved for so long, and nobody decided on; oldest first."""
        self._gate.ask(Action.LIST)
        own = ProposalRow.owner_id == self._gate.person.id if self._gate.person.is_signed_in else true()
        with self._reading() as session:
            rows = session.execute(stale_before(self._now() - timedelta(days=days)).where(own).limit(MOST_WAITING))
            return tuple(StaleDraft(row.id, row.title, in_utc(row.saved_at)) for row in rows)

    @watched
    def read(self, notices: Sequence[int]) -> None:
        """Take those out of what is new; nothing happens to those of others. Raises NotAllowed, NotAMember."""
        self._gate.ask(Action.LIST)
        own = (NoticeRow.person_id == self._gate.person.id, NoticeRow.id.in_([*notices]), NoticeRow.read_at.is_(None))
        with self._writing() as session:
            session.execute(update(NoticeRow).where(*own).values(read_at=self._now()))

    @watched
    def finish(self, task: int, note: str = "", actor: str = "") -> None:
        """Say that a task is done, and what came of it. Raises NotFound, NotAllowed, TaskRefused.

        For who owns it, and for who may edit the proposal.
        """
        said = plain(note.strip())
        if len(said) > _LONGEST_NOTE:
            raise TaskRefused(
                message("Note: has {count} letters; at most {most}.", count=str(len(said)), most=str(_LONGEST_NOTE))
            )
        with self._writing() as session:
            row = self._held(session, task)
            if row.state != TaskState.OPEN:
                raise TaskRefused(message("This is not open any more: it is done, or its decision does not stand."))
            name = self._gate.name(actor)
            row.state, row.done_by, row.done_at, row.note = TaskState.DONE, name, self._now(), said
            session.flush()
            detail = ": ".join(filter(None, (row.kind, said)))
            self._gate.write_down(session, Deed(AuditAction.TASK_DONE, detail, row.proposal_id, typed=actor))

    @watched
    def give(self, task: int, owner: str, owner_id: str | None = None, actor: str = "") -> None:
        """Give an open task to somebody else: by id where people sign in, by name otherwise. They hear of it.

        For who owns it, and for who may edit the proposal. Raises NotFound, NotAllowed, TaskRefused where the other
        one may not see the proposal, or is nobody.
        """
        with self._writing() as session:
            row = self._held(session, task)
            if row.state != TaskState.OPEN:
                raise TaskRefused(message("This is not open any more: it is done, or its decision does not stand."))
            row.owner, row.owner_id = self._taker(session, row, owner, owner_id)
            row.told_on = None
            session.flush()
            to = (row.owner_id,) if row.owner_id else ()
            event = Event(EventKind.TASK_GIVEN, row.proposal_id, to, row.text, due_on=row.due_on, by=actor)
            announce(session, self._gate, event)
            detail = ": ".join(filter(None, (row.kind, row.owner)))
            self._gate.write_down(session, Deed(AuditAction.TASK_GIVEN, detail, row.proposal_id, typed=actor))

    def _taker(self, session: Session, row: TaskRow, owner: str, owner_id: str | None) -> tuple[str, str | None]:
        """The name and the id of who gets it. Raises TaskRefused."""
        name = plain(owner.strip())
        if owner_id is None:
            if not 0 < len(name) <= _LONGEST_OWNER:
                raise TaskRefused(message("Owner: write a name of at most {most} letters.", most=str(_LONGEST_OWNER)))
            return name, None
        person, proposal = session.get(PersonRow, plain(owner_id)), session.get(ProposalRow, row.proposal_id)
        if person is None or proposal is None or not may_see(session, person, proposal):
            raise TaskRefused(message("Owner: choose somebody who may see the proposal."))
        return person.name or person.email, person.id

    def _held(self, session: Session, task: int) -> TaskRow:
        """The task. One of a proposal that the person may not see is none: its number is easily guessed."""
        row = session.scalars(select(TaskRow).where(TaskRow.id == task).with_for_update()).one_or_none()
        if row is None or not self._sees(session, row.proposal_id):
            raise NotFound(message("There is no such task."))
        if row.owner_id is None or row.owner_id != self._gate.person_id:
            self._gate.proposal(session, Action.EDIT, row.proposal_id)
        return row

    def _sees(self, session: Session, identity: str) -> bool:
        self._gate.ask(Action.LIST)
        seen = select(ProposalRow.id).where(ProposalRow.id == identity, queries.visible_to(self._gate.person))
        return session.scalar(seen) is not None

    def _found(self, wanted: Select[Any, str], most: int = MOST_WAITING) -> tuple[Task, ...]:
        with self._reading() as session:
            return tuple(task_of(row, title) for row, title in session.execute(wanted.limit(most)))

    def _notices(self) -> Select[Any, str]:
        own = (NoticeRow.person_id == self._gate.person.id, NoticeRow.kind.not_in(_SHOWN_AS_THEMSELVES))
        return _with_title(NoticeRow).where(*own, queries.visible_to(self._gate.person))

    def _open(self) -> tuple[ColumnElement[bool], ...]:
        return TaskRow.state == TaskState.OPEN, queries.in_use_by(self._gate.person)

    def _tasks(self) -> Select[Any, str]:
        """The person's own, and those that nobody here sees to and that fall to them; all, where nobody signs in."""
        person = self._gate.person
        own = or_(TaskRow.owner_id == person.id, falls_to(person)) if person.is_signed_in else true()
        return _with_title(TaskRow).where(*self._open(), own)


def _how_many(wanted: Select[Any, str]) -> ScalarSelect[int]:
    return wanted.with_only_columns(func.count(), maintain_column_froms=True).scalar_subquery()


def _with_title(row: type[TaskRow] | type[NoticeRow]) -> Select[Any, str]:
    return select(row, ProposalRow.title).join(ProposalRow, ProposalRow.id == row.proposal_id)


def stale_before(moment: datetime) -> Select[str, str, datetime, str | None]:
    """Real proposals in work that were saved before that, that nobody decided on or is asked about; oldest first."""
    decided = select(DecisionRow.id).where(DecisionRow.proposal_id == ProposalRow.id, queries.is_standing()).exists()
    columns = (ProposalRow.id, ProposalRow.title, ProposalRow.saved_at, ProposalRow.owner_id)
    left = (ProposalRow.saved_at < moment, ProposalRow.stage.not_in((Stage.IDEA, Stage.SUBMITTED)), ~decided)
    wanted = select(*columns).where(ProposalRow.archived.is_(False), ProposalRow.demo.is_(None), *left)
    return wanted.order_by(ProposalRow.saved_at, ProposalRow.id)
