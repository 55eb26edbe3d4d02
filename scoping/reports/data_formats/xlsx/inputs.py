"""The sheet of the inputs: the cells that a person may change."""

from __future__ import annotations

from typing import Any

from ....text.languages import message
from .book import Book, write_formula, write_title
from .model import WORTH_TODAY, NamedInput, WorkbookModel, number_format, part_name, unit_title, worth_title
from .months import RETRAIN

# The columns that hold numbers.
_NUMBERS = (1, 2, 3)
_FIRST_ROW = 3


def write_inputs(book: Book, workbook: WorkbookModel) -> None:
    """Every input under its group, at its P50, with a name that formulas use; then the numbers that are no estimates."""
    sheet = book.sheet("inputs", {"A:A": 46, "B:B": 18, "C:D": 14, "E:E": 16})
    about = message("Change the yellow cells; all other sheets follow. They begin at the P50 of each estimate.")
    write_title(book, sheet, message("Inputs"), about)
    _head(book, sheet)
    row, group = _FIRST_ROW, ""
    for each in workbook.inputs:
        if each.group != group:
            group = each.group
            sheet.write_string(row + 1, 0, book.text(group), book.look(bold=True, font_size=12))
            row += 2
        _input(book, sheet, row, each)
        row += 1
    _fixed(book, sheet, row + 1, workbook)
    sheet.freeze_panes(_FIRST_ROW, 0)


def _head(book: Book, sheet: Any) -> None:
    for column, text in enumerate((message("Input"), message("Value"), "P10", "P90", message("Unit"))):
        align = {"align": "right"} if column in _NUMBERS else {"indent": 1} if column else {}
        sheet.write_string(2, column, book.text(text), book.look(bold=True, bottom=1, **align))


def _input(book: Book, sheet: Any, row: int, each: NamedInput) -> None:
    """One input: its title, value, range and unit; the value's cell gets its name."""
    quantity, estimate = each.input.quantity, each.input.estimate
    shape = number_format(quantity)
    sheet.write_string(row, 0, book.text(each.title), book.look(text_wrap=True))
    book.write_number(sheet, row, 1, estimate.p50, book.open_cell(shape))
    if each.input.is_uncertain:
        sheet.write_number(row, 2, estimate.p10, book.soft(num_format=shape))
        sheet.write_number(row, 3, estimate.p90, book.soft(num_format=shape))
    unit = unit_title(quantity, book.summary.proposal.currency)
    sheet.write_string(row, 4, book.text(unit), book.soft(indent=1))
    _name(book, each.name, row)


def _fixed(book: Book, sheet: Any, row: int, workbook: WorkbookModel) -> None:
    """The numbers that are no estimates, and what a case is worth today."""
    model, returns = workbook.model, workbook.model.proposal.returns
    trainings = message("Months between trainings (empty: never, 0: all the time)")
    sheet.write_string(row, 0, book.text(trainings), book.look())
    if returns.retrain_every_months is None:
        sheet.write_blank(row, 1, None, book.open_cell("0.##"))
    else:
        book.write_number(sheet, row, 1, returns.retrain_every_months, book.open_cell("0.##"))
    _name(book, RETRAIN, row)
    horizon = message("Horizon: {months} months (the rows of sheet Cash flow)", months=str(model.horizon))
    sheet.write_string(row + 1, 0, book.text(horizon), book.soft())
    sheet.write_string(row + 2, 0, book.text(message("Worth of a case in the status quo")), book.look())
    today = workbook.worth(model.status_quo[0])
    write_formula(book, sheet, row + 2, 1, f"={today}", book.look(num_format="#,##0.0000"))
    _name(book, WORTH_TODAY, row + 2)
    titles = {part.id: part.title for part in model.bridge.members}
    for number, (part, formula) in enumerate(workbook.worths_by_part(model.status_quo[0]).items(), start=row + 3):
        sheet.write_string(number, 0, book.text(worth_title(titles[part])), book.look())
        write_formula(book, sheet, number, 1, f"={formula}", book.look(num_format="#,##0.0000"))
        _name(book, part_name(model.status_quo[0], part), number)


def _name(book: Book, name: str, row: int) -> None:
    book.define(name, f"={book.place('inputs')}$B${row + 1}")
