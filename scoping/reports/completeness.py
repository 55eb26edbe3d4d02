"""How complete each step of a proposal is: what is filled in, of what a finished proposal has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..document.fields import is_needed
from ..document.paths import value_at
from ..document.proposal import Proposal
from ..document.reading import to_dict
from ..feasibility.checklist import questions_for
from ..value.model import alternative_missing

STEPS: dict[str, str] = {
    "problem": "Problem",
    "alternatives": "Alternatives",
    "value": "Value",
    "costs": "Costs and returns",
    "feasibility": "Feasibility",
    "data": "Data",
    "risks": "Risks",
    "plan": "Plan",
}
"""The steps of the Proposal page: the name in the address, and the title."""

_WANTED: dict[str, tuple[str, ...]] = {
    "problem": (
        "title",
        "summary",
        "owner",
        "sponsor",
        "problem.statement",
        "problem.affected",
        "problem.status_quo",
        "problem.decision",
        "problem.business_metric.name",
    ),
    "data": ("data.sources", "data.structure", "data.labels", "data.size", "data.privacy", "data.quality"),
    "risks": ("risks",),
    "plan": ("pilot.cost", "pilot.labelled_cases", "milestones"),
}


@dataclass(frozen=True)
class Completeness:
    """What is done, of what there is to do."""

    done: int
    wanted: int

    @property
    def is_complete(self) -> bool:
        """True where nothing is left to do."""
        return self.done >= self.wanted


def completeness(proposal: Proposal) -> dict[str, Completeness]:
    """The state of each step."""
    document = to_dict(proposal)
    found = {step: _count(value_at(document, path) is not None for path in paths) for step, paths in _WANTED.items()}
    found["alternatives"] = _alternatives(proposal)
    found["value"] = _value(proposal)
    found["costs"] = _costs(proposal)
    asked = questions_for(proposal)
    found["feasibility"] = _count(question.id in proposal.feasibility.answers for question in asked)
    return {step: found[step] for step in STEPS}


def _count(states: Iterable[bool]) -> Completeness:
    listed = list(states)
    return Completeness(sum(listed), len(listed))


def _alternatives(proposal: Proposal) -> Completeness:
    """A status quo, another alternative, and each of them without a gap."""
    own = [not _gaps(proposal, index, ".costs.") for index in range(len(proposal.alternatives))]
    others = any(not each.is_status_quo for each in proposal.alternatives)
    return _count([proposal.status_quo is not None, others, *own])


def _gaps(proposal: Proposal, index: int, without: str) -> list[str]:
    found = alternative_missing(proposal, index, proposal.alternatives[index])
    return [path for path in found if without not in path]


def _value(proposal: Proposal) -> Completeness:
    if proposal.bridge is None:
        return Completeness(0, 1)
    needed = [name for name, info in type(proposal.bridge).model_fields.items() if is_needed(info)]
    return _count([True, *(getattr(proposal.bridge, name) is not None for name in needed)])


def _costs(proposal: Proposal) -> Completeness:
    returns = [proposal.returns.horizon_months is not None, proposal.returns.discount_rate is not None]
    priced = [bool(each.costs) for each in proposal.alternatives if not each.is_status_quo]
    return _count([*returns, *priced])
