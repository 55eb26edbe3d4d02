"""How far an expected NPV may be off, and what its doubt rests on.

An expected NPV is a mean over all that is uncertain, and is off as far as what it was made of is off: so its error is
the spread of NPV that comes from inputs that somebody estimated. Whether production is reached, and which cost falls
due, is luck to come and no error: those count by their chances. What rests on data counts as wide as it is; what people
say counts half as wide again, since people's ranges are too narrow, sometimes only 40 % as wide as they would have to
be (Soll and Klayman 2004, Overconfidence in Interval Estimates, Journal of Experimental Psychology: Learning, Memory,
and Cognition 30(2)). Half again is our assumption, between none and what they found: docs/decisions/0078.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..bridges import Numbers
from ..document.alternatives import name_of
from ..feasibility.evidence.resting import Grounds, first_order
from ..value.cashflow import Present, first_draws
from ..value.model import ValueModel
from ..value.simulate import Simulation
from ..vocabulary import GroundKind
from .candidates import Draws, Estimated

ON_DATA = frozenset({GroundKind.MEASURED, GroundKind.PUBLISHED})
TOO_NARROW = 1.5
"""By how much wider what people say has to be taken."""
_FEW = 2_048


def estimated(model: ValueModel, simulation: Simulation, index: int, grounds: Grounds) -> Estimated:
    """Expected NPV of one alternative with the error of that."""
    outcome = simulation.outcomes[index]
    expected = np.asarray(outcome.kept.expected, float)
    shares = _shares(model, simulation, first(expected))
    on_data = sum(share for path, share in shares.items() if _is_on_data(model, grounds, path))
    # Variances of independent inputs add up.
    wider = on_data + TOO_NARROW**2 * (1 - on_data) if shares else 0.0
    error = float(np.hypot(expected.std() * wider**0.5, outcome.npv.standard_error or 0.0))
    name = name_of(model.proposal.alternatives[index], index)
    return Estimated(name, outcome.npv.mean or 0.0, error, _size(outcome.kept), on_data)


def _size(kept: Present) -> float:
    """All money that it moves: what it takes, and what it brings, which is its expected NPV and that."""
    takes = float(np.mean(kept.chance * kept.running_cost + kept.build))
    return abs(float(np.mean(kept.expected)) + takes) + takes


def _shares(model: ValueModel, simulation: Simulation, npv: Draws) -> Mapping[str, float]:
    """The share of the spread that each uncertain input explains; they add up to 1, and are none without a spread."""
    drawn = {each.path: first(simulation.values[each.path]) for each in model.inputs if each.is_uncertain}
    found = {path: first_order(npv, values) for path, values in drawn.items() if values.size == npv.size}
    total = sum(found.values())
    return {path: share / total for path, share in found.items() if total > 0}


def _is_on_data(model: ValueModel, grounds: Grounds, path: str) -> bool:
    found = next(each for each in model.inputs if each.path == path)
    return grounds.of(found.path, found.estimate) in ON_DATA


def first(values: Numbers, count: int = _FEW) -> Draws:
    """The first draws: shares of a spread need no more."""
    return np.asarray(first_draws(values, count), float)
