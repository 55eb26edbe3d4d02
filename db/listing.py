"""Which proposals a list shows and in which order, and the ways to find those that say some words.

A word may be rare or in every text, and a filter may leave ten rows or all of them. No one way is fast in all cases,
so there are three, and `found` takes the first that leads somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Float, Select, and_, case, func, or_, select

from scoping.vocabulary import Stage

from .access import Person
from .apart import on_side
from .columns import SORTS
from .labels import labelled
from .mapping import plain
from .models import DecisionRow, ProposalRow
from .queries import beginning, begins_like, is_here, is_newest, is_standing, is_withdrawn, shared_with, words_of
from .records import NOT_DECIDED, Filters
from .review_rows import has_begun
from .searching import PROPOSALS, Searching, unindexed

Key = TypeVar("Key", covariant=True)


class Sought(Protocol[Key]):
    """A list that may be searched for words, and the ways to do it. Its statements find ids."""

    @property
    def words(self) -> list[str]:
        """What is sought. Raises ValueRefused."""
        ...

    @property
    def has_index_order(self) -> bool:
        """Whether an index has the order of the list."""
        ...

    def every(self) -> Select[Key]:
        """All that match, in the order that is asked for."""
        ...

    def walked(self, rows: int, most: int) -> Select[Key]:
        """Those that match among the first rows of the list without any filter, in its order, up to a number."""
        ...

    def counted(self, most: int) -> Select[int]:
        """How many rows the list has without any filter, up to a number."""
        ...

    def counted_by_columns(self, most: int) -> Select[int] | None:
        """How many rows the filters leave that indexes answer, up to a number; None without such a filter."""
        ...

    def counted_by_words(self, most: int) -> Select[int] | None:
        """How many rows say the words, up to a number, whatever the filters; None where that takes long."""
        ...

    def by_columns(self) -> Select[Key]:
        """All that match, sought among those which the filters leave."""
        ...

    def by_words(self) -> Select[Key]:
        """All that match, sought among those which the index of the search gives."""
        ...


@dataclass(frozen=True)
class Listing:
    """What a person wants listed. Amounts are compared at the rates, by currency, where there are any.

    Its statements find ids: an index answers that, and rows are wide.
    """

    person: Person
    filters: Filters
    searching: Searching
    rates: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def words(self) -> list[str]:
        """What is sought. Raises ValueRefused."""
        return words_of(self.filters.text)

    @property
    def has_index_order(self) -> bool:
        """Whether an index has the order: none knows what currencies are worth."""
        return not (self.filters.sort == ProposalRow.npv_mean.key and self.rates)

    def every(self) -> Select[str]:
        """All that match, in the order that is asked for."""
        if self.words:
            return self.by_words()
        return select(ProposalRow.id).where(self._kept(), *self._by_column(), *self._beside()).order_by(*self._order())

    def following(self, identity: str) -> Select[str]:
        """All that match and follow that one, in the order of ids, which nothing changes."""
        return self.every().where(ProposalRow.id > identity).order_by(None).order_by(ProposalRow.id)

    def walked(self, rows: int, most: int) -> Select[str]:
        """Those that match among the first rows of the list without any filter, in its order, up to a number.

        An index gives that order, so it costs the same however many proposals there are.
        """
        matches = and_(*self._by_column(), *PROPOSALS.said_in_text(self.words), *self._beside_each())
        first = select(ProposalRow.id, matches.label("matches")).where(self._kept()).order_by(*self._order())
        looked_at = first.limit(rows).subquery()
        return select(looked_at.c.id).where(looked_at.c.matches).limit(most)

    def counted(self, most: int) -> Select[int]:
        """How many rows the list has without any filter, up to a number."""
        some = select(ProposalRow.id).where(self._kept()).limit(most).subquery()
        return select(func.count()).select_from(some)

    def counted_by_columns(self, most: int) -> Select[int] | None:
        """How many proposals the filters leave that indexes answer, up to a number; None without such a filter."""
        by_column = self._by_column()
        some = select(ProposalRow.id).where(self._kept(), *by_column).limit(most).subquery()
        return select(func.count()).select_from(some) if by_column else None

    def counted_by_words(self, most: int) -> Select[int] | None:
        """How many proposals say the words, up to a number, whatever the filters; None where that takes long."""
        return PROPOSALS.counted(self.words, self.searching, most)

    def by_columns(self) -> Select[str]:
        """All that match, sought among those which the filters leave."""
        said = PROPOSALS.said_in_text(self.words)
        query = select(ProposalRow.id).where(self._kept(), *self._by_column(), *said, *self._beside_each())
        return query.order_by(*self._order())

    def by_words(self) -> Select[str]:
        """All that match, sought among those which the index of the search gives."""
        said, kept = PROPOSALS.said(self.words, self.searching), unindexed(self._kept(), self.searching)
        query = select(ProposalRow.id).where(kept, *said, *self._by_column(), *self._beside_each())
        return query.order_by(*self._order())

    def _kept(self) -> ColumnElement[bool]:
        kept = ProposalRow.archived.is_(self.filters.archived)
        if self.filters.archived:
            # What was removed of the demo portfolio is archived too, so only the archive has to ask.
            return and_(kept, is_here())
        return kept if Stage.IDEA in self.filters.stages else and_(kept, ProposalRow.stage != Stage.IDEA)

    def _by_column(self) -> list[ColumnElement[bool]]:
        """What an index of lists answers."""
        found: list[ColumnElement[bool]] = []
        if self.filters.recommendations:
            found.append(ProposalRow.recommendation.in_([plain(each) for each in self.filters.recommendations]))
        if self.filters.stages:
            found.append(ProposalRow.stage.in_([plain(each) for each in self.filters.stages]))
        for column, wanted in ((ProposalRow.team, self.filters.teams), (ProposalRow.owner, self.filters.owners)):
            if wanted:
                found.append(begins_like(column, wanted))
        return [*found, *labelled(self.filters.tags, self.filters.own)]

    def _beside(self) -> list[ColumnElement[bool]]:
        """What other tables say of all proposals at once: who may see them, what was decided."""
        found: list[ColumnElement[bool]] = [shared_with(self.person), *on_side(self.filters.demo), *self._of_begun()]
        standing = select(DecisionRow.proposal_id).where(is_standing())
        if self.filters.decisions:
            ways = [ProposalRow.id.in_(standing.where(DecisionRow.outcome.in_(self._outcomes())))]
            if NOT_DECIDED in self.filters.decisions:
                withdrawn = select(DecisionRow.proposal_id).where(is_withdrawn(), is_newest())
                ways.append(ProposalRow.id.not_in(select(DecisionRow.proposal_id)))
                ways.append(ProposalRow.id.in_(withdrawn))
            found.append(or_(*ways))
        if self.filters.due_by is not None:
            found.append(ProposalRow.id.in_(standing.where(DecisionRow.review_on <= self.filters.due_by)))
        return found

    def _beside_each(self) -> list[ColumnElement[bool]]:
        """The same, asked for one proposal after the other: what a statement pays that looks at a few."""
        found: list[ColumnElement[bool]] = [shared_with(self.person), *on_side(self.filters.demo), *self._of_begun()]
        if self.filters.decisions:
            outcome = _of_standing(DecisionRow.outcome)
            ways = [outcome.in_(self._outcomes())]
            if NOT_DECIDED in self.filters.decisions:
                ways.append(outcome.is_(None))
            found.append(or_(*ways))
        if self.filters.due_by is not None:
            found.append(_of_standing(DecisionRow.review_on) <= self.filters.due_by)
        return found

    def _of_begun(self) -> list[ColumnElement[bool]]:
        """Whether its work has begun, where somebody asks."""
        if self.filters.begun is None:
            return []
        return [has_begun() if self.filters.begun else ~has_begun()]

    def _outcomes(self) -> list[str]:
        return [plain(outcome) for outcome in self.filters.decisions if outcome != NOT_DECIDED]

    def _order(self) -> list[ColumnElement[Any]]:
        """By the column that is asked for, what has no value last; those that tie always in the same order."""
        column = getattr(ProposalRow, self.filters.sort if self.filters.sort in SORTS else SORTS[0])
        found: list[ColumnElement[Any]] = [ProposalRow.id.asc()]
        if column is ProposalRow.npv_mean and self.rates:
            # What nobody gave a rate for stands apart, each currency for itself.
            found = [ProposalRow.currency.asc(), self._sorted(column), *found]
            return [self._sorted(column * case(dict(self.rates), value=ProposalRow.currency, else_=None)), *found]
        if column is ProposalRow.title:
            return [self._sorted(beginning(column)), *found]
        return [self._sorted(column), *found]

    def _sorted(self, column: Any) -> ColumnElement[Any]:
        found: ColumnElement[Any] = column.desc() if self.filters.descending else column.asc()
        # An index in the same order is found only where nothing is said that goes without saying.
        always_there = column is ProposalRow.saved_at or not isinstance(column.type, Float)
        return found if always_there else found.nulls_last()


def _of_standing(column: Any) -> ColumnElement[Any]:
    """What a proposal's decision says that stands; nothing where none does: the newest counts, or no other."""
    said = case((is_withdrawn(), None), else_=column)
    newest = select(said).where(DecisionRow.proposal_id == ProposalRow.id).order_by(DecisionRow.id.desc()).limit(1)
    return newest.correlate(ProposalRow).scalar_subquery()
