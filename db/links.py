"""Links to the summary of one version, for who has no account: they end by a day, and can be revoked before.

The secret of a link is told once, to who makes it; the database keeps a hash of it alone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Date, DateTime, ForeignKey, Integer, Select, String, Text, and_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping import Proposal
from scoping.text.languages import message
from scoping.text.wording import day

from . import mapping, queries
from .access import Action
from .decision_chain import decisions_in
from .errors import LinkRefused, NotFound
from .gate import Deed
from .models import Base, DecisionRow, PersonRow, ProposalRow
from .notices.announcing import may_see
from .part import Part
from .records import AuditAction, Decision
from .secret import digest_of, new_secret
from .watching import watched

MOST_LINK_DAYS = 365
MOST_LINKS = 50
"""So many links to one proposal may lead somewhere at once: each can be seen and revoked."""
LINK_DAYS = 30
LONGEST_NOTE = 200
_MOST_DECISIONS = 50


class LinkRow(Base):
    """A link to the summary of one version. `digest` is the hash of its secret; `note` says for whom it was made."""

    __tablename__ = "links"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_day: Mapped[date] = mapped_column(Date)
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    times_opened: Mapped[int] = mapped_column(Integer, default=0)
    last_opened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class LinkRequest:
    """A link that somebody wants: to which version, in which language, until the end of which day, for whom."""

    version: int
    language: str
    last_day: date
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A link as those see it who may revoke it."""

    id: str
    version: int
    note: str
    made_by: str
    made_at: datetime
    last_day: date
    is_revoked: bool
    times_opened: int
    last_opened_at: datetime | None

    def is_open(self, today: date) -> bool:
        """Whether it still leads anywhere."""
        return not self.is_revoked and today <= self.last_day


@dataclass(frozen=True)
class Shown:
    """What a link leads to: one version, what was decided on it, and until when the link leads there."""

    proposal: Proposal
    version: int
    decisions: tuple[Decision, ...]
    language: str
    last_day: date


