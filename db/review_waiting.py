"""The rounds of review in which somebody is still asked for advice, as the functions for which they speak."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from . import queries
from .access import Action, Person, least_role
from .mapping import in_utc
from .models import ProposalRow
from .review_records import Function, ReviewState, Waiting
from .review_rows import AdviceRow, ReviewRow
from .review_settings import functions_in, speaks_for


def waiting_in(session: Session, person: Person, asking: Person) -> tuple[Waiting, ...]:
    """The open rounds in which functions of the person are silent, the oldest first, of those that who asks may see."""
    if not person.has(least_role(Action.ADVISE)):
        return ()
    seen_by_both = (queries.visible_to(person), queries.visible_to(asking))
    wanted = select(ReviewRow, ProposalRow.title).join(ProposalRow, ProposalRow.id == ReviewRow.proposal_id)
    wanted = wanted.where(ReviewRow.state == ReviewState.OPEN, ProposalRow.archived.is_(False), *seen_by_both)
    found = session.execute(wanted.order_by(ReviewRow.submitted_at, ReviewRow.id)).all()
    if not found:
        return ()
    known, spoken = functions_in(session), {(each[0], each[1]) for each in session.execute(_spoken())}
    waiting = (_waiting(row, title, own_functions(known, person, row.asked), spoken) for row, title in found)
    return tuple(each for each in waiting if each.functions)


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
