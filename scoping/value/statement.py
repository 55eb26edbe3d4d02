"""Finance's statement of one alternative by fiscal year, and NPV after tax.

Amounts are those of the day on which they are paid: dearer by inflation, where it is given. Tax falls due with the
profit, and a loss is set off at once against other profits of the company (Brealey, Myers and Allen, Principles of
Corporate Finance, ch. 6), so that tax is linear in each month's money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array
from ..vocabulary import Timing, Treatment
from .cashflow import Terms, build_flows, present, running_flows, unroll
from .depreciation import depreciated
from .figures import Figure, figure_with_errors
from .fiscal import FiscalYear, fiscal_years, moments, year_numbers
from .model import Inputs, ValueModel
from .prices import nominal_rate, price_level
from .simulate import Blocks, Simulation


class Line(StrEnum):
    """The lines of the statement, in their order. Costs are negative."""

    HARD = "hard_benefits"
    SOFT = "soft_benefits"
    SAVED = "costs_that_end"
    RUNNING = "running_costs"
    PROJECT = "project_costs"
    RESIDUAL = "residual_value"
    EBITDA = "ebitda"
    DEPRECIATION = "depreciation"
    PROFIT = "taxable_profit"
    TAX = "tax"
    CAPITAL = "capital_expenditure"
    BEFORE_TAX = "cash_flow_before_tax"
    AFTER_TAX = "cash_flow_after_tax"
    DISCOUNT = "discount_factor"
    PRESENT_BEFORE = "present_value_before_tax"
    PRESENT_AFTER = "present_value_after_tax"
    CUMULATIVE = "cumulative_present_value"


@dataclass(frozen=True)
class Statement:
    """One alternative by fiscal year: each line an expected amount a year, shape (years,), in money of the day.

    The discount factor is the mean of those of the year's months. Present values are summed month by month; the
    cumulative one is after tax where there is a tax rate.
    """

    index: int
    years: tuple[FiscalYear, ...]
    lines: Mapping[Line, Array]


@dataclass(frozen=True)
class Worth:
    """NPV of one alternative before and after tax, and before tax without soft benefits (money); None if not asked."""

    index: int
    before_tax: Figure
    after_tax: Figure | None
    without_soft: float | None


@dataclass(frozen=True)
class FinanceView:
    """What finance reads: the leading alternative by fiscal year, and all of them before and after tax."""

    statement: Statement
    worth: tuple[Worth, ...]


def finance_view(model: ValueModel, simulation: Simulation, leading: int) -> FinanceView:
    """The same draws as those of the simulation, read as finance reads them."""
    view = _View(model, simulation)
    return FinanceView(view.statement(leading), tuple(map(view.worth, model.valued)))


def spending(model: ValueModel, simulation: Simulation) -> dict[int, Array]:
    """What each alternative takes on the first day and in each month, expected, shape (horizon + 1,), money above 0.

    Project costs, capital expenditure and running costs; what it brings and what it saves is not taken off.
    """
    view = _View(model, simulation)
    found = [
        {index: view.spent(index, values, draws) for index in simulation.outcomes} for values, draws in view.blocks()
    ]
    return {index: np.asarray(np.mean([each[index] for each in found], axis=0)) for index in simulation.outcomes}


def tax_of(before_tax: Array, capital: Array, depreciation: Array, rate: float) -> Array:
    """Tax on the profit: cash flow before tax, to which capital expenditure is added back, less depreciation.

    All of one shape, in money; capital expenditure and depreciation positive. Negative where there is a loss: so much
    less tax is paid on other profits.

    >>> tax_of(np.array([-100.0, 60.0]), np.array([100.0, 0.0]), np.array([0.0, 100.0]), 0.3).tolist()
    [0.0, -12.0]
    """
    return np.asarray(rate * (before_tax + capital - depreciation))


# A difference of two cash flows, as a part of the larger, that is none.
_ROUNDING = 1e-13
Cut = Callable[[Terms], Terms]


class _Cash:
    """The money of one alternative in a block of draws, as money of the day: arrays of shape (horizon + 1, draws).

    The first row is the first day's. `drawn` tells each draw's own fate, and not the chance of it.
    """

    def __init__(self, view: _View, index: int, values: Inputs, draws: int, *, drawn: bool = False) -> None:
        self._model, self._prices, self._index, self._draws = view.model, view.prices, index, draws
        self._values = values if drawn else view.model.by_chance(values)
        terms = view.model.terms(index, values)
        self.terms = (terms.as_drawn or terms) if drawn else replace(terms, success=terms.chance, as_drawn=None)

    @cached_property
    def total(self) -> Array:
        """All that comes in and goes out."""
        return self._money(self.terms)

    def _money(self, terms: Terms) -> Array:
        found = unroll(terms, self._model.horizon, self._draws)
        first = np.broadcast_to(-np.asarray(found.at_start, float), (1, self._draws))
        return np.asarray(self._prices * np.concatenate([first, found.flows]))

    def of(self, cut: Cut) -> Array:
        """What the cash flow loses where something is left out."""
        return self.total - self._money(cut(self.terms))

    def build(self, only: Treatment) -> Array:
        """What the build costs, of that which is booked so."""
        if not any(cost.treatment is only for cost in self._model.valued[self._index].costs):
            return np.zeros((self._model.horizon + 1, self._draws))
        return np.asarray(self._prices * build_flows(self._booked(only), self._model.horizon, self._draws))

    def _booked(self, only: Treatment) -> Terms:
        """The terms with the costs that are booked so, and no others."""
        model, index, values = replace(self._model, only=only), self._index, self._values
        return replace(
            self.terms,
            one_off=model.costs(index, values, Timing.ONE_OFF),
            at_start=model.costs(index, values, Timing.AT_START),
            steady=model.recurring(index, values),
            growing=tuple(model.recurring(index, values, course) for course in model.courses(index)),
        )

    def depreciation(self, capital: Array) -> Array:
        """What is written off of it."""
        terms, life = self.terms, self._model.proposal.finance.depreciation_months
        months = terms.build_months
        return depreciated(capital.sum(axis=0), months, life, terms.success, self._model.horizon, self._draws)


class _View:
    """All of finance's view, over the draws of a simulation."""

    def __init__(self, model: ValueModel, simulation: Simulation) -> None:
        self.model, self._simulation, self._finance = model, simulation, model.proposal.finance
        self._when = moments(model.proposal.returns.cash_convention, model.horizon)
        self.prices = price_level(self._finance, self._when)

    def blocks(self) -> Iterable[tuple[Inputs, int]]:
        """The draws of the simulation once more; it has kept them where they are one block."""
        first = next(iter(self._simulation.outcomes.values())).kept
        if first.npv.size == self._simulation.draws:
            return [(self._simulation.values, self._simulation.draws)]
        return Blocks(self.model, self._simulation.draws, self._simulation.seed)

    def statement(self, index: int) -> Statement:
        """Expected lines by fiscal year."""
        found = [self._months(index, values, draws) for values, draws in self.blocks()]
        by_month = _settled({line: np.mean([block[line] for block in found], axis=0) for line in found[0]})
        years = fiscal_years(self._finance, self.model.horizon)
        numbers = year_numbers(self._finance, self.model.horizon) - 1
        lines: dict[Line, Array] = {
            line: np.bincount(numbers, weights=amounts).astype(float) for line, amounts in by_month.items()
        }
        # A factor is no amount: the mean of the months', without the first day.
        factors = np.bincount(numbers[1:], weights=by_month[Line.DISCOUNT][1:])
        lines[Line.DISCOUNT] = factors / np.array([each.months for each in years])
        lines[Line.CUMULATIVE] = np.cumsum(lines[Line.PRESENT_AFTER])
        return Statement(index, years, lines)

    def _months(self, index: int, values: Inputs, draws: int) -> dict[Line, Array]:
        """Expected amounts of the first day and of each month, shape (horizon + 1,)."""
        lines = _with_tax(self._amounts(_Cash(self, index, values, draws)), self._finance.tax_rate or 0.0)
        discount = self._discount(values)
        lines[Line.PRESENT_BEFORE] = discount * lines[Line.BEFORE_TAX]
        lines[Line.PRESENT_AFTER] = discount * lines[Line.AFTER_TAX]
        lines[Line.DISCOUNT] = discount
        return {line: amounts.mean(axis=1) for line, amounts in lines.items()}

    def _discount(self, values: Inputs) -> Array:
        """What a unit of the money of each day is worth on the first."""
        rate = np.asarray(nominal_rate(self._finance, values["returns.discount_rate"]), float)
        return np.asarray((1 + rate) ** (-self._when / 12))

    def _amounts(self, cash: _Cash) -> dict[Line, Array]:
        """What comes in and goes out, draw by draw."""
        soft, capital = self._soft(cash), cash.build(Treatment.CAPITAL)
        return {
            Line.HARD: cash.of(_without_gain) - soft,
            Line.SOFT: soft,
            Line.SAVED: cash.of(_without_savings),
            Line.RUNNING: cash.of(_without_running),
            Line.PROJECT: -cash.build(Treatment.OPERATING),
            Line.RESIDUAL: cash.of(_without_residual) if cash.terms.has_residual else np.zeros_like(cash.total),
            Line.DEPRECIATION: -cash.depreciation(capital),
            Line.CAPITAL: -capital,
            Line.BEFORE_TAX: cash.total,
        }

    def _soft(self, cash: _Cash) -> Array:
        return cash.of(self._without_soft) if self._finance.soft_part else np.zeros_like(cash.total)

    def _without_soft(self, terms: Terms) -> Terms:
        """The hard part of a gain, in which soft benefits count already as far as they do; a loss is hard."""
        gain, counted = terms.gain_per_case, self._finance.counted_part
        hard = (1 - self._finance.soft_part) / counted if counted else 0.0
        if callable(gain):
            return replace(terms, gain_per_case=lambda grown: _won_times(hard, gain(grown)))
        return replace(terms, gain_per_case=_won_times(hard, gain))

    def spent(self, index: int, values: Inputs, draws: int) -> Array:
        """What goes out on the first day and in each month, on average over a block of draws."""
        cash = _Cash(self, index, values, draws)
        built = cash.build(Treatment.CAPITAL) + cash.build(Treatment.OPERATING)
        return np.asarray((built + self.prices * running_flows(cash.terms, self.model.horizon, draws)).mean(axis=1))

    def worth(self, index: int) -> Worth:
        """NPV before and after tax."""
        outcome, rate = self._simulation.outcomes[index], self._finance.tax_rate
        after = None
        if rate is not None:
            own, expected = self._shields(index)
            drawn, mean = (
                (1 - rate) * npv + rate * each for npv, each in ((outcome.draws, own), (outcome.expected, expected))
            )
            after = figure_with_errors(drawn, mean)
        return Worth(index, outcome.npv, after, self._npv_without_soft(index) if self._finance.soft_part else None)

    def _shields(self, index: int) -> tuple[Array, Array]:
        """What depreciation brings over capital expenditure by unit of the tax rate, in present values.

        As it was drawn, and by its chance: after tax, NPV is (1 - rate) NPV + rate (present value of the depreciation
        - that of the capital expenditure), since tax is linear.
        """
        found = [
            [self._shield(_Cash(self, index, values, draws, drawn=drawn), values) for drawn in (True, False)]
            for values, draws in self.blocks()
        ]
        drawn, expected = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return drawn, expected

    def _shield(self, cash: _Cash, values: Inputs) -> Array:
        capital = cash.build(Treatment.CAPITAL)
        return np.asarray((self._discount(values) * (cash.depreciation(capital) - capital)).sum(axis=0))

    def _npv_without_soft(self, index: int) -> float:
        """Expected NPV before tax of what is hard."""
        means = [
            present(self._without_soft(self.model.terms(index, values)), self.model.horizon, draws).expected.mean()
            for values, draws in self.blocks()
        ]
        return float(np.mean(means))


