"""All that evidence adds to an assessment, ready to be drawn and told, and the same as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...document.estimate import Estimate
from ...document.evidence import Evidence, Measured
from ...document.grounds import ANSWERS
from ...document.proposal import Proposal
from ...vocabulary import GroundKind
from .ceilings import Agreement, agreement_of
from .chances import Chances
from .reach import Reach
from .resting import Grounds, Resting, share_on
from .shown import Shown


@dataclass(frozen=True)
class EvidenceView:
    """What evidence says of a proposal.

    `attached` are the documents; `reaches` what they show, one for each alternative that is measured by one; `chances`
    that break-even is reached, by alternative and metric; `agreements` of two people's labels by metric. `inputs` are
    the leading alternative's uncertain inputs with what each rests on, the largest share of NPV's spread first;
    `answers` how many answers rest on each kind, `reasons` how many the verdict has, and `reasons_on_guesses` how many
    of those rest on guesses. `worth` is what learning an input alone is worth (partial EVPI, money), by its path.
    """

    attached: tuple[Evidence, ...] = ()
    reaches: tuple[Reach, ...] = ()
    chances: Chances = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    inputs: tuple[Resting, ...] = ()
    answers: Mapping[GroundKind, int] = field(default_factory=dict)
    reasons: int = 0
    reasons_on_guesses: int = 0
    worth: Mapping[str, float] = field(default_factory=dict)

    @property
    def spread_on_guesses(self) -> float | None:
        """The share of NPV's spread that rests on guesses, 0..1; None where nothing is uncertain."""
        return share_on(self.inputs, GroundKind.GUESS)

    @property
    def guesses(self) -> tuple[Resting, ...]:
        """The inputs that are guesses, the one first that is worth most to learn."""
        found = [each for each in self.inputs if each.kind is GroundKind.GUESS]
        return tuple(sorted(found, key=lambda each: -self.worth.get(each.path, 0.0)))

    def reach(self, index: int) -> Reach | None:
        """What evidence shows of one alternative."""
        return next((each for each in self.reaches if each.index == index), None)

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON values."""
        kinds = [*GroundKind]
        return {
            "attached": [_attached(each) for each in self.attached],
            "alternatives": [_reach(each) for each in self.reaches],
            "agreement": {name: _agreement(each) for name, each in self.agreements.items()},
            "share_of_spread": {str(kind): share_on(self.inputs, kind) for kind in kinds},
            "answers": {str(kind): self.answers.get(kind, 0) for kind in kinds},
            "reasons": self.reasons,
            "reasons_on_guesses": self.reasons_on_guesses,
            "inputs": [_input(each, self.worth.get(each.path)) for each in self.inputs],
            "learn_first": [_input(each, self.worth.get(each.path)) for each in self.guesses],
        }


def agreements_of(proposal: Proposal) -> dict[str, Agreement]:
    """How far two people agree, by the metric whose ceiling rests on it."""
    found = {name: agreement_of(each) for name, each in proposal.feasibility.ceiling_grounds.items()}
    return {name: each for name, each in found.items() if each is not None}


def answers_by_kind(proposal: Proposal, grounds: Grounds) -> dict[GroundKind, int]:
    """How many answers rest on each kind."""
    kinds = [grounds.of(ANSWERS / identity) for identity in proposal.feasibility.answers]
    return {kind: kinds.count(kind) for kind in GroundKind}


def _attached(evidence: Evidence) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "source": evidence.source.name,
        "sha256": evidence.source.sha256 or None,
        "rows": evidence.source.rows,
        "on": evidence.made.on.isoformat(),
        "target": evidence.target,
        "signal": evidence.signal.found if evidence.signal else None,
        "changed_since_measured": not evidence.is_sealed,
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "name": reach.alternative,
        "evidence": reach.evidence,
        "part": reach.part.id if reach.part else None,
        "metrics": [_shown(each) for each in reach.shown],
        "npv_once_live": reach.worth,
        "share_chosen": reach.chosen_share,
        "chance_now": reach.chance_now,
        "chance_ever": reach.chance_ever,
        "flattens_below_break_even": reach.flattens,
        "labels_now": reach.labels_now,
        "labels_needed": [
            {"chance": each.chance, "labels": each.rows, "more": each.more, "cost": each.cost} for each in reach.labels
        ],
        "learning_curve": {
            "metric": reach.metric,
            "measured": [
                {"labels": each.rows, "score": each.score, "npv_once_live": each.worth} for each in reach.points
            ],
            "fitted": [
                {"labels": each.rows, "p10": each.low, "p50": each.middle, "p90": each.high, "chance": each.chance}
                for each in reach.fan
            ],
        },
    }


def _shown(shown: Shown) -> dict[str, Any]:
    return {
        "metric": shown.metric.name,
        "estimate": _estimate(shown.estimate),
        **_measured(shown.measured),
        "ceiling": _estimate(shown.ceiling) if shown.ceiling else None,
    }


def _estimate(estimate: Estimate) -> dict[str, float]:
    return estimate.quantiles


def _measured(measured: Measured) -> dict[str, float]:
    return {"value": measured.value, "low": measured.low, "high": measured.high}


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "labelled": found.labelled,
        "agreed": found.agreed,
        "classes": found.classes,
        "agreement": _measured(found.agreement),
        "kappa": _measured(found.kappa),
        "accuracy_of_one": _measured(found.accuracy),
    }


def _input(each: Resting, worth: float | None) -> dict[str, Any]:
    return {
        "input": each.path,
        "label": each.label,
        "rests_on": str(each.kind),
        "share_of_spread": each.share,
        "evppi": worth,
    }
