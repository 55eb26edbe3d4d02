"""The choice among proposals: what is done and what is left, what it is worth and what it risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ..text.languages import message
from .candidates import Candidate, Option
from .limits import Limits, PortfolioRefused, Row, numbered, rows_of
from .optimum import SECONDS, Chosen, Programme, Unsolvable, solve
from .risk import Risk, expected_shortfall


@dataclass(frozen=True)
class Choice:
    """What is done of each proposal; proposals that are left do not stand in `options`.

    `value` is the expected NPV of all, `shortfall` the mean of the worst scenarios where there are any, `objective`
    what was looked for (a mix of both), `gap` how much better another choice could be at most, as a share of it.
    """

    options: Mapping[str, Option]
    value: float
    shortfall: float | None
    gap: float
    objective: float = 0.0


def choose(
    candidates: Sequence[Candidate],
    limits: Limits | None = None,
    risk: Risk | None = None,
    *,
    seconds: float = SECONDS,
) -> Choice:
    """The choice of the highest expected NPV, or of a mix of it and its risk, that keeps to all limits.

    Raises PortfolioRefused for what cannot be meant, Unsolvable where the limits conflict.
    """
    limits = limits or Limits()
    programme = programme_of(candidates, rows_of(candidates, limits), risk)
    return choice_of(candidates, solve(programme, seconds=seconds), risk or Risk())


def tried(
    candidates: Sequence[Candidate], limits: Limits, risk: Risk | None = None, *, seconds: float = SECONDS
) -> Choice | None:
    """The choice, or None where the limits conflict. Raises PortfolioRefused, Unsolvable where no time was enough."""
    try:
        return choose(candidates, limits, risk, seconds=seconds)
    except Unsolvable as why:
        if why.is_conflict:
            return None
        raise


def programme_of(candidates: Sequence[Candidate], rows: Sequence[Row], risk: Risk | None = None) -> Programme:
    """The programme for these rows; all options in the order of their numbers."""
    values = np.array([each.option.value for each in numbered(candidates)], dtype=float)
    draws = draws_of(candidates) if risk is not None and risk.weight > 0 else None
    return Programme(groups_of(candidates), values, rows, risk, draws)


def groups_of(candidates: Sequence[Candidate]) -> list[range]:
    """The numbers of the options of each candidate."""
    ends = [*accumulate((len(each.options) for each in candidates), initial=0)]
    return [range(begin, end) for begin, end in pairwise(ends)]


def numbers_of(candidates: Sequence[Candidate], choice: Choice) -> list[int]:
    """The numbers of the options that are chosen."""
    return [each.number for each in numbered(candidates) if choice.options.get(each.candidate) is each.option]


def choice_of(candidates: Sequence[Candidate], chosen: Chosen, risk: Risk) -> Choice:
    """A solution in the words of the proposals."""
    options = numbered(candidates)
    taken = [options[number] for number in chosen.numbers]
    draws = [each.option.draws for each in taken if each.option.draws is not None]
    summed = np.sum(draws, axis=0) if draws and len(draws) == len(taken) else None
    return Choice(
        {each.candidate: each.option for each in taken},
        float(sum(each.option.value for each in taken)),
        None if summed is None else expected_shortfall(summed, risk.share),
        chosen.gap,
        chosen.objective,
    )


def draws_of(candidates: Sequence[Candidate]) -> NDArray[np.float64]:
    """NPV in each scenario, shape (scenarios, options). Raises PortfolioRefused where they are not as many for all."""
    found = [each.option.draws for each in numbered(candidates)]
    known = [each for each in found if each is not None]
    if len(known) < len(found) or len({len(each) for each in known}) > 1:
        raise PortfolioRefused(message("Risk needs the same number of scenarios for each option."))
    return np.column_stack(known) if known else np.zeros((0, 0))
