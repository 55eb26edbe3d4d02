"""Section Returns: time, adoption and discounting."""

from __future__ import annotations

from typing import Annotated

from ..vocabulary import CashConvention, GrowthSteps, OutsideViewClass, Unit
from .alternatives import MOST_CAUSES
from .estimate import Estimate
from .fields import (
    Money,
    Months,
    PlainMonths,
    PlainPart,
    PlainShare,
    Quantity,
    Section,
    Share,
    WholeNumber,
    YearlyRate,
    needed,
    optional,
    rows,
    text,
    word,
    yearly,
)
from .own_classes import MOST_OWN_CLASSES, OwnFactor

DiscountRate = Annotated[Estimate, Quantity(Unit.SHARE_A_YEAR, 0, 10)]
Horizon = Annotated[WholeNumber, Quantity(Unit.MONTHS, 1, 240)]


class SharedCause(Section):
    """Something that several alternatives need to reach production: if it does not come true, all of them fail."""

    name: str = text("Shared cause", "What must come true, in a few words.")
    probability: PlainShare | None = needed(
        "How likely it comes true",
        "It is part of the chance of reaching production of each alternative that rests on it, which is at most as high.",
    )


class Returns(Section):
    """How long costs and returns count, how they are discounted, and how the gain comes and fades."""

    horizon_months: Horizon | None = needed(
        "Horizon", "How many months of costs and returns count, from the day the work starts. 36 is common."
    )
    discount_rate: DiscountRate | None = needed(
        "Discount rate", "What a year's delay costs: ask finance for the hurdle rate. Often 8% to 12%."
    )
    adoption: Share = optional(
        "Adoption", "Share of the cases in which people really use the output, once fully rolled out.", Estimate.of(1.0)
    )
    ramp_months: Months = optional(
        "Ramp", "Months from going live until full adoption, rising evenly.", Estimate.of(0.0)
    )
    volume_growth: YearlyRate = optional(
        "Volume growth", "How much the number of cases grows in a year.", Estimate.of(0.0)
    )
    drift: Share = optional(
        "Drift", "Share of the gain that is lost in a year if the model is never retrained.", Estimate.of(0.0)
    )
    retrain_every_months: PlainMonths | None = optional(
        "Retrain every", "Months between two trainings. Leave empty if the model is never retrained."
    )
    retraining_cost: Money | None = optional(
        "Cost of a training",
        "What each later training of a model costs: new labels, machine time, checks. Laid by evenly from one to the next.",
    )
    cash_convention: CashConvention = word(
        "When money counts",
        "At which moment a month's money is discounted. Ask finance which they use: it moves NPV by half a month to "
        "half a year of interest.",
        CashConvention.MONTH_END,
        folded=True,
    )
    growth_steps: GrowthSteps = word(
        "How growth comes",
        "A little every month, or a step each year: how budgets are mostly written. For the volume and for costs that grow.",
        GrowthSteps.SMOOTH,
        folded=True,
    )
    benefits_by_year: list[PlainPart] = yearly(
        "Benefits by year",
        "How much of the full benefit comes in year 1, 2, 3 and so on: 20% 60% 100%, for a roll-out by country or a "
        "contract that ends. Years count from the day the work starts, as growth does; the last share holds for the "
        "years after, so end with 0% where it stops. More than 100% is possible where the business grows. It works like "
        "a ramp: the costs of each case, and those of today that end, go with it. Empty: 100% in all years.",
    )
    fate_correlation: PlainShare | None = optional(
        "Dependence of fates",
        "How strongly it hangs together which alternatives reach production: 0% not at all, 100% all or none. "
        "Models on the same data tend to fail together.",
    )
    shared_causes: list[SharedCause] = rows(
        "Shared causes of failure",
        "What several alternatives need to reach production: the sensor data arrive, the works council agrees. Each "
        "alternative names those that it rests on, and fails together with the others where one does not come true.",
        most=MOST_CAUSES,
    )
    outside_view: OutsideViewClass | None = word(
        "Outside view",
        "How builds of the same class overran: shown beside your own figures, which stay as they are.",
    )
    own_classes: list[OwnFactor] = rows(
        "Own reference classes",
        "What the organisation's own projects came to over what was signed, as it was taken over from the track record. "
        "It stands in the outside view in place of the published class.",
        most=MOST_OWN_CLASSES,
    )