def _settled(lines: Mapping[Line, Array]) -> dict[Line, Array]:
    """The lines without what is left of a difference by rounding alone."""
    largest = max(float(np.abs(amounts).max()) for amounts in lines.values())
    return {line: np.where(np.abs(amounts) > _ROUNDING * largest, amounts, 0.0) for line, amounts in lines.items()}


def _with_tax(lines: dict[Line, Array], rate: float) -> dict[Line, Array]:
    """The sums of the statement: earnings, profit, tax, and what is left."""
    before, capital, written_off = lines[Line.BEFORE_TAX], lines[Line.CAPITAL], lines[Line.DEPRECIATION]
    tax = tax_of(before, -capital, -written_off, rate)
    earned = before - capital
    derived = {Line.EBITDA: earned, Line.PROFIT: earned + written_off, Line.TAX: -tax, Line.AFTER_TAX: before - tax}
    return {**lines, **derived}


def _won_times(factor: float, gain: Numbers) -> Numbers:
    """A gain so many times; a loss stays as it is."""
    found: Numbers = np.where(np.asarray(gain) > 0, factor * np.asarray(gain), gain)
    return found


def _without_gain(terms: Terms) -> Terms:
    return replace(terms, gain_per_case=0.0)


def _without_residual(terms: Terms) -> Terms:
    return replace(terms, residual_value=0.0)


def _without_running(terms: Terms) -> Terms:
    return _recurring(terms, monthly=0.0, per_case=0.0)


def _without_savings(terms: Terms) -> Terms:
    return replace(_recurring(terms, saved_monthly=0.0, saved_per_case=0.0), saved_one_off=0.0)


def _recurring(terms: Terms, **amounts: float) -> Terms:
    """The terms with other amounts of what is paid again and again."""
    growing = tuple(replace(each, **amounts) for each in terms.growing)
    return replace(terms, steady=replace(terms.steady, **amounts), growing=growing)
