"""A choice among 1,000 proposals of 3 alternatives in 12 quarters with 5 roles: how long, and how close to the best."""

from __future__ import annotations

import time

import numpy as np

from scoping.portfolio import Candidate, Limits, Option, choose

_PROPOSALS, _ALTERNATIVES, _QUARTERS, _ROLES, _MONTHS = 1_000, 3, 12, 5, 36
_SEEDS = (1, 2, 3)


def measure() -> dict[str, float]:
    """Seconds of the slowest, and the widest gap as a share of the value."""
    print(f"{'seed':>4} {'seconds':>8} {'chosen':>7} {'value':>14} {'gap':>9}")
    seconds, gaps = [], []
    for seed in _SEEDS:
        candidates, limits = _portfolio(seed)
        before = time.perf_counter()
        found = choose(candidates, limits)
        seconds.append(time.perf_counter() - before)
        gaps.append(found.gap)
        print(f"{seed:4} {seconds[-1]:8.1f} {len(found.options):7} {found.value:14,.0f} {found.gap:9.4%}")
    return {"seconds for 1,000 proposals": max(seconds), "gap": max(gaps)}


def _portfolio(seed: int) -> tuple[list[Candidate], Limits]:
    chance = np.random.default_rng(seed)
    candidates = [_candidate(chance, str(number)) for number in range(_PROPOSALS)]
    limits = Limits(
        budget=[20e6] * _QUARTERS,
        people={f"role {role}": [40.0] * _MONTHS for role in range(_ROLES)},
        at_once=120,
        must=frozenset({"1"}),
        needs=(("2", "3"),),
        either_or=(frozenset({"5", "6"}),),
    )
    return candidates, limits


def _candidate(chance: np.random.Generator, name: str) -> Candidate:
    size = chance.lognormal(12, 0.8)
    return Candidate(name, tuple(_option(chance, size, str(number)) for number in range(_ALTERNATIVES)))


def _option(chance: np.random.Generator, size: float, name: str) -> Option:
    scale = size * chance.uniform(0.5, 1.5)
    start, months = int(chance.integers(0, 6)), int(chance.integers(3, 12))
    people = {
        f"role {role}": [0.0] * start + [float(chance.choice([0, 0, 0.5, 1, 2]))] * months for role in range(_ROLES)
    }
    money = (scale * chance.dirichlet(np.full(_QUARTERS, 0.3))).tolist()
    return Option(name, scale * chance.uniform(-0.5, 3), money, people, start, start + months)
