"""The risk of a portfolio, over scenarios that all its proposals share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from ..text.languages import message
from .limits import PortfolioRefused

SEED = 20_060_322
"""Of the scenarios' order: the same portfolio gives the same figures."""


@dataclass(frozen=True)
class Risk:
    """How much risk counts: the objective is (1 - weight) x expected NPV + weight x expected shortfall.

    The expected shortfall is the mean of the worst `share` of the scenarios, 0 < share <= 1.
    """

    weight: float = 0.0
    share: float = 0.1

    def __post_init__(self) -> None:
        if not (0 <= self.weight <= 1 and 0 < self.share <= 1):
            raise PortfolioRefused(message("The weight of risk must be from 0 to 1, the share above 0 and at most 1."))


def expected_shortfall(values: NDArray[np.float64], share: float) -> float:
    """The mean of the worst share of the values, shape (scenarios,): of n, the worst n x share, the last one in part.

    Acerbi and Tasche (2002), definition 2.6.
    """
    ordered = np.sort(values)
    wanted = share * len(ordered)
    whole = int(wanted)
    part = (wanted - whole) * ordered[whole] if whole < len(ordered) else 0.0
    return float((ordered[:whole].sum() + part) / wanted)


def together(
    draws: Mapping[str, NDArray[np.float64]], groups: Sequence[frozenset[str]] = (), correlation: float = 0.0
) -> dict[str, NDArray[np.float64]]:
    """The draws of each proposal, shape (scenarios,), in an order in which those of one group move together.

    Each keeps its own distribution exactly; within a group the ranks follow a common factor, so that the normal scores
    of any two are correlated as given (the one-factor normal copula; Li 2000). A proposal may stand in one group.
    """
    if not 0 <= correlation <= 1:
        raise PortfolioRefused(message("The correlation within a group must be from 0 to 1."))
    stream = np.random.Generator(np.random.PCG64(SEED))
    scenarios = {len(each) for each in draws.values()}
    if len(scenarios) > 1:
        raise PortfolioRefused(message("All proposals must have the same number of scenarios."))
    many = next(iter(scenarios), 0)
    factors = [scores(stream, many) for _ in groups]
    found = {}
    for name, values in draws.items():
        own = scores(stream, many)
        shared = next((factor for factor, group in zip(factors, groups, strict=True) if name in group), None)
        score = own if shared is None else np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own
        found[name] = np.sort(values)[np.argsort(np.argsort(score, kind="stable"), kind="stable")]
    return found


def scores(stream: np.random.Generator, many: int) -> NDArray[np.float64]:
    """Normal scores in a random order: each of the quantiles once, so that little of the spread is by chance."""
    return ndtri((stream.permutation(many) + 0.5) / max(many, 1))
