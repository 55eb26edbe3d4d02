"""The choice is exact: against trying everything, and against published instances with a known optimum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf

import numpy as np
import pytest

from scoping.portfolio import Candidate, Limits, Option, Risk, Unsolvable, choose, expected_shortfall
from scoping.portfolio.limits import Row, numbered, rows_of

_SCENARIOS = 12


def tried(candidates: Sequence[Candidate], limits: Limits, risk: Risk) -> float | None:
    """The best objective of all choices, tried one by one; None where the limits conflict."""
    options = numbered(candidates)
    rows = rows_of(candidates, limits)
    best = None
    for numbers in _choices(candidates):
        if not all(_is_kept(row, numbers) for row in rows):
            continue
        value = sum(options[each].option.value for each in numbers)
        if risk.weight:
            draws = [options[each].option.draws for each in numbers]
            summed = np.sum([each for each in draws if each is not None], axis=0) + np.zeros(_SCENARIOS)
            value = (1 - risk.weight) * value + risk.weight * expected_shortfall(summed, risk.share)
        best = value if best is None else max(best, value)
    return best


def _choices(candidates: Sequence[Candidate]) -> Iterator[tuple[int, ...]]:
    begins = np.cumsum([0, *(len(each.options) for each in candidates)])
    ways = [[None, *range(begin, begin + len(each.options))] for begin, each in zip(begins, candidates, strict=False)]
    for picked in product(*ways):
        yield tuple(each for each in picked if each is not None)


def _is_kept(row: Row, numbers: Sequence[int]) -> bool:
    total = sum(row.weights.get(each, 0.0) for each in numbers)
    return row.lower - 1e-9 <= total <= row.upper + 1e-9


def _random(seed: int) -> tuple[list[Candidate], Limits, Risk]:
    """Up to 14 proposals with every kind of limit."""
    chance = np.random.default_rng(seed)
    many = int(chance.integers(2, 15))
    names = [f"P{number}" for number in range(many)]
    # Few have several options, so that everything can be tried.
    several = set(chance.choice(many, size=min(2, many), replace=False).tolist())
    candidates = [_candidate(chance, name, 2 if number in several else 1) for number, name in enumerate(names)]
    pick = chance.permutation(names).tolist()
    limits = Limits(
        budget=[float(each) for each in chance.integers(50, 400, size=3)] + [inf],
        people={"engineer": [float(each) for each in chance.uniform(1, 6, size=6)]},
        at_once=int(chance.integers(1, 6)) if chance.random() < 0.5 else None,
        must=frozenset(pick[:1]) if chance.random() < 0.4 else frozenset(),
        must_not=frozenset(pick[1:2]) if chance.random() < 0.4 else frozenset(),
        needs=((pick[0], pick[-1]),) if chance.random() < 0.5 else (),
        either_or=(frozenset(pick[: int(chance.integers(2, 4))]),) if chance.random() < 0.5 else (),
    )
    return candidates, limits, Risk(float(chance.choice([0.0, 0.3, 1.0])) if many < 9 else 0.0, 0.25)


def _candidate(chance: np.random.Generator, name: str, options: int) -> Candidate:
    return Candidate(name, tuple(_option(chance, f"{name}-{number}") for number in range(options)))


def _option(chance: np.random.Generator, name: str) -> Option:
    draws = chance.normal(60, 80, size=_SCENARIOS)
    start = int(chance.integers(0, 3))
    return Option(
        name,
        float(draws.mean()),
        money=chance.uniform(0, 120, size=3).tolist(),
        people={"engineer": chance.uniform(0, 2, size=6).tolist()},
        start=start,
        end=start + int(chance.integers(0, 4)),
        draws=draws,
    )


@pytest.mark.parametrize("seed", range(200))
def test_it_is_what_trying_everything_finds(seed: int) -> None:
    candidates, limits, risk = _random(seed)
    best = tried(candidates, limits, risk)
    if best is None:
        with pytest.raises(Unsolvable) as why:
            choose(candidates, limits, risk)
        assert why.value.is_conflict
        return
    found = choose(candidates, limits, risk)
    objective = found.value
    if risk.weight:
        objective = (1 - risk.weight) * found.value + risk.weight * (found.shortfall or 0.0)
    assert objective == pytest.approx(best, rel=1e-7, abs=1e-5)
    assert found.gap == pytest.approx(0, abs=1e-6)


def _one_each(values: Sequence[float], weights: Sequence[Sequence[float]]) -> list[Candidate]:
    """One option a proposal, which takes its weight of each quarter's money."""
    taken = zip(*weights, strict=True)
    return [
        Candidate(str(number), (Option("all", float(value), money),))
        for number, (value, money) in enumerate(zip(values, taken, strict=True))
    ]


def test_a_published_knapsack_with_known_optimum() -> None:
    """Instance P07 of Kreher and Stinson, Combinatorial Algorithms (1999): 1,458 within a capacity of 750."""
    values = [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240]
    weights = [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120]
    found = choose(_one_each(values, [weights]), Limits(budget=[750]))
    assert found.value == 1458
    assert sorted(map(int, found.options)) == [0, 2, 4, 6, 7, 8, 13, 14]


def test_a_published_capital_budget_with_known_optimum() -> None:
    """Weingartner and Ness (1967), instance 1 (weing1 of the OR-Library): 28 projects in two periods, 141,278."""
    values = [
        1898, 440, 22507, 270, 14148, 3100, 4650, 30800, 615, 4975, 1160, 4225, 510, 11880, 479, 440, 490, 330, 110,
        560, 24355, 2885, 11748, 4550, 750, 3720, 1950, 10500,
    ]  # fmt: skip
    first = [45, 0, 85, 150, 65, 95, 30, 0, 170, 0, 40, 25, 20, 0, 0, 25, 0, 0, 25, 0, 165, 0, 85, 0, 0, 0, 0, 100]
    second = [
        30, 20, 125, 5, 80, 25, 35, 73, 12, 15, 15, 40, 5, 10, 10, 12, 10, 9, 0, 20, 60, 40, 50, 36, 49, 40, 19, 150,
    ]  # fmt: skip
    assert choose(_one_each(values, [first, second]), Limits(budget=[600, 600])).value == 141_278
