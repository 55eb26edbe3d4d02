"""The sheet with each alternative's statement by fiscal year, as finance knows it: live formulas over the months.

Below the statements stand the months that only they need: fiscal year, prices, discount, capital and what is written
off. The formulas are those of scoping.value.statement, at one value for each input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ....document.alternatives import name_of
from ....text.languages import message
from ....value.fiscal import fiscal_years, year_numbers
from ....value.statement import Line
from ....vocabulary import Treatment
from ...summarising.finance import WITHOUT_TOTAL, line_titles, statement_title, year_head
from ...workbooks import WHOLE
from .book import Book, write_formula, write_title
from .flow import FIRST_MONTH, range_name
from .model import COUNTED, WorkbookModel, cell_name
from .months import at_start, build_cost

_TOP, _MOMENT = 3, "0.000000001"
_TWO_LINES = 32
_TOTALS = frozenset({Line.EBITDA, Line.PROFIT, Line.BEFORE_TAX, Line.AFTER_TAX})
# The columns of the months: month, fiscal year, price level, discount; then three an alternative.
_YEAR, _PRICE, _DISCOUNT, _FIRST = 1, 2, 3, 4


def write_statement(book: Book, workbook: WorkbookModel) -> None:
    """A statement an alternative, one below the other, and the months."""
    sheet = book.sheet("statement", {"A:A": 50, "B:ZZ": 16})
    about = message("Live, from sheet Inputs. Amounts are those of the day on which they are paid; costs are negative.")
    write_title(book, sheet, message("Statement by fiscal year"), about)
    years = [year_head(each) for each in fiscal_years(workbook.model.proposal.finance, workbook.model.horizon)]
    row = _TOP
    for index in workbook.model.valued:
        block = _Block(book, sheet, workbook, index, row, line_titles(workbook.model.proposal, index))
        block.write(years)
        row = block.below
    _Months(book, sheet, workbook, row).write()
    sheet.freeze_panes(0, 1)


@dataclass
class _Block:
    """One alternative's statement, which begins in a row: its title, its heads, then a row a line."""

    book: Book
    sheet: Any
    workbook: WorkbookModel
    index: int
    top: int
    titles: Mapping[Line, str]

    @property
    def below(self) -> int:
        """The row after it, and after one that is left free."""
        return self.top + len(self.titles) + 3

    def write(self, years: Sequence[str]) -> None:
        """The heads, a row a line, and the totals."""
        name = name_of(self.workbook.model.valued[self.index], self.index)
        self._say(self.top, 0, statement_title(name), bold=True)
        for column, text in enumerate((*years, message("Total")), start=1):
            self._say(self.top + 1, column, text, bold=True, bottom=1, align="right")
        for line, title in self.titles.items():
            self._say(self._row(line), 0, title, bold=line in _TOTALS)
            cells = [self._cell(line, year) for year in range(1, len(years) + 1)]
            for year in range(1, len(years) + 1):
                self._formula(line, year, self._line(line, year))
            if line not in WITHOUT_TOTAL:
                self._formula(line, len(years) + 1, "+".join(cells))
        if Line.CAPITAL in self.titles:
            total = f"${xl_col_to_name(len(years) + 1)}${self._row(Line.CAPITAL) + 1}"
            self.book.define(_capitalised(self.index), f"=-{self.book.place('statement')}{total}")

    def _say(self, row: int, column: int, text: str, **look: Any) -> None:
        self.sheet.write_string(row, column, self.book.text(text), self.book.look(**look))

    def _formula(self, line: Line, column: int, formula: str) -> None:
        shape = "0.0000" if line is Line.DISCOUNT else WHOLE
        look = self.book.look(num_format=shape, bold=line in _TOTALS)
        write_formula(self.book, self.sheet, self._row(line), column, f"={formula}", look)

    def _row(self, line: Line) -> int:
        return self.top + 2 + list(self.titles).index(line)

    def _cell(self, line: Line, year: int) -> str:
        """The cell of a line in a year; 0 where there is no such line."""
        return xl_rowcol_to_cell(self._row(line), year) if line in self.titles else "0"

    def _line(self, line: Line, year: int) -> str:
        """The formula of a line in a fiscal year."""
        cell = {each: self._cell(each, year) for each in Line}
        built, capital = self._built(year, None), self._built(year, Treatment.CAPITAL)
        gain, saved, running = (self._in_use(key, year) for key in ("gain", "saved", "running"))
        before = f"{_sum(year, 'discount', self._months('flow'))}-{self._first_day(year)}"
        formulas = {
            Line.HARD: self._hard(year) if self.workbook.has_soft else gain,
            Line.SOFT: f"{gain}-{cell[Line.HARD]}",
            Line.SAVED: saved,
            Line.RUNNING: f"-{running}",
            Line.PROJECT: f"-({built}-{capital})",
            Line.RESIDUAL: self._in_use("residual", year),
            Line.EBITDA: "+".join(
                cell[each] for each in (Line.HARD, Line.SOFT, Line.SAVED, Line.RUNNING, Line.PROJECT, Line.RESIDUAL)
            ),
            Line.DEPRECIATION: f"-{_sum(year, self._months('depreciation'))}",
            Line.PROFIT: f"{cell[Line.EBITDA]}+{cell[Line.DEPRECIATION]}",
            Line.TAX: f"-{_TAX_RATE}*{cell[Line.PROFIT]}",
            Line.CAPITAL: f"-{capital}",
            Line.BEFORE_TAX: f"{_sum(year, 'price_level', self._months('flow'))}-{self._first_day(year)}",
            Line.AFTER_TAX: f"{cell[Line.BEFORE_TAX]}+{cell[Line.TAX]}",
            Line.DISCOUNT: f"{_sum(year, 'nominal_discount')}/{_sum(year, '1')}",
            Line.PRESENT_BEFORE: before,
            Line.PRESENT_AFTER: f"{cell[Line.PRESENT_BEFORE]}-{_TAX_RATE}*({self._present_profit(year)})",
            Line.CUMULATIVE: self._cumulative(year),
        }
        return formulas[line]

    def _months(self, key: str) -> str:
        """The months of one column of the alternative."""
        return range_name(self.index, key)

    @property
    def _has_capital(self) -> bool:
        return Line.CAPITAL in self.titles

    def _in_use(self, key: str, year: int) -> str:
        """What an alternative earns or costs once it is in use, by its chance to get there."""
        return self._by_chance(year, self._months(key))

    def _by_chance(self, year: int, amounts: str) -> str:
        chance = cell_name(f"alternatives.{self.index}.success_probability")
        return f"{chance}*{_sum(year, 'price_level', amounts)}"

    def _hard(self, year: int) -> str:
        """The part of the gain that is hard, of what counts of it; a loss is hard.

        One month may bring a gain and another one a loss, where people cannot act on more while the cases grow.
        """
        gain, hard = self._months("gain"), f"((1-soft_share)/MAX({COUNTED},{_MOMENT}))"
        return self._by_chance(year, f"(({gain}*(1+{hard})-ABS({gain})*(1-{hard}))/2)")

    def _built(self, year: int, only: Treatment | None) -> str:
        """What is paid for the build, the first day's money included; `only` what is capital."""
        if only is Treatment.CAPITAL:
            by_month = _sum(year, self._months("capital")) if self._has_capital else "0"
        else:
            by_month = _sum(year, "price_level", self._months("one_off"))
        return f"({by_month}+{self._first_day(year, only)})"

    def _first_day(self, year: int, only: Treatment | None = None) -> str:
        return at_start(self.workbook, self.index, only) if year == 1 else "0"

    def _present_profit(self, year: int) -> str:
        """The present value of the year's taxable profit, each month discounted by itself."""
        booked = f"+{self._months('capital')}-{self._months('depreciation')}" if self._has_capital else ""
        profit = f"(price_level*{self._months('flow')}{booked})"
        first = f"-{self._first_day(year)}+{self._first_day(year, Treatment.CAPITAL)}"
        return f"{_sum(year, 'nominal_discount', profit)}{first}"

    def _cumulative(self, year: int) -> str:
        value = Line.PRESENT_AFTER if Line.PRESENT_AFTER in self.titles else Line.PRESENT_BEFORE
        before = f"{self._cell(Line.CUMULATIVE, year - 1)}+" if year > 1 else ""
        return before + self._cell(value, year)


