"""The rounds of review in which somebody is still asked for advice, as the functions for which they speak."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, TableValuedAlias, func, literal, select
from sqlalchemy.orm import Session, aliased

from . import queries
from .access import Action, Person, least_role
from .gate import needs_four_eyes
from .mapping import in_utc
from .models import ProposalRow, RevisionRow
from .review_records import Function, ReviewState, Waiting
from .review_rows import AdviceRow, ReviewRow
from .review_settings import functions_in, speaks_for


def waiting_in(session: Session, person: Person, asking: Person) -> tuple[Waiting, ...]:
    """The open rounds in which functions of the person are silent, the oldest first, of those that who asks may see."""
    if not person.has(least_role(Action.ADVISE)):
        return ()
    wanted = select(ReviewRow, ProposalRow.title).join(ProposalRow, ProposalRow.id == ReviewRow.proposal_id)
    wanted = wanted.where(*_open_to(session, person), queries.visible_to(asking))
    found = session.execute(wanted.order_by(ReviewRow.submitted_at, ReviewRow.id)).all()
    if not found:
        return ()
    known, spoken = functions_in(session), {(each[0], each[1]) for each in session.execute(_spoken())}
    waiting = (_waiting(row, title, own_functions(known, person, row.asked), spoken) for row, title in found)
    return tuple(each for each in waiting if each.functions)


def how_many_wait(session: Session, person: Person) -> ColumnElement[int]:
    """How many rounds `waiting_in` would find for the person, as a part of a statement: no round is read."""
    if not person.has(least_role(Action.ADVISE)):
        return literal(0)
    # Where nobody signs in, everybody speaks for every function.
    functions = functions_in(session) if person.is_signed_in else ()
    others = [each.name for each in functions if not speaks_for(person, each)]
    asked = _asked(session)
    has_spoken = select(AdviceRow.id).where(AdviceRow.review_id == ReviewRow.id, AdviceRow.function == asked.c.value)
    is_silent = select(literal(1)).select_from(asked).where(asked.c.value.not_in(others), ~has_spoken.exists())
    wanted = select(func.count()).select_from(ReviewRow).join(ProposalRow, ProposalRow.id == ReviewRow.proposal_id)
    return wanted.where(*_open_to(session, person), is_silent.correlate(ReviewRow).exists()).scalar_subquery()


def _asked(session: Session) -> TableValuedAlias:
    """The functions that a round asks, as rows."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    found = (func.json_array_elements_text if is_postgresql else func.json_each)(ReviewRow.asked)
    return found.table_valued("value")


def _open_to(session: Session, person: Person) -> tuple[ColumnElement[bool], ...]:
    """Rounds that are open on proposals in use that the person may see; with four eyes, on the work of others."""
    is_open = (ReviewRow.state == ReviewState.OPEN, queries.in_use_by(person))
    if not person.is_signed_in or not needs_four_eyes(session):
        return is_open
    saved = select(RevisionRow.id).where(
        RevisionRow.proposal_id == ProposalRow.id, RevisionRow.saved_by_id == person.id
    )
    rounds = aliased(ReviewRow)
    submitted = select(rounds.id).where(rounds.proposal_id == ProposalRow.id, rounds.submitted_by_id == person.id)
    is_owned = ProposalRow.owner_id.is_not_distinct_from(person.id)
    return (*is_open, ~is_owned, ~saved.exists(), ~submitted.exists())


def own_functions(known: Sequence[Function], person: Person, asked: Sequence[str]) -> tuple[str, ...]:
    """Those that are asked for which the person may speak; one that was taken off the list, every reviewer."""
    by_name = {each.name: each for each in known}
    return tuple(each for each in asked if speaks_for(person, by_name.get(each) or Function(each)))


def _waiting(row: ReviewRow, title: str, own: Sequence[str], spoken: Collection[tuple[int, str]]) -> Waiting:
    silent = tuple(each for each in own if (row.id, each) not in spoken)
    by, at = row.submitted_by, in_utc(row.submitted_at)
    return Waiting(row.proposal_id, title, row.number, row.version, silent, by, at)


def _spoken() -> Select[int, str]:
    """Who has spoken in the rounds that are open."""
    wanted = select(AdviceRow.review_id, AdviceRow.function).join(ReviewRow, ReviewRow.id == AdviceRow.review_id)
    return wanted.where(ReviewRow.state == ReviewState.OPEN)
