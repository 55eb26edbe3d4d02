"""The sheets that calculate month by month, and that search the break-even of each metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ....document.alternatives import name_of
from ....text.languages import message
from ....text.wording import nothing
from ....value.inputs import owned
from ....value.places import place_of
from ...titles import CASH_CONVENTION_TITLES
from ...workbooks import WHOLE
from .book import Book, write_formula, write_title
from .model import (
    BISECTIONS,
    COUNTED,
    WORTH_TODAY,
    BreakEvenSearch,
    WorkbookModel,
    cell_name,
)
from .months import at_start, has_residual, month_columns

FIRST_MONTH = 3
# In per cent: the columns of one alternative on the width of a page.
_PRINTED = 52
_TWO_LINES = 32
# From, to, over, and a column apart.
_APART = 4


def write_cash_flow(book: Book, workbook: WorkbookModel) -> None:
    """One row a month, one group of columns an alternative; each column is a named range."""
    sheet = book.sheet("cash_flow", {"A:B": 9, "C:ZZ": 14})
    about = message(
        "{when}, discounted. What an alternative earns counts with its chance of reaching production; the cost of its build always.",
        when=CASH_CONVENTION_TITLES[workbook.model.proposal.returns.cash_convention],
    )
    write_title(book, sheet, message("Cash flow"), "")
    # Beside the title: below it stand the names of the alternatives.
    sheet.write_string(0, 2, book.text(about), book.soft())
    sheet.set_row(2, _TWO_LINES)
    bold = book.look(bold=True, bottom=1, text_wrap=True)
    sheet.write_string(2, 0, book.text(message("Month")), bold)
    sheet.write_string(2, 1, book.text(message("Discount")), bold)
    months = range(workbook.model.horizon)
    for month in months:
        row = FIRST_MONTH + month
        book.write_number(sheet, row, 0, month + 1, book.look())
        write_formula(
            book,
            sheet,
            row,
            1,
            f"={workbook.discount(f'A{row + 1}')}",
            book.look(num_format="0.0000"),
        )
    column, begins = 2, []
    for index in workbook.model.valued:
        begins.append(column)
        column = _alternative_flow(book, sheet, workbook, index, column) + 1
    sheet.freeze_panes(FIRST_MONTH, 2)
    _on_paper(sheet, begins)


def _on_paper(sheet: Any, begins: list[int]) -> None:
    """Each alternative on pages of its own, under the heads and beside the months: all side by side nobody could read."""
    sheet.set_print_scale(_PRINTED)
    sheet.set_v_pagebreaks(begins[1:])
    sheet.repeat_rows(0, FIRST_MONTH - 1)
    sheet.repeat_columns(0, 1)


def _alternative_flow(book: Book, sheet: Any, workbook: WorkbookModel, index: int, start: int) -> int:
    columns = list(month_columns(workbook, index))
    letters = {each.key: xl_col_to_name(start + number) for number, each in enumerate(columns)}
    sheet.write_string(1, start, book.text(name_of(workbook.model.valued[index], index)), book.look(bold=True))
    last, flow = FIRST_MONTH + workbook.model.horizon, book.place("cash_flow")
    for number, each in enumerate(columns):
        sheet.write_string(2, start + number, book.text(each.title), book.look(bold=True, bottom=1, text_wrap=True))
        shape = "#,##0.00" if each.key in ("before", "live", "share", "kept", "worth", "today") else WHOLE
        for row in range(FIRST_MONTH, last):
            cells = {key: f"{letter}{row + 1}" for key, letter in letters.items()}
            above = f"{letters['running_sum']}{row}" if row > FIRST_MONTH else f"-{at_start(workbook, index)}"
            formula = each.formula.format(t=f"$A{row + 1}", above=above, **cells)
            write_formula(book, sheet, row, start + number, f"={formula}", book.look(num_format=shape))
        reach = f"={flow}${letters[each.key]}${FIRST_MONTH + 1}:${letters[each.key]}${last}"
        book.define(range_name(index, each.key), reach)
    book.define("discount", f"={flow}$B${FIRST_MONTH + 1}:$B${last}")
    book.define("month", f"={flow}$A${FIRST_MONTH + 1}:$A${last}")
    return start + len(columns)


def range_name(index: int, key: str) -> str:
    """The name of one column of an alternative's cash flow."""
    return f"alternative_{index}_by_month_{key}"


def write_break_even(book: Book, workbook: WorkbookModel) -> None:
    """Halves the stretch in which NPV changes its sign, a hundred times, with formulas."""
    sheet = book.sheet("break_even", {"A:ZZ": 15}, one_page=True)
    write_title(
        book,
        sheet,
        message("Break-even"),
        message("Each metric's stretch is halved until NPV is zero. Sheet Results shows the answers."),
    )
    column = 0
    for index in workbook.model.valued:
        for search in workbook.searches(index):
            column += _Searched(book, sheet, workbook, search, column).write()


