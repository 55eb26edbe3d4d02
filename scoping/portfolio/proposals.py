"""Proposals as candidates: what each alternative is worth, and what money and people it takes when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from ..document.alternatives import Alternative, name_of
from ..document.estimate import mean_of
from ..document.fields import MONTHS
from ..document.proposal import Proposal
from ..feasibility.evidence.chances import assumptions, with_assumed
from ..value.model import ValueModel, value_model
from ..value.simulate import DEFAULT_DRAWS, Outcome, Simulation, simulate
from ..value.statement import spending
from .candidates import Candidate, Draws, Option
from .risk import together

_MONTHS_A_QUARTER = 3
_SCENARIOS = 256


def candidate_of(
    proposal: Proposal, name: str = "", rate: float = 1.0, *, draws: int = DEFAULT_DRAWS, seed: int = 1
) -> Candidate:
    """Every alternative that can be valued, but for the status quo: to do that is not to choose the proposal.

    Money counts `rate` times, so that all are in one currency. Work begins in month 0 and ends with the build; who is
    needed is needed for every alternative alike. `name` is the title where none is given.
    """
    proposal = with_assumed(proposal, assumptions(proposal))
    model = value_model(proposal)
    known = name or proposal.title
    if model is None:
        return Candidate(known, ())
    simulation = simulate(model, draws, seed, in_detail=False)
    ways = [(index, proposal.alternatives[index]) for index in simulation.outcomes]
    options = [
        _option(model, simulation, index, each, rate) for index, each in ways if not each.is_status_quo
    ]  # fmt: skip
    return Candidate(known, tuple(options))


def with_common_causes(
    candidates: Sequence[Candidate], groups: Sequence[frozenset[str]] = (), correlation: float = 0.0
) -> list[Candidate]:
    """The same with scenarios in an order that all share: proposals of one group do well and badly together."""
    orders = together({each.name: np.arange(_SCENARIOS, dtype=float) for each in candidates}, groups, correlation)
    return [
        replace(each, options=tuple(_ordered(option, orders[each.name]) for option in each.options))
        for each in candidates
    ]


def _ordered(option: Option, order: Draws) -> Option:
    return option if option.draws is None else replace(option, draws=np.sort(option.draws)[order.astype(int)])


def _option(model: ValueModel, simulation: Simulation, index: int, each: Alternative, rate: float) -> Option:
    outcome = simulation.outcomes[index]
    months = ceil(mean_of(each.build_months, MONTHS.lower, MONTHS.upper) or 0.0) if each.build_months else 0
    return Option(
        name_of(each, index),
        rate * (outcome.npv.mean or 0.0),
        money=(rate * by_quarter(spending(model, simulation, index))).tolist(),
        people=people_by_month(model.proposal, months),
        end=months,
        draws=rate * scenarios_of(outcome),
    )


def scenarios_of(outcome: Outcome) -> Draws:
    """The draws of NPV in 256 scenarios: means of as many equal parts, lowest first, so that the mean stays."""
    ordered = np.sort(np.broadcast_to(outcome.draws, max(len(outcome.draws), _SCENARIOS)))
    return np.array([part.mean() for part in np.array_split(ordered, _SCENARIOS)])


def by_quarter(by_month: Draws) -> Draws:
    """Amounts of the first day and of each month, by quarter; the first day's belong to the first quarter."""
    first, months = by_month[0], by_month[1:]
    quarters = -(-len(months) // _MONTHS_A_QUARTER)
    padded = np.pad(months, (0, quarters * _MONTHS_A_QUARTER - len(months)))
    found = padded.reshape(quarters, _MONTHS_A_QUARTER).sum(axis=1)
    found[:1] += first
    return np.asarray(found)


def people_by_month(proposal: Proposal, build_months: int) -> Mapping[str, Sequence[float]]:
    """Full-time people by who they are and month, from the plan's resources.

    Where it does not say how much of them, it is all of one; where not for how long, as long as the build lasts.
    """
    found: dict[str, list[float]] = {}
    for each in proposal.resources:
        months = each.months if each.months is not None else float(build_months)
        share = each.share if each.share is not None else 1.0
        name = " ".join(each.name.split()).casefold()
        needed = found.setdefault(name, [])
        needed.extend([0.0] * (ceil(months) - len(needed)))
        for month in range(ceil(months)):
            needed[month] += share * min(1.0, months - month)
    return found
