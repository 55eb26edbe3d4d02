"""The model as an Excel workbook with live formulas: change an input, and NPV, return, payback and break-even follow.

Inputs stand at their P50. Text is always written as text: nothing that a person typed becomes a formula or a link.
"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ....document.alternatives import name_of
from ....text.languages import message
from ....value.model import value_model
from ...blocks import Format, Summary
from .book import Book, cell_text, write_formula, write_title
from .flow import FIRST_MONTH, answer_name, range_name, write_break_even, write_cash_flow
from .model import (
    WORTH_TODAY,
    WorkbookModel,
    cell_name,
    gain_name,
    number_format,
    unit_title,
)
from .notes import write_notes

_TWO_LINES = 30
# The columns of sheet Inputs that hold numbers.
_NUMBERS = (1, 2, 3)


def render(summary: Summary) -> bytes:
    """The workbook: Inputs, Cash flow, Results, Sensitivity, Notes."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(target, options)
    file.set_properties({"title": cell_text(summary.title)[:250], "author": cell_text(summary.proposal.owner)[:250]})
    file.set_calc_mode("auto")
    book = Book(summary, file)
    model = value_model(summary.proposal)
    if model is not None:
        workbook = WorkbookModel(model)
        _inputs(book, workbook)
        write_cash_flow(book, workbook)
        _results(book, workbook)
        _sensitivity(book)
        write_break_even(book, workbook)
    write_notes(book)
    file.close()
    return target.getvalue()


# Inputs ------------------------------------------------------------------------------------------


def _inputs(book: Book, workbook: WorkbookModel) -> None:
    sheet = book.sheet("inputs", {"A:A": 46, "B:B": 18, "C:D": 14, "E:E": 16})
    write_title(
        book,
        sheet,
        message("Inputs"),
        message("Change the yellow cells; all other sheets follow. They begin at the P50 of each estimate."),
    )
    head = book.look(bold=True, bottom=1)
    for column, text in enumerate((message("Input"), message("Value"), "P10", "P90", message("Unit"))):
        look = book.look(bold=True, bottom=1, align="right") if column in _NUMBERS else head
        sheet.write_string(2, column, book.text(text), look)
    row, group = 3, ""
    for each in workbook.inputs:
        if each.group != group:
            group = each.group
            sheet.write_string(row + 1, 0, book.text(group), book.look(bold=True, font_size=12))
            row += 2
        shape = number_format(each.input.quantity)
        sheet.write_string(row, 0, book.text(each.title), book.look(text_wrap=True))
        sheet.write_number(
            row,
            1,
            each.input.estimate.p50,
            book.look(num_format=shape, bg_color="#FFF8DC", border=1, border_color="#D9DEE4", locked=False),
        )
        if each.input.is_uncertain:
            sheet.write_number(row, 2, each.input.estimate.p10, book.look(num_format=shape, font_color="#59626C"))
            sheet.write_number(row, 3, each.input.estimate.p90, book.look(num_format=shape, font_color="#59626C"))
        sheet.write_string(
            row,
            4,
            book.text(unit_title(each.input.quantity, book.summary.proposal.currency)),
            book.look(indent=1, font_color="#59626C"),
        )
        book.file.define_name(each.name, f"={book.place('inputs')}$B${row + 1}")
        row += 1
    _fixed(book, sheet, row + 1, workbook)
    sheet.freeze_panes(3, 0)


def _fixed(book: Book, sheet: Any, row: int, workbook: WorkbookModel) -> None:
    """The numbers that are no estimates, and what a case is worth today."""
    model, returns = workbook.model, workbook.model.proposal.returns
    sheet.write_string(row, 0, book.text(message("Months between trainings (0: never)")), book.look())
    look = book.look(num_format="0.##", bg_color="#FFF8DC", border=1, border_color="#D9DEE4", locked=False)
    sheet.write_number(row, 1, returns.retrain_every_months or 0, look)
    book.file.define_name("retrain_every_months", f"={book.place('inputs')}$B${row + 1}")
    horizon = message("Horizon: {months} months (the rows of sheet Cash flow)", months=str(model.horizon))
    sheet.write_string(row + 1, 0, book.text(horizon), book.look(font_color="#59626C"))
    sheet.write_string(row + 2, 0, book.text(message("Worth of a case in the status quo")), book.look())
    today = workbook.worth(model.status_quo[0])
    write_formula(book, sheet, row + 2, 1, f"={today}", book.look(num_format="#,##0.0000"))
    book.file.define_name(WORTH_TODAY, f"={book.place('inputs')}$B${row + 3}")


