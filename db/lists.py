"""What lists are made of: pages of keys, the rows of those keys, and what stands beside each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from . import mapping, queries
from .listing import Sought
from .rates import worth_in
from .records import Filters, Line

Row = TypeVar("Row")
Key = TypeVar("Key")

WALKED = 1_000
"""How many rows of a list are looked at before an index is asked who says what is sought."""
_MORE_FOR_EACH = 4
"""How many more for each row that is shown or stands before it."""
FEW_SAY, FEW_LEFT = 500, 3_000
"""So many rows are looked at one by one: where no more say the words, and where filters leave no more."""
_COUNTED = 200
"""How many are counted of a search that the first rows answer, unless a later page needs more."""
_SMALL = 200
"""Up to here tens are told, then hundreds."""


@dataclass(frozen=True)
class Found(Generic[Row]):
    """The rows of one page, and how many there are in all; where `has_more`, there are more than that."""

    rows: list[Row]
    total: int
    has_more: bool = False


def paged(session: Session, query: Select[Row], number: int, size: int) -> Found[Row]:
    """The rows of one page, all of them counted."""
    total = session.scalar(queries.count(query)) or 0
    return Found([*session.scalars(queries.page(query, number, size))], total)


def found(session: Session, listing: Sought[Key], number: int, size: int) -> Found[Key]:
    """The ids of one page of a list.

    What many rows say is found at the beginning of the list, and then nobody counts them all; what few say, by an
    index. So neither takes longer where there are more proposals.
    """
    if not listing.words:
        return paged(session, listing.every(), number, size)
    if _are_few(session, listing.counted_by_words, FEW_SAY):
        return _counted(session, listing.by_words(), number, size)
    if listing.has_index_order and (first := _among_the_first(session, listing, number, size)) is not None:
        return first
    narrow = _are_few(session, listing.counted_by_columns, FEW_LEFT)
    return _counted(session, listing.by_columns() if narrow else listing.by_words(), number, size)


def _are_few(session: Session, counted: Callable[[int], Select[int] | None], most: int) -> bool:
    query = counted(most + 1)
    return query is not None and (session.scalar(query) or 0) <= most


def _among_the_first(session: Session, listing: Sought[Key], number: int, size: int) -> Found[Key] | None:
    """The page, if the first rows of the list have it and one more, or if they are all that there are."""
    rows, needed = WALKED + _MORE_FOR_EACH * number * size, (number + 1) * size
    most = max(_COUNTED, needed) + 1
    matching = [*session.scalars(listing.walked(rows, most))]
    page = matching[(number - 1) * size : number * size]
    if len(matching) < most and session.scalar(listing.counted(rows)) != rows:
        return Found(page, len(matching))
    return Found(page, _rounded(len(matching)), has_more=True) if len(matching) >= needed else None


def _rounded(known: int) -> int:
    """A number that is easily read, and less than what is known."""
    step = 10 if known <= _SMALL else 100
    return (known - 1) // step * step


def _counted(session: Session, query: Select[Key], number: int, size: int) -> Found[Key]:
    """The rows of one page and their count, found in one go: each of the two would search anew."""
    rows = session.execute(queries.page(query.add_columns(func.count().over()), number, size)).all()
    if rows:
        return Found([row[0] for row in rows], rows[0][1])
    return Found([], 0 if number == 1 else session.scalar(queries.count(query)) or 0)


def rates_in(session: Session, filters: Filters) -> dict[str, float]:
    """What one unit of each currency is worth in the one in which the list compares; nothing where it does not."""
    return worth_in(session, filters.display) if filters.display else {}


def lines_in(session: Session, identities: Sequence[str], rates: Mapping[str, float]) -> Iterator[Line]:
    """The lines of those proposals, in that order."""
    rows = {row.id: row for row in session.scalars(queries.proposals(identities))}
    standing = {each.proposal_id: each for each in session.scalars(queries.standing_decisions(identities))}
    for row in map(rows.__getitem__, identities):
        decided = standing.get(row.id)
        listed = mapping.listed(row, decided, rates.get(row.currency))
        yield Line(listed, None if decided is None else mapping.decision(decided))
