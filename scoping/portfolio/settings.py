"""How is chosen, beside limits and risk."""

from __future__ import annotations

from dataclasses import dataclass

from .optimum import SECONDS
from .shrinkage import Prior


@dataclass(frozen=True)
class Settings:
    """What is offered (pilots; starts by quarter up to `latest_start` months), whether values are shrunk and towards
    what, what moves together, by how much a budget is priced (None: a tenth of its largest quarter), and how long one
    choice may be searched for, in seconds. `prior_of` says of how many decided proposals the prior is the record; None
    where somebody gave it.
    """

    pilots: bool = True
    latest_start: int = 0
    shrunk: bool = True
    prior: Prior | None = None
    prior_of: int | None = None
    groups: tuple[frozenset[str], ...] = ()
    correlation: float = 0.0
    same_costs: bool = True
    shared_inputs: frozenset[str] = frozenset()
    price_step: float | None = None
    seconds: float = SECONDS
