"""The alternatives that a proposal compares: the status quo, rules, buying, and models."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..text.languages import message
from ..vocabulary import AlternativeKind, Component, Timing, Treatment, Unit
from .answers import MOST_NAMES, MetricName
from .estimate import Estimate
from .fields import (
    Count,
    Money,
    Months,
    PlainMoney,
    PlainMonths,
    PlainPart,
    Quantity,
    Section,
    Share,
    YearlyRate,
    needed,
    optional,
    rows,
    text,
    word,
    yearly,
)
from .problem import Text

# What can be assessed in reasonable time and memory: each alternative is simulated, each amount is an input.
MOST_ALTERNATIVES, MOST_COSTS, MOST_COSTS_IN_ALL = 50, 50, 500
MOST_CAUSES = 20

# What is used for less than a month is not used.
MonthsOfUse = Annotated[Estimate, Quantity(Unit.MONTHS, 1, 600)]


class Cost(Section):
    """One cost of an alternative. The components follow the boxes of Sculley et al. 2015."""

    name: str = text("Cost", "What is paid for.")
    component: Component = word(
        "Component",
        "Which part of the system it pays for. The model itself is the small box (Sculley et al. 2015).",
        Component.OTHER,
    )
    timing: Timing = word(
        "When",
        "Once, spread over the build; once on the first day; every month of the build (a team: a longer build costs "
        "more); every month that it is live; or for every case it handles.",
        Timing.ONE_OFF,
    )
    amount: Money | None = needed("Amount", "How much, in the proposal's currency, each time.", unless="by_year")
    pieces: Count | None = optional(
        "How many", "Seats, licences, people: the amount is for each of them. Empty counts it once.", folded=True
    )
    chance: Share | None = optional(
        "How likely",
        "The chance that it falls due at all: a fine, a penalty, a migration. Empty is for sure.",
        folded=True,
    )
    growth: YearlyRate | None = optional(
        "Grows by",
        "How much the amount rises in a year (wages, licences, prices), counted from the day the work starts. "
        "For what is paid month by month.",
        folded=True,
    )
    by_year: list[PlainMoney] = yearly(
        "Amounts by year",
        "What is paid in year 1, 2, 3 and so on, instead of one amount: 120,000 80,000 60,000. Years count from the day "
        "the work starts, and each amount is spread evenly over the twelve months of its year. What is paid once is paid "
        "in any case, and nothing after the last year; what is paid every month only while it is live, and the last "
        "amount holds for the years after (end with 0 where it stops). A doubt about all of them goes into How many: "
        "0.9, 1, 1.2 times.",
    )
    treatment: Treatment = word(
        "Booked as",
        "Operating cost of the year, or capital that is written off over years (see Finance). For what is paid for the "
        "build. Before tax it makes no difference.",
        Treatment.OPERATING,
        folded=True,
    )

    @property
    def is_capital(self) -> bool:
        """True for what is written off over years."""
        return self.treatment is Treatment.CAPITAL


class Alternative(Section):
    """One way to handle the cases, with the quality it reaches, its costs and its chance to get there."""

    name: str = text("Name", "What the team calls it.")
    kind: AlternativeKind = word(
        "Kind", "What sort of solution it is. Exactly one is the status quo.", AlternativeKind.CLASSICAL_ML
    )
    metrics: dict[MetricName, Estimate] = Field(
        default_factory=dict,
        title="Metrics",
        description="The quality you expect in production, by technical metric. Empty for a status quo without a model.",
        max_length=MOST_NAMES,
    )
    costs: list[Cost] = rows("Costs", "Everything it costs, around the model as well as in it.", most=MOST_COSTS)
    build_months: Months | None = needed("Build time", "Months until the first case is handled in production.")
    first_use_months: Months | None = optional(
        "First use",
        "Months until the first cases are handled, where the roll-out begins before the build ends (in one plant, for "
        "one team). Empty: when the build ends.",
        folded=True,
    )
    success_probability: Share | None = needed(
        "Chance of reaching production", "How likely it is to go live at all. If not, its one-off costs are lost."
    )
    left_as_today: list[Text] = rows(
        "Leaves as today",
        "Streams or segments, by their ids, that this alternative does not touch: they go on as in the status quo.",
    )
    adoption: Share | None = optional(
        "Adoption",
        "Share of the cases in which people really use this alternative, once fully rolled out. Empty: as in Returns.",
        folded=True,
    )
    ramp_months: Months | None = optional(
        "Ramp",
        "Months from going live until full adoption of this alternative, rising evenly. Empty: as in Returns.",
        folded=True,
    )
    drift: Share | None = optional(
        "Drift",
        "Share of its gain that this alternative loses in a year if it is never retrained. Empty: as in Returns.",
        folded=True,
    )
    retrain_every_months: PlainMonths | None = optional(
        "Retrain every",
        "Months between two trainings of this alternative; 600 with a cost of 0 is never. Empty: as in Returns.",
        folded=True,
    )
    retraining_cost: Money | None = optional(
        "Cost of a training",
        "What each later training of this model costs. Laid by evenly from one to the next. Empty: as in Returns.",
        folded=True,
    )
    benefits_by_year: list[PlainPart] = yearly(
        "Benefits by year",
        "How much of its full benefit this alternative brings in year 1, 2, 3 and so on, counted from the day the work "
        "starts; the last share holds for the years after. Empty: as in Returns.",
    )
    months_of_use: MonthsOfUse | None = optional(
        "Time of use",
        "How many months it is used once it is live: a contract that ends, a machine that wears out. After that today's "
        "way is back, with its costs. Empty: to the horizon.",
        folded=True,
    )
    residual_value: Money | None = optional(
        "Residual value",
        "What it can be sold for, or is still worth, at the end of its use or of the horizon, whichever comes first. "
        "Only if it has gone live by then.",
        folded=True,
    )
    rests_on: list[Text] = rows(
        "Rests on",
        "The shared causes of failure that this alternative depends on, by the names that they have in Costs and returns. "
        "Where one of them does not come true, all alternatives that name it stay away from production together.",
        most=MOST_CAUSES,
        folded=True,
    )
    measured_by: str = text(
        "Measured by",
        "The evidence from data that measured this alternative, by its id. Its learning curve then counts in the chance "
        "that break-even is reached, and in what a pilot tells. Empty: none.",
        folded=True,
    )
    measured_part: str = text(
        "Part measured",
        "The stream or segment that this evidence speaks of, by its id. Empty: all segments, or the first stream that the "
        "alternative does not leave as it is today.",
        folded=True,
    )
    evidence: list[Text] = rows(
        "Evidence", "What the figures rest on: a pilot, a paper, a quote, last year's invoices."
    )

    @property
    def is_status_quo(self) -> bool:
        """True for the alternative that every other is valued against."""
        return self.kind is AlternativeKind.STATUS_QUO

    @property
    def is_machine_learning(self) -> bool:
        """True where a model has to be trained or adapted."""
        return self.kind.is_machine_learning


def name_of(alternative: Alternative, index: int) -> str:
    """What people call an alternative: its name, or its place in the list."""
    return alternative.name or message("Alternative {number}", number=str(index + 1))
