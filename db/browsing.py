"""The lists of proposals and decisions: pages, all of them one after the other, and what a filter may offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace

from sqlalchemy.orm import InstrumentedAttribute, Session

from . import mapping, queries
from .access import Action, Person
from .apart import decided_on_side, kept_apart, side
from .decision_chain import decisions_in
from .decision_listing import DecisionListing
from .gate import Gate
from .labels import tags_of
from .listing import Listing
from .lists import found, lines_in, rates_in
from .models import ProposalRow
from .queries import MOST_ROWS, PAGE_SIZE
from .records import Decision, DecisionFilters, Filters, Line, Listed, Page
from .review_rows import open_rounds
from .searching import Searching

STREAMED = {"yield_per": MOST_ROWS}


class Browsing:
    """The Store's lists. Each method asks whether the person may list, and finds what they may see."""

    _gate: Gate
    _searching: Searching

    @property
    def person(self) -> Person:
        """Who acts."""
        return self._gate.person

    def _reading(self) -> AbstractContextManager[Session]:
        """To read in, from one moment; it waits for no writer, and no writer for it."""
        raise NotImplementedError

    def _reading_at_one_moment(self) -> AbstractContextManager[Session]:
        """To read in with several statements that all see the same."""
        raise NotImplementedError

    def list(self, filters: Filters | None = None, page: int = 1, size: int = PAGE_SIZE) -> Page[Listed]:
        """One page of the proposals that match. Pages count from 1; a page past the end is empty.

        Of a search that very many match, not all are counted: the page says whether there are more.
        """
        wanted = self._wanted(filters)
        number, size = max(page, 1), min(max(size, 1), MOST_ROWS)
        with self._reading() as session:
            rates = rates_in(session, wanted)
            here = found(session, self._listing(session, wanted, rates), number, size)
            rows = tuple(each.listed for each in lines_in(session, here.rows, rates))
            return Page(rows, here.total, number, size, here.has_more)

    def first(self, filters: Filters | None = None, size: int = MOST_ROWS) -> tuple[Listed, ...]:
        """The first proposals that match, without counting the others."""
        wanted = self._wanted(filters)
        with self._reading() as session:
            rates = rates_in(session, wanted)
            listing, size = self._listing(session, wanted, rates), min(size, MOST_ROWS)
            identities = (
                found(session, listing, 1, size).rows
                if listing.words
                else [*session.scalars(listing.every().limit(size))]
            )
            return tuple(each.listed for each in lines_in(session, identities, rates))

    def every(self, filters: Filters | None = None) -> Iterator[Line]:
        """All proposals that match, in the order of the list, as they are at one moment.

        A few are in memory at a time. The transaction is open until the last one: this is for who takes them at once.
        """
        wanted = self._wanted(filters)
        with self._reading_at_one_moment() as session:
            rates = rates_in(session, wanted)
            found = session.scalars(self._listing(session, wanted, rates).every(), execution_options=STREAMED)
            for identities in found.partitions():
                rounds = open_rounds(session, identities)
                yield from (
                    replace(line, review=rounds.get(line.listed.id)) for line in lines_in(session, identities, rates)
                )

    def count(self, filters: Filters | None = None) -> int:
        """How many proposals match: all of them are counted."""
        wanted = self._wanted(filters)
        with self._reading() as session:
            query = self._listing(session, wanted).every()
            return session.scalar(queries.count(query)) or 0

    def after(self, identity: str = "", filters: Filters | None = None, size: int = MOST_ROWS) -> tuple[Listed, ...]:
        """The next proposals that match, in the order of their ids, after that one; none after the last.

        For work that takes long: nothing is open between two calls, and whatever is saved meanwhile, no proposal comes
        twice, and none is left out that matches all the time.
        """
        wanted = self._wanted(filters)
        with self._reading() as session:
            query = self._listing(session, wanted).following(mapping.plain(identity)).limit(size)
            return tuple(each.listed for each in lines_in(session, [*session.scalars(query)], {}))

    def decisions(
        self,
        identity: str | None = None,
        page: int = 1,
        size: int = PAGE_SIZE,
        filters: DecisionFilters | None = None,
    ) -> Page[Decision]:
        """Decisions, newest first: on one proposal, or all that match; with text, very many are not all counted."""
        number = max(page, 1)
        with self._reading() as session:
            if identity is None:
                self._gate.ask(Action.LIST)
            else:
                self._gate.proposal(session, Action.SEE, identity)
            here = found(session, self._deciding(session, filters, identity or ""), number, size)
            rows = [*session.scalars(queries.decisions(here.rows))]
            return Page(tuple(decisions_in(session, rows)), here.total, number, size, here.has_more)

    def every_decision(self, filters: DecisionFilters | None = None) -> Iterator[Decision]:
        """All decisions that match, newest first, as they are at one moment; a few are in memory at a time."""
        self._gate.ask(Action.LIST)
        with self._reading_at_one_moment() as session:
            matching = session.scalars(self._deciding(session, filters).every(), execution_options=STREAMED)
            for identities in matching.partitions():
                yield from decisions_in(session, [*session.scalars(queries.decisions(identities))])

    def any_decision(self) -> bool:
        """Whether anybody decided on anything that the person may see."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return session.scalar(queries.any_decision(self.person)) is not None

    def _deciding(self, session: Session, filters: DecisionFilters | None, identity: str = "") -> DecisionListing:
        """Those on one proposal are of that one, whichever it is."""
        wanted = filters or DecisionFilters()
        if not identity:
            wanted = replace(wanted, demo=side(session, self.person, wanted.demo))
        return DecisionListing(self.person, wanted, self._searching, identity)

    def _wanted(self, filters: Filters | None) -> Filters:
        """What to list, where the person may list at all."""
        self._gate.ask(Action.LIST)
        return filters or Filters()

    def _listing(self, session: Session, wanted: Filters, rates: Mapping[str, float] | None = None) -> Listing:
        kept = replace(wanted, demo=side(session, self.person, wanted.demo))
        return Listing(self.person, kept, self._searching, rates or {})

    def is_empty(self) -> bool:
        """Whether there is no proposal that the person may see, archived or not."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return session.scalar(queries.any_proposal(self.person)) is None

    def teams(self, demo: bool | None = None) -> tuple[str, ...]:
        """The teams that proposals name, for a filter; `demo` is as in `Filters`."""
        return self._said(ProposalRow.team, demo)

    def owners(self, demo: bool | None = None) -> tuple[str, ...]:
        """The owners that proposals name, for a filter; `demo` is as in `Filters`."""
        return self._said(ProposalRow.owner, demo)

    def tags(self, demo: bool | None = None) -> tuple[str, ...]:
        """The tags that proposals bear, for a filter; `demo` is as in `Filters`."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return tuple(session.scalars(tags_of(self.person, *kept_apart(session, self.person, demo))))

    def deciders(self, demo: bool | None = None) -> tuple[str, ...]:
        """Who has signed decisions, for a filter; `demo` is as in `Filters`."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            which = side(session, self.person, demo)
            return tuple(session.scalars(queries.deciders(self.person, *decided_on_side(which))))

    def _said(self, column: InstrumentedAttribute[str], demo: bool | None) -> tuple[str, ...]:
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            which = kept_apart(session, self.person, demo)
            return tuple(session.scalars(queries.said_of(self.person, column, *which)))
