"""What is asked of the database: select statements, their order, and pages of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Select,
    Text,
    Update,
    and_,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased, defer

from scoping.text.languages import message

from .access import Person, sees_all
from .errors import ValueRefused
from .mapping import plain
from .models import (
    AuditRow,
    DecisionRow,
    DraftRow,
    MemberRow,
    PersonRow,
    ProposalRow,
    RateRow,
    RevisionRow,
    WithdrawalRow,
)

PAGE_SIZE = 20
MOST_ROWS = 200
MOST_CHOICES = 500
"""How many teams, owners or names of people a filter offers."""
BEGINNING = 200
"""By how many letters names are told apart, and titles sorted."""
MOST_WORDS = 50
"""How many words a search may have; each is a condition of its own."""


def page(query: Select[Any], number: int, size: int) -> Select[Any]:
    """The rows of one page. Pages count from 1."""
    return query.limit(size).offset((number - 1) * size)


def count(query: Select[Any]) -> Select[int]:
    """How many rows the query finds in all."""
    return query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def beginning(column: Any) -> ColumnElement[str]:
    """What a text begins with, as the indexes hold it: it may be longer than PostgreSQL takes into one."""
    return func.substr(column, literal_column("1"), literal_column(str(BEGINNING)), type_=Text)


def begins_like(column: Any, wanted: Iterable[str]) -> ColumnElement[bool]:
    """That a text is one of those, or begins like it where it is long."""
    return beginning(column).in_([plain(each)[:BEGINNING] for each in wanted])


def words_of(text: str) -> list[str]:
    """The words of a search, whichever their case. Raises ValueRefused where there are too many."""
    words = plain(text).casefold().split()
    if len(words) > MOST_WORDS:
        raise ValueRefused(message("A search has at most {most} words.", most=str(MOST_WORDS)))
    return words


def is_newest() -> ColumnElement[bool]:
    """That no decision on the same proposal has followed."""
    later = aliased(DecisionRow)
    return ~exists().where(later.proposal_id == DecisionRow.proposal_id, later.id > DecisionRow.id)


def is_withdrawn() -> ColumnElement[bool]:
    """That a decision was taken back."""
    return exists().where(WithdrawalRow.decision_id == DecisionRow.id)


def is_standing() -> ColumnElement[bool]:
    """That a decision counts now: none has followed, and nobody took it back. An earlier one never counts again."""
    return and_(is_newest(), ~is_withdrawn())


def contents() -> Select[str, int, str, Any]:
    """What every revision says, and the hash that was made of it."""
    columns = (RevisionRow.proposal_id, RevisionRow.version, RevisionRow.content_hash, RevisionRow.document)
    return select(*columns).order_by(RevisionRow.id)


# Proposals -------------------------------------------------------------------------------------


HERE = "here"
"""What a proposal of the demo portfolio says for as long as it is loaded."""
REMOVED = "removed"
"""What a proposal of the demo portfolio says that was removed: nobody sees it, and the audit trail keeps it."""


def is_here() -> ColumnElement[bool]:
    """That a proposal is no removed part of the demo portfolio."""
    return or_(ProposalRow.demo.is_(None), ProposalRow.demo != REMOVED)


def visible_to(person: Person) -> ColumnElement[bool]:
    """Which proposals the person may see: the Gate's rule, for many at once. Nobody sees what was removed."""
    return and_(is_here(), shared_with(person))


def in_use_by(person: Person) -> ColumnElement[bool]:
    """Which proposals the person may see that are not in the archive.

    What was removed is in the archive, so an index of lists answers this alone.
    """
    return and_(ProposalRow.archived.is_(False), shared_with(person))


def shared_with(person: Person) -> ColumnElement[bool]:
    """The half of both that sharing says. By itself it lets through what was removed: ask one of the two above."""
    if sees_all(person):
        return true()
    own = select(MemberRow.proposal_id).where(MemberRow.person_id == person.id)
    return or_(ProposalRow.is_restricted.is_(False), ProposalRow.owner_id == person.id, ProposalRow.id.in_(own))


def proposals(identities: Iterable[str]) -> Select[ProposalRow]:
    """The proposals of those ids, without their documents."""
    return select(ProposalRow).options(defer(ProposalRow.document)).where(ProposalRow.id.in_([*identities]))


