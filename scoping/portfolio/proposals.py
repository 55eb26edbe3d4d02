"""Proposals as candidates: what each alternative and the pilot is worth, and what money and people it takes when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

import numpy as np

from ..document.alternatives import Alternative, Cost, name_of
from ..document.estimate import mean_of
from ..document.fields import MONTHS
from ..document.proposal import Proposal
from ..feasibility.evidence.chances import assumptions, with_assumed
from ..feasibility.evidence.piloting import pilot_months, planned_pilot, unfolding_pilot
from ..feasibility.evidence.reach import reaches
from ..feasibility.evidence.resting import Grounds
from ..text.languages import message
from ..text.reasons import said
from ..value.inputs import Input
from ..value.model import ValueModel, value_model
from ..value.pilot import PilotValue, pilot_value
from ..value.reasons import Reason, Why
from ..value.simulate import DEFAULT_DRAWS, Simulation, simulate
from ..value.stages import Unfolding
from ..value.statement import spending
from .candidates import Candidate, Cause, Draws, Option, PilotOffer, Simulated, in_money, plain_name
from .estimating import estimated, first
from .settings import Settings
from .together import in_shared_scenarios, places_of

_MONTHS_A_QUARTER = 3
_SCENARIOS = 256
_KEPT = 1_024
"""So many draws are kept beside the inputs of the same draws: with them a proposal is looked at given an input."""
_QUARTERS = 20


@dataclass(frozen=True)
class _Valued:
    """A proposal that can be valued, with what its alternatives take: money by month, and in what money that is."""

    model: ValueModel
    simulation: Simulation
    spent: Mapping[int, Draws]

    def name(self, index: int) -> str:
        return name_of(self.model.proposal.alternatives[index], index)

    @cached_property
    def causes(self) -> list[tuple[str, Cause]]:
        """The uncertain inputs, each with whose it is."""
        return [*_causes(self.model, self.simulation)]

    @property
    def alternatives(self) -> list[tuple[int, Alternative]]:
        """Those that are something else than the status quo."""
        every = self.model.proposal.alternatives
        return [(index, every[index]) for index in self.simulation.outcomes if not every[index].is_status_quo]


def candidate_of(
    proposal: Proposal, name: str = "", rate: float = 1.0, *, draws: int = DEFAULT_DRAWS, seed: int = 1
) -> Candidate:
    """Every alternative that can be valued, but for the status quo, and the pilot where it can be valued.

    To do the status quo is not to choose the proposal. Money counts `rate` times, so that all are in one currency. Work
    begins in month 0 and ends with the build; who is needed is needed for every alternative alike. `name` is the title
    where none is given. What this finds is kept: a figure that changes here takes another `keeping.VALUING`.
    """
    return in_money(_candidate(proposal, name or proposal.title, draws, seed), rate)


def _candidate(proposal: Proposal, known: str, draws: int, seed: int) -> Candidate:
    """In the proposal's own currency."""
    proposal = with_assumed(proposal, assumptions(proposal))
    model = value_model(proposal)
    if model is None:
        return Candidate(known, ())
    simulation = simulate(model, draws, seed, in_detail=False)
    spent = spending(model, simulation)
    valued = _Valued(model, simulation, spent)
    grounds = Grounds(proposal, reaches(proposal))
    offer, pilot = _pilot(valued, seed)
    return Candidate(
        known,
        (*(_option(valued, index, each) for index, each in valued.alternatives), *pilot),
        tuple(estimated(model, valued.simulation, index, grounds) for index, _ in valued.alternatives),
        offer,
        _discounts(valued.simulation),
        _roles(proposal),
    )


def _roles(proposal: Proposal) -> dict[str, str]:
    """The people of the plan by the names that they are matched by; the first of several spellings counts."""
    return {plain_name(each.name): " ".join(each.name.split()) for each in reversed(proposal.resources)}


def with_common_causes(
    candidates: Sequence[Candidate], groups: Sequence[frozenset[str]] = (), correlation: float = 0.0
) -> list[Candidate]:
    """The same with scenarios in an order that all share: proposals of one group do well and badly together."""
    return in_shared_scenarios(candidates, Settings(groups=tuple(groups), correlation=correlation))


