"""What finance reads: NPV before and after tax, and the leading alternative's statement by fiscal year."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from math import ceil

import numpy as np

from ...assessment import Assessment
from ...document.estimate import Array
from ...document.finance import Finance
from ...document.proposal import Proposal
from ...text.languages import joined, message, within_sentence
from ...text.wording import DASH, amount_among, amounts, day, months, number, percent
from ...value.figures import Figure
from ...value.fiscal import FiscalYear
from ...value.statement import FinanceView, Line, Statement, Worth
from ..blocks import Table
from ..memo.finance import FinancePart
from ..titles import CASH_CONVENTION_TITLES

# So many years stand side by side on paper, at most.
_YEARS_A_TABLE = 6
WITHOUT_TOTAL = frozenset({Line.DISCOUNT, Line.CUMULATIVE})
"""The lines that do not add up over the years: a factor, and a running sum."""


def finance_part(proposal: Proposal, assessment: Assessment) -> FinancePart | None:
    """The part, where finance has said something and there are figures."""
    found = assessment.finance
    if found is None:
        return None
    return FinancePart(
        sentences=tuple(_sentences(proposal.finance, assessment, found)),
        worth=_worth(assessment, found),
        statement=tuple(_statement(proposal, assessment, found.statement)),
        conventions=joined(" ", _conventions(proposal)),
    )


def _sentences(finance: Finance, assessment: Assessment, found: FinanceView) -> Iterator[str]:
    currency, statement = assessment.currency, found.statement
    name = assessment.alternatives[statement.index].name
    worth = next(each for each in found.worth if each.index == statement.index)
    after = worth.after_tax.mean if worth.after_tax else None
    said = amounts((worth.before_tax.mean, after, worth.without_soft), currency)
    if after is None:
        yield message(
            "{name} is expected to be worth {before} before tax: no tax rate is given.", name=name, before=said[0]
        )
    else:
        yield message(
            "{name} is expected to be worth {before} before tax, and {after} after tax at {rate}.",
            name=name, before=said[0], after=said[1], rate=percent(finance.tax_rate, 1),
        )  # fmt: skip
    yield _paid_back(statement)
    if worth.without_soft is not None:
        yield message(
            "Without its soft benefits ({share} of the gain, of which {counts} counts) it is worth {hard} before tax.",
            share=percent(finance.soft_part, 1), counts=percent(finance.soft_counts, 1), hard=said[2],
        )  # fmt: skip
    yield _what_tax_changes(assessment, found)


def _what_tax_changes(assessment: Assessment, found: FinanceView) -> str:
    """On what the verdict rests, and whether tax turns a sign or an order."""
    after = {each.index: each.after_tax.mean or 0.0 for each in found.worth if each.after_tax}
    before = next(each.before_tax.mean or 0.0 for each in found.worth if each.index == found.statement.index)
    best = max(after, key=lambda index: after[index], default=None)
    if best is None or before <= 0:
        return message("The verdict rests on NPV before tax.")
    if after[best] < 0:
        return message("The verdict rests on NPV before tax. After tax nothing here is worth more than it costs.")
    if best != found.statement.index:
        name = assessment.alternatives[best].name
        return message("The verdict rests on NPV before tax. After tax {name} is worth more.", name=name)
    return message("The verdict rests on NPV before tax. After tax the same alternative is best.")


def _paid_back(statement: Statement) -> str:
    """The year from which the discounted money is back for good."""
    below = np.flatnonzero(statement.lines[Line.CUMULATIVE] < 0)
    last = len(statement.years) - 1
    if below.size and below[-1] == last:
        return message("Its cash flow, discounted, is not earned back within the horizon.")
    year = statement.years[int(below[-1]) + 1 if below.size else 0]
    return message("Its cash flow, discounted, is earned back in {year}.", year=year_title(year))


def year_title(year: FiscalYear) -> str:
    """What a fiscal year is called: by its number, or FY 2027, or FY 2026/27."""
    if year.begins is None or year.ends is None:
        return message("year {number}", number=str(year.number))
    ends = "" if year.ends == year.begins else f"/{year.ends % 100:02d}"
    return message("FY {year}", year=f"{year.begins}{ends}")


def year_head(year: FiscalYear) -> str:
    """The same at the head of a column."""
    return message("Year {number}", number=str(year.number)) if year.begins is None else year_title(year)


def _worth(assessment: Assessment, found: FinanceView) -> Table | None:
    """Every alternative before and after tax, the one worth most first; None where there is nothing to hold it against."""
    by_index = {each.index: each for each in found.worth}
    told = [by_index[each.index] for each in assessment.best_first() if each.index in by_index]
    columns = {title: [value(each) for each in told] for title, value in _FIGURES.items()}
    known = {title: values for title, values in columns.items() if any(value is not None for value in values)}
    if len(known) == 1:
        return None
    write = amount_among([value for values in known.values() for value in values], assessment.currency)
    names = [assessment.alternatives[each.index].name for each in told]
    rows = tuple(zip(names, *(map(write, values) for values in known.values()), strict=True))
    head = (message("Alternative"), *known)
    return Table(message("Before and after tax"), head, rows, frozenset(range(1, len(head))))


def _after_tax(worth: Worth) -> Figure:
    return worth.after_tax or Figure()


_FIGURES: Mapping[str, Callable[[Worth], float | None]] = {
    message("NPV before tax"): lambda each: each.before_tax.mean,
    message("NPV after tax"): lambda each: _after_tax(each).mean,
    message("P10 after tax"): lambda each: _after_tax(each).p10,
    message("P90 after tax"): lambda each: _after_tax(each).p90,
    message("Without soft benefits, before tax"): lambda each: each.without_soft,
}


def line_titles(proposal: Proposal, index: int, empty: Container[Line] = ()) -> dict[Line, str]:
    """The lines that an alternative's statement has, in their order, and what they are called.

    `empty` are lines without any amount: those that not every project has are left out.
    """
    finance = proposal.finance
    taxed = finance.tax_rate is not None
    capitalised = any(cost.is_capital for cost in proposal.alternatives[index].costs)
    left_out = {
        Line.SOFT: not finance.soft_part,
        **{line: line in empty for line in (Line.SAVED, Line.RUNNING, Line.PROJECT)},
        Line.RESIDUAL: proposal.alternatives[index].residual_value is None,
        **dict.fromkeys((Line.EBITDA, Line.PROFIT), not taxed and not capitalised),
        **dict.fromkeys((Line.DEPRECIATION, Line.CAPITAL), not capitalised),
        **dict.fromkeys((Line.TAX, Line.AFTER_TAX, Line.PRESENT_AFTER), not taxed),
    }
    return {line: title for line, title in _titles(finance).items() if not left_out.get(line, False)}


def _titles(finance: Finance) -> dict[Line, str]:
    after = finance.tax_rate is not None
    return {
        Line.HARD: message("Hard benefits") if finance.soft_part else message("Benefits"),
        Line.SOFT: message("Soft benefits, counted at {share}", share=percent(finance.soft_counts, 1)),
        Line.SAVED: message("Costs of today that end"),
        Line.RUNNING: message("Running costs"),
        Line.PROJECT: message("Project costs, operating"),
        Line.RESIDUAL: message("Residual value"),
        Line.EBITDA: message("Earnings before depreciation and tax (EBITDA)"),
        Line.DEPRECIATION: message("Depreciation"),
        Line.PROFIT: message("Profit before tax (EBIT)"),
        Line.TAX: message("Tax at {rate}", rate=percent(finance.tax_rate, 1)),
        Line.CAPITAL: message("Capital expenditure"),
        Line.BEFORE_TAX: message("Net cash flow before tax"),
        Line.AFTER_TAX: message("Net cash flow after tax"),
        Line.DISCOUNT: message("Discount factor"),
        Line.PRESENT_BEFORE: message("Present value before tax"),
        Line.PRESENT_AFTER: message("Present value after tax"),
        Line.CUMULATIVE: message("Cumulative, after tax") if after else message("Cumulative, before tax"),
    }


def _statement(proposal: Proposal, assessment: Assessment, statement: Statement) -> Iterator[Table]:
    """The statement, so many years a table; the last one has the totals."""
    empty = [line for line, values in statement.lines.items() if not values.any()]
    titles = line_titles(proposal, statement.index, empty)
    money = [float(value) for line in titles if line is not Line.DISCOUNT for value in statement.lines[line]]
    totals = [float(statement.lines[line].sum()) for line in titles if line not in WITHOUT_TOTAL]
    write = amount_among([*money, *totals], assessment.currency)
    title = statement_title(assessment.alternatives[statement.index].name)
    count = len(statement.years)
    for years in _side_by_side(count):
        is_last = years.stop == count
        rows = tuple(
            (titles[line], *_cells(line, statement.lines[line], years, write, is_last=is_last)) for line in titles
        )
        heads = [year_head(statement.years[year]) for year in years]
        columns = (message("Line"), *heads, *([message("Total")] if is_last else []))
        yield Table(title, columns, rows, frozenset(range(1, len(columns))))


def statement_title(name: str) -> str:
    """What stands above the statement of an alternative."""
    return message("{name}, by fiscal year", name=name)


def _side_by_side(count: int) -> Iterator[range]:
    """The years of each table: about as many in the last one as in the others."""
    each = ceil(count / ceil(count / _YEARS_A_TABLE))
    for first in range(0, count, each):
        yield range(first, min(first + each, count))


def _cells(
    line: Line, values: Array, years: Sequence[int], write: Callable[[float | None], str], *, is_last: bool
) -> Iterator[str]:
    for year in years:
        yield number(float(values[year]), 4) if line is Line.DISCOUNT else write(float(values[year]))
    if is_last:
        yield DASH if line in WITHOUT_TOTAL else write(float(values.sum()))


def _conventions(proposal: Proposal) -> Iterator[str]:
    """Which conventions hold, one after the other."""
    finance, returns = proposal.finance, proposal.returns
    yield message(
        "Expected amounts against the status quo; what is spent is negative. Each month is discounted by itself ({moment}): the factor of a year is the mean of its months.",
        moment=within_sentence(CASH_CONVENTION_TITLES[returns.cash_convention]),
    )
    if finance.soft_part:
        yield message("Only gains are soft: what is lost in futures that are worse than today counts in full, as hard.")
    if finance.first_month:
        yield message("The work starts on {day}.", day=day(finance.first_month))
    if finance.inflation is not None:
        yield message(
            "Amounts are those of the day on which they are paid: prices rise by {rate} a year.",
            rate=percent(finance.inflation, 1),
        )
    if any(cost.is_capital for each in proposal.alternatives for cost in each.costs):
        yield _written_off(finance)
    if finance.tax_rate is not None:
        yield message(
            "Tax falls due with the profit, and losses are set off at once against other profits of the company. The discount rate is the same before and after tax."
        )


def _written_off(finance: Finance) -> str:
    if finance.depreciation_months is None:
        return message("Capital is written off in equal parts from the end of the build to the horizon.")
    return message(
        "Capital is written off in equal parts over {time} from the end of the build; what is left at the horizon, or of a build that fails, is written off then.",
        time=months(finance.depreciation_months),
    )
