"""Who may decide on a proposal and is asked to, once a version of it is submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from .access import Action, Person, Role, may
from .gate import authors_in, needs_four_eyes, shared_as
from .mapping import role_of
from .models import PersonRow, ProposalRow

_DECIDING = (Role.APPROVER, Role.ADMINISTRATOR)


def deciders_in(session: Session, proposal: ProposalRow) -> tuple[str, ...]:
    """By id: the approvers who may decide on it; where there is none, the administrators who may.

    Administrators may decide on everything, and are there for when nobody else can: each submission is no news to them.
    """
    four_eyes = needs_four_eyes(session)
    sharing = replace(shared_as(session, proposal), authors=authors_in(session, proposal.id))
    found = [each for each in _people(session) if may(each, Action.DECIDE, sharing, four_eyes=four_eyes)]
    approvers = tuple(each.id for each in found if each.role is Role.APPROVER)
    return approvers or tuple(each.id for each in found)


def _people(session: Session) -> Iterator[Person]:
    has_role = or_(PersonRow.role.in_(_DECIDING), PersonRow.granted.in_(_DECIDING))
    wanted = select(PersonRow).where(PersonRow.removed_at.is_(None), has_role).order_by(PersonRow.id)
    for row in session.scalars(wanted):
        yield Person(row.id, row.name, row.email, role_of(row.role, row.granted))