# Alternatives --------------------------------------------------------------------------------------


def _causes(model: ValueModel, simulation: Simulation) -> Iterator[tuple[str, Cause]]:
    """Every uncertain input with whose it is, once for all options."""
    for each in model.inputs:
        values = first(simulation.values[each.path], _KEPT) if each.is_uncertain else np.empty(0)
        if values.size == _KEPT:
            identity = _identity(model.proposal, each)
            yield each.owner, Cause(plain_name(each.title), identity, places_of(values), each.title)


def _option(valued: _Valued, index: int, each: Alternative) -> Option:
    outcome = valued.simulation.outcomes[index]
    months = ceil(mean_of(each.build_months, MONTHS.lower, MONTHS.upper) or 0.0) if each.build_months else 0
    return Option(
        valued.name(index),
        outcome.npv.mean or 0.0,
        money=by_quarter(valued.spent[index]).tolist(),
        people=people_by_month(valued.model.proposal, months),
        end=months,
        draws=scenarios_of(outcome.draws),
        rests_on={valued.name(index): 1.0},
        simulated=_simulated(valued, index, outcome.kept.npv),
    )


def _discounts(simulation: Simulation) -> Sequence[float]:
    """What is left of a value when all of it comes one quarter later, two, and so on (docs/decisions/0077)."""
    rate = np.asarray(simulation.discount_rate, float)
    return [float(np.mean((1 + rate) ** (-quarter / 4))) for quarter in range(1, _QUARTERS + 1)]


def _simulated(valued: _Valued, index: int, npv: Draws) -> Simulated | None:
    if npv.size < _KEPT:
        return None
    owners = {"", valued.name(index)}
    return Simulated(npv[:_KEPT], tuple(cause for owner, cause in valued.causes if owner in owners))


def _identity(proposal: Proposal, each: Input) -> str:
    """What makes a cost line the same in another proposal: what it is for, when it is paid, and how much it is."""
    match each.path.keys:
        case ("alternatives", index, "costs", number, part):
            cost: Cost = proposal.alternatives[int(index)].costs[int(number)]
            said_of_it = (plain_name(cost.name), cost.component, cost.timing, part, each.law, proposal.currency)
            return repr(said_of_it) if cost.name.strip() else ""
    return ""


def scenarios_of(npv: Draws) -> Draws:
    """The draws of NPV in 256 scenarios: means of as many equal parts, lowest first, so that the mean stays."""
    ordered = np.sort(np.broadcast_to(npv, max(len(npv), _SCENARIOS)))
    return np.array([part.mean() for part in np.array_split(ordered, _SCENARIOS)])


# The pilot -----------------------------------------------------------------------------------------


def _pilot(valued: _Valued, seed: int) -> tuple[PilotOffer | None, list[Option]]:
    """The planned pilot, None where there is none, and the option to run it first, where its value is known."""
    proposal = valued.model.proposal
    found = pilot_value(valued.model, valued.simulation, planned_pilot(proposal), seed)
    unfolds = unfolding_pilot(proposal, valued.simulation, found)
    offer = _offer(valued, found)
    if unfolds is None:
        return (_refused(offer, found) if _is_planned(proposal) else None), []
    net = unfolds.staged.npv - unfolds.staged.committed
    return replace(offer, net=net), [_first_piloted(valued, found.cost or 0.0, unfolds)]


def _is_planned(proposal: Proposal) -> bool:
    plan = proposal.pilot
    return any(each is not None for each in (plan.months, plan.cost, plan.labelled_cases, plan.cost_per_label))


def _refused(offer: PilotOffer, found: PilotValue) -> PilotOffer:
    reason = found.reason or Reason(Why.NO_PILOT_COST)
    return replace(offer, why_not=said(reason), reason=reason)


def _offer(valued: _Valued, found: PilotValue) -> PilotOffer:
    months = pilot_months(valued.model.proposal)
    return PilotOffer(
        found.evsi,
        found.cost,
        months=months,
        people=_within(people_by_month(valued.model.proposal, ceil(months)), months),
    )


