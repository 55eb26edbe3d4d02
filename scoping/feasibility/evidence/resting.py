"""What the figures rest on: how much of NPV's spread, and which answers, are guesses.

The share of the spread is by first-order indices, Var(E[NPV | x]) / Var(NPV): Sobol 1993, Sensitivity Estimates for
Nonlinear Mathematical Models, Mathematical Modelling and Computational Experiments 1; E[NPV | x] by least squares on the
first three Hermite polynomials of the input's normal score (polynomial chaos: Sudret 2008, Global Sensitivity Analysis
Using Polynomial Chaos Expansions, Reliability Engineering and System Safety 93).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from ...bridges import Numbers
from ...document.estimate import Array, Estimate
from ...document.grounds import ANSWERS, CEILINGS, Ground
from ...document.paths import Path
from ...document.proposal import Proposal
from ...value.cashflow import first_draws
from ...value.model import ValueModel
from ...value.places import place_of
from ...value.simulate import Simulation
from ...vocabulary import CeilingKind, GroundKind
from .reach import Reach

NOT_KNOWN = frozenset({"guessed", "unknown", "believed", "dont_know"})
"""Choices of the questions that say: nobody has looked."""
_DEGREES = 3
_FEW = 2_048


@dataclass(frozen=True)
class Resting:
    """What one input of the leading alternative rests on, and its share (0..1) of NPV's spread among all inputs."""

    path: Path
    label: str
    kind: GroundKind
    share: float


def share_on(inputs: Sequence[Resting], kind: GroundKind) -> float | None:
    """The share of NPV's spread that rests on this kind; None where nothing is uncertain."""
    return sum(each.share for each in inputs if each.kind is kind) if inputs else None


class Grounds:
    """What each place of a proposal rests on.

    Where nobody says: several people's judgements, or a text that names the evidence of an alternative or an answer,
    are what experts say; a metric that is what the evidence shows is measured; a ceiling has grounds of its own; and
    all the rest is a guess. What rests on evidence that was changed since it was measured is a guess too.
    """

    def __init__(self, proposal: Proposal, reaches: Sequence[Reach] = ()) -> None:
        self._proposal = proposal
        self._said: Mapping[str, Ground] = {each.path: each for each in proposal.grounds}
        self._changed = {each.id for each in proposal.evidence if not each.is_sealed}
        self._shown = {
            place_of(reach.index, "metrics", reach.metric_of(each.metric.name)): each.estimate
            for reach in reaches
            for each in reach.shown
        }

    def of(self, path: Path, estimate: Estimate | None = None) -> GroundKind:
        """What the estimate or answer at a place rests on."""
        said = self._said.get(path)
        if said is not None:
            return GroundKind.GUESS if said.sha256 and said.sha256 in self._changed else said.kind
        if estimate is not None and self._shown.get(path) == estimate:
            return GroundKind.MEASURED
        if path.is_within(CEILINGS):
            return self._of_ceiling(path.last)
        if path.is_within(ANSWERS):
            return self._of_answer(path.last)
        if estimate is not None and estimate.judgements:
            return GroundKind.EXPERT
        return GroundKind.EXPERT if self._has_evidence(path) else GroundKind.GUESS

    def _of_ceiling(self, metric: str) -> GroundKind:
        ground = self._proposal.feasibility.ceiling_grounds.get(metric)
        if ground is None:
            estimate = self._proposal.feasibility.ceilings.get(metric)
            return GroundKind.EXPERT if estimate is not None and estimate.judgements else GroundKind.GUESS
        if ground.kind is CeilingKind.LABELLED_TWICE:
            return GroundKind.MEASURED if ground.counts else GroundKind.GUESS
        return GroundKind.PUBLISHED if ground.link.strip() else GroundKind.GUESS

    def _of_answer(self, identity: str) -> GroundKind:
        answer = self._proposal.feasibility.answers.get(identity)
        if answer is None or answer.choice in NOT_KNOWN:
            return GroundKind.GUESS
        return GroundKind.EXPERT if answer.evidence or answer.note.strip() else GroundKind.GUESS

    def _has_evidence(self, path: Path) -> bool:
        """Whether the alternative that a place belongs to says in words what its figures rest on."""
        match path.keys:
            case ("alternatives", index, *_):
                return any(each.strip() for each in self._proposal.alternatives[int(index)].evidence)
        return False


def resting(model: ValueModel, simulation: Simulation, index: int, grounds: Grounds) -> tuple[Resting, ...]:
    """The uncertain inputs of one alternative, the largest share of NPV's spread first. Shares add up to 1.

    Whether it reaches production is drawn too, and belongs to the chance that it does.
    """
    kept = simulation.outcomes[index].kept.first(_FEW)
    npv = np.asarray(kept.npv, float)
    drawn = {each.path: _few(simulation.values[each.path]) for each in model.inputs if each.is_uncertain}
    indices = {path: first_order(npv, values) for path, values in drawn.items() if values.size == npv.size}
    chance = place_of(index, "success_probability")
    if np.ndim(kept.success):
        indices[chance] = indices.get(chance, 0.0) + first_order(npv, _few(kept.success))
    total = sum(indices.values())
    named = {each.path: each for each in model.inputs}
    found = [
        Resting(path, named[path].label, grounds.of(path, named[path].estimate), share / total)
        for path, share in indices.items()
        if total > 0 and share > 0
    ]
    return tuple(sorted(found, key=lambda each: -each.share))


def _few(values: Numbers) -> Array:
    """The first draws: shares of a spread need no more."""
    return np.asarray(first_draws(values, _FEW), float)


def first_order(values: Array, x: Array) -> float:
    """First-order index of x, 0..1: the share of the variance of values that x alone explains. Both of shape (draws,).

    >>> z = ndtri((np.arange(4096) + 0.5) / 4096)
    >>> round(first_order(3 * z + 1, z), 6)
    1.0
    """
    variance = float(values.var())
    if variance == 0 or x.min() == x.max():
        return 0.0
    _, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    middle = (np.cumsum(counts) - counts / 2) / x.size
    z = ndtri(middle)[place]
    design = np.polynomial.hermite_e.hermevander(z, min(_DEGREES, counts.size - 1))
    fitted = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    # As many terms as there are explain a little of what is not there (adjusted R squared).
    explained, terms = float(fitted.var()) / variance, design.shape[1] - 1
    return float(max(1 - (1 - explained) * (x.size - 1) / max(x.size - terms - 1, 1), 0.0))
