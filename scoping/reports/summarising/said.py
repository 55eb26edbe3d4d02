"""Figures that several parts of the memo say in the same words: payback, the simulation's error, a pilot, a table by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ...text.languages import joined, message
from ...text.wording import amounts, chance, error_of, months, percent
from ...value.pilot import PilotValue
from ...value.simulate import Outcome

_FIRST_MONTH = 1.0
# A share that somebody typed is told as it was typed.
_DECIMALS = 2


def payback_said(outcome: Outcome) -> str:
    """The time until the money is back in the middle case, or in words why there is none."""
    if _has_no_outlay(outcome):
        return message("no outlay to pay back")
    return _month(outcome.payback_months.p50)


def payback_range(outcome: Outcome) -> str:
    """Its range, and how many futures pay back at all."""
    if _has_no_outlay(outcome):
        return message("the running sum of cash is never below zero")
    found = outcome.payback_months
    return message(
        "P10 {p10}, P90 {p90}; {share} pay back within the horizon",
        p10=_month(found.p10),
        p90=_month(found.p90),
        share=chance(outcome.paying_back),
    )


def _month(value: float | None) -> str:
    return message("not within the horizon") if value is None else months(value)


def _has_no_outlay(outcome: Outcome) -> bool:
    """Nothing is spent before money comes in, not even in the costly futures."""
    return outcome.payback_months.p90 == _FIRST_MONTH and outcome.one_off_cost.p90 == 0


def error_said(error: float | None, currency: str) -> str:
    """By how much the simulation itself may be off: another run gives another figure, by about so much."""
    return "" if error is None else joined("", ("±", error_of(error, currency)))


def simulation_error(error: float | None, currency: str) -> str:
    """The same within a sentence."""
    return message("simulation error ±{error}", error=error_of(error, currency))


def pilot_against_cost(pilot: PilotValue, currency: str) -> str:
    """What the pilot costs, beside what it is worth; one that is worth less than it costs is said to be that."""
    if pilot.cost is None:
        return message("no cost is given")
    _, cost = amounts((pilot.evsi, pilot.cost), currency)
    if not pilot.is_worth_its_cost:
        return message("it costs {cost}: not worth it", cost=cost)
    return message("it costs {cost}", cost=cost)


def by_year_said(figures: Sequence[float], tell: Callable[[float], str], *, goes_on: bool = True) -> str:
    """A figure for each year; `goes_on` says that the last one holds for the years after."""
    said = [
        message("year {number}: {figure}", number=str(year), figure=tell(figure))
        for year, figure in enumerate(figures, start=1)
    ]
    if goes_on:
        last = tell(figures[-1])
        said[-1] = message("from year {number} on: {figure}", number=str(len(figures)), figure=last)
    return joined(", ", said)


def shares_by_year_said(shares: Sequence[float]) -> str:
    """A share for each year; the last one holds for the years after."""
    return by_year_said(shares, partial(percent, digits=_DECIMALS))