_TAX_RATE = cell_name("finance.tax_rate")


def _sum(year: int, *factors: str) -> str:
    """The sum over the months of a fiscal year."""
    return f"SUMPRODUCT({'*'.join((f'(fiscal_year={year})', *factors))})"


def _capitalised(index: int) -> str:
    """The name of all that is capitalised of an alternative."""
    return f"alternative_{index}_capitalised"


@dataclass
class _Months:
    """The months that the statements need: a row each, with the fiscal year, prices, discount and what is written off."""

    book: Book
    sheet: Any
    workbook: WorkbookModel
    top: int

    def write(self) -> None:
        """The columns that all share, then those of each alternative that has capital."""
        horizon = self.workbook.model.horizon
        heads = (message("Month"), message("Fiscal year, number"), message("Price level"), message("Discount factor"))
        self._heads(0, "", heads)
        for name, column in (("fiscal_year", _YEAR), ("price_level", _PRICE), ("nominal_discount", _DISCOUNT)):
            self._define(name, column)
        numbers = year_numbers(self.workbook.model.proposal.finance, horizon)
        whole, factor = self.book.look(), self.book.look(num_format="0.0000")
        for month in range(1, horizon + 1):
            row = self._row(month)
            self.book.write_number(self.sheet, row, 0, month, whole)
            self.book.write_number(self.sheet, row, _YEAR, int(numbers[month]), whole)
            price = self.workbook.price_level(f"$A{row + 1}")
            write_formula(self.book, self.sheet, row, _PRICE, f"={price}", factor)
            real = f"{self.book.place('cash_flow')}$B${FIRST_MONTH + month}"
            write_formula(self.book, self.sheet, row, _DISCOUNT, f"={real}/{self._at(_PRICE, row)}", factor)
        self._alternatives()

    def _alternatives(self) -> None:
        column = _FIRST
        for index, alternative in self.workbook.model.valued.items():
            if any(cost.is_capital for cost in alternative.costs):
                self._capital(index, column)
                column += 3

    def _capital(self, index: int, column: int) -> None:
        """What is capitalised by month, which share of all is written off by then, and what that is in the month."""
        name = name_of(self.workbook.model.valued[index], index)
        heads = (message("Capital expenditure"), message("Written off by then"), message("Depreciation"))
        self._heads(column, name, heads)
        self._define(range_name(index, "capital"), column)
        self._define(range_name(index, "depreciation"), column + 2)
        cost, share = build_cost(self.workbook, index, Treatment.CAPITAL), self._written_off(index)
        whole, factor = self.book.look(num_format=WHOLE), self.book.look(num_format="0.0000")
        for month in range(1, self.workbook.model.horizon + 1):
            row = self._row(month)
            place, before = f"$A{row + 1}", f"-{self._at(column + 1, row - 1)}" if month > 1 else ""
            spent = f"={self._at(_PRICE, row)}*({cost.format(t=place)})"
            write_formula(self.book, self.sheet, row, column, spent, whole)
            write_formula(self.book, self.sheet, row, column + 1, f"={share.format(t=place)}", factor)
            written_off = f"={_capitalised(index)}*({self._at(column + 1, row)}{before})"
            write_formula(self.book, self.sheet, row, column + 2, written_off, whole)

    def _written_off(self, index: int) -> str:
        """The share of the capital that is written off by the end of the month at `{t}`."""
        horizon = self.workbook.model.horizon
        build, chance = (cell_name(f"alternatives.{index}.{name}") for name in ("build_months", "success_probability"))
        given = self.workbook.model.proposal.finance.depreciation_months is not None
        life = cell_name("finance.depreciation_months") if given else f"({horizon}-{build})"
        used = f"MIN(1,MAX(0,{{t}}-{build})/MAX({life},{_MOMENT}))"
        failed = f"MIN(1,MAX(0,{{t}}-{build}))"
        return f"IF({{t}}={horizon},1,{chance}*{used}+(1-{chance})*{failed})"

    def _heads(self, column: int, name: str, heads: Sequence[str]) -> None:
        self.sheet.write_string(self.top, column, self.book.text(name), self.book.look(bold=True))
        self.sheet.set_row(self.top + 1, _TWO_LINES)
        for offset, text in enumerate(heads):
            look = self.book.look(bold=True, bottom=1, text_wrap=True)
            self.sheet.write_string(self.top + 1, column + offset, self.book.text(text), look)

    def _row(self, month: int) -> int:
        return self.top + 1 + month

    def _at(self, column: int, row: int) -> str:
        return f"{xl_col_to_name(column)}{row + 1}"

    def _define(self, name: str, column: int) -> None:
        letter, first, last = xl_col_to_name(column), self._row(1) + 1, self._row(self.workbook.model.horizon) + 1
        self.book.define(name, f"={self.book.place('statement')}${letter}${first}:${letter}${last}")
