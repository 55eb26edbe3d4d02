"""What a verdict looks at, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..document.paths import Path
from ..document.proposal import Proposal
from ..document.standards import Thresholds
from ..feasibility.checklist import Checklist
from ..text.languages import message
from ..text.wording import money
from ..value.breakeven import BreakEven
from ..value.doubt import Doubt
from ..value.pilot import PilotValue
from ..value.results import AlternativeResult
from ..value.stages import Staged
from ..value.ways import Choice
from ..vocabulary import Recommendation

RECOMMENDATIONS: dict[str, str] = {
    Recommendation.BUILD: message("Build"),
    Recommendation.PILOT: message("Pilot first"),
    Recommendation.SIMPLER: message("Choose the simpler way"),
    Recommendation.REWORK: message("Rework"),
    Recommendation.STOP: message("Stop"),
}
"""What people call each recommendation."""
NOT_ASSESSED = message("Not yet assessed")


def is_assessed(recommendation: str, *, has_figures: bool) -> bool:
    """False while too little is known for any figure, and nothing stops the project: there is no verdict to tell yet."""
    return has_figures or recommendation != Recommendation.REWORK


def called(recommendation: str, *, has_figures: bool) -> str:
    """What people call a verdict; one without any figure is none yet."""
    known = is_assessed(recommendation, has_figures=has_figures)
    return RECOMMENDATIONS[Recommendation(recommendation)] if known else NOT_ASSESSED


ANSWERS = Path.of("feasibility", "answers")


@dataclass(frozen=True)
class Verdict:
    """build, pilot, simpler, rework or stop, with its reasons and conditions in plain sentences.

    level_with are the recommendations that other ways stand for which are worth as much, as far as the simulation can
    tell; the reasons name the ways. It may be the same one, of another alternative.
    """

    recommendation: Recommendation
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    level_with: tuple[Recommendation, ...] = ()

    @property
    def is_tie(self) -> bool:
        """True where another way is worth as much."""
        return bool(self.level_with)


@dataclass(frozen=True)
class Evidence:
    """What the rule looks at. `choice` is None while nothing can be valued.

    `likely` are the alternatives whose chance of reaching production is, by default, that of reaching a quality that
    pays, and at least even: their break-even counts that doubt already, and beyond a ceiling it is no reason to stop.
    """

    proposal: Proposal
    results: Sequence[AlternativeResult]
    break_even: Sequence[BreakEven]
    checklist: Checklist
    pilot: PilotValue
    staged: Staged | None
    choice: Choice | None
    doubt: Doubt | None
    missing: Sequence[Path]
    likely: Collection[int] = ()

    @property
    def best_model(self) -> AlternativeResult | None:
        """The machine-learning alternative with the highest expected NPV."""
        return _best(each for each in self.results if each.kind.is_machine_learning)

    @property
    def best_other(self) -> AlternativeResult | None:
        """The best alternative for which no model has to be built."""
        return _best(each for each in self.results if not each.kind.is_machine_learning)

    @property
    def thresholds(self) -> Thresholds:
        """From where on the verdict warns: the document's own, so that it says the same wherever it is read."""
        return self.proposal.organisation.thresholds

    def money(self, amount: float) -> str:
        """An amount in the proposal's currency."""
        return money(amount, self.proposal.currency)

    def unit_of(self, each: BreakEven) -> str:
        """The unit of the metric of a break-even."""
        assert self.proposal.bridge is not None
        return self.proposal.bridge.metric_named(each.metric).quantity.unit


def _best(results: Iterable[AlternativeResult]) -> AlternativeResult | None:
    valued = [each for each in results if each.expected is not None]
    return max(valued, key=lambda each: each.expected or 0.0, default=None)
