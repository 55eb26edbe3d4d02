"""A signed revision and what was measured of it, side by side: what pages and papers tell of actuals."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...document.proposal import Proposal
from ...record.actuals import Actuals
from ...record.comparing import Fact, Seen, compared
from ...record.places import Place
from ...record.reestimating import Reestimate
from ...vocabulary import ActualKind
from .entering import places
from .words import short_title

YES_OR_NO = (ActualKind.REACHED, ActualKind.GUARDRAIL, ActualKind.CONDITION)


@dataclass(frozen=True)
class Comparison:
    """A signed revision, what was measured of it, and both side by side."""

    proposal: Proposal
    actuals: Actuals
    conditions: tuple[str, ...]
    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    estimate: Reestimate | None = None

    @property
    def open(self) -> tuple[Place, ...]:
        """The signed ranges, conditions and guardrails of which nothing was measured yet."""
        known = {str(each.path) for each in self.facts}
        wanted = (each for each in self.places if each.signed is not None or each.kind in YES_OR_NO)
        return tuple(each for each in wanted if str(each.path) not in known and not self._follows(each))

    def _follows(self, place: Place) -> bool:
        """Whether it is known without being entered: a build that took so long went live, one given up did not."""
        if place.kind is not ActualKind.REACHED:
            return False
        return Seen(self.proposal, self.actuals, self.conditions).reached is not None


def comparison_of(
    proposal: Proposal, actuals: Actuals, conditions: tuple[str, ...], estimate: Reestimate | None = None
) -> Comparison:
    """Both side by side. Raises DocumentRefused where the actuals name no alternative of the proposal."""
    facts = [
        replace(each, title=short_title(proposal, each.path, each.title))
        for each in compared(proposal, actuals, None, conditions)
    ]
    known = tuple(places(proposal, actuals, conditions))
    return Comparison(proposal, actuals, conditions, tuple(facts), known, _with_short_titles(proposal, estimate))


def _with_short_titles(proposal: Proposal, estimate: Reestimate | None) -> Reestimate | None:
    if estimate is None:
        return None
    moved = [replace(each, title=short_title(proposal, each.path, each.title)) for each in estimate.moved]
    return replace(estimate, moved=tuple(moved))
