"""The alternatives that a proposal compares: the status quo, rules, buying, and models."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from ..text.languages import message
from .estimate import Estimate
from .fields import (
    Money,
    Months,
    Section,
    Share,
    needed,
    rows,
    text,
)

Kind = Literal["status_quo", "process_change", "rules", "buy", "classical_ml", "deep_learning", "foundation_model"]
Component = Literal[
    "configuration",
    "data_collection",
    "data_verification",
    "feature_extraction",
    "modelling",
    "analysis_tools",
    "process_management",
    "machine_resources",
    "serving",
    "monitoring",
    "labelling",
    "integration",
    "change_management",
    "other",
]
Timing = Literal["one_off", "monthly", "per_case"]

KINDS: tuple[str, ...] = get_args(Kind)
COMPONENTS: tuple[str, ...] = get_args(Component)
TIMINGS: tuple[str, ...] = get_args(Timing)
MACHINE_LEARNING = frozenset({"classical_ml", "deep_learning", "foundation_model"})


class Cost(Section):
    """One cost of an alternative. The components follow the boxes of Sculley et al. 2015."""

    name: str = text("Cost", "What is paid for.")
    component: Component = Field(
        default="other",
        title="Component",
        description="Which part of the system it pays for. The model itself is the small box (Sculley et al. 2015).",
    )
    timing: Timing = Field(
        default="one_off",
        title="When",
        description="Once, spread over the build; every month that it is live; or for every case it handles.",
    )
    amount: Money | None = needed("Amount", "How much, in the proposal's currency, each time.")


class Alternative(Section):
    """One way to handle the cases, with the quality it reaches, its costs and its chance to get there."""

    name: str = text("Name", "What the team calls it.")
    kind: Kind = Field(
        default="classical_ml", title="Kind", description="What sort of solution it is. Exactly one is the status quo."
    )
    metrics: dict[Annotated[str, Field(max_length=100)], Estimate] = Field(
        default_factory=dict,
        title="Metrics",
        description="The quality you expect in production, by technical metric. Empty for a status quo without a model.",
    )
    costs: list[Cost] = rows("Costs", "Everything it costs, around the model as well as in it.")
    build_months: Months | None = needed("Build time", "Months until the first case is handled in production.")
    success_probability: Share | None = needed(
        "Chance of reaching production", "How likely it is to go live at all. If not, its one-off costs are lost."
    )
    evidence: list[str] = rows("Evidence", "What the figures rest on: a pilot, a paper, a quote, last year's invoices.")

    @property
    def is_status_quo(self) -> bool:
        """True for the alternative that every other is valued against."""
        return self.kind == "status_quo"

    @property
    def is_machine_learning(self) -> bool:
        """True where a model has to be trained or adapted."""
        return self.kind in MACHINE_LEARNING


def name_of(alternative: Alternative, index: int) -> str:
    """What people call an alternative: its name, or its place in the list."""
    return alternative.name or message("Alternative {number}", number=str(index + 1))
