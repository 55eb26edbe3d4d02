"""The Store: the only door to the database. Each method is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, delete, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, defer

from scoping import (
    Assessment,
    Proposal,
    assess,
    content_hash,
    read,
    to_dict,
)

from .differences import changed_paths
from .errors import DatabaseNotReady, DecisionRefused, NotFound, StaleSave
from .models import AuditRow, DecisionRow, DraftRow, ProposalRow, RevisionRow
from .records import (
    OUTCOMES,
    SORTS,
    AuditEntry,
    Decision,
    DecisionRequest,
    Draft,
    Filters,
    Listed,
    Page,
    Revision,
    Saved,
)

PAGE_SIZE = 20
MOST_ROWS = 200


class Store:
    """Proposals, their revisions, the decisions on them, and the audit trail.

    `assess` gives the figures that lists show; it may be a cached one.
    """

    def __init__(self, engine: Engine, assess: Callable[[Proposal], Assessment] = assess) -> None:
        self._engine = engine
        self._assess = assess

    @property
    def description(self) -> str:
        """Where the data is, without any password."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except OperationalError as error:
            raise DatabaseNotReady(f"The database did not answer: {str(error.orig).splitlines()[0]}") from error

    # Proposals ---------------------------------------------------------------------------------

    def create(self, proposal: Proposal, actor: str = "", origin: str = "blank") -> Saved:
        """Save a new proposal as version 1. `origin` says where it came from, for the audit trail."""
        now, identity = _now(), str(uuid.uuid4())
        row = ProposalRow(id=identity, version=1, archived=False, created_at=now, saved_at=now, saved_by=_plain(actor))
        self._fill(row, proposal)
        with self._transaction() as session:
            session.add(row)
            session.flush()
            session.add(_revision(row, tuple(to_dict(proposal))))
            session.add(_audit(row.id, actor, "created", origin, now))
        return _saved(row, proposal)

    def get(self, identity: str) -> Saved:
        """The proposal as it is now. Raises NotFound."""
        with self._transaction() as session:
            row = _row(session, identity)
            return _saved(row, read(row.document))

    def version(self, identity: str) -> int:
        """The proposal's version now; much cheaper than `get`. Raises NotFound."""
        with self._transaction() as session:
            found = session.scalar(select(ProposalRow.version).where(ProposalRow.id == identity))
        if found is None:
            raise NotFound(_no_proposal(identity))
        return found

    def save(self, identity: str, proposal: Proposal, version: int, actor: str = "") -> Saved:
        """Save the next version of a proposal that was read at `version`.

        Raises StaleSave, writing nothing, where someone saved meanwhile; NotFound. Saving what is
        saved already changes nothing.
        """
        document = to_dict(proposal)
        current = self.get(identity)
        if current.version == version and to_dict(current.proposal) == document:
            return current
        filled = ProposalRow(id=identity, version=version + 1, saved_at=_now(), saved_by=_plain(actor))
        self._fill(filled, proposal)
        with self._transaction() as session:
            # Compared and set in one statement: of two writers, one finds no row.
            claimed = session.execute(
                update(ProposalRow)
                .where(ProposalRow.id == identity, ProposalRow.version == version)
                .values({name: getattr(filled, name) for name in _SAVED_COLUMNS})
            )
            if claimed.rowcount == 1:  # type: ignore[attr-defined]
                before = session.scalars(
                    select(RevisionRow.document).where(
                        RevisionRow.proposal_id == identity, RevisionRow.version == version
                    )
                ).one()
                session.add(_revision(filled, changed_paths(before, document)))
                session.add(_audit(identity, actor, "saved", f"version {version + 1}", filled.saved_at))
                return Saved(identity, version + 1, proposal, filled.saved_at, filled.saved_by, current.archived)
        latest = self.get(identity)
        raise StaleSave(latest, changed_paths(document, to_dict(latest.proposal)))

    def _fill(self, row: ProposalRow, proposal: Proposal) -> None:
        assessment = self._assess(proposal)
        leader = assessment.leader()
        npv = leader.outcome.npv if leader and leader.outcome else None
        row.document = to_dict(proposal)
        row.content_hash = content_hash(proposal)
        row.title, row.team, row.owner = _plain(proposal.title), _plain(proposal.team), _plain(proposal.owner)
        row.search = _plain(_search_text(proposal))
        row.currency = proposal.currency
        row.recommendation = assessment.verdict.recommendation
        row.leading = _plain(leader.name) if leader else None
        row.npv_mean, row.npv_p10, row.npv_p90 = (npv.mean, npv.p10, npv.p90) if npv else (None, None, None)
        row.probability_of_loss = leader.outcome.probability_of_loss if leader and leader.outcome else None
        row.feasibility_score = assessment.feasibility.score

    def archive(self, identity: str, actor: str = "") -> None:
        """Take a proposal out of the lists. Nothing is deleted. Raises NotFound."""
        self._set_archived(identity, True, actor)

    def restore(self, identity: str, actor: str = "") -> None:
        """Bring an archived proposal back. Raises NotFound."""
        self._set_archived(identity, False, actor)

    def _set_archived(self, identity: str, archived: bool, actor: str) -> None:
        with self._transaction() as session:
            row = _row(session, identity)
            row.archived = archived
            session.add(_audit(identity, actor, "archived" if archived else "restored", "", _now()))

    def duplicate(self, identity: str, actor: str = "") -> Saved:
        """A new proposal with the same content and a title that says so. Raises NotFound."""
        original = self.get(identity).proposal
        copy = read({**to_dict(original), "title": f"Copy of {original.title}"[:20_000]})
        return self.create(copy, actor, f"copy of {identity}")

    # Lists -------------------------------------------------------------------------------------

    def list(self, filters: Filters | None = None, page: int = 1, size: int = PAGE_SIZE) -> Page[Listed]:
        """One page of the proposals that match. Pages count from 1; a page past the end is empty."""
        chosen = filters or Filters()
        conditions = _conditions(chosen)
        number, size = max(page, 1), min(max(size, 1), MOST_ROWS)
        query = select(ProposalRow).options(defer(ProposalRow.document)).where(*conditions)
        ordered = query.order_by(*_order(chosen)).limit(size).offset((number - 1) * size)
        with self._transaction() as session:
            total = session.scalar(select(func.count()).select_from(ProposalRow).where(*conditions)) or 0
            rows = session.scalars(ordered).all()
            outcomes = _latest_outcomes(session, [row.id for row in rows])
            return Page(tuple(_listed(row, outcomes.get(row.id)) for row in rows), total, number, size)

    def revisions(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[Revision]:
        """The versions of a proposal, newest first."""
        query = select(RevisionRow).where(RevisionRow.proposal_id == identity).order_by(RevisionRow.version.desc())
        with self._transaction() as session:
            rows, total = _paged(session, query, page, size)
            return Page(tuple(_as_revision(row) for row in rows), total, max(page, 1), size)

    def revision(self, identity: str, version: int) -> Revision:
        """One version of a proposal. Raises NotFound."""
        query = select(RevisionRow).where(RevisionRow.proposal_id == identity, RevisionRow.version == version)
        with self._transaction() as session:
            row = session.scalars(query).one_or_none()
            if row is None:
                raise NotFound(f"There is no version {version} of this proposal.")
            return _as_revision(row)

    def audit(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[AuditEntry]:
        """Who did what with a proposal, newest first."""
        query = select(AuditRow).where(AuditRow.proposal_id == identity).order_by(AuditRow.id.desc())
        with self._transaction() as session:
            rows, total = _paged(session, query, page, size)
            entries = tuple(AuditEntry(_aware(row.at), row.actor, row.action, row.detail) for row in rows)
            return Page(entries, total, max(page, 1), size)

    # Decisions ---------------------------------------------------------------------------------

    def decide(self, identity: str, request: DecisionRequest) -> Decision:
        """Record a decision on one revision. It is never changed; a later one stands beside it.

        Raises DecisionRefused where it says too little, NotFound.
        """
        _check_decision(request)
        revision = self.revision(identity, request.version)
        now = _now()
        row = DecisionRow(
            proposal_id=identity,
            version=request.version,
            title=_plain(revision.proposal.title),
            recommendation=request.recommendation,
            outcome=request.outcome,
            accepted=request.accepted,
            reason=_plain(request.reason.strip()),
            conditions=[_plain(condition) for condition in request.conditions],
            decided_by=_plain(request.decided_by.strip()),
            decided_at=now,
            review_on=request.review_on,
            figures=dict(request.figures),
        )
        with self._transaction() as session:
            session.add(row)
            detail = f"{row.outcome} on version {row.version}"
            session.add(_audit(identity, row.decided_by, "decided", detail, now))
            session.flush()
            return _as_decision(row)

    def decisions(self, identity: str | None = None, page: int = 1, size: int = PAGE_SIZE) -> Page[Decision]:
        """Decisions, newest first: of one proposal, or of all."""
        query = select(DecisionRow).order_by(DecisionRow.id.desc())
        if identity is not None:
            query = query.where(DecisionRow.proposal_id == identity)
        with self._transaction() as session:
            rows, total = _paged(session, query, page, size)
            return Page(tuple(_as_decision(row) for row in rows), total, max(page, 1), size)

    # Drafts ------------------------------------------------------------------------------------

    def keep_draft(self, identity: str, draft: Draft) -> None:
        """Keep what was typed but could not be saved. Raises NotFound."""
        with self._transaction() as session:
            _row(session, identity)
            session.merge(
                DraftRow(
                    proposal_id=identity,
                    path=draft.path,
                    text=_plain(draft.text),
                    problem=draft.problem,
                    saved_at=_now(),
                )
            )

    def drop_draft(self, identity: str, path: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        with self._transaction() as session:
            session.execute(delete(DraftRow).where(DraftRow.proposal_id == identity, DraftRow.path == path))

    def drafts(self, identity: str) -> dict[str, Draft]:
        """The proposal's drafts, by path."""
        with self._transaction() as session:
            rows = session.scalars(select(DraftRow).where(DraftRow.proposal_id == identity)).all()
            return {row.path: Draft(row.path, row.text, row.problem) for row in rows}


_SAVED_COLUMNS = (
    "version",
    "document",
    "content_hash",
    "title",
    "search",
    "team",
    "owner",
    "currency",
    "recommendation",
    "leading",
    "npv_mean",
    "npv_p10",
    "npv_p90",
    "probability_of_loss",
    "feasibility_score",
    "saved_at",
    "saved_by",
)


def _now() -> datetime:
    return datetime.now(UTC)


def _aware(moment: datetime) -> datetime:
    """SQLite forgets the time zone; all times are written in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _plain(text: str) -> str:
    """PostgreSQL takes no NUL character in text."""
    return text.replace("\x00", "")


def _no_proposal(identity: str) -> str:
    return f"There is no proposal {identity[:60]}."


def _row(session: Session, identity: str) -> ProposalRow:
    row = session.get(ProposalRow, _plain(identity))
    if row is None:
        raise NotFound(_no_proposal(identity))
    return row


def _saved(row: ProposalRow, proposal: Proposal) -> Saved:
    return Saved(row.id, row.version, proposal, _aware(row.saved_at), row.saved_by, row.archived)


def _search_text(proposal: Proposal) -> str:
    parts = (proposal.title, proposal.team, proposal.owner, proposal.sponsor, proposal.summary, *proposal.tags)
    return "\n".join(parts).casefold()


def _revision(row: ProposalRow, changed: tuple[str, ...]) -> RevisionRow:
    return RevisionRow(
        proposal_id=row.id,
        version=row.version,
        document=row.document,
        content_hash=row.content_hash,
        changed=[*changed],
        saved_at=row.saved_at,
        saved_by=row.saved_by,
    )


def _audit(identity: str, actor: str, action: str, detail: str, at: datetime) -> AuditRow:
    return AuditRow(proposal_id=identity, at=at, actor=_plain(actor), action=action, detail=detail)


def _conditions(filters: Filters) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = [ProposalRow.archived.is_(filters.archived)]
    if filters.recommendations:
        found.append(ProposalRow.recommendation.in_(filters.recommendations))
    for word in _plain(filters.text).casefold().split():
        found.append(ProposalRow.search.contains(word, autoescape=True))
    return tuple(found)


def _order(filters: Filters) -> tuple[Any, ...]:
    column = getattr(ProposalRow, filters.sort if filters.sort in SORTS else SORTS[0])
    return (column.desc() if filters.descending else column.asc()).nulls_last(), ProposalRow.id


def _latest_outcomes(session: Session, identities: list[str]) -> dict[str, str]:
    newest = (
        select(func.max(DecisionRow.id))
        .where(DecisionRow.proposal_id.in_(identities))
        .group_by(DecisionRow.proposal_id)
    )
    rows = session.execute(select(DecisionRow.proposal_id, DecisionRow.outcome).where(DecisionRow.id.in_(newest)))
    return {row.proposal_id: row.outcome for row in rows}


def _paged(session: Session, query: Select[Any], page: int, size: int) -> tuple[list[Any], int]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = session.scalars(query.limit(size).offset((max(page, 1) - 1) * size)).all()
    return [*rows], total


def _listed(row: ProposalRow, decision: str | None) -> Listed:
    return Listed(
        id=row.id,
        title=row.title,
        team=row.team,
        owner=row.owner,
        currency=row.currency,
        recommendation=row.recommendation,
        leading=row.leading,
        npv_mean=row.npv_mean,
        npv_p10=row.npv_p10,
        npv_p90=row.npv_p90,
        probability_of_loss=row.probability_of_loss,
        feasibility_score=row.feasibility_score,
        version=row.version,
        archived=row.archived,
        saved_at=_aware(row.saved_at),
        saved_by=row.saved_by,
        decision=decision,
    )


def _as_revision(row: RevisionRow) -> Revision:
    changed = tuple(row.changed)
    return Revision(row.version, read(row.document), row.content_hash, changed, _aware(row.saved_at), row.saved_by)


def _check_decision(request: DecisionRequest) -> None:
    if not request.decided_by.strip():
        raise DecisionRefused("Who decides? Enter the name of the person who signs.")
    if request.outcome not in OUTCOMES:
        raise DecisionRefused(f"Decision: {request.outcome[:40]!r} is not one of {', '.join(OUTCOMES)}.")
    if not request.accepted and not request.reason.strip():
        raise DecisionRefused("Reason: say why the recommendation is overruled.")


def _as_decision(row: DecisionRow) -> Decision:
    return Decision(
        id=row.id,
        proposal_id=row.proposal_id,
        version=row.version,
        title=row.title,
        recommendation=row.recommendation,
        outcome=row.outcome,
        accepted=row.accepted,
        reason=row.reason,
        conditions=tuple(row.conditions),
        decided_by=row.decided_by,
        decided_at=_aware(row.decided_at),
        review_on=row.review_on,
        figures=row.figures,
    )
