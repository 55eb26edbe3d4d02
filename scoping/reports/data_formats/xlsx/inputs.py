"""The sheet of the inputs: the cells that a person may change."""

from __future__ import annotations

from typing import Any

from ....document.alternatives import name_of
from ....document.ends import END_TITLES
from ....document.fields import quantity_of
from ....document.finance import Finance
from ....text.languages import message, within_sentence
from ....value.inputs import owned
from ....value.places import place_of
from ...workbooks import NUMBER
from .book import Book, write_formula, write_title
from .by_year import TableByYear, tables_by_year
from .model import (
    RETRAIN,
    WORTH_TODAY,
    NamedInput,
    WorkbookModel,
    cell_name,
    number_format,
    part_name,
    step_name,
    unit_title,
    worth_title,
)

# The column that holds words beside numbers; behind it is what a P10 and a P90 follow from, where that was given.
_UNIT = 4
_FIRST_ROW = 3
_OF_FINANCE = ("tax_rate", "depreciation_months", "inflation", "soft_share", "soft_counts")


def write_inputs(book: Book, workbook: WorkbookModel) -> None:
    """Every input under its group, at its P50, with a name that formulas use; then the numbers that are no estimates."""
    has_ends = any(each.input.estimate.ends is not None for each in workbook.inputs)
    widths: dict[str, float] = {"F:H": 14} if has_ends else {}
    sheet = book.sheet("inputs", {"A:A": 46, "B:B": 18, "C:D": 14, "E:E": 16, **widths})
    about = message("Change the yellow cells; all other sheets follow. They begin at the P50 of each estimate.")
    write_title(book, sheet, message("Inputs"), about)
    _head(book, sheet, END_TITLES if has_ends else ())
    row, group = _FIRST_ROW, ""
    for each in workbook.inputs:
        if each.group != group:
            group = each.group
            sheet.write_string(row + 1, 0, book.text(group), book.look(bold=True, font_size=12))
            row += 2
        _input(book, sheet, row, each)
        row += 1
    row = _fixed(book, sheet, row + 1, workbook)
    _steps(book, sheet, row + 2, workbook)
    sheet.freeze_panes(_FIRST_ROW, 0)


def _head(book: Book, sheet: Any, ends: tuple[str, ...]) -> None:
    for column, text in enumerate((message("Input"), message("Value"), "P10", "P90", message("Unit"), *ends)):
        align = {"indent": 1} if column == _UNIT else {"align": "right"} if column else {}
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
    sheet.write_string(row, _UNIT, book.text(unit), book.soft(indent=1))
    for column, number in enumerate(estimate.ends.numbers if estimate.ends else (), start=_UNIT + 1):
        sheet.write_number(row, column, number, book.soft(num_format=shape))
    _name(book, each.name, row)


def _fixed(book: Book, sheet: Any, row: int, workbook: WorkbookModel) -> int:
    """The numbers that are no estimates, and what a case is worth today; returns the last row."""
    model, returns = workbook.model, workbook.model.proposal.returns
    trainings = message("Months between trainings (empty: never, 0: all the time)")
    _months_between(book, sheet, row, trainings, returns.retrain_every_months, RETRAIN)
    for index, each in model.valued.items():
        if each.retrain_every_months is not None:
            row, own = row + 1, owned(name_of(each, index), within_sentence(trainings))
            _months_between(book, sheet, row, own, each.retrain_every_months, cell_name(place_of(index, RETRAIN)))
    horizon = message("Horizon: {months} months (the rows of sheet Cash flow)", months=str(model.horizon))
    sheet.write_string(row + 1, 0, book.text(horizon), book.soft())
    sheet.write_string(row + 2, 0, book.text(message("Worth of a case in the status quo")), book.look())
    today = workbook.worth(model.status_quo[0])
    write_formula(book, sheet, row + 2, 1, f"={today}", book.look(num_format="#,##0.0000"))
    _name(book, WORTH_TODAY, row + 2)
    row = _worths_by_part(book, sheet, row + 2, workbook)
    for table in tables_by_year(workbook):
        row = _by_year(book, sheet, row + 2, table)
    return _finance(book, sheet, row + 2, model.proposal.finance) if model.proposal.has_finance else row


