"""What a decision leaves to be done, as tasks: written with the decision, and followed by those of a later one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from scoping import Proposal
from scoping.vocabulary import Outcome

from ..gate import Gate
from ..mapping import plain
from ..models import DecisionRow, PersonRow, ProposalRow, WithdrawalRow
from ..records import DecisionRequest, Duty
from .announcing import announce
from .happened import Event, EventKind
from .records import TaskKind, TaskState
from .rows import TaskRow

_WITH_MILESTONES = (Outcome.BUILD, Outcome.PILOT, Outcome.SIMPLER)


def tell_decision(
    session: Session,
    gate: Gate,
    row: DecisionRow,
    request: DecisionRequest,
    proposal: Proposal,
    to: tuple[str, ...] = (),
) -> None:
    """Let people know of a decision, those by id in person, and write down what it leaves to be done.

    A part of its transaction.
    """
    open_tasks(session, gate, row, request, proposal)
    said = ": ".join(filter(None, (row.outcome, row.reason)))
    announce(session, gate, Event(EventKind.DECIDED, row.proposal_id, to, said, by=row.decided_by))


def open_tasks(session: Session, gate: Gate, row: DecisionRow, request: DecisionRequest, proposal: Proposal) -> None:
    """Write down what the decision leaves to be done, and end what an earlier one left; within its transaction."""
    _end(session, gate, row.proposal_id, TaskState.FOLLOWED, row.decided_by)
    parent = session.get(ProposalRow, row.proposal_id)
    assert parent is not None
    for task in (*_review(row), *_conditions(row, request.duties), *_milestones(row, proposal)):
        _give(session, task, parent, row)
        session.add(task)
        if task.kind != TaskKind.REVIEW:
            to = (task.owner_id,) if task.owner_id else ()
            event = Event(EventKind.TASK_OPENED, parent.id, to, task.text, due_on=task.due_on, by=row.decided_by)
            announce(session, gate, event)


def tell_withdrawal(session: Session, gate: Gate, row: WithdrawalRow, to: tuple[str, ...] = ()) -> None:
    """Let people know that a decision was taken back, and end what it left to be done. A part of its transaction."""
    _end(session, gate, row.proposal_id, TaskState.WITHDRAWN, row.withdrawn_by)
    event = Event(EventKind.DECISION_WITHDRAWN, row.proposal_id, to, row.reason, by=row.withdrawn_by)
    announce(session, gate, event)


def _end(session: Session, gate: Gate, identity: str, state: TaskState, by: str) -> None:
    """What an earlier decision left to be done is not to be done any more."""
    earlier = (TaskRow.proposal_id == identity, TaskRow.state == TaskState.OPEN)
    session.execute(update(TaskRow).where(*earlier).values(state=state, done_by=by, done_at=gate.now()))


def _review(row: DecisionRow) -> Iterator[TaskRow]:
    if row.review_on is not None:
        yield _task(row, TaskKind.REVIEW, "", row.review_on)


def _conditions(row: DecisionRow, duties: tuple[Duty, ...]) -> Iterator[TaskRow]:
    by_condition = {plain(each.condition): each for each in duties}
    for condition in row.conditions:
        duty = by_condition.get(condition, Duty(condition))
        yield _task(row, TaskKind.CONDITION, condition, duty.due_on, duty.owner, duty.owner_id)


def _milestones(row: DecisionRow, proposal: Proposal) -> Iterator[TaskRow]:
    """Months count from the day of the decision. What nobody named is no task."""
    if row.outcome not in _WITH_MILESTONES:
        return
    for each in proposal.milestones:
        if each.name.strip():
            months = each.due_month
            due = None if months is None else _after(row.decided_at.date(), float(months))
            yield _task(row, TaskKind.MILESTONE, each.name.strip(), due, each.owner.strip())


def _after(day: date, months: float) -> date | None:
    """The day so many months later, or the last one of a shorter month; none beyond the calendar's end."""
    whole = int(months)
    years, month = divmod(day.month - 1 + whole, 12)
    if day.year + years >= MAXYEAR:
        return None
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last)) + timedelta(days=round((months - whole) * last))


def new_task(session: Session, row: DecisionRow, kind: TaskKind, text: str, due_on: date | None) -> TaskRow:
    """A task that the decision did not leave by itself: that of the proposal's owner, or else of who decided."""
    parent = session.get(ProposalRow, row.proposal_id)
    assert parent is not None
    task = _task(row, kind, text, due_on)
    _give(session, task, parent, row)
    return task


def _task(
    row: DecisionRow, kind: TaskKind, text: str, due_on: date | None, owner: str = "", owner_id: str | None = None
) -> TaskRow:
    return TaskRow(
        proposal_id=row.proposal_id,
        decision_id=row.id,
        kind=kind,
        text=plain(text),
        due_on=due_on,
        owner=plain(owner),
        owner_id=owner_id,
        state=TaskState.OPEN,
        done_by="",
        note="",
    )


def _give(session: Session, task: TaskRow, parent: ProposalRow, row: DecisionRow) -> None:
    """A task that nobody was given is the proposal's owner's, or else that of who decided.

    A milestone's owner is a name in the document: it says nothing of who signs in.
    """
    if task.owner_id is None:
        task.owner_id = parent.owner_id or row.signed_by_id
    if not task.owner:
        person = session.get(PersonRow, task.owner_id) if task.owner_id else None
        task.owner = (person.name or person.email) if person else parent.owner or row.decided_by