class Links(Part):
    """Links out of the house. To make, list and revoke them takes what sharing the proposal takes."""

    @watched
    def make(self, identity: str, request: LinkRequest, actor: str = "") -> str:
        """Make a link; returns its secret, which is told this once. Raises LinkRefused, NotFound, NotAllowed."""
        self._check(request)
        secret = new_secret()
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.SHARE, identity)
            self._check_room(session, proposal)
            row = self._row(proposal, request, secret, actor)
            if session.scalars(queries.revision(proposal.id, request.version)).one_or_none() is None:
                raise NotFound(message("There is no version {version} of this proposal.", version=str(request.version)))
            session.add(row)
            session.flush()
            self._told(session, row, AuditAction.LINK_MADE, actor)
        return secret

    def _check(self, request: LinkRequest) -> None:
        first, last = self._now().date(), self._now().date() + timedelta(days=MOST_LINK_DAYS)
        if not first <= request.last_day <= last:
            raise LinkRefused(
                message(
                    "Until: {day} must be from {first} to {last}.",
                    day=day(request.last_day),
                    first=day(first),
                    last=day(last),
                )
            )
        if len(request.note) > LONGEST_NOTE:
            raise LinkRefused(message("For whom: at most {most} letters.", most=str(LONGEST_NOTE)))

    def _check_room(self, session: Session, proposal: ProposalRow) -> None:
        opened = select(func.count()).where(LinkRow.proposal_id == proposal.id, self._is_open())
        if (session.scalar(opened) or 0) >= MOST_LINKS:
            raise LinkRefused(
                message(
                    "{most} links to this proposal are open: revoke one before you make another.", most=str(MOST_LINKS)
                )
            )

    def _is_open(self) -> ColumnElement[bool]:
        return and_(LinkRow.revoked_at.is_(None), LinkRow.last_day >= self._now().date())

    def _row(self, proposal: ProposalRow, request: LinkRequest, secret: str, actor: str) -> LinkRow:
        return LinkRow(
            id=str(uuid.uuid4()),
            digest=digest_of(secret),
            proposal_id=proposal.id,
            version=request.version,
            language=mapping.plain(request.language)[:20],
            note=mapping.plain(" ".join(request.note.split())),
            made_by=self._gate.name(actor),
            made_by_id=self._gate.person_id,
            made_at=self._now(),
            last_day=request.last_day,
            times_opened=0,
        )

    def of(self, identity: str) -> tuple[Link, ...]:
        """The links to a proposal, those that are open first, the newest of each first. Raises NotFound, NotAllowed."""
        with self._reading() as session:
            proposal = self._gate.proposal(session, Action.SHARE, identity)
            query = select(LinkRow).where(LinkRow.proposal_id == proposal.id)
            query = query.order_by(self._is_open().desc(), LinkRow.made_at.desc(), LinkRow.id)
            return tuple(map(_link, session.scalars(query.limit(queries.MOST_ROWS))))

    @watched
    def revoke(self, identity: str, link_id: str, actor: str = "") -> None:
        """End a link now; one that was revoked stays so. Raises NotFound, NotAllowed."""
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.SHARE, identity)
            row = session.get(LinkRow, mapping.plain(link_id))
            if row is None or row.proposal_id != proposal.id:
                raise NotFound(message("There is no such link."))
            if row.revoked_at is None:
                row.revoked_at = self._now()
                session.flush()
                self._told(session, row, AuditAction.LINK_REVOKED, actor)

    def _told(self, session: Session, row: LinkRow, action: AuditAction, actor: str) -> None:
        until = f"version {row.version}, until {row.last_day.isoformat()}"
        said = ", ".join(filter(None, (until, row.note)))
        self._gate.write_down(session, Deed(action, said, row.proposal_id, typed=actor))

    # For who was sent one ----------------------------------------------------------------------

    def shown(self, secret: str) -> Shown:
        """What a link leads to. Who asks needs no right but the link. Raises NotFound, whatever the link lacks."""
        with self._reading() as session:
            row = self._leads_somewhere(session, secret)
            revision = session.scalars(queries.revision(row.proposal_id, row.version)).one()
            decisions = tuple(decisions_in(session, session.scalars(_decisions_on(row)).all()))
            return Shown(mapping.document_of(revision), row.version, decisions, row.language, row.last_day)

    @watched
    def opened(self, secret: str) -> None:
        """Note that somebody opened a link. Raises NotFound."""
        with self._writing() as session:
            row = self._leads_somewhere(session, secret)
            row.times_opened, row.last_opened_at = row.times_opened + 1, self._now()

    def _leads_somewhere(self, session: Session, secret: str) -> LinkRow:
        row = session.scalars(select(LinkRow).where(LinkRow.digest == digest_of(secret))).one_or_none()
        if row is None or not _link(row).is_open(self._now().date()) or not _is_kept_up(session, row):
            raise NotFound(message("This link leads nowhere: it has ended, was revoked, or never was one."))
        return row


def _is_kept_up(session: Session, row: LinkRow) -> bool:
    """Whether the proposal is still in use, and who made the link may still see it.

    Who was taken off a restricted proposal, or has no role any more, must not read on by a link of their own.
    """
    proposal = session.get(ProposalRow, row.proposal_id)
    if proposal is None or proposal.archived:
        return False
    if row.made_by_id is None:
        return True
    maker = session.get(PersonRow, row.made_by_id)
    return maker is not None and may_see(session, maker, proposal)


def _decisions_on(row: LinkRow) -> Select[DecisionRow]:
    query = select(DecisionRow).where(DecisionRow.proposal_id == row.proposal_id, DecisionRow.version == row.version)
    return query.order_by(DecisionRow.id.desc()).limit(_MOST_DECISIONS)


def _link(row: LinkRow) -> Link:
    return Link(
        row.id,
        row.version,
        row.note,
        row.made_by,
        mapping.in_utc(row.made_at),
        row.last_day,
        row.revoked_at is not None,
        row.times_opened,
        mapping.in_utc(row.last_opened_at) if row.last_opened_at else None,
    )
