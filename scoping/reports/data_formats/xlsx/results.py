"""The sheet of the results: live from the inputs, and beside them what the simulation says."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ....document.alternatives import name_of
from ....text.languages import message
from ....theme import LIGHT
from ....value.simulate import Outcome
from ....vocabulary import Timing
from ...workbooks import CHANCE
from .book import Book, write_formula, write_title
from .by_year import monthly_on_average
from .flow import FIRST_MONTH, answer_name, range_name
from .model import WORTH_TODAY, WorkbookModel, cell_name, gain_name, number_format, part_name, worth_title
from .months import at_start, month_columns

_TWO_LINES = 30
# The rows of the live results; the names of the alternatives stand above them.
_HEAD, _PER_CASE, _A_MONTH, _NPV, _RETURN, _PAYBACK, _AFTER = range(2, 9)


def write_results(book: Book, workbook: WorkbookModel) -> None:
    """The live figures, the live break-evens, the simulated figures, and a chart of the cash."""
    sheet = book.sheet("results", {"A:A": 40, "B:ZZ": 20}, one_page=True)
    about = message(
        "Live, from sheet Inputs. Below, for comparison, the simulation over all uncertainty: it does not follow the inputs."
    )
    write_title(book, sheet, message("Results"), about)
    _titles(book, sheet)
    for column, index in enumerate(workbook.model.valued, start=1):
        _live(book, sheet, workbook, index, column)
    row = _live_break_evens(book, sheet, workbook, _AFTER + 1)
    row = _worths_by_part(book, sheet, workbook, row)
    row = _simulated(book, sheet, workbook, row + 2)
    _npv_chart(book, sheet, workbook, row + 2)


def _titles(book: Book, sheet: Any) -> None:
    sheet.set_row(_HEAD, _TWO_LINES)
    sheet.write_string(_HEAD, 0, book.text(message("At the values of sheet Inputs")), book.look(bold=True, bottom=1))
    rows = {
        _PER_CASE: message("Gain per case"),
        _A_MONTH: message("Gain a month, full adoption"),
        _NPV: message("NPV"),
        _RETURN: message("Return on cost"),
        _PAYBACK: message("Payback, months"),
    }
    for row, title in rows.items():
        sheet.write_string(row, 0, book.text(title), book.look())


def _live(book: Book, sheet: Any, workbook: WorkbookModel, index: int, column: int) -> None:
    """One alternative's figures, as formulas of the inputs."""
    name = name_of(workbook.model.valued[index], index)
    head = book.look(bold=True, bottom=1, text_wrap=True, align="right")
    sheet.write_string(_HEAD, column, book.text(name), head)
    cents, money = book.look(num_format="#,##0.0000"), book.look(num_format=book.money)
    write_formula(book, sheet, _PER_CASE, column, f"=({workbook.worth(index)})-{WORTH_TODAY}", cents)
    here = f"{book.place('results')}${xl_col_to_name(column)}${_PER_CASE + 1}"
    book.define(gain_name(index), f"={workbook.counted(here)}")
    write_formula(book, sheet, _A_MONTH, column, _gain_a_month(workbook, index), money)
    npv = f"=SUMPRODUCT({range_name(index, 'flow')},discount)-{at_start(workbook, index)}"
    write_formula(book, sheet, _NPV, column, npv, book.look(num_format=book.money, bold=True))
    share, whole = book.look(num_format="0.0%", align="right"), book.look(num_format="0", align="right")
    write_formula(book, sheet, _RETURN, column, _return(book, workbook, index, column), share)
    write_formula(book, sheet, _PAYBACK, column, _payback(book, workbook, index), whole)


def _gain_a_month(workbook: WorkbookModel, index: int) -> str:
    """What a case is worth more, for all cases, and what ends of today's costs."""
    cases, adoption = workbook.cases(), workbook.own(index, "adoption")
    before = workbook.model.status_quo[0]
    monthly, per_case = (workbook.costs(before, each) for each in (Timing.MONTHLY, Timing.PER_CASE))
    by_year = monthly_on_average(workbook, before)
    return f"={adoption}*({cases}*({gain_name(index)}+{per_case})+{monthly}{by_year})"


def _return(book: Book, workbook: WorkbookModel, index: int, column: int) -> str:
    """NPV over the present value of the costs."""
    running, one_off = (range_name(index, key) for key in ("running", "one_off"))
    chance = cell_name(f"alternatives.{index}.success_probability")
    build = f"SUMPRODUCT({one_off},discount)+{at_start(workbook, index)}"
    spent = f"({chance}*SUMPRODUCT({running},discount)+{build})"
    npv = xl_rowcol_to_cell(_NPV, column)
    return f"=IF({spent}>0,{npv}/{spent},{book.quoted(message('nothing is spent'))})"


