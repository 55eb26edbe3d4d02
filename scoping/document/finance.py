"""Section Finance: what a finance department adds to the figures of a project."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from ..text.languages import message
from ..vocabulary import RateKind, Unit
from .allowed import not_allowed
from .fields import YEARLY_RATE, PlainShare, Quantity, Section, WholeNumber, optional, text, word

PlainYearlyRate = Annotated[float, YEARLY_RATE]
DepreciationMonths = Annotated[float, Quantity(Unit.MONTHS, 1, 600)]
MonthOfYear = Annotated[WholeNumber, Quantity(Unit.NUMBER, 1, 12)]
_PATTERN = "(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])"
_MONTH = re.compile(_PATTERN)


def _a_month(typed: str) -> str:
    if typed and not _MONTH.fullmatch(typed):
        raise not_allowed("month", message("must be a year and a month such as 2027-03, or empty"))
    return typed


MonthOfCalendar = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": f"^(?:{_PATTERN})?$"}), AfterValidator(_a_month)
]


class Finance(Section):
    """Tax, depreciation, prices, soft benefits and fiscal years. Absent, none of it counts."""

    tax_rate: PlainShare | None = optional(
        "Tax rate",
        "On profit. NPV is then shown after tax too. Losses are set off at once against other profits of the company.",
    )
    depreciation_months: DepreciationMonths | None = optional(
        "Depreciation period",
        "Months over which capitalised costs are written off in equal parts, from the end of the build. "
        "Empty: what is left of the horizon.",
    )
    inflation: PlainYearlyRate | None = optional(
        "Inflation",
        "How much prices rise in a year. All amounts are then in today's prices, and a growth of a cost comes on top. "
        "Empty: amounts are as they will be paid.",
    )
    rate_is: RateKind = word(
        "The discount rate is",
        "Nominal, as finance mostly states it, or real, without inflation. Counts once inflation is given.",
        RateKind.NOMINAL,
    )
    soft_share: PlainShare | None = optional(
        "Soft benefits", "Share of the gain that nobody turns into money: time saved that frees no budget, say."
    )
    soft_counts: PlainShare = optional(
        "Soft benefits count", "How much of a soft benefit counts in NPV: 100% like money, 0% not at all.", 1.0
    )
    starts: MonthOfCalendar = text(
        "Month in which the work starts", "As year and month: 2027-03. Empty: years are counted from the first day."
    )
    fiscal_year_starts: MonthOfYear = optional(
        "First month of the fiscal year", "1 is January, 12 December. Counts once it is said when the work starts.", 1
    )

    @property
    def says_something(self) -> bool:
        """True where anything differs from what counts without the section."""
        return self != type(self)()

    @property
    def first_month(self) -> date | None:
        """The first day of the month in which the work starts; None where nobody said."""
        return date.fromisoformat(f"{self.starts}-01") if self.starts else None

    @property
    def soft_part(self) -> float:
        """The share of the gain that is soft."""
        return self.soft_share or 0.0

    @property
    def counted_part(self) -> float:
        """The share of the gain that counts: all that is hard, and of what is soft as much as counts."""
        return 1.0 - self.soft_part * (1.0 - self.soft_counts)
