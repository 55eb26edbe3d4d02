"""How many reasons of a verdict rest on guesses."""

from __future__ import annotations

from collections.abc import Sequence

from ..document.proposal import Proposal
from ..feasibility.checklist import Checklist
from ..feasibility.evidence.resting import Grounds, Resting, share_on
from ..vocabulary import GateStatus, GroundKind
from .evidence import ANSWERS, Verdict

_MOSTLY = 0.5


def reasons_on_guesses(
    proposal: Proposal, verdict: Verdict, checklist: Checklist, grounds: Grounds, inputs: Sequence[Resting]
) -> int:
    """How many of a verdict's reasons rest on guesses.

    A gate that failed rests on its answer. A reason with figures rests on guesses where most of NPV's spread does, or,
    where nothing is uncertain, where most of the figures are guesses.
    """
    failed = checklist.gates_with(GateStatus.FAILED)
    if failed:
        return sum(grounds.of(ANSWERS / gate.id) is GroundKind.GUESS for gate in failed)
    if not inputs and not proposal.inputs():
        return 0
    share = share_on(inputs, GroundKind.GUESS)
    mostly = _share_of_figures(proposal, grounds) if share is None else share
    return len(verdict.reasons) if mostly > _MOSTLY else 0


def _share_of_figures(proposal: Proposal, grounds: Grounds) -> float:
    """The share of the figures that are guesses, where none of them has a range."""
    kinds = [grounds.of(path) for path in proposal.inputs()]
    return sum(kind is GroundKind.GUESS for kind in kinds) / max(len(kinds), 1)
