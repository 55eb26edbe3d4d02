"""Who sees to a task: whose it is, and where they do not belong here any more, who answers for its proposal."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..access import Person, Role
from ..deciders import deciders_in
from ..models import PersonRow, ProposalRow
from .rows import TaskRow


def falls_to(person: Person) -> ColumnElement[bool]:
    """Whether a task that nobody here sees to is the person's: the proposal's owner's; without one, an approver's."""
    may_decide = ~_is_here(ProposalRow.owner_id) if person.has(Role.APPROVER) else false()
    return and_(~_is_here(TaskRow.owner_id), or_(ProposalRow.owner_id == person.id, may_decide))


def who_sees_to(session: Session, task: TaskRow) -> tuple[str, ...]:
    """By id, who hears that a task is due."""
    proposal = session.get(ProposalRow, task.proposal_id)
    assert proposal is not None
    found = next((each for each in (task.owner_id, proposal.owner_id) if each and _belongs(session, each)), None)
    return (found,) if found else deciders_in(session, proposal)


def _belongs(session: Session, person_id: str) -> bool:
    return session.scalar(select(PersonRow.id).where(PersonRow.id == person_id, *_HERE)) is not None


def _is_here(person_id: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    return select(PersonRow.id).where(PersonRow.id == person_id, *_HERE).exists()


_HERE = (PersonRow.removed_at.is_(None), or_(PersonRow.role.is_not(None), PersonRow.granted.is_not(None)))
