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
    numbers = year_numbers(finance, horizon)[1:]
    ends_later = int(finance.fiscal_year_starts > 1)
    first = _first_begins(finance)
    return tuple(
        FiscalYear(
            number,
            int((numbers == number).sum()),
            None if first is None else first + number - 1,
            None if first is None else first + number - 1 + ends_later,
        )
        for number in range(1, int(numbers[-1]) + 1)
    )


def year_numbers(finance: Finance, horizon: int) -> NDArray[np.intp]:
    """The number of the fiscal year of the first day and then of each month, shape (horizon + 1,)."""
    gone = (finance.start_month - finance.fiscal_year_starts) % MONTHS_A_YEAR
    return np.maximum(np.arange(-1, horizon) + gone, gone) // MONTHS_A_YEAR + 1


def _first_begins(finance: Finance) -> int | None:
    if finance.start_year is None:
        return None
    return finance.start_year - int(finance.start_month < finance.fiscal_year_starts)


def moments(convention: CashConvention, horizon: int) -> Array:
    """When the money of the first day and of each month counts, in months, shape (horizon + 1, 1)."""
    later = [moment_of(month, convention, horizon) for month in range(1, horizon + 1)]
    return np.array([0.0, *later])[:, None]
