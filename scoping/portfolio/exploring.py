"""How a choice changes: with the budget, with how much risk counts, with luck, and where somebody forces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from ..text.languages import message
from .candidates import Candidate, Option
from .choosing import Choice, choose, tried
from .limits import Limits, PortfolioRefused
from .risk import Risk

_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
_WEIGHTS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9)
_MOST_FUTURES = 64


@dataclass(frozen=True)
class Point:
    """One point of a frontier: at which setting, and what is chosen there; None where the limits conflict there."""

    at: float
    choice: Choice | None


def by_budget(
    candidates: Sequence[Candidate],
    limits: Limits,
    risk: Risk | None = None,
    shares: Sequence[float] = _SHARES,
    *,
    best: Choice | None = None,
) -> list[Point]:
    """Value against budget: the choice with each share of the money of every quarter; `best` is that with all of it."""

    def choice(share: float) -> Choice | None:
        if best is not None and share == 1:
            return best
        return tried(candidates, replace(limits, budget=_part_of(limits.budget, share)), risk)

    return [Point(share, choice(share)) for share in shares]


def _part_of(budget: Sequence[float], share: float) -> list[float]:
    """A quarter without a limit stays without one."""
    return [share * each if each < inf else each for each in budget]


def by_risk(
    candidates: Sequence[Candidate],
    limits: Limits,
    share: float = 0.1,
    weights: Sequence[float] = _WEIGHTS,
    *,
    known: Mapping[float, Choice] | None = None,
) -> list[Point]:
    """Value against risk: the choice for each weight of the expected shortfall; `known` are those that were made."""
    made = known or {}
    return [Point(weight, made.get(weight) or tried(candidates, limits, Risk(weight, share))) for weight in weights]


def forced(
    candidates: Sequence[Candidate], limits: Limits, risk: Risk | None = None, *, best: Choice | None = None
) -> dict[str, float | None]:
    """What it costs, in what was looked for, to do a proposal that is not chosen, or not to do one that is.

    With risk that is a mix of expected NPV and shortfall. `best` is the choice, where it is known. None where the
    limits leave no choice. Raises Unsolvable where they conflict without it.
    """
    best = best or choose(candidates, limits, risk)
    found = {}
    for each in candidates:
        other = tried(candidates, _against(limits, each.name, is_chosen=each.name in best.options), risk)
        found[each.name] = None if other is None else best.objective - other.objective
    return found


def _against(limits: Limits, name: str, *, is_chosen: bool) -> Limits:
    if is_chosen:
        return replace(limits, must_not=limits.must_not | {name})
    return replace(limits, must=limits.must | {name})


def robustness(candidates: Sequence[Candidate], limits: Limits, futures: int = _MOST_FUTURES) -> Mapping[str, float]:
    """How often each proposal would have been chosen by somebody who knows how things turn out, from 0 to 1.

    Futures are scenarios that all proposals share, evenly taken. Near 1 a proposal is right whatever comes; a chosen
    one near 0 rests on the average alone. Raises PortfolioRefused without scenarios, Unsolvable.
    """
    many = _scenarios(candidates)
    wanted = np.unique(np.linspace(0, many - 1, min(futures, many)).astype(int))
    times = dict.fromkeys((each.name for each in candidates), 0)
    for scenario in wanted:
        for name in choose([_as_it_turns_out(each, int(scenario)) for each in candidates], limits).options:
            times[name] += 1
    return {name: each / len(wanted) for name, each in times.items()}


def _scenarios(candidates: Sequence[Candidate]) -> int:
    lengths = {0 if each.draws is None else len(each.draws) for one in candidates for each in one.options}
    if len(lengths) != 1 or 0 in lengths:
        raise PortfolioRefused(message("Risk needs the same number of scenarios for each option."))
    return lengths.pop()


def _as_it_turns_out(candidate: Candidate, scenario: int) -> Candidate:
    return replace(candidate, options=tuple(_known(each, scenario) for each in candidate.options))


def _known(option: Option, scenario: int) -> Option:
    return option if option.draws is None else replace(option, value=float(option.draws[scenario]))
