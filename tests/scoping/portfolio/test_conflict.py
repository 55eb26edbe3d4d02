"""Limits that cannot be kept together are named, as few as can be."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest

from scoping.portfolio import Candidate, Limits, Option, Unsolvable, choose, smallest_conflict
from scoping.portfolio.choosing import programme_of
from scoping.portfolio.limits import Limit, LimitKind, rows_of
from scoping.portfolio.optimum import solve


def _candidate(name: str, money: float, start: int = 0, end: int = 0) -> Candidate:
    return Candidate(name, (Option("all", 1.0, [money], start=start, end=end),))


def test_the_fewest_limits_that_conflict_are_named() -> None:
    candidates = [_candidate("A", 60), _candidate("B", 50), _candidate("C", 10)]
    limits = Limits(budget=[200], must=frozenset("ABC"), either_or=(frozenset("AC"),))
    assert smallest_conflict(candidates, limits) == (
        Limit(LimitKind.MUST, ("A",)), Limit(LimitKind.MUST, ("C",)), Limit(LimitKind.EITHER_OR, ("A", "C")),
    )  # fmt: skip
    budget = smallest_conflict(candidates, Limits(budget=[100], must=frozenset("ABC")))
    assert budget == (
        Limit(LimitKind.BUDGET, (), 0), Limit(LimitKind.MUST, ("A",)), Limit(LimitKind.MUST, ("B",)),
    )  # fmt: skip


def test_what_must_be_done_after_what_never_ends_in_time_is_a_conflict_of_two() -> None:
    candidates = [_candidate("A", 0, 0, 6), _candidate("B", 0, 3, 9)]
    limits = Limits(must=frozenset("B"), needs=(("B", "A"),))
    assert smallest_conflict(candidates, limits) == (
        Limit(LimitKind.MUST, ("B",)), Limit(LimitKind.NEEDS, ("B", "A")),
    )  # fmt: skip


def test_of_very_many_ways_to_conflict_some_are_told_soon_of_which_none_can_be_left_out() -> None:
    """Thirty that must be done and two hundred months of people: to find the fewest took minutes."""
    chance = np.random.default_rng(0)
    candidates = [
        Candidate(
            f"P{number}",
            (Option("all", 1.0, people={role: [float(chance.uniform(0.2, 2))] * 8 for role in "ABC"}, end=8),),
        )
        for number in range(60)
    ]
    musts = frozenset(f"P{number}" for number in range(30))
    limits = Limits(people={role: [3.0] * 60 for role in "ABC"}, must=musts, at_once=25)
    began = time.monotonic()
    found = smallest_conflict(candidates, limits, seconds=1.0)
    assert time.monotonic() - began < 30
    rows = rows_of(candidates, limits)

    def can_keep(some: set[Limit]) -> bool:
        try:
            solve(programme_of(candidates, [row for row in rows if row.limit in some]))
        except Unsolvable:
            return False
        return True

    assert not can_keep({*found})
    assert all(can_keep({*found} - {each}) for each in found)


def test_without_a_conflict_none_is_named() -> None:
    assert smallest_conflict([_candidate("A", 60)], Limits(budget=[100], must=frozenset("A"))) == ()


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_set_conflicts(seed: int) -> None:
    chance = np.random.default_rng(seed)
    names = [f"P{number}" for number in range(6)]
    candidates = [_candidate(name, float(chance.integers(10, 60)), 0, int(chance.integers(0, 4))) for name in names]
    pick = chance.permutation(names).tolist()
    limits = Limits(
        budget=[float(chance.integers(40, 120))],
        at_once=int(chance.integers(1, 4)),
        must=frozenset(pick[:4]),
        must_not=frozenset(pick[3:4]) if chance.random() < 0.3 else frozenset(),
        needs=((pick[0], pick[5]),),
        either_or=(frozenset(pick[1:3]),) if chance.random() < 0.3 else (),
    )
    try:
        choose(candidates, limits)
    except Unsolvable:
        pass
    else:
        assert smallest_conflict(candidates, limits) == ()
        return
    found = smallest_conflict(candidates, limits)
    rows = rows_of(candidates, limits)
    every = list(dict.fromkeys(row.limit for row in rows))

    def conflicts(some: tuple[Limit, ...]) -> bool:
        try:
            solve(programme_of(candidates, [row for row in rows if row.limit in some]))
        except Unsolvable:
            return True
        return False

    assert conflicts(found)
    assert not any(conflicts(some) for some in combinations(every, len(found) - 1))
