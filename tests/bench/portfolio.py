"""A choice among 1,000 proposals of 3 alternatives in 12 quarters with 5 roles: how long, and how close to the best.

With all starting at once, and with starts put off by up to three and eleven quarters.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from scoping.portfolio import Candidate, Limits, Option, choose
from scoping.portfolio.preparing import with_starts

_PROPOSALS, _ALTERNATIVES, _QUARTERS, _ROLES, _MONTHS = 1_000, 3, 12, 5, 36
_LATEST = {0: (1, 2, 3), 9: (1,), 33: (1,)}
"""By the latest start, in months, which portfolios are chosen."""
_DISCOUNTS = [1.08 ** (-quarter / 4) for quarter in range(1, 13)]


def measure() -> dict[str, float]:
    """Seconds of the slowest, and the widest gap as a share of the value, by how far a start may be put off."""
    print(f"{'later':>5} {'seed':>4} {'options':>7} {'seconds':>8} {'chosen':>7} {'value':>14} {'gap':>9}")
    figures: dict[str, float] = {}
    for latest, seeds in _LATEST.items():
        found = [_measured(seed, latest) for seed in seeds]
        said = f"for 1,000 proposals with {latest // 3 + 1} starts"
        figures |= {f"seconds {said}": max(each[0] for each in found), f"gap {said}": max(each[1] for each in found)}
    return figures


def _measured(seed: int, latest: int) -> tuple[float, float]:
    """Seconds and the gap of one choice."""
    candidates, limits = _portfolio(seed)
    candidates = [with_starts(replace(each, discounts=_DISCOUNTS), latest) for each in candidates]
    before = time.perf_counter()
    found = choose(candidates, limits)
    seconds = time.perf_counter() - before
    options = sum(len(each.options) for each in candidates)
    chosen = f"{len(found.options):7} {found.value:14,.0f} {found.gap:9.4%}"
    print(f"{latest:5} {seed:4} {options:7} {seconds:8.1f} {chosen}", flush=True)
    return seconds, found.gap


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
