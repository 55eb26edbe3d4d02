"""Which decisions the register shows, newest first, and the ways to find those that say some words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from .access import Person
from .apart import decided_on_side
from .mapping import plain
from .models import DecisionRow
from .queries import begins_like, between, decided_on_visible, is_standing, words_of
from .records import DecisionFilters
from .searching import DECISIONS, Searching, unindexed


@dataclass(frozen=True)
class DecisionListing:
    """What a person wants listed of the decisions, or of those on one proposal.

    Its statements find ids: rows are wide.
    """

    person: Person
    filters: DecisionFilters
    searching: Searching
    identity: str = ""
    has_index_order: bool = True

    @cached_property
    def words(self) -> list[str]:
        """What is sought. Raises ValueRefused."""
        return words_of(self.filters.text)

    def every(self) -> Select[int]:
        """All that match, newest first."""
        return self.by_words() if self.words else self._listed(*self._by_column(), *self._beside())

    def walked(self, rows: int, most: int) -> Select[int]:
        """Those that match among the newest, up to a number."""
        matches = and_(true(), *self._by_column(), *DECISIONS.said_in_text(self.words), *self._beside())
        first = select(DecisionRow.id, matches.label("matches")).order_by(DecisionRow.id.desc()).limit(rows).subquery()
        return select(first.c.id).where(first.c.matches).limit(most)

    def counted(self, most: int) -> Select[int]:
        """How many decisions there are, up to a number."""
        return _counted(select(DecisionRow.id), most)

    def counted_by_columns(self, most: int) -> Select[int] | None:
        """How many decisions the filters leave, up to a number; None without a filter."""
        by_column = self._by_column()
        return _counted(select(DecisionRow.id).where(*by_column), most) if by_column else None

    def counted_by_words(self, most: int) -> Select[int] | None:
        """How many decisions say the words, up to a number, whatever the filters; None where that takes long."""
        return DECISIONS.counted(self.words, self.searching, most)

    def by_columns(self) -> Select[int]:
        """All that match, sought among those which the filters leave."""
        return self._listed(*self._by_column(), *DECISIONS.said_in_text(self.words), *self._beside())

    def by_words(self) -> Select[int]:
        """All that match, sought among those which the index of the search gives."""
        rest = [unindexed(each, self.searching) for each in (*self._by_column(), *self._beside())]
        return self._listed(*DECISIONS.said(self.words, self.searching), *rest)

    def _listed(self, *conditions: ColumnElement[bool]) -> Select[int]:
        return select(DecisionRow.id).where(true(), *conditions).order_by(DecisionRow.id.desc())

    def _by_column(self) -> list[ColumnElement[bool]]:
        found = between(DecisionRow.decided_at, self.filters.decided_from, self.filters.decided_to)
        if self.identity:
            found.append(DecisionRow.proposal_id == plain(self.identity))
        if self.filters.outcomes:
            found.append(DecisionRow.outcome.in_([plain(each) for each in self.filters.outcomes]))
        if self.filters.decided_by:
            found.append(begins_like(DecisionRow.decided_by, self.filters.decided_by))
        if self.filters.due_by is not None:
            found.append(DecisionRow.review_on <= self.filters.due_by)
        return found

    def _beside(self) -> list[ColumnElement[bool]]:
        """What other rows say: that a proposal may be seen, that the decision stands."""
        found = [decided_on_visible(self.person), *decided_on_side(self.filters.demo)]
        if self.filters.standing or self.filters.due_by is not None:
            found.append(is_standing())
        return found


def _counted(query: Select[int], most: int) -> Select[int]:
    return select(func.count()).select_from(query.limit(most).subquery())
