"""What is asked of the database: select statements, their order, and pages of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, Update, case, delete, func, or_, select, true, update
from sqlalchemy.orm import defer

from scoping.text.languages import message

from .columns import SORTS
from .errors import ValueRefused
from .mapping import plain
from .models import AuditRow, DecisionRow, DraftRow, ProposalRow, RateRow, RevisionRow
from .records import NOT_DECIDED, DecisionFilters, Filters

PAGE_SIZE = 20
MOST_ROWS = 200
MOST_CHOICES = 500
"""How many teams, owners or names of people a filter offers."""
MOST_WORDS = 50
"""How many words a search may have; each is a condition of its own."""


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


def listing(filters: Filters, rates: Mapping[str, float] | None = None) -> Select[ProposalRow]:
    """The proposals that match, in the order that is asked for, without their documents.

    Amounts are compared at the rates, by currency, where there are any.
    """
    query = select(ProposalRow).options(defer(ProposalRow.document))
    return query.where(*_conditions(filters)).order_by(*_order(filters, rates or {}))


def said_of(column: Any) -> Select[str]:
    """What proposals that are not archived say there, each once, in order."""
    query = select(column).where(ProposalRow.archived.is_(False), column != "")
    return query.distinct().order_by(column).limit(MOST_CHOICES)


def currencies() -> Select[str, int]:
    """The currencies of proposals that are not archived, those of most proposals first."""
    column, many = ProposalRow.currency, func.count()
    query = select(column, many).where(ProposalRow.archived.is_(False))
    return query.group_by(column).order_by(many.desc(), column)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [ProposalRow.archived.is_(filters.archived)]
    if filters.recommendations:
        found.append(ProposalRow.recommendation.in_([plain(each) for each in filters.recommendations]))
    for word in _words(filters.text):
        found.append(ProposalRow.search.contains(word, autoescape=True))
    for column, wanted in ((ProposalRow.team, filters.teams), (ProposalRow.owner, filters.owners)):
        if wanted:
            found.append(column.in_([plain(each) for each in wanted]))
    return [*found, *_decided(filters)]


def _words(text: str) -> list[str]:
    words = plain(text).casefold().split()
    if len(words) > MOST_WORDS:
        raise ValueRefused(message("A search has at most {most} words.", most=str(MOST_WORDS)))
    return words


def _decided(filters: Filters) -> list[ColumnElement[bool]]:
    """What the newest decision must be."""
    found: list[ColumnElement[bool]] = []
    decided = select(DecisionRow.proposal_id).where(DecisionRow.id.in_(newest_ids()))
    if filters.decisions:
        outcomes = [plain(each) for each in filters.decisions if each != NOT_DECIDED]
        ways = [ProposalRow.id.in_(decided.where(DecisionRow.outcome.in_(outcomes)))]
        if NOT_DECIDED in filters.decisions:
            ways.append(ProposalRow.id.not_in(select(DecisionRow.proposal_id)))
        found.append(or_(*ways))
    if filters.due_by is not None:
        found.append(ProposalRow.id.in_(decided.where(DecisionRow.review_on <= filters.due_by)))
    return found


def _order(filters: Filters, rates: Mapping[str, float]) -> list[ColumnElement[Any]]:
    """By the column that is asked for, what has no value last; those that tie always in the same order."""
    column = getattr(ProposalRow, filters.sort if filters.sort in SORTS else SORTS[0])
    found: list[ColumnElement[Any]] = [ProposalRow.id.asc()]
    if column is ProposalRow.npv_mean and rates:
        # What nobody gave a rate for stands apart, each currency for itself.
        found = [ProposalRow.currency.asc(), _sorted(column, filters), *found]
        column = column * case(dict(rates), value=ProposalRow.currency, else_=None)
    return [_sorted(column, filters), *found]


def _sorted(column: Any, filters: Filters) -> ColumnElement[Any]:
    found: ColumnElement[Any] = (column.desc() if filters.descending else column.asc()).nulls_last()
    return found


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


def newest_decision(identity: str) -> Select[DecisionRow]:
    """A proposal's newest decision."""
    return decisions(identity).limit(1)


def decisions(identity: str | None, filters: DecisionFilters | None = None) -> Select[DecisionRow]:
    """Decisions, newest first: of one proposal, or of all."""
    query = select(DecisionRow).order_by(DecisionRow.id.desc())
    if identity is not None:
        query = query.where(DecisionRow.proposal_id == plain(identity))
    return query.where(*_wanted(filters)) if filters else query


def _wanted(filters: DecisionFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [true()]
    if filters.outcomes:
        found.append(DecisionRow.outcome.in_([plain(each) for each in filters.outcomes]))
    if filters.decided_by:
        found.append(DecisionRow.decided_by.in_([plain(each) for each in filters.decided_by]))
    if filters.decided_from is not None:
        found.append(DecisionRow.decided_at >= _midnight(filters.decided_from))
    if filters.decided_to is not None:
        found.append(DecisionRow.decided_at < _midnight(filters.decided_to + timedelta(days=1)))
    if filters.due_by is not None:
        found += [DecisionRow.review_on <= filters.due_by, DecisionRow.id.in_(newest_ids())]
    return [*found, *(_says(word) for word in plain(filters.text).lower().split())]


def _says(word: str) -> ColumnElement[bool]:
    columns = (DecisionRow.title, DecisionRow.reason, DecisionRow.decided_by, DecisionRow.alternative)
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def newest_ids(identities: Iterable[str] | None = None) -> Select[int]:
    """The id of each proposal's newest decision."""
    query = select(func.max(DecisionRow.id)).group_by(DecisionRow.proposal_id)
    return query if identities is None else query.where(DecisionRow.proposal_id.in_([*identities]))


def newest_decisions(identities: Iterable[str]) -> Select[DecisionRow]:
    """The newest decision of each proposal that was decided on, without its figures."""
    return select(DecisionRow).options(defer(DecisionRow.figures)).where(DecisionRow.id.in_(newest_ids(identities)))


def deciders() -> Select[str]:
    """Who decided, each once."""
    return select(DecisionRow.decided_by).distinct().order_by(DecisionRow.decided_by).limit(MOST_CHOICES)


# Rates and settings ----------------------------------------------------------------------------


def rates(base: str) -> Select[RateRow]:
    """The newest rate of each currency in the base."""
    newest = select(func.max(RateRow.id)).where(RateRow.base == base).group_by(RateRow.currency)
    return select(RateRow).where(RateRow.id.in_(newest), RateRow.rate.is_not(None)).order_by(RateRow.currency)


def drafts(identity: str) -> Select[DraftRow]:
    """A proposal's drafts."""
    return select(DraftRow).where(DraftRow.proposal_id == plain(identity))


def without_draft(identity: str, path: str) -> Delete:
    """Forgets the draft at a path."""
    return delete(DraftRow).where(DraftRow.proposal_id == plain(identity), DraftRow.path == path)
