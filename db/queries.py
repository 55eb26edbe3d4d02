"""What is asked of the database: select statements, their order, and pages of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, Update, case, delete, func, or_, select, true, update
from sqlalchemy.orm import defer

from .access import Person, sees_all
from .columns import SORTS
from .mapping import plain
from .models import AuditRow, DecisionRow, DraftRow, MemberRow, PersonRow, ProposalRow, RateRow, RevisionRow
from .records import NOT_DECIDED, DecisionFilters, Filters

PAGE_SIZE = 20
MOST_ROWS = 200
MOST_CHOICES = 500
"""How many teams, owners or names of people a filter offers."""


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


def visible_to(person: Person) -> ColumnElement[bool]:
    """Which proposals the person may see: the same rule as `access.may`, for many at once."""
    if sees_all(person):
        return true()
    own = select(MemberRow.proposal_id).where(MemberRow.person_id == person.id)
    return or_(ProposalRow.is_restricted.is_(False), ProposalRow.owner_id == person.id, ProposalRow.id.in_(own))


def _of_visible(query: Select[Any], column: Any, person: Person) -> Select[Any]:
    """Only rows that belong to proposals which the person may see."""
    if sees_all(person):
        return query
    return query.where(column.in_(select(ProposalRow.id).where(visible_to(person))))


def listing(person: Person, filters: Filters, rates: Mapping[str, float] | None = None) -> Select[ProposalRow]:
    """The proposals that match and that the person may see, in the order that is asked for, without their documents.

    Amounts are compared at the rates, by currency, where there are any.
    """
    query = select(ProposalRow).options(defer(ProposalRow.document)).where(visible_to(person))
    return query.where(*_conditions(filters)).order_by(*_order(filters, rates or {}))


def said_of(person: Person, column: Any) -> Select[str]:
    """What proposals that are not archived say there, each once, in order."""
    query = select(column).where(ProposalRow.archived.is_(False), column != "", visible_to(person))
    return query.distinct().order_by(column).limit(MOST_CHOICES)


def currencies(person: Person) -> Select[str, int]:
    """The currencies of proposals that are not archived, those of most proposals first."""
    column, many = ProposalRow.currency, func.count()
    query = select(column, many).where(ProposalRow.archived.is_(False), visible_to(person))
    return query.group_by(column).order_by(many.desc(), column)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [ProposalRow.archived.is_(filters.archived)]
    if filters.recommendations:
        found.append(ProposalRow.recommendation.in_([plain(each) for each in filters.recommendations]))
    for word in plain(filters.text).casefold().split():
        found.append(ProposalRow.search.contains(word, autoescape=True))
    for column, wanted in ((ProposalRow.team, filters.teams), (ProposalRow.owner, filters.owners)):
        if wanted:
            found.append(column.in_([plain(each) for each in wanted]))
    return [*found, *_decided(filters)]


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


def all_decisions(person: Person, filters: DecisionFilters | None = None) -> Select[DecisionRow]:
    """Decisions on all proposals that the person may see, newest first."""
    query = _of_visible(select(DecisionRow).order_by(DecisionRow.id.desc()), DecisionRow.proposal_id, person)
    return query.where(*_wanted(filters)) if filters else query


def decisions(identity: str, filters: DecisionFilters | None = None) -> Select[DecisionRow]:
    """Decisions on one proposal, newest first."""
    query = select(DecisionRow).where(DecisionRow.proposal_id == plain(identity)).order_by(DecisionRow.id.desc())
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


def deciders(person: Person) -> Select[str]:
    """Who decided, each once."""
    query = select(DecisionRow.decided_by).distinct().order_by(DecisionRow.decided_by).limit(MOST_CHOICES)
    return _of_visible(query, DecisionRow.proposal_id, person)


# Rates and settings ----------------------------------------------------------------------------


def rates(base: str) -> Select[RateRow]:
    """The newest rate of each currency in the base."""
    newest = select(func.max(RateRow.id)).where(RateRow.base == base).group_by(RateRow.currency)
    return select(RateRow).where(RateRow.id.in_(newest), RateRow.rate.is_not(None)).order_by(RateRow.currency)


def drafts(identity: str, person: Person) -> Select[DraftRow]:
    """What the person typed into a proposal and could not save."""
    return select(DraftRow).where(DraftRow.proposal_id == plain(identity), DraftRow.person_id == person.id)


def without_draft(identity: str, path: str, person: Person) -> Delete:
    """Forgets the person's draft at a path."""
    own = (DraftRow.proposal_id == plain(identity), DraftRow.person_id == person.id)
    return delete(DraftRow).where(*own, DraftRow.path == path)


# People ----------------------------------------------------------------------------------------


def people() -> Select[PersonRow]:
    """Everybody who belongs here or did."""
    return select(PersonRow).order_by(PersonRow.removed_at.is_not(None), func.lower(PersonRow.name), PersonRow.id)


def person_of(subject: str) -> Select[PersonRow]:
    """Who signed in under that subject."""
    return select(PersonRow).where(PersonRow.subject == plain(subject))


def expected(email: str) -> Select[PersonRow]:
    """Who was added by that address and has not come yet."""
    return select(PersonRow).where(PersonRow.subject.is_(None), PersonRow.email == plain(email))


def people_with(email: str) -> Select[PersonRow]:
    """Everybody with that address."""
    return select(PersonRow).where(PersonRow.email == plain(email))


def held(*identities: str) -> Select[PersonRow]:
    """People whom nobody else changes meanwhile; always in the same order, so that no two wait for each other."""
    query = select(PersonRow).where(PersonRow.id.in_([plain(each) for each in identities]))
    return query.order_by(PersonRow.id).with_for_update()


def members(identity: str) -> Select[PersonRow]:
    """Who works on a proposal beside its owner."""
    query = select(PersonRow).join(MemberRow, MemberRow.person_id == PersonRow.id)
    return query.where(MemberRow.proposal_id == plain(identity)).order_by(func.lower(PersonRow.name), PersonRow.id)


def member_ids(identity: str) -> Select[str]:
    """The ids of those who work on a proposal beside its owner."""
    return select(MemberRow.person_id).where(MemberRow.proposal_id == plain(identity))


def without_member(identity: str, person_id: str) -> Delete:
    """Takes somebody off a proposal."""
    return delete(MemberRow).where(MemberRow.proposal_id == plain(identity), MemberRow.person_id == plain(person_id))


def author_ids(identity: str) -> Select[str | None]:
    """The ids of those who saved a version of a proposal."""
    query = select(RevisionRow.saved_by_id).where(RevisionRow.proposal_id == plain(identity))
    return query.where(RevisionRow.saved_by_id.is_not(None)).distinct()


# The audit trail -------------------------------------------------------------------------------


def last_hash() -> Select[str]:
    """Where the chain ends."""
    return select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)


def chain() -> Select[AuditRow]:
    """All entries in the order in which they were written."""
    return select(AuditRow).order_by(AuditRow.id)


def digests() -> Select[str | None, str | None]:
    """What the audit trail says was saved and decided: the proposal's id, and the hash."""
    return select(AuditRow.proposal_id, AuditRow.digest).where(AuditRow.digest.is_not(None))


def hashes() -> Select[str, int, str]:
    """The hash of each version's document."""
    columns = (RevisionRow.proposal_id, RevisionRow.version, RevisionRow.content_hash)
    return select(*columns).order_by(RevisionRow.id)


def all_decision_rows() -> Select[DecisionRow]:
    """Every decision, as it is written."""
    return select(DecisionRow).order_by(DecisionRow.id)
