"""What lists are made of: pages of keys, the rows of those keys, and what stands beside each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from . import mapping, queries
from .models import DecisionRow
from .rates import worth_in
from .records import Decision, Filters, Line

Row = TypeVar("Row")


def paged(session: Session, query: Select[Row], number: int, size: int) -> tuple[list[Row], int]:
    """The rows of one page, and how many there are in all."""
    total = session.scalar(queries.count(query)) or 0
    return [*session.scalars(queries.page(query, number, size))], total


def rates_in(session: Session, filters: Filters) -> dict[str, float]:
    """What one unit of each currency is worth in the one in which the list compares; nothing where it does not."""
    return worth_in(session, filters.display) if filters.display else {}


def lines_in(session: Session, identities: Sequence[str], rates: Mapping[str, float]) -> Iterator[Line]:
    """The lines of those proposals, in that order."""
    rows = {row.id: row for row in session.scalars(queries.proposals(identities))}
    newest = {each.proposal_id: each for each in session.scalars(queries.newest_decisions(identities))}
    for row in map(rows.__getitem__, identities):
        decided = newest.get(row.id)
        listed = mapping.listed(row, decided, rates.get(row.currency))
        yield Line(listed, None if decided is None else mapping.decision(decided))


def decisions_in(session: Session, rows: Sequence[DecisionRow]) -> Iterator[Decision]:
    """The decisions, each with whether it is its proposal's newest."""
    newest = {*session.scalars(queries.newest_ids(row.proposal_id for row in rows))}
    return (mapping.decision(row, is_newest=row.id in newest) for row in rows)
