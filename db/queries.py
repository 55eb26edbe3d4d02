"""What is asked of the database: select statements, their order, and pages of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, Update, delete, func, select, update
from sqlalchemy.orm import defer

from .columns import SORTS
from .mapping import plain
from .models import AuditRow, DecisionRow, DraftRow, ProposalRow, RevisionRow
from .records import Filters

PAGE_SIZE = 20
MOST_ROWS = 200


def page(query: Select[Any], number: int, size: int) -> Select[Any]:
    """The rows of one page. Pages count from 1."""
    return query.limit(size).offset((number - 1) * size)


def count(query: Select[Any]) -> Select[int]:
    """How many rows the query finds in all."""
    return select(func.count()).select_from(query.order_by(None).subquery())


def contents() -> Select[str, int, str, Any]:
    """What every revision says, and the hash that was made of it."""
    columns = (RevisionRow.proposal_id, RevisionRow.version, RevisionRow.content_hash, RevisionRow.document)
    return select(*columns).order_by(RevisionRow.id)


# Proposals -------------------------------------------------------------------------------------


def listing(filters: Filters) -> Select[ProposalRow]:
    """The proposals that match, in the order that is asked for, without their documents."""
    query = select(ProposalRow).options(defer(ProposalRow.document))
    return query.where(*_conditions(filters)).order_by(*_order(filters))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [ProposalRow.archived.is_(filters.archived)]
    if filters.recommendations:
        found.append(ProposalRow.recommendation.in_([plain(each) for each in filters.recommendations]))
    for word in plain(filters.text).casefold().split():
        found.append(ProposalRow.search.contains(word, autoescape=True))
    return found


def _order(filters: Filters) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """By the column that is asked for, what has no value last; those that tie always in the same order."""
    column = getattr(ProposalRow, filters.sort if filters.sort in SORTS else SORTS[0])
    return (column.desc() if filters.descending else column.asc()).nulls_last(), ProposalRow.id.asc()


def version_of(identity: str) -> Select[int]:
    """The version of a proposal."""
    return select(ProposalRow.version).where(ProposalRow.id == plain(identity))


def claim(identity: str, version: int, values: Mapping[str, Any]) -> Update:
    """Compares the version and sets the values in one statement: of two writers, one finds no row."""
    return (
        update(ProposalRow)
        .where(ProposalRow.id == plain(identity), ProposalRow.version == version)
        .values(dict(values))
    )


# What belongs to a proposal --------------------------------------------------------------------


def revisions(identity: str) -> Select[RevisionRow]:
    """The versions of a proposal, newest first."""
    return select(RevisionRow).where(RevisionRow.proposal_id == plain(identity)).order_by(RevisionRow.version.desc())


def revision(identity: str, version: int) -> Select[RevisionRow]:
    """One version of a proposal."""
    return revisions(identity).where(RevisionRow.version == version)


def audit(identity: str) -> Select[AuditRow]:
    """A proposal's audit trail, newest first."""
    return select(AuditRow).where(AuditRow.proposal_id == plain(identity)).order_by(AuditRow.id.desc())


def decisions(identity: str | None) -> Select[DecisionRow]:
    """Decisions, newest first: of one proposal, or of all."""
    query = select(DecisionRow).order_by(DecisionRow.id.desc())
    return query if identity is None else query.where(DecisionRow.proposal_id == plain(identity))


def newest_outcomes(identities: Iterable[str]) -> Select[str, str]:
    """The id of each proposal that was decided on, and the outcome of its newest decision."""
    newest = (
        select(func.max(DecisionRow.id))
        .where(DecisionRow.proposal_id.in_([*identities]))
        .group_by(DecisionRow.proposal_id)
    )
    return select(DecisionRow.proposal_id, DecisionRow.outcome).where(DecisionRow.id.in_(newest))


def drafts(identity: str) -> Select[DraftRow]:
    """A proposal's drafts."""
    return select(DraftRow).where(DraftRow.proposal_id == plain(identity))


def without_draft(identity: str, path: str) -> Delete:
    """Forgets the draft at a path."""
    return delete(DraftRow).where(DraftRow.proposal_id == plain(identity), DraftRow.path == path)
