"""Which ideas the queue shows, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from scoping.vocabulary import IdeaState, Stage

from . import queries
from .access import Person
from .ideas import IdeaFilters, IdeaRow, Proposed, proposed
from .mapping import plain
from .models import ProposalRow
from .queries import begins_like, in_use_by, visible_to, words_of
from .rates import worth_in
from .records import Page
from .searching import PROPOSALS


def waiting() -> ColumnElement[bool]:
    """That an idea waits: nobody settled it, or somebody brought it back."""
    return and_(ProposalRow.stage == Stage.IDEA, ProposalRow.archived.is_(False))


def page_of_ideas(session: Session, person: Person, filters: IdeaFilters, number: int, size: int) -> Page[Proposed]:
    """One page of the queue. Raises ValueRefused."""
    rates = worth_in(session, filters.display) if filters.display else {}
    wanted = _wanted(person, filters)
    total = session.scalar(queries.count(wanted)) or 0
    ordered = queries.page(wanted.order_by(*_order(filters, rates)), number, size)
    rows = [(row, proposal) for row, proposal in session.execute(ordered)]
    same = _same(session, person, [row for row, _ in rows])
    shown = (
        proposed(row, proposal, _own_id(person), same.get(row.same_as or ""), rates.get(proposal.currency))
        for row, proposal in rows
    )
    return Page(tuple(shown), total, number, size)


def one_idea(session: Session, person: Person, row: IdeaRow, proposal: ProposalRow) -> Proposed:
    """One idea by itself."""
    return proposed(row, proposal, _own_id(person), _same(session, person, [row]).get(row.same_as or ""))


def how_many_wait(person: Person) -> Select[int]:
    """How many ideas wait that the person may see."""
    return select(func.count(ProposalRow.id)).where(waiting(), in_use_by(person))


def _own_id(person: Person) -> str | None:
    return person.id if person.is_signed_in else None


def _wanted(person: Person, filters: IdeaFilters) -> Any:
    """Statement of the idea's row and its proposal's."""
    query: Any = select(IdeaRow, ProposalRow).join(ProposalRow, ProposalRow.id == IdeaRow.proposal_id)
    query = query.where(visible_to(person), or_(false(), *map(_in_state, filters.states)))
    query = query.where(*PROPOSALS.said_in_text(words_of(filters.text)))
    if filters.teams:
        query = query.where(begins_like(ProposalRow.team, filters.teams))
    if filters.is_own and person.is_signed_in:
        query = query.where(IdeaRow.proposed_by_id == person.id)
    return query


def _in_state(state: IdeaState) -> ColumnElement[bool]:
    if state is IdeaState.WAITING:
        return waiting()
    return and_(IdeaRow.state == plain(state), ~waiting())


def _order(filters: IdeaFilters, rates: Mapping[str, float]) -> list[ColumnElement[Any]]:
    """What has no worth comes last, and of two that tie the one that has waited longer first."""
    if filters.sort == "newest":
        return [IdeaRow.proposed_at.desc(), IdeaRow.proposal_id.asc()]
    found: list[ColumnElement[Any]] = [IdeaRow.proposed_at.asc(), IdeaRow.proposal_id.asc()]
    if filters.sort == "oldest":
        return found
    worth: ColumnElement[Any] = (
        IdeaRow.worth * case(dict(rates), value=ProposalRow.currency, else_=None) if rates else IdeaRow.worth.expression
    )
    return [worth.desc().nulls_last(), *found]


def _same(session: Session, person: Person, rows: Sequence[IdeaRow]) -> dict[str, ProposalRow]:
    """The proposals that they are the same as, of those that the person may see."""
    wanted = [row.same_as for row in rows if row.same_as]
    if not wanted:
        return {}
    found = session.scalars(queries.proposals(wanted).where(visible_to(person)))
    return {each.id: each for each in found}
