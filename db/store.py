"""The Store: the only door to the database. Each method writes all of what it says in one transaction, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, Select
from sqlalchemy.orm import Session

from scoping import Appraisal, Proposal, appraise, read, to_dict
from scoping.text.languages import message

from . import addresses, chain, deciding, deciding_round, mapping, queries
from .access import ALONE, Action, Person, may
from .browsing import Browsing
from .decision_chain import decision_in
from .differences import changed_paths
from .drafts import action_of, draft_at
from .errors import NotFound, RowRefused, StaleSave
from .failures import in_words
from .gate import Deed, Gate, no_proposal
from .intake import Intake
from .lists import paged
from .models import ProposalRow, RevisionRow
from .notices.tasks import tell_decision
from .parts import Parts
from .queries import PAGE_SIZE
from .records import (
    AuditAction,
    AuditEntry,
    Decision,
    DecisionRequest,
    Draft,
    Page,
    Revision,
    Saved,
)
from .repeating import identity_for, is_made
from .review_records import advice_kept
from .review_rows import hold
from .searching import searching_of
from .trail import TrailCheck, trail_of
from .turns import turn_at
from .watching import watched
from .writing import append_revision, version_columns

Row = TypeVar("Row")
Record = TypeVar("Record")


READS = "groundwork_reads"
"""The option of an engine that is only read from."""


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    """One transaction. Raises DatabaseNotReady, RowRefused, ValueRefused."""
    with in_words(engine.url), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def _writing(engine: Engine) -> Iterator[Session]:
    """One transaction to write in, when its turn has come. Raises as `_session` does."""
    with turn_at(engine), _session(engine) as session:
        yield session


class Store(Browsing, Parts):
    """Proposals, their revisions, the decisions on them, and the audit trail.

    `assess` gives the figures that lists show; it may be a cached one. `now` is the clock. `person` is who acts: every
    method asks what they may do, and raises NotAllowed or NotAMember where they may not. What they may not see is
    NotFound, as if it were not there. An `actor` is the name that somebody typed: it counts where nobody signs in.
    Its parts have names of their own.
    """

    def __init__(
        self,
        engine: Engine,
        assess: Callable[[Proposal], Appraisal] = appraise,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        person: Person = ALONE,
    ) -> None:
        self._engine = engine
        self._readable = engine.execution_options(**{READS: True})
        self._assess = assess
        self._now = now
        self._one_moment = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._searching = searching_of(self._readable)
        self._act_for(person)

    def _act_for(self, person: Person) -> None:
        self._gate = Gate(person, self._now)
        self._give_parts(self._gate, self._reading, self._transaction, self._now)
        self.intake = Intake(self._gate, self._reading, self._transaction, self._now, self._assess)

    def acting_for(self, person: Person) -> Store:
        """The same Store for another person: each method asks what they may do, and records that it was them."""
        other = copy(self)
        other._act_for(person)
        return other

    def may(self, action: Action) -> bool:
        """Whether the person who acts may do what is about no single proposal."""
        return may(self.person, action)

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
        return _writing(self._engine)

    def _reading(self) -> AbstractContextManager[Session]:
        """To read in, from one moment; it waits for no writer, and no writer for it."""
        return _session(self._readable)

    def _reading_at_one_moment(self) -> AbstractContextManager[Session]:
        """To read in with several statements that all see the same; PostgreSQL has to be asked for it."""
        return _session(self._readable.execution_options(**self._one_moment))

    # Proposals ---------------------------------------------------------------------------------

    @watched
    def create(
        self, proposal: Proposal, actor: str = "", origin: str = "blank", *, is_restricted: bool = False, key: str = ""
    ) -> Saved:
        """Save a new proposal as version 1. `origin` says where it came from, for the audit trail.

        With a `key`, one request makes one proposal, however often it is sent. Raises KeyRefused where the person used
        the key for another proposal.
        """
        self._gate.ask(Action.CREATE)
        state = {"archived": False, "is_restricted": is_restricted}
        identity = identity_for(self._gate.person_id, key) if key else str(uuid.uuid4())
        values = {"id": identity, **state, **self._version(1, proposal, actor)}
        try:
            return self._create(values, proposal, origin, actor)
        except RowRefused:
            # Of two at once with one key the database took the other one; it is found now.
            return self._create(values, proposal, origin, actor)

    def _create(self, values: dict[str, Any], proposal: Proposal, origin: str, actor: str) -> Saved:
        row = ProposalRow(**values)
        row.created_at, row.owner_id = row.saved_at, self._gate.person_id
        with self._transaction() as session:
            if is_made(session, row):
                return mapping.saved(self._gate.proposal(session, Action.SEE, row.id))
            session.add(row)
            session.flush()
            append_revision(session, self._gate, row, tuple(to_dict(proposal)), AuditAction.CREATED, origin, actor)
        return Saved(row.id, 1, proposal, row.saved_at, row.saved_by, archived=False)

    def get(self, identity: str) -> Saved:
        """The proposal as it is now. Raises NotFound."""
        with self._reading() as session:
            return mapping.saved(self._gate.proposal(session, Action.SEE, identity))

    def version(self, identity: str) -> int:
        """The proposal's version now; much cheaper than `get`. Raises NotFound."""
        with self._reading() as session:
            if self.person.is_signed_in:
                return self._gate.proposal(session, Action.SEE, identity).version
            found = session.scalar(queries.version_of(identity))
        if found is None:
            raise no_proposal(identity)
        return found

    @watched
    def save(self, identity: str, proposal: Proposal, version: int, actor: str = "", note: str = "") -> Saved:
        """Save the next version of a proposal that was read at `version`. `note` goes into the audit trail.

        Raises StaleSave, writing nothing, where someone saved meanwhile; NotFound. Saving what is
        saved already changes nothing.
        """
        with self._reading() as session:
            current = mapping.saved(self._gate.proposal(session, Action.EDIT, identity))
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
            # Asked again where it counts: rights may have been taken away meanwhile.
            now = self._gate.proposal(session, Action.EDIT, identity)
            if claimed.rowcount != 1:  # type: ignore[attr-defined]
                raise _stale(mapping.saved(now), document)
            append_revision(session, self._gate, row, changed_paths(before, document), AuditAction.SAVED, detail, actor)
        return Saved(row.id, row.version, proposal, row.saved_at, row.saved_by, current.archived)

    def _version(self, number: int, proposal: Proposal, actor: str) -> dict[str, Any]:
        """The columns that each version sets."""
        return version_columns(self._gate, self._assess, number, proposal, actor)

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
            row = self._gate.proposal(session, Action.ARCHIVE, identity)
            row.archived = archived
            session.flush()
            self._gate.write_down(session, Deed(action, identity=row.id, typed=actor))

    def duplicate(self, identity: str, actor: str = "") -> Saved:
        """A new proposal with the same content and a title that says so; restricted, where that one is.

        Raises NotFound.
        """
        with self._reading() as session:
            row = self._gate.proposal(session, Action.SEE, identity)
            original, is_restricted = mapping.saved(row).proposal, row.is_restricted
        copy = read({**to_dict(original), "title": f"Copy of {original.title}"[:20_000]})
        return self.create(copy, actor, f"copy of {identity}", is_restricted=is_restricted)

    # What was before ---------------------------------------------------------------------------

    def revisions(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[Revision]:
        """The versions of a proposal, newest first."""
        return self._page(identity, queries.revisions(identity), mapping.revision, page, size)

    def revision(self, identity: str, version: int) -> Revision:
        """One version of a proposal. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            return mapping.revision(_revision(session, identity, version))

    def altered(self) -> tuple[tuple[str, int], ...]:
        """Proposal and version of each revision whose document is not what its hash says it was."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            rows = session.execute(queries.contents()).yield_per(queries.MOST_ROWS)
            return tuple((row.proposal_id, row.version) for row in rows if not mapping.is_unaltered(row))

    def check_trail(self) -> TrailCheck:
        """Whether the audit trail is whole, and whether what it says was saved and decided is what is there."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            return trail_of(session)

    def audit(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[AuditEntry]:
        """Who did what with a proposal, newest first."""
        return self._page(identity, queries.audit(identity), mapping.audit_entry, page, size)

    def _page(
        self, identity: str, query: Select[Row], record: Callable[[Row], Record], page: int, size: int
    ) -> Page[Record]:
        number = max(page, 1)
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            here = paged(session, query, number, size)
            return Page(tuple(record(row) for row in here.rows), here.total, number, size)

    # Decisions ---------------------------------------------------------------------------------

    def check_decision(self, identity: str, request: DecisionRequest) -> DecisionRequest:
        """The request as it would be recorded, with the alternative that it means; nothing is written.

        Raises DecisionRefused where it says too little, NotFound.
        """
        request = self._signed(request)
        deciding.check(request, self.today())
        with self._reading() as session:
            self._gate.proposal(session, Action.DECIDE, identity)
            meant = deciding.alternative_meant(request, _at_version(session, identity, request.version))
            turn = deciding.turn_of(session, identity)
            if turn.found(request) is None:
                deciding.check_turn(turn, request)
                deciding_round.checked(session, identity, request)
            return replace(request, alternative=meant)

    @watched
    def decide(self, identity: str, request: DecisionRequest) -> Decision:
        """Record a decision on one revision, instead of the one that stood. Neither is ever changed.

        What the one that stands says already is not recorded again: a second click, tab or try finds the first one.
        Raises DecisionRefused where it says too little or someone decided meanwhile, NotFound.
        """
        try:
            return self._decide(identity, request)
        except RowRefused:
            # Of two at once the database took the other one; it is looked at now.
            return self._decide(identity, request)

    def _decide(self, identity: str, request: DecisionRequest) -> Decision:
        request = self._signed(request)
        deciding.check(request, self.today())
        with self._transaction() as session:
            proposal = self._gate.proposal(session, Action.DECIDE, identity)
            revision = _revision(session, identity, request.version)
            hold(session, proposal)
            turn = deciding.turn_of(session, identity)
            if (same := turn.found(request)) is not None:
                return decision_in(session, same)
            deciding.check_turn(turn, request)
            review = deciding_round.checked(session, identity, request)
            meant = replace(request, alternative=deciding.alternative_meant(request, mapping.document_of(revision)))
            row = mapping.decision_row(revision, meant, turn.follows, turn.supersedes, self._now())
            row.signed_by_id = self._gate.person_id
            row.advice = None if review is None else advice_kept(review)
            session.add(row)
            session.flush()
            to = deciding_round.close(session, proposal, row)
            tell_decision(session, self._gate, row, meant, mapping.document_of(revision), to)
            detail, digest = f"{row.outcome} on version {row.version}", chain.digest_of(row)
            deed = Deed(AuditAction.DECIDED, detail, row.proposal_id, digest, row.decided_by, row.decided_at)
            self._gate.write_down(session, deed)
            return decision_in(session, row)

    def _signed(self, request: DecisionRequest) -> DecisionRequest:
        """The request under the name of the sign-in: who signs is who signed in, whatever was typed."""
        return replace(request, decided_by=self._gate.name(request.decided_by))

    # Drafts ------------------------------------------------------------------------------------

    @watched
    def keep_draft(self, identity: str, draft: Draft) -> Draft | None:
        """Keep what the person typed that could not be saved; nobody else sees it. Raises NotFound.

        Returns what it replaces: another tab of the person may have kept it.
        """
        with self._transaction() as session:
            row = self._gate.proposal(session, action_of(draft.path), identity)
            before = draft_at(session, row.id, draft.path, self.person)
            session.merge(mapping.draft_row(row.id, self.person.id, draft, self._now()))
        return before

    @watched
    def drop_draft(self, identity: str, path: str) -> Draft | None:
        """Forget a draft of the person's; nothing happens where there is none. Returns what is forgotten."""
        with self._transaction() as session:
            before = draft_at(session, identity, path, self.person)
            session.execute(queries.without_draft(identity, path, self.person))
        return before

    def drafts(self, identity: str) -> dict[str, Draft]:
        """The person's drafts of a proposal, by path."""
        with self._reading() as session:
            return {row.path: mapping.draft(row) for row in session.scalars(queries.drafts(identity, self.person))}


def _revision(session: Session, identity: str, version: int) -> RevisionRow:
    row = session.scalars(queries.revision(identity, version)).one_or_none()
    if row is None:
        raise NotFound(message("There is no version {version} of this proposal.", version=str(version)))
    return row


def _at_version(session: Session, identity: str, version: int) -> Proposal:
    return mapping.document_of(_revision(session, identity, version))


def _stale(current: Saved, refused: dict[str, Any]) -> StaleSave:
    return StaleSave(current, changed_paths(refused, to_dict(current.proposal)))
