"""Up to which version a person has seen a proposal, and what others saved since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from . import queries
from .access import Action
from .errors import RowRefused
from .models import Base, RevisionRow
from .part import Part


class LookRow(Base):
    """The version that a person saw last. `person_id` is empty where nobody signs in: all are the same person there."""

    __tablename__ = "looks"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class SavedBy:
    """Who saved a version, and the paths at which it differs from the one before."""

    version: int
    saved_by: str
    is_own: bool
    changed: tuple[str, ...]


class Looking(Part):
    """What is new to the person who acts. It takes what seeing the proposal takes."""

    def last(self, identity: str) -> int | None:
        """The version that the person saw last; None for the first time. Raises NotFound."""
        with self._reading() as session:
            proposal = self._gate.proposal(session, Action.SEE, identity)
            row = session.get(LookRow, (proposal.id, self._gate.person.id))
            return None if row is None else row.version

    def note(self, identity: str, version: int) -> None:
        """The person sees that version now; what they have seen they have seen. Raises NotFound, DatabaseNotReady."""
        try:
            self._note(identity, version)
        except RowRefused:
            # Two tabs at once, for the first time: the other one was faster.
            self._note(identity, version)

    def _note(self, identity: str, version: int) -> None:
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.SEE, identity)
            before = session.get(LookRow, (proposal.id, self._gate.person.id))
            seen = version if before is None else max(version, before.version)
            look = LookRow(proposal_id=proposal.id, person_id=self._gate.person.id, version=seen, at=self._now())
            session.merge(look)

    def saved_since(self, identity: str, version: int, typed: str = "") -> tuple[SavedBy, ...]:
        """Who saved which versions after that one, the newest first; of very many, the newest. Raises NotFound.

        `typed` is the name that the person typed: where nobody signs in, what bears it is their own, and what
        bears no name is that of all who type none.
        """
        columns = (RevisionRow.version, RevisionRow.saved_by, RevisionRow.saved_by_id, RevisionRow.changed)
        with self._reading() as session:
            proposal = self._gate.proposal(session, Action.SEE, identity)
            query = select(*columns).where(RevisionRow.proposal_id == proposal.id, RevisionRow.version > version)
            rows = session.execute(query.order_by(RevisionRow.version.desc()).limit(queries.MOST_ROWS))
            return tuple(SavedBy(row[0], row[1], self._is_own(row[2], row[1], typed), tuple(row[3])) for row in rows)

    def _is_own(self, person_id: str | None, name: str, typed: str) -> bool:
        if self._gate.person_id is not None:
            return person_id == self._gate.person_id
        return name == self._gate.name(typed)
