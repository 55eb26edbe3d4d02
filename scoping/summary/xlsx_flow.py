"""The sheets that calculate month by month, and that search the break-even of each metric."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from .xlsx_book import Book, cell_text, write_formula, write_title
from .xlsx_model import BISECTIONS, WORTH_TODAY, BreakEvenSearch, WorkbookModel, gain_name, name_of

FIRST_MONTH = 3


def write_cash_flow(book: Book, workbook: WorkbookModel) -> None:
    """One row a month, one group of columns an alternative; each column is a named range."""
    sheet = book.sheet("Cash flow", {"A:B": 9, "C:ZZ": 14})
    write_title(
        book,
        sheet,
        "Cash flow",
        "End of each month. What an alternative earns counts with its chance of reaching production; its one-off cost always.",
    )
    bold = book.look(bold=True, bottom=1, text_wrap=True)
    sheet.write_string(2, 0, "Month", bold)
    sheet.write_string(2, 1, "Discount", bold)
    months = range(workbook.model.horizon)
    for month in months:
        row = FIRST_MONTH + month
        sheet.write_number(row, 0, month + 1, book.look())
        write_formula(
            sheet, row, 1, f"=(1+{name_of('returns.discount_rate')})^(-A{row + 1}/12)", book.look(num_format="0.0000")
        )
    column = 2
    for index in workbook.model.valued:
        column = _alternative_flow(book, sheet, workbook, index, column) + 1
    sheet.freeze_panes(FIRST_MONTH, 2)


def _alternative_flow(book: Book, sheet: Any, workbook: WorkbookModel, index: int, start: int) -> int:
    columns = list(workbook.month_columns(index))
    letters = {each.key: xl_col_to_name(start + number) for number, each in enumerate(columns)}
    sheet.write_string(
        1, start, cell_text(workbook.model.valued[index].name or f"Alternative {index + 1}"), book.look(bold=True)
    )
    last = FIRST_MONTH + workbook.model.horizon
    for number, each in enumerate(columns):
        sheet.write_string(2, start + number, each.title, book.look(bold=True, bottom=1, text_wrap=True))
        shape = "#,##0.00" if each.key in ("live", "share") else "#,##0"
        for row in range(FIRST_MONTH, last):
            cells = {key: f"{letter}{row + 1}" for key, letter in letters.items()}
            above = f"{letters['running_sum']}{row}" if row > FIRST_MONTH else "0"
            formula = each.formula.format(t=f"$A{row + 1}", above=above, **cells)
            write_formula(sheet, row, start + number, f"={formula}", book.look(num_format=shape))
        reach = f"='Cash flow'!${letters[each.key]}${FIRST_MONTH + 1}:${letters[each.key]}${last}"
        book.file.define_name(range_name(index, each.key), reach)
    book.file.define_name("discount", f"='Cash flow'!$B${FIRST_MONTH + 1}:$B${last}")
    book.file.define_name("month", f"='Cash flow'!$A${FIRST_MONTH + 1}:$A${last}")
    return start + len(columns)


def range_name(index: int, key: str) -> str:
    """The name of one column of an alternative's cash flow."""
    return f"alternative_{index}_by_month_{key}"


def write_break_even(book: Book, workbook: WorkbookModel) -> None:
    """Halves the stretch in which NPV changes its sign, a hundred times, with formulas."""
    sheet = book.sheet("Break-even", {"A:ZZ": 15})
    write_title(
        book, sheet, "Break-even", "Each metric's stretch is halved until NPV is zero. Sheet Results shows the answers."
    )
    column = 0
    for index in workbook.model.valued:
        build = f"SUMPRODUCT({range_name(index, 'one_off')},discount)"
        chance = name_of(f"alternatives.{index}.success_probability")
        margin = f"SUMPRODUCT({range_name(index, 'saved')}-{range_name(index, 'running')},discount)"
        # NPV is a straight line in the gain per case: this gain is worth exactly nothing.
        weight = f"(SUMPRODUCT({range_name(index, 'gain')},discount)/{gain_name(index)})"
        needed = f"(({build}/{chance}-{margin})/{weight})"
        for search in workbook.searches(index):
            _search(book, sheet, workbook, search, column, needed)
            column += 4


def _search(book: Book, sheet: Any, workbook: WorkbookModel, search: BreakEvenSearch, column: int, needed: str) -> None:
    head = book.look(bold=True, bottom=1, text_wrap=True)
    name = workbook.model.valued[search.index].name
    sheet.write_string(1, column, cell_text(f"{name}: {search.metric.title}"), book.look(bold=True))
    for offset, text in enumerate(("From", "To", "Over at middle")):
        sheet.write_string(2, column + offset, text, head)
    low, high, over = (xl_col_to_name(column + offset) for offset in range(3))

    def surplus(cell: str) -> str:
        return f"(({workbook.worth(search.index, {search.metric.name: cell})})-{WORTH_TODAY}-{needed})"

    number = book.look(num_format="0.000000000")
    for step in range(BISECTIONS + 1):
        row = 3 + step
        if step == 0:
            sheet.write_number(row, column, search.low, number)
            sheet.write_number(row, column + 1, search.high, number)
        else:
            middle = f"({low}{row}+{high}{row})/2"
            keeps_low = f"{over}{row}*${over}$2>0"
            write_formula(sheet, row, column, f"=IF({keeps_low},{middle},{low}{row})", number)
            write_formula(sheet, row, column + 1, f"=IF({keeps_low},{high}{row},{middle})", number)
        write_formula(sheet, row, column + 2, f"={surplus(f'(({low}{row + 1}+{high}{row + 1})/2)')}", number)
    write_formula(sheet, 1, column + 2, f"={surplus(f'{low}4')}", number)
    write_formula(sheet, 1, column + 3, f"={surplus(f'{high}4')}", number)
    last = 3 + BISECTIONS + 1
    crosses = f"SIGN('Break-even'!${over}$2)*SIGN('Break-even'!${xl_col_to_name(column + 3)}$2)<0"
    answer = f"IF({crosses},('Break-even'!${low}${last}+'Break-even'!${high}${last})/2,\"none\")"
    book.file.define_name(answer_name(search.index, search.metric.name), f"={answer}")


def answer_name(index: int, metric: str) -> str:
    """The name of the break-even that the search finds."""
    return name_of(f"alternatives.{index}.metrics.{metric}") + "_break_even"
