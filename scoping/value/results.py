"""What the simulation says of each alternative of a proposal, valued or not."""

from __future__ import annotations

from dataclasses import dataclass

from ..document.paths import Path
from ..vocabulary import AlternativeKind
from .choice import Difference
from .simulate import Outcome


@dataclass(frozen=True)
class AlternativeResult:
    """One alternative and its figures; `outcome` is None while something is missing, and `incomplete` names what.

    `gain_per_month` is known as soon as the value of a case is. Money is in the proposal's currency.
    """

    index: int
    name: str
    kind: AlternativeKind
    outcome: Outcome | None
    incomplete: tuple[Path, ...]
    gain_per_month: float | None
    cost_per_month: float | None
    one_off_cost: float | None
    probability_best: float | None = None
    over_best_without_model: Difference | None = None

    @property
    def is_reference(self) -> bool:
        """True for the status quo: its NPV against itself is 0 by definition."""
        return self.kind is AlternativeKind.STATUS_QUO

    @property
    def expected(self) -> float | None:
        """Expected NPV, in the proposal's currency."""
        return self.outcome.npv.mean if self.outcome else None