@dataclass(frozen=True)
class _Searched:
    """The columns of one search, from `column` on: from, to, NPV over zero at the middle, and what that needs."""

    book: Book
    sheet: Any
    workbook: WorkbookModel
    search: BreakEvenSearch
    column: int

    def write(self) -> int:
        """Writes the columns, and names the answer; returns how many there are."""
        self._heads()
        low, high, over = self._letter(0), self._letter(1), self._letter(2)
        for step in range(BISECTIONS + 1):
            row = 3 + step
            if step == 0:
                self.book.write_number(self.sheet, row, self.column, self.search.low, self._number)
                self.book.write_number(self.sheet, row, self.column + 1, self.search.high, self._number)
            else:
                middle = f"({low}{row}+{high}{row})/2"
                keeps_low = f"{over}{row}*${over}$2>0"
                self._formula(row, 0, f"IF({keeps_low},{middle},{low}{row})")
                self._formula(row, 1, f"IF({keeps_low},{high}{row},{middle})")
            self._formula(row, 2, self._surplus(row, f"(({low}{row + 1}+{high}{row + 1})/2)"))
        self._formula(1, 2, self._surplus(1, f"{low}4"))
        # What the upper end needs stands below the last row.
        self._formula(1, 3, self._surplus(3 + BISECTIONS + 1, f"{high}4"))
        self._answer(low, high, over)
        return _APART + len(self._steps)

    def _heads(self) -> None:
        head = self.book.look(bold=True, bottom=1, text_wrap=True)
        name = name_of(self.workbook.model.valued[self.search.index], self.search.index)
        title = self.book.text(owned(name, self.search.metric.title))
        self.sheet.write_string(1, self.column, title, self.book.look(bold=True))
        for offset, text in enumerate((message("From"), message("To"), message("Over at middle"))):
            self.sheet.write_string(2, self.column + offset, self.book.text(text), head)

    @property
    def _number(self) -> Any:
        return self.book.look(num_format="0.000000000")

    @property
    def _steps(self) -> list[str]:
        return list(self.workbook.steps(self.search.index))

    def _letter(self, offset: int) -> str:
        return str(xl_col_to_name(self.column + offset))

    def _formula(self, row: int, offset: int, formula: str) -> None:
        write_formula(self.book, self.sheet, row, self.column + offset, f"={formula}", self._number)

    def _surplus(self, row: int, cell: str) -> str:
        """By how much the gain is over what is needed, with the metric in that cell; what it needs is in that row."""
        index, metric = self.search.index, {self.search.metric.name: cell}
        places = {step: _APART - 1 + number for number, step in enumerate(self._steps, start=1)}
        cells = {step: f"{self._letter(offset)}{row + 1}" for step, offset in places.items()}
        for step, formula in self.workbook.steps(index, metric, cells.__getitem__).items():
            self._formula(row, places[step], formula)
        if not self.workbook.model.bridge.follows_volume:
            return f"(({self.workbook.worth(index, metric)})-{WORTH_TODAY}-{_needed_gain(self.workbook, index)})"
        cases, today = range_name(index, "cases"), range_name(index, "today")
        worth = self.workbook.worth(index, {**metric, **cells}, cases)
        return f"({_gained(self.workbook, index, f'({worth}-{today})')}-{_missing(self.workbook, index)})"

    def _answer(self, low: str, high: str, over: str) -> None:
        last = 3 + BISECTIONS + 1
        here, none = self.book.place("break_even"), self.book.quoted(nothing())
        # What is never in use, or never reaches production, is worth the same at any value.
        chance = cell_name(place_of(self.search.index, "success_probability"))
        counts = f"{chance}*SUMPRODUCT({range_name(self.search.index, 'handled')})"
        crosses = f"SIGN({here}${over}$2)*SIGN({here}${self._letter(3)}$2)*{counts}<0"
        answer = f"IF({crosses},({here}${low}${last}+{here}${high}${last})/2,{none})"
        self.book.define(answer_name(self.search.index, self.search.metric.name), f"={answer}")


def _missing(workbook: WorkbookModel, index: int) -> str:
    """What the gain of all months must come to. Where production is never reached, no gain is enough."""
    build = f"({at_start(workbook, index)}+SUMPRODUCT({range_name(index, 'one_off')},discount))"
    chance = cell_name(f"alternatives.{index}.success_probability")
    residual = f"+{range_name(index, 'residual')}" if has_residual(workbook, index) else ""
    margin = f"SUMPRODUCT({range_name(index, 'saved')}{residual}-{range_name(index, 'running')},discount)"
    return f"({build}/MAX({chance},0.000000001)-{margin})"


def _needed_gain(workbook: WorkbookModel, index: int) -> str:
    """The gain per case that is worth exactly nothing, where it is the same in all months.

    NPV is a straight line in the gain per case, and another one in a loss, which drift leaves as it is. Where no case
    is ever handled, no gain is enough.
    """
    missing, handled = _missing(workbook, index), range_name(index, "handled")
    drifted = f"SUMPRODUCT({handled}*{range_name(index, 'kept')},discount)"
    weight = f"IF({missing}>0,{drifted},SUMPRODUCT({handled},discount))"
    return workbook.needed(f"({missing}/MAX({weight},0.000000001))")


def _gained(workbook: WorkbookModel, index: int, gain: str) -> str:
    """What a gain per case that each month has of its own comes to.

    Drift takes from what is won alone, and of that only so much counts as finance lets: without an IF, which no column
    of months would survive, and with the gain written but twice, since it may be long.
    """
    kept = range_name(index, "kept")
    counts = f"{COUNTED}*{kept}" if workbook.has_soft else kept
    drifted = f"({gain}*(1+{counts})-ABS({gain})*(1-{counts}))/2"
    return f"SUMPRODUCT({range_name(index, 'handled')}*discount*{drifted})"


def answer_name(index: int, metric: str) -> str:
    """The name of the break-even that the search finds."""
    return cell_name(place_of(index, "metrics", metric)) + "_break_even"
