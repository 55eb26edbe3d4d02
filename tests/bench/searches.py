"""Searches of every kind, for the measurement of growth: how often a word is said, what else is asked, which page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from db import NOT_DECIDED, Filters, Person, Role, Store
from db.columns import SORTS
from scoping.vocabulary import Recommendation
from tests.many import RARE

_PAGE = 10
_ALL, _SOME, _NONE = "inspection", "kiln", "zzyzx"
_WORDS = {
    "a rare word": RARE,
    "a word that all say": _ALL,
    "a word that a quarter says": _SOME,
    "a word that nobody says": _NONE,
    "two words that many say": f"{_SOME} {_ALL}",
    "two words, one of them rare": f"{_ALL} {RARE}",
    "two letters": "ki",
    "one letter": "q",
    "two letters and a rare word": f"ki {RARE}",
}
_FILTERED = {
    "one team": Filters(teams=("Team 1",)),
    "one owner": Filters(owners=("Person 1",)),
    "one recommendation": Filters(recommendations=(Recommendation.BUILD,)),
    "what was decided to pilot": Filters(decisions=("pilot",)),
    "what is not decided": Filters(decisions=(NOT_DECIDED,)),
    "what is due": Filters(due_by=date(2031, 1, 1)),
    "the archive": Filters(archived=True),
}
_VIEWER = Person("viewer", "Vi", role=Role.VIEWER)


def searches(store: Store) -> dict[str, Callable[[], object]]:
    """A search by its name."""
    words = {name: partial(store.list, Filters(text=text), 1, _PAGE) for name, text in _WORDS.items()}
    sorts = {
        f"{said} by {sort}": partial(store.list, Filters(text=text, sort=sort, descending=sort != "title"), 1, _PAGE)
        for sort in SORTS
        for said, text in (("a word that all say", _ALL), ("a rare word", RARE))
    }
    filtered = {
        f"{said}, {name}": partial(store.list, replace(filters, text=text), 1, _PAGE)
        for name, filters in _FILTERED.items()
        for said, text in (("a word that all say", _ALL), ("a rare word", RARE))
    }
    pages = {
        f"a word that all say, page {number}": partial(store.list, Filters(text=_ALL), number, _PAGE)
        for number in (2, 10, 50)
    }
    seen = {
        f"{said}, for a viewer": partial(store.acting_for(_VIEWER).list, Filters(text=text), 1, _PAGE)
        for said, text in (("a word that all say", _ALL), ("a rare word", RARE))
    }
    chart = {"the chart of a search": partial(store.first, Filters(text=_ALL), 200)}
    found = {**words, **sorts, **filtered, **pages, **seen, **chart}
    return {f"search: {name}": search for name, search in found.items()}
