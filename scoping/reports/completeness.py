"""How complete a part of a proposal is: what is filled in, of what a finished proposal has.

Which steps a team goes through is the pages' affair; here is how each sort of part is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..document.alternatives import Alternative
from ..document.fields import missing_fields
from ..document.paths import Path
from ..document.proposal import Proposal
from ..feasibility.checklist import is_answered, questions_for
from ..value.missing import alternative_missing, bridge_missing


@dataclass(frozen=True)
class Completeness:
    """What is done, of what there is to do."""

    done: int
    wanted: int

    @property
    def is_complete(self) -> bool:
        """True where nothing is left to do."""
        return self.done >= self.wanted


def filled(*paths: str) -> Callable[[Proposal], Completeness]:
    """Counts the fields at these paths that are filled in."""

    def count(proposal: Proposal) -> Completeness:
        return _count(_stands_at(proposal, path) for path in paths)

    return count


def _stands_at(proposal: Proposal, path: str) -> bool:
    """True where something stands at a path; read from the model itself, since every page asks this on every run."""
    found: Any = proposal
    for name in Path(path).keys:
        found = getattr(found, name, None)
    return found is not None and found not in ("", [], {})


def of_alternatives(proposal: Proposal) -> Completeness:
    """A status quo, another alternative, and each of them without a gap; costs are counted on their own."""
    own = [not _gaps(proposal, index, ".costs.") for index in range(len(proposal.alternatives))]
    others = any(not each.is_status_quo for each in proposal.alternatives)
    return _count([proposal.status_quo is not None, others, *own])


def of_bridge(proposal: Proposal) -> Completeness:
    """The kind of task, and the inputs that it cannot do without."""
    if proposal.bridge is None:
        return Completeness(0, 1)
    missing = set(bridge_missing(proposal))
    return _count([True, *(path not in missing for path in proposal.bridge.asked())])


def of_costs(proposal: Proposal) -> Completeness:
    """Horizon and discount rate, and of every alternative to the status quo a cost; no cost without its amount."""
    returns = [proposal.returns.horizon_months is not None, proposal.returns.discount_rate is not None]
    return _count([*returns, *(_is_priced(each) for each in proposal.alternatives)])


def _is_priced(alternative: Alternative) -> bool:
    """The status quo may go without a cost of its own."""
    return (alternative.is_status_quo or bool(alternative.costs)) and all(
        not missing_fields(cost, Path("")) for cost in alternative.costs
    )


def of_answers(proposal: Proposal) -> Completeness:
    """The feasibility questions that apply and are answered."""
    answers = proposal.feasibility.answers
    return _count(is_answered(question.id, answers) for question in questions_for(proposal))


def _count(states: Iterable[bool]) -> Completeness:
    listed = list(states)
    return Completeness(sum(listed), len(listed))


def _gaps(proposal: Proposal, index: int, without: str) -> list[str]:
    found = alternative_missing(proposal, index, proposal.alternatives[index])
    return [path for path in found if without not in path]