# Results -----------------------------------------------------------------------------------------


def _results(book: Book, workbook: WorkbookModel) -> None:
    sheet = book.sheet("results", {"A:A": 40, "B:ZZ": 20}, one_page=True)
    write_title(
        book,
        sheet,
        message("Results"),
        message(
            "Live, from sheet Inputs. Below, for comparison, the simulation over all uncertainty: it does not follow the inputs."
        ),
    )
    sheet.set_row(2, _TWO_LINES)
    sheet.write_string(2, 0, book.text(message("At the values of sheet Inputs")), book.look(bold=True, bottom=1))
    rows = (
        message("Gain per case"),
        message("Gain a month, full adoption"),
        message("NPV"),
        message("Return on cost"),
        message("Payback, months"),
    )
    for offset, title in enumerate(rows):
        sheet.write_string(3 + offset, 0, book.text(title), book.look())
    row = 3 + len(rows)
    for number, index in enumerate(workbook.model.valued, start=1):
        _live(book, sheet, workbook, index, number)
    row = _live_break_evens(book, sheet, workbook, row + 1)
    row = _simulated(book, sheet, workbook, row + 2)
    _npv_chart(book, sheet, workbook, row + 2)


def _live(book: Book, sheet: Any, workbook: WorkbookModel, index: int, column: int) -> None:
    name = name_of(workbook.model.valued[index], index)
    sheet.write_string(2, column, book.text(name), book.look(bold=True, bottom=1, text_wrap=True, align="right"))
    money, cents = book.look(num_format=book.money, bold=True), book.look(num_format="#,##0.0000")
    write_formula(book, sheet, 3, column, f"=({workbook.worth(index)})-{WORTH_TODAY}", cents)
    book.file.define_name(gain_name(index), f"={book.place('results')}${xl_col_to_name(column)}$4")
    used = f"{cell_name('bridge.cases_per_month')}*{cell_name('returns.adoption')}"
    write_formula(book, sheet, 4, column, f"={used}*{gain_name(index)}", book.look(num_format=book.money))
    flow, running, one_off = (range_name(index, key) for key in ("flow", "running", "one_off"))
    write_formula(book, sheet, 5, column, f"=SUMPRODUCT({flow},discount)", money)
    chance = cell_name(f"alternatives.{index}.success_probability")
    spent = f"({chance}*SUMPRODUCT({running},discount)+SUMPRODUCT({one_off},discount))"
    cell = xl_rowcol_to_cell(5, column)
    write_formula(
        book,
        sheet,
        6,
        column,
        f"=IF({spent}>0,{cell}/{spent},{book.quoted(message('nothing is spent'))})",
        book.look(num_format="0.0%", align="right"),
    )
    total = range_name(index, "running_sum")
    tolerance = f"-0.000000001*MAX(MAX({total}),-MIN({total}))"
    last = f"INDEX({total},{workbook.model.horizon})"
    never = book.quoted(message("not within the horizon"))
    payback = f"=IF({last}<{tolerance},{never},SUMPRODUCT(MAX(({total}<{tolerance})*month))+1)"
    write_formula(book, sheet, 7, column, payback, book.look(num_format="0", align="right"))


