"""Scenarios that all proposals share: what they have in common moves them together, and each keeps its distribution.

What is common is of two kinds. A *shared input* (a cost line, a price, a rate that several proposals rest on) has one
value in each scenario, and each proposal is looked at given that value, by its own simulation: how strongly it moves a
proposal is what the simulation says, and nobody has to guess a correlation. Beside that, the proposals of one group
follow a common factor as strongly as somebody says (the one-factor normal copula; Li 2000).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from ..text.languages import message
from .candidates import Candidate, Cause, Draws, Option, Simulated
from .limits import PortfolioRefused
from .risk import SEED, scores
from .settings import Settings

_NEAR = 32
"""So many draws of a proposal are looked at around the shared inputs of a scenario, where it has that many for each."""


def shared_causes(candidates: Sequence[Candidate], settings: Settings) -> frozenset[str]:
    """What two proposals or more rest on: names that were given, and cost lines that say the same."""
    found: Counter[str] = Counter()
    for each in candidates:
        found.update({_key(cause, settings) for cause in _causes(each)} - {""})
    return frozenset(key for key, times in found.items() if times > 1)


def _causes(candidate: Candidate) -> Iterator[Cause]:
    for option in candidate.options:
        if option.simulated is not None:
            yield from option.simulated.causes


def _key(cause: Cause, settings: Settings) -> str:
    """Under what a cause is shared; empty where it is not."""
    if cause.name in settings.shared_inputs:
        return cause.name
    return cause.identity if settings.same_costs else ""


def in_shared_scenarios(candidates: Sequence[Candidate], settings: Settings) -> list[Candidate]:
    """The same with draws in an order that all share; each option keeps its own distribution exactly.

    Raises PortfolioRefused where the scenarios are not as many for all, or the correlation is none.
    """
    if not 0 <= settings.correlation <= 1:
        raise PortfolioRefused(message("The correlation within a group must be from 0 to 1."))
    many = _scenarios(candidates)
    stream = np.random.Generator(np.random.PCG64(SEED))
    factors = [scores(stream, many) for _ in settings.groups]
    shared = {key: ndtr(scores(stream, many)) for key in sorted(shared_causes(candidates, settings))}
    found = []
    for each in candidates:
        own = scores(_stream_of(each.name), many)
        factor = next((one for one, group in zip(factors, settings.groups, strict=True) if each.name in group), None)
        score = own if factor is None else _mixed(factor, own, settings.correlation)
        found.append(replace(each, options=tuple(_placed(one, score, shared, settings) for one in each.options)))
    return found


def _stream_of(name: str) -> np.random.Generator:
    """Of each proposal's own chance: the same in whatever order and company it is chosen among."""
    return np.random.Generator(np.random.PCG64([SEED, *hashlib.sha256(name.encode()).digest()]))


def _mixed(factor: Draws, own: Draws, correlation: float) -> Draws:
    return np.asarray(np.sqrt(correlation) * factor + np.sqrt(1 - correlation) * own)


def _scenarios(candidates: Sequence[Candidate]) -> int:
    lengths = {len(each.draws) for one in candidates for each in one.options if each.draws is not None}
    if len(lengths) > 1:
        raise PortfolioRefused(message("All proposals must have the same number of scenarios."))
    return next(iter(lengths), 0)


def _placed(option: Option, score: Draws, shared: Mapping[str, Draws], settings: Settings) -> Option:
    if option.draws is None:
        return option
    known = _shared_of(option.simulated, shared, settings)
    order = score if option.simulated is None or not known else _given(option.simulated.npv, known, score)
    return replace(option, draws=np.sort(option.draws)[np.argsort(np.argsort(order, kind="stable"), kind="stable")])


def _shared_of(
    simulated: Simulated | None, shared: Mapping[str, Draws], settings: Settings
) -> list[tuple[Draws, Draws]]:
    """For each shared input its ranks in the proposal's own draws, and in the scenarios."""
    causes = simulated.causes if simulated is not None else ()
    keyed = [(cause, _key(cause, settings)) for cause in causes]
    return [(cause.ranks, shared[key]) for cause, key in keyed if key in shared]


def _given(npv: Draws, known: Sequence[tuple[Draws, Draws]], score: Draws) -> Draws:
    """NPV in each scenario given the shared inputs: of the draws next to their values, the one at the own score's
    place.

    Nearness is Euclidean in the inputs' ranks, as in a nearest-neighbour estimate of a conditional distribution
    (Stone 1977, Consistent Nonparametric Regression, Annals of Statistics 5(4)).
    """
    near = max(min(_NEAR, len(npv)), len(npv) // max(len(score), 1))
    found = np.empty(len(score))
    for scenario, place in enumerate(ndtr(score)):
        away = np.sum([(ranks - wanted[scenario]) ** 2 for ranks, wanted in known], axis=0)
        closest = np.sort(npv[np.argpartition(away, near - 1)[:near]])
        found[scenario] = closest[min(int(place * near), near - 1)]
    return found


def places_of(values: Draws) -> NDArray[np.uint16]:
    """The place of each draw in their order, lowest first from 0; shape (draws,). Kept draws are few enough for it."""
    return np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(np.uint16)