def _first_piloted(valued: _Valued, cost: float, unfolds: Unfolding) -> Option:
    """The pilot, and then what is best by what it showed: that counts by its chance, in money and in people."""
    index, months = unfolds.staged.index, pilot_months(valued.model.proposal)
    return Option(
        piloted_name(valued.name(index)),
        unfolds.staged.npv,
        money=by_quarter(_money_of(valued, cost, months, unfolds.chances)).tolist(),
        people=_people_of(valued, months, unfolds.chances),
        end=ceil(months),
        draws=scenarios_of(unfolds.npv),
        is_pilot=True,
        rests_on={valued.name(each): unfolds.delay * chance for each, chance in unfolds.chances.items() if chance > 0},
        simulated=_simulated(valued, index, unfolds.npv),
    )


def piloted_name(alternative: str) -> str:
    """What the option is called that runs the pilot of an alternative first."""
    return message("{alternative}, pilot first", alternative=alternative)


def _money_of(valued: _Valued, cost: float, months: float, chances: Mapping[int, float]) -> Draws:
    """Money of the first day and each month: the pilot's evenly over its months, then what follows, by its chance."""
    length = ceil(months)
    after = [chance * valued.spent[each] for each, chance in chances.items() if chance > 0]
    total = np.zeros(1 + length + max((len(each) for each in after), default=0))
    total[: 1 + length][1 if length else 0 :] += cost / max(length, 1)
    for each in after:
        total[length : length + len(each)] += each
    return total


def _people_of(valued: _Valued, months: float, chances: Mapping[int, float]) -> dict[str, Sequence[float]]:
    """The plan's people for the pilot's months; then those of the plan, by the chance that something is begun."""
    proposal, length, begun = valued.model.proposal, ceil(months), sum(chances.values())
    during = _within(people_by_month(proposal, length), months)
    after = _people_after(valued, chances, begun)
    roles = {*during, *after}
    return {
        role: [*during.get(role, ()), *[0.0] * (length - len(during.get(role, ()))), *after.get(role, ())]
        for role in sorted(roles)
    }


def _people_after(valued: _Valued, chances: Mapping[int, float], begun: float) -> dict[str, list[float]]:
    if begun <= 0:
        return {}
    likeliest = max(chances, key=lambda each: chances[each])
    build = valued.model.proposal.alternatives[likeliest].build_months
    months = ceil(mean_of(build, MONTHS.lower, MONTHS.upper) or 0.0) if build else 0
    people = people_by_month(valued.model.proposal, months)
    return {role: [begun * each for each in amounts] for role, amounts in people.items()}


def _within(people: Mapping[str, Sequence[float]], months: float) -> dict[str, Sequence[float]]:
    """The people of the first months alone, the last one in part."""
    return {
        role: [amount * min(1.0, months - month) for month, amount in enumerate(amounts) if month < months]
        for role, amounts in people.items()
    }


# What it takes -------------------------------------------------------------------------------------


def by_quarter(by_month: Draws) -> Draws:
    """Amounts of the first day and of each month, by quarter; the first day's belong to the first quarter."""
    first_day, months = by_month[0], by_month[1:]
    quarters = -(-len(months) // _MONTHS_A_QUARTER)
    padded = np.pad(months, (0, quarters * _MONTHS_A_QUARTER - len(months)))
    found = padded.reshape(quarters, _MONTHS_A_QUARTER).sum(axis=1)
    found[:1] += first_day
    return np.asarray(found)


def people_by_month(proposal: Proposal, build_months: int) -> Mapping[str, Sequence[float]]:
    """Full-time people by who they are and month, from the plan's resources.

    Where it does not say how much of them, it is all of one; where not for how long, as long as the build lasts.
    """
    found: dict[str, list[float]] = {}
    for each in proposal.resources:
        months = each.months if each.months is not None else float(build_months)
        share = each.share if each.share is not None else 1.0
        needed = found.setdefault(plain_name(each.name), [])
        needed.extend([0.0] * (ceil(months) - len(needed)))
        for month in range(ceil(months)):
            needed[month] += share * min(1.0, months - month)
    return found
