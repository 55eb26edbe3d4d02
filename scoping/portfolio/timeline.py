"""A choice by time: who is worked on when, and what money and people it takes against the limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .choosing import Choice
from .limits import Limits, worked_on


@dataclass(frozen=True)
class Bar:
    """One chosen proposal from month `start` to before month `end`, counted from 0."""

    name: str
    option: str
    start: int
    end: int
    is_pilot: bool


@dataclass(frozen=True)
class Used:
    """What is used in one quarter or month, counted from 0, and its limit; None where there is none."""

    when: int
    amount: float
    limit: float | None


@dataclass(frozen=True)
class Timeline:
    """The plan of a choice: bars, money by quarter, full-time people by role and month, how many at once by month."""

    bars: tuple[Bar, ...]
    money: tuple[Used, ...]
    people: Mapping[str, tuple[Used, ...]]
    at_once: tuple[Used, ...]


def timeline_of(choice: Choice, limits: Limits) -> Timeline:
    """The plan of a choice, as far as it or a limit reaches; roles by name."""
    options = list(choice.options.values())
    roles = sorted({*limits.people, *(role for each in options for role in each.people)})
    bars = [Bar(name, each.name, each.start, each.end, each.is_pilot) for name, each in choice.options.items()]
    at_once = [worked_on(each) for each in options]
    most = () if limits.at_once is None else [float(limits.at_once)] * max(map(len, at_once), default=0)
    return Timeline(
        tuple(sorted(bars, key=lambda bar: (bar.start, bar.end, bar.name))),
        _used((each.money for each in options), limits.budget),
        {role: _used((each.people.get(role, ()) for each in options), limits.people.get(role, ())) for role in roles},
        _used(at_once, most),
    )


def _used(amounts: Iterable[Sequence[float]], limits: Sequence[float]) -> tuple[Used, ...]:
    taken = list(amounts)
    total = np.zeros(max([len(limits), *map(len, taken)]))
    for each in taken:
        total[: len(each)] += each
    known = [limits[when] if when < len(limits) and limits[when] < np.inf else None for when in range(len(total))]
    return tuple(Used(when, float(amount), known[when]) for when, amount in enumerate(total))