def _live_break_evens(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    head = book.text(message("Break-even, all else as in sheet Inputs"))
    sheet.write_string(row, 0, head, book.look(bold=True, bottom=1))
    names: dict[str, int] = {}
    for column, index in enumerate(workbook.model.valued, start=1):
        for search in workbook.searches(index):
            place = names.setdefault(search.metric.title, row + 1 + len(names))
            sheet.write_string(place, 0, book.text(search.metric.title), book.look())
            look = book.look(num_format=number_format(search.metric.quantity), align="right")
            write_formula(book, sheet, place, column, f"={answer_name(index, search.metric.name)}", look)
    return row + 1 + len(names)


def _simulated(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    """What the assessment says over all uncertainty, as numbers."""
    head = book.text(message("Simulated, over all uncertainty"))
    sheet.write_string(row, 0, head, book.look(bold=True, bottom=1))
    titles = (message("Expected NPV"), message("Standard error"), "P10", "P90", message("Chance of loss"))
    for offset, title in enumerate(titles, start=1):
        sheet.write_string(row + offset, 0, book.text(title), book.look())
    results = {each.index: each for each in book.summary.assessment.alternatives}
    for column, index in enumerate(workbook.model.valued, start=1):
        outcome = results[index].outcome
        if outcome is None:
            continue
        npv = outcome.npv
        for offset, value in enumerate((npv.mean, npv.standard_error, npv.p10, npv.p90), start=1):
            if value is not None:
                sheet.write_number(row + offset, column, value, book.look(num_format=book.money))
        sheet.write_number(row + 5, column, outcome.probability_of_loss, book.look(num_format="0%"))
    return row + len(titles)


def _npv_chart(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> None:
    chart = book.file.add_chart({"type": "line"})
    reach = workbook.model.horizon
    for column, index in enumerate(workbook.model.valued, start=1):
        chart.add_series(
            {
                # The cell with the alternative's name: a name that begins with "=" would be taken for a formula.
                "name": [book.tab("results"), 2, column],
                "categories": [book.tab("cash_flow"), FIRST_MONTH, 0, FIRST_MONTH + reach - 1, 0],
                "values": "=" + _cells(book, workbook, index),
            }
        )
    chart.set_title({"name": book.text(message("Running sum of cash, undiscounted")), "name_font": {"size": 12}})
    chart.set_x_axis({"name": book.text(message("Month")), "interval_unit": 6, "label_position": "low"})
    chart.set_y_axis(
        {
            "name": book.summary.proposal.currency,
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": "#E3E6EA"}},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 340})
    sheet.insert_chart(
        row, 0, chart, {"description": book.text(message("Running sum of cash by month, one line an alternative"))}
    )


def _cells(book: Book, workbook: WorkbookModel, index: int) -> str:
    """The cells of an alternative's running sum."""
    width = len(list(workbook.month_columns(index))) + 1
    position = list(workbook.model.valued).index(index)
    letter = xl_col_to_name(2 + position * width + width - 2)
    return f"{book.place('cash_flow')}${letter}${FIRST_MONTH + 1}:${letter}${FIRST_MONTH + workbook.model.horizon}"


# Sensitivity ----------------------------------------------------------------------------------------


def _sensitivity(book: Book) -> None:
    sheet = book.sheet("sensitivity", {"A:A": 52, "B:F": 18}, one_page=True)
    write_title(
        book,
        sheet,
        message("Sensitivity"),
        message(
            "NPV of the leading alternative with one input at its P10 and P90, all others at their P50; and what learning the input is worth. Numbers of the assessment."
        ),
    )
    heads = (
        message("Input"),
        message("NPV at its P10"),
        message("NPV at its P90"),
        message("Swing"),
        message("Worth of learning it"),
        message("Standard error"),
    )
    for column, text in enumerate(heads):
        sheet.write_string(2, column, book.text(text), book.look(bold=True, bottom=1, text_wrap=True))
    found = book.summary.assessment.sensitivity
    for row, each in enumerate(found, start=3):
        sheet.write_string(row, 0, book.text(each.swing.label), book.look())
        values = (
            each.swing.npv_at_p10,
            each.swing.npv_at_p90,
            each.swing.width,
            each.evppi.value,
            each.evppi.standard_error,
        )
        for column, value in enumerate(values, start=1):
            sheet.write_number(row, column, value, book.look(num_format=book.money))
    if found:
        shown = min(len(found), 12)
        chart = book.file.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": book.text(message("Swing of NPV")),
                "categories": [book.tab("sensitivity"), 3, 0, 2 + shown, 0],
                "values": [book.tab("sensitivity"), 3, 3, 2 + shown, 3],
                "fill": {"color": "#2F6DB5"},
            }
        )
        chart.set_title({"name": book.text(message("What matters most: swing of NPV")), "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "#,##0", "name": book.summary.proposal.currency})
        chart.set_legend({"none": True})
        chart.set_size({"width": 760, "height": 380})
        sheet.insert_chart(4 + len(found), 0, chart, {"description": book.text(message("Swing of NPV by input"))})


FORMAT = Format(
    "xlsx",
    "Excel, with live formulas",
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    render,
    place=4,
)
