"""Fiscal years: which months of the horizon belong to which of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array
from ..document.finance import Finance
from ..vocabulary import CashConvention
from .conventions import MONTHS_A_YEAR, moment_of


@dataclass(frozen=True)
class FiscalYear:
    """One fiscal year of the horizon, by its number from 1 and, where it is known, by the calendar.

    `begins` is the calendar year of its first day, `ends` that of its last one; `months` how many of its months count.
    """

    number: int
    months: int
    begins: int | None = None
    ends: int | None = None


def fiscal_years(finance: Finance, horizon: int) -> tuple[FiscalYear, ...]:
    """The fiscal years into which the horizon's months fall, the first and the last of them perhaps in part."""
    counts = np.bincount(year_numbers(finance, horizon)[1:])[1:].tolist()
    start, ends_later = finance.first_month, int(finance.fiscal_year_starts > 1)
    if start is None:
        return tuple(FiscalYear(number, months) for number, months in enumerate(counts, start=1))
    first = start.year - int(start.month < finance.fiscal_year_starts)
    return tuple(
        FiscalYear(number, months, year := first + number - 1, year + ends_later)
        for number, months in enumerate(counts, start=1)
    )


def year_numbers(finance: Finance, horizon: int) -> NDArray[np.intp]:
    """The number of the fiscal year of the first day and then of each month, shape (horizon + 1,)."""
    start = finance.first_month
    gone = (start.month - finance.fiscal_year_starts) % MONTHS_A_YEAR if start else 0
    return np.maximum(np.arange(-1, horizon) + gone, gone) // MONTHS_A_YEAR + 1


def moments(convention: CashConvention, horizon: int) -> Array:
    """When the money of the first day and of each month counts, in months, shape (horizon + 1, 1)."""
    later = [moment_of(month, convention, horizon) for month in range(1, horizon + 1)]
    return np.array([0.0, *later])[:, None]
