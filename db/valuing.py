"""What proposals are worth in a choice, kept over restarts: a cache of bytes that is safe to empty at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, LargeBinary, Select, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from .access import Action
from .errors import RowRefused
from .mapping import plain
from .models import Base, ProposalRow
from .part import Part
from .queries import visible_to

CACHE = "valued"
"""The table, which stands in no backup."""
MOST_BYTES_EACH = 1 << 20
"""What is larger is not kept: it is worked out again."""
MOST_BYTES = 256 << 20
"""So much is kept in all; what was kept longest ago goes first."""
_AT_ONCE = 250


class ValuedRow(Base):
    """What was worked out of a proposal as it was when it was valued last. Replaced, and removed, at will."""

    __tablename__ = CACHE

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(80))
    made_by: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


@dataclass(frozen=True)
class Valued:
    """What was kept of a proposal whose content has that hash: bytes that only who made them can read."""

    proposal_id: str
    content_hash: str
    content: bytes


class Valuing(Part):
    """Kept candidates. `made_by` says by what program they were made: what another one made is not found."""

    def found(self, identities: Iterable[str], made_by: str) -> Iterator[Valued]:
        """What is kept of those proposals as they are now, as far as the person may see them.

        A few at a time: many of them are large. Raises NotAllowed, NotAMember.
        """
        self._gate.ask(Action.LIST)
        return self._found([*map(plain, identities)], made_by)

    def _found(self, wanted: list[str], made_by: str) -> Iterator[Valued]:
        for begin in range(0, len(wanted), _AT_ONCE):
            with self._reading() as session:
                rows = session.execute(self._kept(wanted[begin : begin + _AT_ONCE], made_by)).all()
            yield from (Valued(*row) for row in rows)

    def _kept(self, identities: list[str], made_by: str) -> Select[str, str, bytes]:
        query = select(ValuedRow.proposal_id, ValuedRow.content_hash, ValuedRow.content)
        query = query.join(ProposalRow, ProposalRow.id == ValuedRow.proposal_id)
        is_of_now = ProposalRow.content_hash == ValuedRow.content_hash
        is_meant = (ValuedRow.proposal_id.in_(identities), ValuedRow.made_by == plain(made_by))
        return query.where(*is_meant, is_of_now, visible_to(self._gate.person))

    def keep(self, valued: Valued, made_by: str) -> None:
        """Keep it in the place of what was kept of the proposal, unless that has another content by now.

        Who may see the proposal may value it. Raises NotFound, NotAMember, DatabaseNotReady.
        """
        if len(valued.content) > MOST_BYTES_EACH:
            return
        with suppress(RowRefused):
            # Of two that valued it at once, the other one was faster; the same came out.
            self._keep(valued, made_by)

    def _keep(self, valued: Valued, made_by: str) -> None:
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.SEE, valued.proposal_id)
            if proposal.content_hash != valued.content_hash:
                return
            row = ValuedRow(**vars(valued), made_by=plain(made_by), size=len(valued.content), made_at=self._now())
            session.merge(row)
            session.flush()
            _bound(session)


def _bound(session: Session) -> None:
    """Let go what was kept longest ago, where there is too much."""
    too_much = (session.scalar(select(func.sum(ValuedRow.size))) or 0) - MOST_BYTES
    if too_much <= 0:
        return
    gone = []
    for identity, size in session.execute(select(ValuedRow.proposal_id, ValuedRow.size).order_by(ValuedRow.made_at)):
        gone.append(identity)
        too_much -= size
        if too_much <= 0:
            break
    session.execute(delete(ValuedRow).where(ValuedRow.proposal_id.in_(gone)))
