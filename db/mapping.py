"""Rows to records and back: the only place that knows both."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scoping import Appraisal, DocumentRefused, Proposal, content_hash, is_hash_of, read_saved, to_dict
from scoping.vocabulary import Outcome, Recommendation, Stage

from .access import Role, highest
from .columns import LIST_COLUMNS
from .models import AuditRow, DecisionRow, DraftRow, PersonRow, ProposalRow, RevisionRow
from .records import AuditAction, AuditEntry, Decision, DecisionRequest, Draft, Listed, Member, Revision, Saved
from .review_records import advice_read


def plain(text: str) -> str:
    """The text as both databases take it: PostgreSQL takes no NUL character."""
    return str(text).replace("\x00", "")


def in_utc(moment: datetime) -> datetime:
    """SQLite forgets the time zone; all times are written in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def document_of(row: ProposalRow | RevisionRow) -> Proposal:
    """The document that a row holds, in the form of today: every stored document is read here."""
    return read_saved(row.document)


def is_unaltered(row: Any) -> bool:
    """Whether a document is what its hash says, by whichever rule the hash was made."""
    try:
        return is_hash_of(row.content_hash, row.document)
    except DocumentRefused:
        return False


# Into rows -------------------------------------------------------------------------------------


def content_of(proposal: Proposal, assessment: Appraisal) -> dict[str, Any]:
    """The columns of `ProposalRow` that follow from what a proposal says, by name."""
    listed = {column.name: _storable(column.value(proposal, assessment)) for column in LIST_COLUMNS}
    return {
        "document": to_dict(proposal),
        "content_hash": content_hash(proposal),
        "search": plain(_search_text(proposal)),
        **listed,
    }


def _storable(value: str | float | None) -> str | float | None:
    return plain(value) if isinstance(value, str) else value


def _search_text(proposal: Proposal) -> str:
    parts = (proposal.title, proposal.team, proposal.owner, proposal.sponsor, proposal.summary, *proposal.tags)
    return "\n".join(parts).casefold()


def revision_row(row: ProposalRow, changed: tuple[str, ...], saved_by_id: str | None) -> RevisionRow:
    """The revision that keeps what the proposal's row says now."""
    return RevisionRow(
        proposal_id=row.id,
        version=row.version,
        document=row.document,
        content_hash=row.content_hash,
        changed=[*changed],
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        saved_by_id=saved_by_id,
    )


def audit_row(identity: str | None, actor: str, action: AuditAction, detail: str, at: datetime) -> AuditRow:
    """The line of the audit trail that says who did what, when."""
    return AuditRow(proposal_id=identity, at=at, actor=plain(actor), action=plain(action), detail=plain(detail))


def decision_row(
    revision: RevisionRow, request: DecisionRequest, follows: int, supersedes: int | None, at: datetime
) -> DecisionRow:
    """The decision that was asked for, on the revision, after the decision of that id, and instead of the other."""
    title = document_of(revision).title
    return DecisionRow(
        proposal_id=revision.proposal_id,
        version=revision.version,
        title=plain(title),
        recommendation=plain(request.recommendation),
        outcome=plain(request.outcome),
        accepted=request.accepted,
        reason=plain(request.reason.strip()),
        conditions=[plain(condition) for condition in request.conditions],
        decided_by=plain(request.decided_by.strip()),
        decided_at=at,
        review_on=request.review_on,
        figures=_figures(request),
        alternative=plain(request.alternative.strip()) or None,
        follows=follows,
        supersedes=supersedes,
        search=_decision_text(title, request),
    )


def _figures(request: DecisionRequest) -> dict[str, Any]:
    """What was seen, and who is to do what by when: beside each other, so that the signature covers both."""
    return {**request.figures, **({"duties": duties_said(request)} if request.duties else {})}


def duties_said(request: DecisionRequest) -> list[dict[str, str | None]]:
    """Who is to see to which condition, by when, as the record keeps it."""
    return [
        {
            "condition": plain(each.condition),
            "due_on": each.due_on.isoformat() if each.due_on else None,
            "owner": plain(each.owner.strip()),
        }
        for each in request.duties
    ]


def _decision_text(title: str, request: DecisionRequest) -> str:
    parts = (title, request.reason.strip(), request.decided_by.strip(), request.alternative.strip())
    return plain("\n".join(filter(None, parts)).casefold())


def draft_row(identity: str, person_id: str, draft: Draft, at: datetime) -> DraftRow:
    """The draft as it is kept."""
    return DraftRow(
        proposal_id=identity,
        person_id=person_id,
        path=plain(draft.path),
        text=plain(draft.text),
        problem=plain(draft.problem),
        saved_at=at,
    )


# Out of rows -----------------------------------------------------------------------------------


def saved(row: ProposalRow) -> Saved:
    """The proposal as it is saved now."""
    return Saved(row.id, row.version, document_of(row), in_utc(row.saved_at), row.saved_by, row.archived)


def listed(row: ProposalRow, standing: DecisionRow | None, rate: float | None = None) -> Listed:
    """The proposal's line in a list, with the decision that stands and the rate of its currency."""
    columns = {column.name: column.read(getattr(row, column.name)) for column in LIST_COLUMNS}
    return Listed(
        id=row.id,
        version=row.version,
        archived=row.archived,
        saved_at=in_utc(row.saved_at),
        saved_by=row.saved_by,
        decision=None if standing is None else Outcome(standing.outcome),
        decision_alternative=None if standing is None else standing.alternative,
        review_on=None if standing is None else standing.review_on,
        rate=rate,
        stage=Stage(row.stage),
        content_hash=row.content_hash,
        **columns,
    )


def revision(row: RevisionRow) -> Revision:
    """The version that was saved."""
    return Revision(
        version=row.version,
        proposal=document_of(row),
        content_hash=row.content_hash,
        changed=tuple(row.changed),
        saved_at=in_utc(row.saved_at),
        saved_by=row.saved_by,
    )


def decision(row: DecisionRow) -> Decision:
    """The decision that was recorded, for itself: `decision_chain` says what came before and after it."""
    return Decision(
        id=row.id,
        proposal_id=row.proposal_id,
        version=row.version,
        title=row.title,
        recommendation=Recommendation(row.recommendation),
        outcome=Outcome(row.outcome),
        accepted=row.accepted,
        reason=row.reason,
        conditions=tuple(row.conditions),
        decided_by=row.decided_by,
        decided_at=in_utc(row.decided_at),
        review_on=row.review_on,
        figures=row.figures,
        alternative=row.alternative,
        signed_by_id=row.signed_by_id,
        advice=advice_read(row.advice or ()),
    )


def audit_entry(row: AuditRow, title: str = "") -> AuditEntry:
    """The line of the audit trail, and what the proposal is called now that it is about."""
    at, is_verified = in_utc(row.at), row.actor_id is not None
    return AuditEntry(at, row.actor, AuditAction(row.action), row.detail, is_verified, row.proposal_id, title)


def draft(row: DraftRow) -> Draft:
    """The draft that was kept."""
    return Draft(row.path, row.text, row.problem)


def role_of(*roles: str | None) -> Role | None:
    """The highest of the roles; None where there is none."""
    return highest(Role(each) for each in roles if each in tuple(Role))


def member(row: PersonRow) -> Member:
    """Somebody as people see them."""
    return Member(
        id=row.id,
        name=row.name,
        email=row.email,
        role=role_of(row.role, row.granted),
        given=role_of(row.role),
        has_come=row.subject is not None,
        is_removed=row.removed_at is not None,
        seen_at=in_utc(row.seen_at) if row.seen_at else None,
    )
