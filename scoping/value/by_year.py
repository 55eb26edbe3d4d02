"""What a table by year says: a figure for each year, counted from the day the work starts, as growth is.

Year 1 are the months 1 to 12. The last figure holds for the years after, as far as the horizon goes.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..bridges import Numbers
from ..document.alternatives import Alternative, Cost
from ..vocabulary import GrowthSteps, Timing
from .conventions import MONTHS_A_YEAR, growth_until
from .places import place_of

Course = Numbers | tuple[float, ...]
"""How something changes over time: by a yearly rate, a number or draws, or to a figure for each year."""


def in_year_of(month: int, by_year: Sequence[float]) -> float:
    """The figure of the year in which a month 1.. lies.

    >>> [in_year_of(month, (0.2, 0.6)) for month in (1, 12, 13, 25)]
    [0.2, 0.2, 0.6, 0.6]
    """
    return by_year[min((month - 1) // MONTHS_A_YEAR, len(by_year) - 1)]


def course_until(month: int, steps: GrowthSteps, course: Course) -> Numbers:
    """By how much an amount is multiplied in a month."""
    return in_year_of(month, course) if isinstance(course, tuple) else growth_until(month, steps, course)


def tables_of_costs(alternatives: Sequence[Alternative]) -> dict[str, tuple[float, ...]]:
    """What a month of each year costs, in money, by the place of the cost; of those that are given by year."""
    return {
        place_of(index, "costs", number): _monthly_amounts(cost)
        for index, each in enumerate(alternatives)
        for number, cost in enumerate(each.costs)
        if cost.by_year
    }


def _monthly_amounts(cost: Cost) -> tuple[float, ...]:
    """Of what is paid once, nothing is left after the last year."""
    by_month = tuple(amount / MONTHS_A_YEAR for amount in cost.by_year)
    return (*by_month, 0.0) if cost.timing is Timing.ONE_OFF else by_month


def total_until(horizon: int, by_year: Sequence[float]) -> float:
    """The sum over the months 1..horizon."""
    return float(sum(in_year_of(month, by_year) for month in range(1, horizon + 1)))