def any_proposal(person: Person) -> Select[str]:
    """One proposal that the person may see, whichever, where there is any."""
    return select(ProposalRow.id).where(visible_to(person)).limit(1)


def said_of(person: Person, column: Any, *conditions: ColumnElement[bool]) -> Select[str]:
    """What proposals that are not archived say there, each once, in order."""
    return said_once(beginning(column), in_use_by(person), *conditions)


def said_once(said: ColumnElement[str], *conditions: ColumnElement[bool]) -> Select[str]:
    """Every text of an index once, in order: each is the next one after the last, so that many rows cost no more."""
    first = select(func.min(said).label("said")).where(*conditions, said > "").cte("said", recursive=True)
    following = select(func.min(said)).where(*conditions, said > first.c.said).scalar_subquery()
    found = first.union_all(select(following).where(first.c.said.is_not(None)))
    return select(found.c.said).where(found.c.said.is_not(None)).limit(MOST_CHOICES)


def said_among(said: ColumnElement[str], *conditions: ColumnElement[bool]) -> Select[str]:
    """Every text once, in order, by one look at every row: for conditions that ask about other tables.

    `said_once` would ask about them anew for each text, until the database gives up.
    """
    return select(said).where(*conditions, said > "").distinct().order_by(said).limit(MOST_CHOICES)


def currencies(person: Person, *conditions: ColumnElement[bool]) -> Select[str, int]:
    """The currencies of proposals that are not archived, those of most proposals first."""
    column, many = ProposalRow.currency, func.count()
    query = select(column, many).where(in_use_by(person), *conditions)
    return query.group_by(column).order_by(many.desc(), column)


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
    query = select(DecisionRow).where(DecisionRow.proposal_id == plain(identity))
    return query.order_by(DecisionRow.id.desc()).limit(1)


def decisions(identities: Iterable[int]) -> Select[DecisionRow]:
    """Those decisions, newest first."""
    return select(DecisionRow).where(DecisionRow.id.in_([*identities])).order_by(DecisionRow.id.desc())


def between(column: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """That a moment is on one of these days, both included."""
    found = []
    if first is not None:
        found.append(column >= _midnight(first))
    if last is not None:
        found.append(column < _midnight(last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def newest_ids(identities: Iterable[str]) -> Select[int]:
    """The id of each proposal's newest decision."""
    query = select(func.max(DecisionRow.id)).group_by(DecisionRow.proposal_id)
    return query.where(DecisionRow.proposal_id.in_([*identities]))


def standing_decisions(identities: Iterable[str]) -> Select[DecisionRow]:
    """The decision that stands on each of these proposals, where one does."""
    return select(DecisionRow).where(DecisionRow.id.in_(newest_ids(identities)), ~is_withdrawn())


def links_of(identities: Iterable[str]) -> Select[int, str, str, str, datetime]:
    """What the chains of these proposals are made of: every decision, in no order."""
    columns = (DecisionRow.id, DecisionRow.proposal_id, DecisionRow.outcome, DecisionRow.decided_by)
    return select(*columns, DecisionRow.decided_at).where(DecisionRow.proposal_id.in_([*identities]))


def withdrawals_of(identities: Iterable[str]) -> Select[WithdrawalRow]:
    """What was taken back of the decisions on these proposals."""
    return select(WithdrawalRow).where(WithdrawalRow.proposal_id.in_([*identities]))


def any_decision(person: Person) -> Select[int]:
    """One decision that the person may see, if there is any."""
    return select(DecisionRow.id).where(decided_on_visible(person)).limit(1)


def deciders(person: Person, *conditions: ColumnElement[bool]) -> Select[str]:
    """Who decided, each once."""
    said = said_once if sees_all(person) else said_among
    return said(beginning(DecisionRow.decided_by), decided_on_visible(person), *conditions)


def decided_on_visible(person: Person) -> ColumnElement[bool]:
    """That a decision is on a proposal which the person may see."""
    if sees_all(person):
        return DecisionRow.proposal_id.not_in(select(ProposalRow.id).where(ProposalRow.demo == REMOVED))
    return DecisionRow.proposal_id.in_(select(ProposalRow.id).where(visible_to(person)))


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


def all_withdrawal_rows() -> Select[WithdrawalRow]:
    """Everything that was taken back, as it is written."""
    return select(WithdrawalRow).order_by(WithdrawalRow.id)
