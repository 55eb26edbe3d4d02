"""Roles as teams write them: they are matched in small letters, and shown in their first spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .candidates import Candidate
from .limits import Limit, LimitKind
from .prices import Price
from .timeline import Timeline

Spellings = Mapping[str, str]
"""What each role is called, by the name that it is matched by."""


def spellings(candidates: Iterable[Candidate]) -> dict[str, str]:
    """The first spelling of each role, in the order of the proposals."""
    found: dict[str, str] = {}
    for each in candidates:
        found = {**each.roles, **found}
    return found


def spelled_limit(limit: Limit, names: Spellings) -> Limit:
    """A limit whose role is written as teams write it."""
    if limit.kind is not LimitKind.PEOPLE:
        return limit
    return replace(limit, about=tuple(names.get(each, each) for each in limit.about))


def spelled_prices(found: Sequence[Price], names: Spellings) -> tuple[Price, ...]:
    """Prices, their roles written as teams write them."""
    return tuple(replace(each, limit=spelled_limit(each.limit, names)) for each in found)


def spelled_timeline(timeline: Timeline, names: Spellings) -> Timeline:
    """A plan, its roles written as teams write them."""
    return replace(timeline, people={names.get(role, role): each for role, each in timeline.people.items()})
