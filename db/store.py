"""The Store: the only door to the database. Each method writes all of what it says in one transaction, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, Select
from sqlalchemy.orm import Session

from scoping import Appraisal, Proposal, appraise, read, to_dict
from scoping.text.languages import message

from . import addresses, deciding, mapping, queries
from .differences import changed_paths
from .errors import NotFound, RowRefused, StaleSave
from .failures import in_words
from .models import ProposalRow, RevisionRow
from .queries import MOST_ROWS, PAGE_SIZE
from .rates import Rates, worth_in
from .records import (
    AuditAction,
    AuditEntry,
    Decision,
    DecisionFilters,
    DecisionRequest,
    Draft,
    Filters,
    Listed,
    Page,
    Revision,
    Saved,
)
from .watching import watched

Row = TypeVar("Row")
Record = TypeVar("Record")


READS = "groundwork_reads"
"""The option of an engine that is only read from."""


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    """One transaction. Raises DatabaseNotReady, RowRefused, ValueRefused."""
    with in_words(engine.url), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


class Store:
    """Proposals, their revisions, the decisions on them, and the audit trail.

    `assess` gives the figures that lists show; it may be a cached one. `now` is the clock. `rates` keeps what
    currencies are worth.
    """

    def __init__(
        self,
        engine: Engine,
        assess: Callable[[Proposal], Appraisal] = appraise,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._readable = engine.execution_options(**{READS: True})
        self._assess = assess
        self._now = now
        self.rates = Rates(self._reading, self._transaction, now)

    def today(self) -> date:
        """The day by the Store's clock, in UTC: what is due, and what is past."""
        return self._now().date()

    @property
    def description(self) -> str:
        """Where the data is, without any password."""
        return addresses.shown(self._engine.url)

    @property
    def is_read_only(self) -> bool:
        """True where nothing can be saved: the file, or its folder, may only be read."""
        return addresses.is_read_only(self._engine.url)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def _transaction(self) -> AbstractContextManager[Session]:
        """To write in, all or nothing."""
        return _session(self._engine)

    def _reading(self) -> AbstractContextManager[Session]:
        """To read in, from one moment; it waits for no writer, and no writer for it."""
        return _session(self._readable)

    # Proposals ---------------------------------------------------------------------------------

    @watched
    def create(self, proposal: Proposal, actor: str = "", origin: str = "blank") -> Saved:
        """Save a new proposal as version 1. `origin` says where it came from, for the audit trail."""
        row = ProposalRow(id=str(uuid.uuid4()), archived=False, **self._version(1, proposal, actor))
        row.created_at = row.saved_at
        with self._transaction() as session:
            session.add(row)
            session.flush()
            session.add(mapping.revision_row(row, tuple(to_dict(proposal))))
            session.add(mapping.audit_row(row.id, actor, AuditAction.CREATED, origin, row.saved_at))
        return Saved(row.id, 1, proposal, row.saved_at, row.saved_by, archived=False)

    def get(self, identity: str) -> Saved:
        """The proposal as it is now. Raises NotFound."""
        with self._reading() as session:
            return mapping.saved(_row(session, identity))

    def version(self, identity: str) -> int:
        """The proposal's version now; much cheaper than `get`. Raises NotFound."""
        with self._reading() as session:
            found = session.scalar(queries.version_of(identity))
        if found is None:
            raise _no_proposal(identity)
        return found

    @watched
    def save(self, identity: str, proposal: Proposal, version: int, actor: str = "", note: str = "") -> Saved:
        """Save the next version of a proposal that was read at `version`. `note` goes into the audit trail.

        Raises StaleSave, writing nothing, where someone saved meanwhile; NotFound. Saving what is
        saved already changes nothing.
        """
        current = self.get(identity)
        # Both in the form of today, so that a document's ageing is no change of the person who saves.
        before, document = to_dict(current.proposal), to_dict(proposal)
        if current.version != version:
            raise _stale(current, document)
        if before == document:
            return current
        # Assessed before the transaction begins: it takes long, and others must not wait for it.
        values = self._version(version + 1, proposal, actor)
        row = ProposalRow(id=current.id, **values)
        detail = ", ".join(filter(None, (f"version {row.version}", mapping.plain(note))))
        with self._transaction() as session:
            claimed = session.execute(queries.claim(identity, version, values))
            if claimed.rowcount != 1:  # type: ignore[attr-defined]
                raise _stale(mapping.saved(_row(session, identity)), document)
            session.add(mapping.revision_row(row, changed_paths(before, document)))
            session.add(mapping.audit_row(row.id, actor, AuditAction.SAVED, detail, row.saved_at))
        return Saved(row.id, row.version, proposal, row.saved_at, row.saved_by, current.archived)

    def _version(self, number: int, proposal: Proposal, actor: str) -> dict[str, Any]:
        """The columns that each version sets."""
        stamp = {"version": number, "saved_at": self._now(), "saved_by": mapping.plain(actor)}
        return {**stamp, **mapping.content_of(proposal, self._assess(proposal))}

    @watched
    def archive(self, identity: str, actor: str = "") -> None:
        """Take a proposal out of the lists. Nothing is deleted. Raises NotFound."""
        self._set_archived(identity, True, actor)

    @watched
    def restore(self, identity: str, actor: str = "") -> None:
        """Bring an archived proposal back. Raises NotFound."""
        self._set_archived(identity, False, actor)

    def _set_archived(self, identity: str, archived: bool, actor: str) -> None:
        action = AuditAction.ARCHIVED if archived else AuditAction.RESTORED
        with self._transaction() as session:
            row = _row(session, identity)
            row.archived = archived
            session.add(mapping.audit_row(row.id, actor, action, "", self._now()))

    def duplicate(self, identity: str, actor: str = "") -> Saved:
        """A new proposal with the same content and a title that says so. Raises NotFound."""
        original = self.get(identity).proposal
        copy = read({**to_dict(original), "title": f"Copy of {original.title}"[:20_000]})
        return self.create(copy, actor, f"copy of {identity}")

    # Lists -------------------------------------------------------------------------------------

    def list(self, filters: Filters | None = None, page: int = 1, size: int = PAGE_SIZE) -> Page[Listed]:
        """One page of the proposals that match. Pages count from 1; a page past the end is empty."""
        wanted = filters or Filters()
        number, size = max(page, 1), min(max(size, 1), MOST_ROWS)
        with self._reading() as session:
            rates = worth_in(session, wanted.display) if wanted.display else {}
            rows, total = _paged(session, queries.listing(wanted, rates), number, size)
            newest = {each.proposal_id: each for each in session.scalars(queries.newest_decisions(r.id for r in rows))}
            listed = (mapping.listed(row, newest.get(row.id), rates.get(row.currency)) for row in rows)
            return Page(tuple(listed), total, number, size)

    def teams(self) -> tuple[str, ...]:
        """The teams that proposals name, for a filter."""
        return self._choices(queries.said_of(ProposalRow.team))

    def owners(self) -> tuple[str, ...]:
        """The owners that proposals name, for a filter."""
        return self._choices(queries.said_of(ProposalRow.owner))

    def deciders(self) -> tuple[str, ...]:
        """Who has signed decisions, for a filter."""
        return self._choices(queries.deciders())

    def _choices(self, query: Select[str]) -> tuple[str, ...]:
        with self._reading() as session:
            return tuple(session.scalars(query))

    def revisions(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[Revision]:
        """The versions of a proposal, newest first."""
        return self._page(queries.revisions(identity), mapping.revision, page, size)

    def revision(self, identity: str, version: int) -> Revision:
        """One version of a proposal. Raises NotFound."""
        with self._reading() as session:
            return mapping.revision(_revision(session, identity, version))

    def altered(self) -> tuple[tuple[str, int], ...]:
        """Proposal and version of each revision whose document is not what its hash says it was."""
        with self._reading() as session:
            rows = session.execute(queries.contents()).yield_per(queries.MOST_ROWS)
            return tuple((row.proposal_id, row.version) for row in rows if not mapping.is_unaltered(row))

    def audit(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[AuditEntry]:
        """Who did what with a proposal, newest first."""
        return self._page(queries.audit(identity), mapping.audit_entry, page, size)

    def _page(self, query: Select[Row], record: Callable[[Row], Record], page: int, size: int) -> Page[Record]:
        number = max(page, 1)
        with self._reading() as session:
            rows, total = _paged(session, query, number, size)
            return Page(tuple(record(row) for row in rows), total, number, size)

    # Decisions ---------------------------------------------------------------------------------

    def check_decision(self, identity: str, request: DecisionRequest) -> DecisionRequest:
        """The request as it would be recorded, with the alternative that it means; nothing is written.

        Raises DecisionRefused where it says too little, NotFound.
        """
        deciding.check(request, self.today())
        with self._reading() as session:
            meant = deciding.alternative_meant(request, _at_version(session, identity, request.version))
            newest = session.scalars(queries.newest_decision(identity)).one_or_none()
            if newest is None or not deciding.is_the_same(newest, request):
                deciding.check_turn(newest, request)
            return replace(request, alternative=meant)

    @watched
    def decide(self, identity: str, request: DecisionRequest) -> Decision:
        """Record a decision on one revision. It is never changed; a later one stands beside it.

        What the newest decision says already is not recorded again: a second click, tab or try finds the first one.
        Raises DecisionRefused where it says too little or someone decided meanwhile, NotFound.
        """
        try:
            return self._decide(identity, request)
        except RowRefused:
            # Of two at once the database took the other one; it is looked at now.
            return self._decide(identity, request)

    def _decide(self, identity: str, request: DecisionRequest) -> Decision:
        deciding.check(request, self.today())
        with self._transaction() as session:
            revision = _revision(session, identity, request.version)
            newest = session.scalars(queries.newest_decision(identity)).one_or_none()
            if newest is not None and deciding.is_the_same(newest, request):
                return mapping.decision(newest)
            deciding.check_turn(newest, request)
            meant = replace(request, alternative=deciding.alternative_meant(request, mapping.document_of(revision)))
            row = mapping.decision_row(revision, meant, newest.id if newest else 0, self._now())
            detail = f"{row.outcome} on version {row.version}"
            session.add(row)
            session.add(mapping.audit_row(row.proposal_id, row.decided_by, AuditAction.DECIDED, detail, row.decided_at))
            session.flush()
            return mapping.decision(row)

    def decisions(
        self,
        identity: str | None = None,
        page: int = 1,
        size: int = PAGE_SIZE,
        filters: DecisionFilters | None = None,
    ) -> Page[Decision]:
        """Decisions, newest first: of one proposal, or of all that match."""
        number = max(page, 1)
        with self._reading() as session:
            rows, total = _paged(session, queries.decisions(identity, filters), number, size)
            newest = {*session.scalars(queries.newest_ids(row.proposal_id for row in rows))}
            found = (mapping.decision(row, is_newest=row.id in newest) for row in rows)
            return Page(tuple(found), total, number, size)

    # Drafts ------------------------------------------------------------------------------------

    @watched
    def keep_draft(self, identity: str, draft: Draft) -> None:
        """Keep what was typed but could not be saved. Raises NotFound."""
        with self._transaction() as session:
            row = _row(session, identity)
            session.merge(mapping.draft_row(row.id, draft, self._now()))

    @watched
    def drop_draft(self, identity: str, path: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        with self._transaction() as session:
            session.execute(queries.without_draft(identity, path))

    def drafts(self, identity: str) -> dict[str, Draft]:
        """The proposal's drafts, by path."""
        with self._reading() as session:
            return {row.path: mapping.draft(row) for row in session.scalars(queries.drafts(identity))}


def _row(session: Session, identity: str) -> ProposalRow:
    row = session.get(ProposalRow, mapping.plain(identity))
    if row is None:
        raise _no_proposal(identity)
    return row


def _no_proposal(identity: str) -> NotFound:
    return NotFound(message("There is no proposal {id}.", id=identity[:60]))


def _revision(session: Session, identity: str, version: int) -> RevisionRow:
    row = session.scalars(queries.revision(identity, version)).one_or_none()
    if row is None:
        raise NotFound(message("There is no version {version} of this proposal.", version=str(version)))
    return row


def _at_version(session: Session, identity: str, version: int) -> Proposal:
    return mapping.document_of(_revision(session, identity, version))


def _paged(session: Session, query: Select[Row], number: int, size: int) -> tuple[list[Row], int]:
    """The rows of one page, and how many there are in all."""
    total = session.scalar(queries.count(query)) or 0
    return [*session.scalars(queries.page(query, number, size))], total


def _stale(current: Saved, refused: dict[str, Any]) -> StaleSave:
    return StaleSave(current, changed_paths(refused, to_dict(current.proposal)))
