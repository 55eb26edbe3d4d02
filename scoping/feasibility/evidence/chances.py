"""The chance that a quality is reachable that pays, and what holds by default where the team has left it empty.

Headroom as a chance: P(reachable >= break-even). What is reachable is uncertain: the ceiling as the team estimates it, or
where a learning curve ends; where both are known, the curve is capped by the ceiling, and P(min >= b) is the product of
both chances. Break-even here is that of a build that goes live: how likely it goes live is the very question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...document.estimate import Array, Estimate, quantile_function
from ...document.grounds import CEILINGS
from ...document.paths import Path
from ...document.proposal import Proposal
from ...value.breakeven import Response
from ...value.places import place_of
from ...value.simulate import simulate
from .ceilings import implied_ceiling
from .reach import Reach, reach_of
from .worth import as_if_live

Chances = Mapping[tuple[int, str], float]
"""The chance that break-even is reached, by alternative and metric."""
_DRAWS, _SEED = 1_024, 1
_POINTS = (np.arange(128) + 0.5) / 128
_HALVINGS = 12
SUCCESS_PROBABILITY = "success_probability"


@dataclass(frozen=True)
class Assumed:
    """What counts in a place that the team has left empty: its path, and the estimate."""

    path: Path
    estimate: Estimate


def chances_of_reaching(proposal: Proposal, index: int, reach: Reach | None) -> dict[str, float]:
    """The chance that one alternative reaches the break-even of each of its metrics of which something is known.

    Known is a ceiling, or evidence with a learning curve, which speaks at once of all metrics of the part that it
    measured.
    """
    ever = 1.0 if reach is None else reach.chance_ever
    by_ceiling = _by_ceiling(proposal, index)
    found = {name: ever * chance for name, chance in by_ceiling.items()}
    bridge, metrics = proposal.bridge, proposal.alternatives[index].metrics
    told = [*bridge.qualities(metrics)] if bridge is not None and reach is not None else []
    if reach is not None and reach.part is not None:
        told = [name for name in told if name.startswith(reach.part.prefix)]
        found = {name: chance * (ever if name in told else 1.0) for name, chance in by_ceiling.items()}
    return {**dict.fromkeys(told, ever), **found}


def _by_ceiling(proposal: Proposal, index: int) -> dict[str, float]:
    given = proposal.feasibility.ceilings
    live = as_if_live(proposal, index) if given and not proposal.alternatives[index].is_status_quo else None
    if live is None:
        return {}
    model, place = live
    simulation = simulate(model, _DRAWS, _SEED, in_detail=False)
    found: dict[str, float] = {}
    for name in model.qualities(place):
        if name in given:
            quantity = model.bridge.metric_named(name).quantity
            response = Response(model, simulation, place, name)
            found[name] = _chance(response, given[name], quantity.support)
    return found


def _chance(response: Response, ceiling: Estimate, support: tuple[float, float | None]) -> float:
    """The share of the ceiling's distribution at which expected NPV is at least zero."""
    if ceiling.is_certain:
        return float(response.mean(ceiling.p50) >= 0)
    at = quantile_function(ceiling, *support)
    pays = response.gains(np.asarray(at(_POINTS), float))
    changes = np.flatnonzero(pays[1:] != pays[:-1])
    if changes.size != 1:
        return float(pays.mean())
    crossing = _crossing(response, at(_POINTS[changes[0] : changes[0] + 2]), _POINTS[changes[0]], at)
    return float(crossing if pays[0] else 1 - crossing)


def _crossing(response: Response, ends: Array, start: float, at: object) -> float:
    """The probability at which the sign of expected NPV changes, between two neighbours."""
    assert callable(at)
    low, high = float(start), float(start + 1 / _POINTS.size)
    before = response.mean(float(ends[0])) >= 0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        same = (response.mean(float(at(middle))) >= 0) == before
        low, high = (middle, high) if same else (low, middle)
    return (low + high) / 2


def assumptions(proposal: Proposal) -> tuple[Assumed, ...]:
    """What holds by default: ceilings that two people's labels imply, and chances of reaching production.

    A chance that a model reaches production, where the team has given none, is the chance that what can be reached
    pays: the smallest over its metrics.
    """
    ceilings = tuple(_implied(proposal))
    known = with_assumed(proposal, ceilings)
    return (*ceilings, *_default_chances(known))


def _implied(proposal: Proposal) -> list[Assumed]:
    grounds, given = proposal.feasibility.ceiling_grounds, proposal.feasibility.ceilings
    if not grounds or proposal.bridge is None:
        return []
    empty = [metric for metric in proposal.bridge.metrics if metric.name in grounds and metric.name not in given]
    found = [(metric.name, implied_ceiling(proposal, metric, grounds[metric.name])) for metric in empty]
    return [Assumed(CEILINGS / name, estimate) for name, estimate in found if estimate is not None]


def _default_chances(proposal: Proposal) -> list[Assumed]:
    found = []
    for index, each in enumerate(proposal.alternatives):
        if each.is_machine_learning and each.success_probability is None:
            chances = chances_of_reaching(proposal, index, reach_of(proposal, index)) if _asks(proposal, index) else {}
            if chances:
                chance = float(f"{min(chances.values()):.4g}")
                found.append(Assumed(place_of(index, SUCCESS_PROBABILITY), Estimate.of(chance)))
    return found


def _asks(proposal: Proposal, index: int) -> bool:
    """Whether anything is known of what this alternative can reach."""
    return bool(proposal.feasibility.ceilings or proposal.alternatives[index].measured_by)


def with_assumed(proposal: Proposal, assumed: Sequence[Assumed]) -> Proposal:
    """The proposal with what holds by default in the places that were left empty."""
    if not assumed:
        return proposal
    ceilings, alternatives = dict(proposal.feasibility.ceilings), [*proposal.alternatives]
    for each in assumed:
        if each.path.is_within(CEILINGS):
            ceilings[each.path.last] = each.estimate
        else:
            index = int(each.path.keys[1])
            alternatives[index] = alternatives[index].model_copy(update={SUCCESS_PROBABILITY: each.estimate})
    feasibility = proposal.feasibility.model_copy(update={"ceilings": ceilings})
    return proposal.model_copy(update={"feasibility": feasibility, "alternatives": alternatives})
