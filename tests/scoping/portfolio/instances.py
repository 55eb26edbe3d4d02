"""Random portfolios with pilots and later starts, and the best choice found by trying everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np

from scoping.portfolio import Candidate, Limits, Option, Risk, expected_shortfall
from scoping.portfolio.preparing import with_starts

SCENARIOS = 12
DISCOUNTS = tuple(1.08 ** (-quarter / 4) for quarter in range(1, 9))


def random_portfolio(seed: int) -> tuple[list[Candidate], Limits, Risk]:
    """Up to five proposals, some with a pilot, all with starts in one or two quarters more."""
    chance = np.random.default_rng(seed)
    names = [f"P{number}" for number in range(int(chance.integers(2, 6)))]
    candidates = [with_starts(_candidate(chance, name), 3 * int(chance.integers(1, 3))) for name in names]
    pick = chance.permutation(names).tolist()
    limits = Limits(
        budget=[float(each) for each in chance.integers(40, 250, size=4)],
        people={"engineer": [float(each) for each in chance.uniform(0.5, 4, size=9)]},
        at_once=int(chance.integers(1, 4)) if chance.random() < 0.5 else None,
        must=frozenset(pick[:1]) if chance.random() < 0.3 else frozenset(),
        needs=((pick[0], pick[1]),) if chance.random() < 0.7 else (),
        either_or=(frozenset(pick[:2]),) if chance.random() < 0.2 else (),
    )
    return candidates, limits, Risk(float(chance.choice([0.0, 0.3])), 0.25)


def _candidate(chance: np.random.Generator, name: str) -> Candidate:
    options = [_option(chance, "whole", is_pilot=False)]
    if chance.random() < 0.6:
        options.append(_option(chance, "pilot", is_pilot=True))
    return Candidate(name, tuple(options), discounts=DISCOUNTS)


def _option(chance: np.random.Generator, name: str, *, is_pilot: bool) -> Option:
    draws = chance.normal(60, 80, size=SCENARIOS)
    return Option(
        name,
        float(draws.mean()),
        money=chance.uniform(0, 100, size=2).tolist(),
        people={"engineer": chance.uniform(0, 2, size=3).tolist()},
        end=int(chance.integers(1, 6)),
        draws=draws,
        is_pilot=is_pilot,
    )


def best_by_trying(candidates: Sequence[Candidate], limits: Limits, risk: Risk) -> float | None:
    """The best objective of all choices that keep to the limits; None where none does."""
    return max(
        (objective(list(each.values()), risk) for each in _choices(candidates) if keeps(each, limits)), default=None
    )


def _choices(candidates: Sequence[Candidate]) -> Iterator[dict[str, Option]]:
    for picked in product(*((None, *each.options) for each in candidates)):
        pairs = zip(candidates, picked, strict=True)
        yield {each.name: option for each, option in pairs if option is not None}


def objective(options: Sequence[Option], risk: Risk) -> float:
    """What is looked for, of chosen options."""
    value = sum(each.value for each in options)
    summed = np.zeros(SCENARIOS) + sum(each.draws for each in options if each.draws is not None)
    return (1 - risk.weight) * value + (risk.weight * expected_shortfall(summed, risk.share) if risk.weight else 0.0)


def keeps(chosen: Mapping[str, Option], limits: Limits) -> bool:
    """Whether a choice keeps to the limits, read as people write them."""
    options = list(chosen.values())
    whole = {name: each for name, each in chosen.items() if not each.is_pilot}
    working = Counter(month for each in options for month in range(each.start, each.end))
    spent = _total(each.money for each in options)
    fits = [
        *(spent.get(quarter, 0.0) <= most + 1e-9 for quarter, most in enumerate(limits.budget)),
        *(
            _total(each.people.get(role, ()) for each in options).get(month, 0.0) <= most + 1e-9
            for role, by_month in limits.people.items()
            for month, most in enumerate(by_month)
        ),
        limits.at_once is None or max(working.values(), default=0) <= limits.at_once,
        limits.must <= set(whole),
        not limits.must_not & set(chosen),
        all(_is_ready(chosen, whole, one, other) for one, other in limits.needs),
        not any(pair <= set(chosen) for names in limits.either_or for pair in map(set, combinations(names, 2))),
    ]  # fmt: skip
    return all(fits)


def _is_ready(chosen: Mapping[str, Option], whole: Mapping[str, Option], one: str, other: str) -> bool:
    return one not in chosen or (other in whole and whole[other].end <= chosen[one].start)


def _total(series: Iterator[Sequence[float]]) -> dict[int, float]:
    found: Counter[int] = Counter()
    for amounts in series:
        found.update(dict(enumerate(amounts)))
    return dict(found)
