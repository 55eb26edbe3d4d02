"""Which proposals a command chooses among: those that it names, or all that are still open to choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.choosing.standing import has_real_ones, still_open
from db import MOST_ROWS, Filters, Listed, NotFound, Saved, Store
from scoping import content_hash
from scoping.portfolio.reading import title_of_several
from scoping.vocabulary import Stage


@dataclass(frozen=True)
class Named:
    """A proposal that somebody named; of whatever stage, and archived too. `rate` as in `Listed`."""

    id: str
    title: str
    currency: str
    version: int
    content_hash: str
    rate: float | None


def named(store: Store, names: Sequence[str], currency: str) -> Iterator[Named]:
    """Those of the ids, or of the titles that only one has, each once. Raises NotFound, PortfolioRefused."""
    rates = {**{name: each.rate for name, each in store.rates.current().items()}, currency: 1.0}
    for saved in {each.id: each for each in (_one(store, name) for name in dict.fromkeys(names))}.values():
        found = saved.proposal
        rate = rates.get(found.currency)
        yield Named(saved.id, found.title, found.currency, saved.version, content_hash(found), rate)


def every_open(store: Store, filters: Filters) -> Iterator[Listed]:
    """All that match and are still open to choice."""
    return _every(store, still_open(real_or_demo(store, filters)))


def real_or_demo(store: Store, filters: Filters) -> Filters:
    """All that match, without the demo portfolio where there are others; it alone where there are none."""
    return replace(filters, demo=not has_real_ones(store))


def _one(store: Store, name: str) -> Saved:
    try:
        return store.get(name)
    except NotFound:
        alike = [*_of_title(store, name)]
        if len(alike) > 1:
            raise title_of_several(name) from None
        if not alike:
            raise
        return store.get(alike[0])


def _of_title(store: Store, title: str) -> Iterator[str]:
    for is_demo in (False, True):
        rows = _every(store, Filters(stages=tuple(Stage), demo=is_demo))
        yield from (row.id for row in rows if row.title == title)


def _every(store: Store, filters: Filters) -> Iterator[Listed]:
    number = 1
    while (page := store.list(filters, page=number, size=MOST_ROWS)).rows:
        yield from page.rows
        number += 1
