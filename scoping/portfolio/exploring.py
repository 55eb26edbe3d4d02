"""How a choice changes: with the budget, with how much risk counts, with luck, and where somebody forces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from ..text.languages import message
from .asking import SECONDS, Tell, answered, quietly
from .candidates import Candidate
from .choosing import Choice, choice_of, choose, draws_of, groups_of, numbers_of, programme_of
from .limits import Limit, LimitKind, Limits, PortfolioRefused, numbered, rows_of
from .optimum import Change, chosen_of
from .risk import Risk
from .searching import Searched

_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
_WEIGHTS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9)
_MOST_FUTURES = 64
_SECONDS_OF_LUCK = 60.0
"""What is counted are best choices: so long is searched for all of them."""


@dataclass(frozen=True)
class Point:
    """One point of a frontier: at which setting, and what is chosen there; None where the limits conflict there."""

    at: float
    choice: Choice | None


@dataclass(frozen=True)
class Forced:
    """What the other way costs, and what it costs at least: less where its search ended before it was proved."""

    cost: float
    least: float


def by_budget(
    candidates: Sequence[Candidate],
    limits: Limits,
    risk: Risk | None = None,
    shares: Sequence[float] = _SHARES,
    *,
    best: Choice | None = None,
    tell: Tell = quietly,
) -> list[Point]:
    """Value against budget: the choice with each share of the money of every quarter; `best` is that with all of it."""
    wanted = [share for share in shares if best is None or share != 1]
    changes = [Change(wider=_wider(limits.budget, share)) for share in wanted]
    found = dict(zip(wanted, _choices(candidates, limits, risk, changes, best, tell), strict=True))
    return [Point(share, found.get(share, best)) for share in shares]


def _wider(budget: Sequence[float], share: float) -> dict[Limit, float]:
    """A quarter without a limit stays without one."""
    return {
        Limit(LimitKind.BUDGET, (), quarter): (share - 1) * each for quarter, each in enumerate(budget) if each < inf
    }


def by_risk(
    candidates: Sequence[Candidate],
    limits: Limits,
    share: float = 0.1,
    weights: Sequence[float] = _WEIGHTS,
    *,
    known: Mapping[float, Choice] | None = None,
    tell: Tell = quietly,
) -> list[Point]:
    """Value against risk: the choice for each weight of the expected shortfall; `known` are those that were made."""
    made = known or {}
    wanted = [weight for weight in weights if weight not in made]
    changes = [Change(weight=weight) for weight in wanted]
    best = next(iter(made.values()), None)
    choices = _choices(candidates, limits, Risk(max(weights, default=0.0), share), changes, best, tell)
    found = {**made, **dict(zip(wanted, choices, strict=True))}
    return [Point(weight, found[weight]) for weight in weights]


def _choices(
    candidates: Sequence[Candidate],
    limits: Limits,
    risk: Risk | None,
    changes: Sequence[Change],
    best: Choice | None,
    tell: Tell,
) -> list[Choice | None]:
    """The choice for each change; None where the limits conflict."""
    found = _answered(candidates, limits, risk, changes, best=best, tell=tell)
    return [None if each.is_conflict else choice_of(candidates, chosen_of(each), risk or Risk()) for each in found]


def _answered(
    candidates: Sequence[Candidate],
    limits: Limits,
    risk: Risk | None,
    changes: Sequence[Change],
    *,
    best: Choice | None,
    tell: Tell,
    seconds: float = SECONDS,
) -> list[Searched]:
    programme = programme_of(candidates, rows_of(candidates, limits), risk)
    if len(programme.values) == 0:
        return [Searched((), 0.0, 0.0) for _ in changes]
    known = None if best is None else numbers_of(candidates, best)
    return answered(programme, changes, known=known, tell=tell, seconds=seconds)


def forced(
    candidates: Sequence[Candidate], limits: Limits, risk: Risk | None = None, *, best: Choice | None = None
) -> dict[str, float | None]:
    """What it costs, in what was looked for, to do a proposal that is not chosen, or not to do one that is.

    With risk that is a mix of expected NPV and shortfall. `best` is the choice, where it is known. None where the
    limits leave no choice. Raises Unsolvable where they conflict without it.
    """
    found = forced_within(candidates, limits, risk, best=best)
    return {name: None if each is None else each.cost for name, each in found.items()}


def forced_within(
    candidates: Sequence[Candidate],
    limits: Limits,
    risk: Risk | None = None,
    *,
    best: Choice | None = None,
    tell: Tell = quietly,
) -> dict[str, Forced | None]:
    """What `forced` tells, and how much less it could be where the time for all of them was not enough.

    What is left comes first, since people ask about it.
    """
    best = best or choose(candidates, limits, risk)
    groups = dict(zip((each.name for each in candidates), groups_of(candidates), strict=True))
    order = sorted(groups, key=lambda name: name in best.options)
    numbers = {name: number for number, name in enumerate(groups)}
    pilots = {each.number for each in numbered(candidates) if each.option.is_pilot}
    changes = [
        Change(closed=groups[name])
        if name in best.options
        else Change(closed=[each for each in groups[name] if each in pilots], needed=[numbers[name]])
        for name in order
    ]
    found = dict(zip(order, _answered(candidates, limits, risk, changes, best=best, tell=tell), strict=True))
    return {name: _cost(best.objective, found[name]) for name in groups}


def _cost(best: float, found: Searched) -> Forced | None:
    """Nothing where another choice turns out to be as good: the choice itself is as good as its own gap says."""
    if found.is_conflict:
        return None
    return Forced(max(best - found.objective, 0.0), max(best - found.bound, 0.0))


def robustness(
    candidates: Sequence[Candidate], limits: Limits, futures: int = _MOST_FUTURES, *, tell: Tell = quietly
) -> Mapping[str, float]:
    """How often each proposal would have been chosen by somebody who knows how things turn out, from 0 to 1.

    Futures are scenarios that all proposals share, evenly taken. Near 1 a proposal is right whatever comes; a chosen
    one near 0 rests on the average alone. Raises PortfolioRefused without scenarios, Unsolvable.
    """
    many = _scenarios(candidates)
    draws = draws_of(candidates)
    wanted = np.unique(np.linspace(0, many - 1, min(futures, many)).astype(int))
    changes = [Change(values=draws[scenario]) for scenario in wanted]
    times = dict.fromkeys((each.name for each in candidates), 0)
    options = numbered(candidates)
    for found in _answered(candidates, limits, None, changes, best=None, tell=tell, seconds=_SECONDS_OF_LUCK):
        for number in chosen_of(found).numbers:
            times[options[number].candidate] += 1
    return {name: each / len(wanted) for name, each in times.items()}


def _scenarios(candidates: Sequence[Candidate]) -> int:
    lengths = {0 if each.draws is None else len(each.draws) for one in candidates for each in one.options}
    if len(lengths) != 1 or 0 in lengths:
        raise PortfolioRefused(message("Risk needs the same number of scenarios for each option."))
    return lengths.pop()