def _payback(book: Book, workbook: WorkbookModel, index: int) -> str:
    """The month after the last one in which the running sum is below zero; never where it does not go live."""
    total, horizon = range_name(index, "running_sum"), workbook.model.horizon
    tolerance = f"-0.000000001*MAX(MAX({total}),-MIN({total}))"
    never = book.quoted(message("not within the horizon"))
    last_below = f"SUMPRODUCT(MAX(({total}<{tolerance})*month))"
    late = f"{workbook.live_from(index)}>={horizon}"
    return f"=IF(OR({late},INDEX({total},{horizon})<{tolerance}),{never},{last_below}+1)"


def _live_break_evens(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    """The break-evens that the sheet Break-even finds; returns the row after them."""
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


def _worths_by_part(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    """What a case of each stream or segment is worth with each alternative; returns the row after them."""
    parts = workbook.model.bridge.members if any(part.id for part in workbook.model.bridge.members) else ()
    for place, part in enumerate(parts, start=row + 1):
        sheet.write_string(place, 0, book.text(worth_title(part.title)), book.look())
        for column, index in enumerate(workbook.model.valued, start=1):
            formula = f"={workbook.worths_by_part(index)[part.id]}"
            write_formula(book, sheet, place, column, formula, book.look(num_format="#,##0.0000"))
            here = f"{book.place('results')}${xl_col_to_name(column)}${place + 1}"
            book.define(part_name(index, part.id), f"={here}")
    return row + 1 + len(parts) if parts else row


def _simulated(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    """What the assessment says over all uncertainty, as numbers; returns the last row."""
    head = book.text(message("Simulated, over all uncertainty"))
    sheet.write_string(row, 0, head, book.look(bold=True, bottom=1))
    titles = (message("Expected NPV"), message("Simulation error"), "P10", "P90", message("Chance of loss"))
    for offset, title in enumerate(titles, start=1):
        sheet.write_string(row + offset, 0, book.text(title), book.look())
    results = {each.index: each.outcome for each in book.summary.assessment.alternatives}
    for column, index in enumerate(workbook.model.valued, start=1):
        outcome = results[index]
        if outcome is not None:
            _outcome(book, sheet, row + 1, column, outcome)
    return row + len(titles)


def _outcome(book: Book, sheet: Any, row: int, column: int, outcome: Outcome) -> None:
    npv = outcome.npv
    values = (npv.mean, npv.standard_error, npv.p10, npv.p90)
    for offset, value in enumerate(values):
        if value is not None:
            sheet.write_number(row + offset, column, value, book.look(num_format=book.money))
    sheet.write_number(row + len(values), column, outcome.probability_of_loss, book.look(num_format=CHANCE))


def _npv_chart(book: Book, sheet: Any, workbook: WorkbookModel, row: int) -> None:
    chart = book.file.add_chart({"type": "line"})
    for column, index in enumerate(workbook.model.valued, start=1):
        chart.add_series(_line(book, workbook, index, column))
    chart.set_title({"name": book.text(message("Running sum of cash, undiscounted")), "name_font": {"size": 12}})
    chart.set_x_axis({"name": book.text(message("Month")), "interval_unit": 6, "label_position": "low"})
    lines = {"visible": True, "line": {"color": LIGHT.grid}}
    chart.set_y_axis({"name": book.summary.proposal.currency, "num_format": "#,##0", "major_gridlines": lines})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 340})
    about = book.text(message("Running sum of cash by month, one line an alternative"))
    sheet.insert_chart(row, 0, chart, {"description": about})


def _line(book: Book, workbook: WorkbookModel, index: int, column: int) -> dict[str, Any]:
    """One alternative's line of the chart."""
    last = FIRST_MONTH + workbook.model.horizon - 1
    return {
        # The cell with the alternative's name: a name that begins with "=" would be taken for a formula.
        "name": [book.tab("results"), _HEAD, column],
        "categories": [book.tab("cash_flow"), FIRST_MONTH, 0, last, 0],
        "values": "=" + _cells(book, workbook, index),
    }


def _cells(book: Book, workbook: WorkbookModel, index: int) -> str:
    """The cells of an alternative's running sum."""
    valued = list(workbook.model.valued)
    widths = [len(list(month_columns(workbook, each))) + 1 for each in valued[: valued.index(index) + 1]]
    # The last column of the alternative; an empty one parts it from the next.
    letter = xl_col_to_name(2 + sum(widths) - 2)
    return f"{book.place('cash_flow')}${letter}${FIRST_MONTH + 1}:${letter}${FIRST_MONTH + workbook.model.horizon}"
