"""The pilot as a proposal plans it, and what comes of it: for the verdict, and for a choice among proposals."""

from __future__ import annotations

from ...document.estimate import Estimate, mean_of
from ...document.fields import MONEY, MONTHS
from ...document.proposal import Proposal
from ...value.pilot import Pilot, PilotValue
from ...value.simulate import Simulation
from ...value.stages import Staged, Unfolding, stage_by_stage, unfolding
from .reach import reaches


def planned_pilot(proposal: Proposal) -> Pilot:
    """The pilot as it is planned; its cost is the expected one. A learning curve says what its labels can tell."""
    plan = proposal.pilot
    label = _expected(plan.cost_per_label) or 0.0
    curves = {each.index: each.unexplained for each in reaches(proposal) if each.curve is not None}
    return Pilot(plan.labelled_cases, _expected(plan.cost), plan.reveals_failures or 0.0, label, curves)


def pilot_months(proposal: Proposal) -> float:
    """How long the pilot is expected to take; 0 where nobody says."""
    return _expected(proposal.pilot.months, MONTHS.lower) or 0.0


def staged_pilot(proposal: Proposal, simulation: Simulation, pilot: PilotValue) -> Staged | None:
    """Stage by stage, where the pilot reads something and its cost is known."""
    if pilot.readings is None or pilot.cost is None:
        return None
    return stage_by_stage(simulation, pilot.readings, pilot.cost, pilot_months(proposal), pilot.reveals)


def unfolding_pilot(proposal: Proposal, simulation: Simulation, pilot: PilotValue) -> Unfolding | None:
    """The same draw by draw, where the pilot reads something and its cost is known."""
    if pilot.readings is None or pilot.cost is None:
        return None
    return unfolding(simulation, pilot.readings, pilot.cost, pilot_months(proposal), pilot.reveals)


def _expected(estimate: Estimate | None, lower: float = MONEY.lower) -> float | None:
    return None if estimate is None else mean_of(estimate, lower, None)
