"""Who works on a proposal: its owner, its collaborators, and whether other members may see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from scoping.text.languages import message

from . import mapping, queries
from .access import Action
from .errors import NotFound
from .gate import Deed
from .models import MemberRow, PersonRow, ProposalRow
from .part import Part
from .records import AuditAction, Member, Shared
from .watching import watched


class SharingOf(Part):
    """Who works on proposals. To see it takes what seeing the proposal takes; to change it, its owner."""

    def of(self, identity: str) -> Shared:
        """Who works on it. Raises NotFound."""
        with self._reading() as session:
            row = self._gate.proposal(session, Action.SEE, identity)
            owner = session.get(PersonRow, row.owner_id) if row.owner_id else None
            others = session.scalars(queries.members(row.id))
            shown = tuple(mapping.member(each) for each in others)
            return Shared(mapping.member(owner) if owner else None, shown, row.is_restricted)

    def allowed(self, identity: str) -> frozenset[Action]:
        """What the person who acts may do with it. Raises NotFound."""
        with self._reading() as session:
            return self._gate.allowed(session, identity)

    @watched
    def restrict(self, identity: str, restricted: bool) -> None:
        """Let only its people see it, or all members again. Raises NotFound, NotAllowed."""
        action = AuditAction.RESTRICTED if restricted else AuditAction.OPENED
        with self._writing() as session:
            row = self._gate.proposal(session, Action.SHARE, identity)
            row.is_restricted = restricted
            session.flush()
            self._gate.write_down(session, Deed(action, "", row.id))

    @watched
    def add(self, identity: str, person_id: str) -> None:
        """Let somebody work on it. Raises NotFound, NotAllowed."""
        with self._between(identity, person_id) as (session, row, person):
            self._let_work(session, row, person.id)
            self._told(session, row, AuditAction.SHARED, person)

    @watched
    def remove(self, identity: str, person_id: str) -> None:
        """Take somebody off it. Raises NotFound, NotAllowed."""
        with self._between(identity, person_id) as (session, row, person):
            session.execute(queries.without_member(row.id, person.id))
            self._told(session, row, AuditAction.UNSHARED, person)

    @watched
    def give_to(self, identity: str, person_id: str) -> Member:
        """Make somebody else its owner. Raises NotFound, NotAllowed."""
        with self._between(identity, person_id) as (session, row, person):
            before, row.owner_id = row.owner_id, person.id
            if before is not None and before != person.id:
                # Who gives it away can still work on it.
                self._let_work(session, row, before)
            self._told(session, row, AuditAction.GIVEN_AWAY, person)
            return mapping.member(person)

    @contextmanager
    def _between(self, identity: str, person_id: str) -> Iterator[tuple[Session, ProposalRow, PersonRow]]:
        """A proposal that the person who acts may share, and somebody else."""
        with self._writing() as session:
            row = self._gate.proposal(session, Action.SHARE, identity)
            yield session, row, _somebody(session, person_id)

    def _let_work(self, session: Session, row: ProposalRow, person_id: str) -> None:
        name = self._gate.name("")
        session.merge(MemberRow(proposal_id=row.id, person_id=person_id, added_by=name, added_at=self._now()))

    def _told(self, session: Session, row: ProposalRow, action: AuditAction, person: PersonRow) -> None:
        session.flush()
        self._gate.write_down(session, Deed(action, mapping.member(person).label, row.id))


def _somebody(session: Session, person_id: str) -> PersonRow:
    row = session.get(PersonRow, mapping.plain(person_id))
    if row is None or row.removed_at is not None:
        raise NotFound(message("There is no such person."))
    return row