def _worths_by_part(book: Book, sheet: Any, row: int, workbook: WorkbookModel) -> int:
    """What a case of each stream or segment is worth today, below the row; returns the last row."""
    model = workbook.model
    titles = {part.id: part.title for part in model.bridge.members}
    for part, formula in workbook.worths_by_part(model.status_quo[0]).items():
        row += 1
        sheet.write_string(row, 0, book.text(worth_title(titles[part])), book.look())
        write_formula(book, sheet, row, 1, f"={formula}", book.look(num_format="#,##0.0000"))
        _name(book, part_name(model.status_quo[0], part), row)
    return row


def _by_year(book: Book, sheet: Any, row: int, table: TableByYear) -> int:
    """A figure for each year, which formulas know by one name; returns the last row."""
    sheet.write_string(row, 0, book.text(table.title), book.look(bold=True))
    last = row + len(table.figures)
    for year, figure in enumerate(table.figures, start=1):
        called = message("Year {number}", number=str(year))
        if table.goes_on and row + year == last:
            called = message("Year {number} and after", number=str(year))
        sheet.write_string(row + year, 0, book.text(called), book.look())
        book.write_number(sheet, row + year, 1, figure, book.open_cell(number_format(table.quantity)))
        unit = unit_title(table.quantity, book.summary.proposal.currency)
        sheet.write_string(row + year, 4, book.text(unit), book.soft(indent=1))
    book.define(table.name, f"={book.place('inputs')}$B${row + 2}:$B${last + 1}")
    return last


def _finance(book: Book, sheet: Any, row: int, finance: Finance) -> int:
    """What finance has given; the rest of its section says how the sheets are built. Returns the last row."""
    sheet.write_string(row, 0, book.text(message("Finance")), book.look(bold=True, font_size=12))
    for name in _OF_FINANCE:
        info, value = Finance.model_fields[name], getattr(finance, name)
        quantity = quantity_of(info)
        if value is None or quantity is None:
            continue
        row += 1
        sheet.write_string(row, 0, book.text(message(str(info.title))), book.look())
        book.write_number(sheet, row, 1, value, book.open_cell(number_format(quantity)))
        sheet.write_string(row, 4, book.text(unit_title(quantity, "")), book.soft(indent=1))
        _name(book, cell_name(f"finance.{name}"), row)
    return row


def _months_between(book: Book, sheet: Any, row: int, title: str, every: float | None, name: str) -> None:
    """How often a model is trained: of all alternatives, or of one that is trained otherwise."""
    sheet.write_string(row, 0, book.text(title), book.look(text_wrap=True))
    if every is None:
        sheet.write_blank(row, 1, None, book.open_cell(NUMBER))
    else:
        book.write_number(sheet, row, 1, every, book.open_cell(NUMBER))
    _name(book, name, row)


def _steps(book: Book, sheet: Any, row: int, workbook: WorkbookModel) -> None:
    """What the formulas of a case work out first, an alternative after the other."""
    for index, steps in workbook.all_steps.items():
        name = name_of(workbook.model.proposal.alternatives[index], index)
        sheet.write_string(row, 0, book.text(owned(name, message("how its cases are chosen"))), book.look(bold=True))
        for number, (step, formula) in enumerate(steps.items(), start=1):
            sheet.write_string(row + number, 0, book.text(workbook.model.bridge.step_title(step)), book.look())
            write_formula(book, sheet, row + number, 1, f"={formula}", book.look(num_format="0.0#######"))
            _name(book, step_name(index, step), row + number)
        row += len(steps) + 2


def _name(book: Book, name: str, row: int) -> None:
    book.define(name, f"={book.place('inputs')}$B${row + 1}")
