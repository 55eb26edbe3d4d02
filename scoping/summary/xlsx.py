"""The model as an Excel workbook with live formulas: change an input, and NPV, return, payback and break-even follow.

Inputs stand at their P50. Text is always written as text: nothing that a person typed becomes a formula or a link.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ..value.model import value_model
from .blocks import Bullets, Figure, Format, KeyFigures, Paragraph, Section, Summary, Table
from .layout import printable
from .xlsx_model import BISECTIONS, WORTH_TODAY, WorkbookModel, gain_name, name_of, number_format

_FIRST_MONTH = 3
_LONGEST_CELL, _LONGEST_FORMULA = 32_000, 8_192


@dataclass
class _Book:
    """The workbook being written, and the looks of its cells."""

    summary: Summary
    file: Any
    looks: dict[str, Any] = field(default_factory=dict)

    def look(self, **properties: Any) -> Any:
        """A cell format, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.looks:
            self.looks[key] = self.file.add_format({"font_name": "Calibri", "valign": "top", **properties})
        return self.looks[key]

    @property
    def money(self) -> str:
        """The number format of amounts: the currency's code, thousands separated."""
        return f'#,##0 "{self.summary.proposal.currency}";[Red]-#,##0 "{self.summary.proposal.currency}"'

    def sheet(self, name: str, widths: dict[str, float]) -> Any:
        """A protected sheet without a password; only cells that are unlocked can be typed into."""
        sheet = self.file.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        for columns, width in widths.items():
            sheet.set_column(columns, width)
        return sheet


def render(summary: Summary) -> bytes:
    """The workbook: Inputs, Cash flow, Results, Sensitivity, Notes."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(target, options)
    file.set_properties({"title": _text(summary.title)[:250], "author": _text(summary.proposal.owner)[:250]})
    file.set_calc_mode("auto")
    book = _Book(summary, file)
    model = value_model(summary.proposal)
    if model is not None:
        _inputs(book, WorkbookModel(model))
        _cash_flow(book, WorkbookModel(model))
        _results(book, WorkbookModel(model))
        _sensitivity(book)
        _break_even_search(book, WorkbookModel(model))
    _notes(book)
    file.close()
    return target.getvalue()


# Inputs ------------------------------------------------------------------------------------------


def _inputs(book: _Book, workbook: WorkbookModel) -> None:
    sheet = book.sheet("Inputs", {"A:A": 46, "B:B": 18, "C:D": 14, "E:E": 16})
    _title(
        book,
        sheet,
        "Inputs",
        "Change the yellow cells; all other sheets follow. They begin at the P50 of each estimate.",
    )
    head = book.look(bold=True, bottom=1)
    for column, text in enumerate(("Input", "Value", "P10", "P90", "Unit")):
        sheet.write_string(2, column, text, head)
    row, group = 3, ""
    for each in workbook.inputs:
        if each.group != group:
            group = each.group
            sheet.write_string(row + 1, 0, _text(group), book.look(bold=True, font_size=12))
            row += 2
        shape = number_format(each.input.quantity)
        sheet.write_string(row, 0, _text(each.title), book.look(text_wrap=True))
        sheet.write_number(
            row,
            1,
            each.input.estimate.p50,
            book.look(num_format=shape, bg_color="#FFF8DC", border=1, border_color="#D9DEE4", locked=False),
        )
        if each.input.is_uncertain:
            sheet.write_number(row, 2, each.input.estimate.p10, book.look(num_format=shape, font_color="#59626C"))
            sheet.write_number(row, 3, each.input.estimate.p90, book.look(num_format=shape, font_color="#59626C"))
        unit = book.summary.proposal.currency if each.input.quantity.unit == "money" else each.input.quantity.unit
        sheet.write_string(row, 4, unit, book.look(font_color="#59626C"))
        book.file.define_name(each.name, f"=Inputs!${'B'}${row + 1}")
        row += 1
    _fixed(book, sheet, row + 1, workbook)
    sheet.freeze_panes(3, 0)


def _fixed(book: _Book, sheet: Any, row: int, workbook: WorkbookModel) -> None:
    """The numbers that are no estimates, and what a case is worth today."""
    model, returns = workbook.model, workbook.model.proposal.returns
    sheet.write_string(row, 0, "Months between trainings (0: never)", book.look())
    look = book.look(num_format="0.##", bg_color="#FFF8DC", border=1, border_color="#D9DEE4", locked=False)
    sheet.write_number(row, 1, returns.retrain_every_months or 0, look)
    book.file.define_name("retrain_every_months", f"=Inputs!$B${row + 1}")
    sheet.write_string(
        row + 1, 0, f"Horizon: {model.horizon} months (the rows of sheet Cash flow)", book.look(font_color="#59626C")
    )
    sheet.write_string(row + 2, 0, "Worth of a case in the status quo", book.look())
    today = workbook.worth(model.status_quo[0])
    _formula(sheet, row + 2, 1, f"={today}", book.look(num_format="#,##0.0000"))
    book.file.define_name(WORTH_TODAY, f"=Inputs!$B${row + 3}")


# Cash flow ---------------------------------------------------------------------------------------


def _cash_flow(book: _Book, workbook: WorkbookModel) -> None:
    sheet = book.sheet("Cash flow", {"A:B": 9, "C:ZZ": 14})
    _title(
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
        row = _FIRST_MONTH + month
        sheet.write_number(row, 0, month + 1, book.look())
        _formula(
            sheet, row, 1, f"=(1+{name_of('returns.discount_rate')})^(-A{row + 1}/12)", book.look(num_format="0.0000")
        )
    column = 2
    for index in workbook.model.valued:
        column = _alternative_flow(book, sheet, workbook, index, column) + 1
    sheet.freeze_panes(_FIRST_MONTH, 2)


def _alternative_flow(book: _Book, sheet: Any, workbook: WorkbookModel, index: int, start: int) -> int:
    columns = list(workbook.month_columns(index))
    letters = {each.key: xl_col_to_name(start + number) for number, each in enumerate(columns)}
    sheet.write_string(
        1, start, _text(workbook.model.valued[index].name or f"Alternative {index + 1}"), book.look(bold=True)
    )
    last = _FIRST_MONTH + workbook.model.horizon
    for number, each in enumerate(columns):
        sheet.write_string(2, start + number, each.title, book.look(bold=True, bottom=1, text_wrap=True))
        shape = "#,##0.00" if each.key in ("live", "share") else "#,##0"
        for row in range(_FIRST_MONTH, last):
            cells = {key: f"{letter}{row + 1}" for key, letter in letters.items()}
            above = f"{letters['running_sum']}{row}" if row > _FIRST_MONTH else "0"
            formula = each.formula.format(t=f"$A{row + 1}", above=above, **cells)
            _formula(sheet, row, start + number, f"={formula}", book.look(num_format=shape))
        reach = f"='Cash flow'!${letters[each.key]}${_FIRST_MONTH + 1}:${letters[each.key]}${last}"
        book.file.define_name(_range(index, each.key), reach)
    book.file.define_name("discount", f"='Cash flow'!$B${_FIRST_MONTH + 1}:$B${last}")
    book.file.define_name("month", f"='Cash flow'!$A${_FIRST_MONTH + 1}:$A${last}")
    return start + len(columns)


def _range(index: int, key: str) -> str:
    return f"alternative_{index}_by_month_{key}"


# Results -----------------------------------------------------------------------------------------


def _results(book: _Book, workbook: WorkbookModel) -> None:
    sheet = book.sheet("Results", {"A:A": 40, "B:ZZ": 20})
    _title(
        book,
        sheet,
        "Results",
        "Live, from sheet Inputs. Below, for comparison, the simulation over all uncertainty: it does not follow the inputs.",
    )
    sheet.write_string(2, 0, "At the values of sheet Inputs", book.look(bold=True, bottom=1))
    rows = ("Gain per case", "Gain a month, full adoption", "NPV", "Return on cost", "Payback, months")
    for offset, title in enumerate(rows):
        sheet.write_string(3 + offset, 0, title, book.look())
    row = 3 + len(rows)
    for number, index in enumerate(workbook.model.valued, start=1):
        _live(book, sheet, workbook, index, number)
    row = _live_break_evens(book, sheet, workbook, row + 1)
    row = _simulated(book, sheet, workbook, row + 2)
    _npv_chart(book, sheet, workbook, row + 2)


def _live(book: _Book, sheet: Any, workbook: WorkbookModel, index: int, column: int) -> None:
    name = workbook.model.valued[index].name or f"Alternative {index + 1}"
    sheet.write_string(2, column, _text(name), book.look(bold=True, bottom=1, text_wrap=True, align="right"))
    money, cents = book.look(num_format=book.money, bold=True), book.look(num_format="#,##0.0000")
    _formula(sheet, 3, column, f"=({workbook.worth(index)})-{WORTH_TODAY}", cents)
    book.file.define_name(gain_name(index), f"=Results!${xl_col_to_name(column)}$4")
    used = f"{name_of('bridge.cases_per_month')}*{name_of('returns.adoption')}"
    _formula(sheet, 4, column, f"={used}*{gain_name(index)}", book.look(num_format=book.money))
    flow, running, one_off = (_range(index, key) for key in ("flow", "running", "one_off"))
    _formula(sheet, 5, column, f"=SUMPRODUCT({flow},discount)", money)
    chance = name_of(f"alternatives.{index}.success_probability")
    spent = f"({chance}*SUMPRODUCT({running},discount)+SUMPRODUCT({one_off},discount))"
    cell = xl_rowcol_to_cell(5, column)
    _formula(
        sheet,
        6,
        column,
        f'=IF({spent}>0,{cell}/{spent},"nothing is spent")',
        book.look(num_format="0.0%", align="right"),
    )
    total = _range(index, "running_sum")
    tolerance = f"-0.000000001*MAX(MAX({total}),-MIN({total}))"
    last = f"INDEX({total},{workbook.model.horizon})"
    payback = f'=IF({last}<{tolerance},"not within the horizon",SUMPRODUCT(MAX(({total}<{tolerance})*month))+1)'
    _formula(sheet, 7, column, payback, book.look(num_format="0", align="right"))


def _live_break_evens(book: _Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    sheet.write_string(row, 0, "Break-even, all else as in sheet Inputs", book.look(bold=True, bottom=1))
    names: dict[str, int] = {}
    for column, index in enumerate(workbook.model.valued, start=1):
        for search in workbook.searches(index):
            place = names.setdefault(search.metric.title, row + 1 + len(names))
            sheet.write_string(place, 0, _text(search.metric.title), book.look())
            look = book.look(num_format=number_format(search.metric.quantity), align="right")
            _formula(sheet, place, column, f"={_answer(index, search.metric.name)}", look)
    return row + 1 + len(names)


def _simulated(book: _Book, sheet: Any, workbook: WorkbookModel, row: int) -> int:
    """What the assessment says over all uncertainty, as numbers."""
    sheet.write_string(row, 0, "Simulated, over all uncertainty", book.look(bold=True, bottom=1))
    titles = ("Expected NPV", "Standard error", "P10", "P90", "Chance of loss")
    for offset, title in enumerate(titles, start=1):
        sheet.write_string(row + offset, 0, title, book.look())
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


def _npv_chart(book: _Book, sheet: Any, workbook: WorkbookModel, row: int) -> None:
    chart = book.file.add_chart({"type": "line"})
    reach = workbook.model.horizon
    for column, index in enumerate(workbook.model.valued, start=1):
        chart.add_series(
            {
                # The cell with the alternative's name: a name that begins with "=" would be taken for a formula.
                "name": ["Results", 2, column],
                "categories": ["Cash flow", _FIRST_MONTH, 0, _FIRST_MONTH + reach - 1, 0],
                "values": "=" + _cells(workbook, index),
            }
        )
    chart.set_title({"name": "Running sum of cash, undiscounted", "name_font": {"size": 12}})
    chart.set_x_axis({"name": "Month", "interval_unit": 6, "label_position": "low"})
    chart.set_y_axis(
        {
            "name": book.summary.proposal.currency,
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": "#E3E6EA"}},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 340})
    sheet.insert_chart(row, 0, chart, {"description": "Running sum of cash by month, one line an alternative"})


def _cells(workbook: WorkbookModel, index: int) -> str:
    """The cells of an alternative's running sum."""
    width = len(list(workbook.month_columns(index))) + 1
    position = list(workbook.model.valued).index(index)
    letter = xl_col_to_name(2 + position * width + width - 2)
    return f"'Cash flow'!${letter}${_FIRST_MONTH + 1}:${letter}${_FIRST_MONTH + workbook.model.horizon}"


# Break-even --------------------------------------------------------------------------------------


def _break_even_search(book: _Book, workbook: WorkbookModel) -> None:
    """Halves the stretch in which NPV changes its sign, a hundred times, with formulas."""
    sheet = book.sheet("Break-even", {"A:ZZ": 15})
    _title(
        book, sheet, "Break-even", "Each metric's stretch is halved until NPV is zero. Sheet Results shows the answers."
    )
    column = 0
    for index in workbook.model.valued:
        build = f"SUMPRODUCT({_range(index, 'one_off')},discount)"
        chance = name_of(f"alternatives.{index}.success_probability")
        margin = f"SUMPRODUCT({_range(index, 'saved')}-{_range(index, 'running')},discount)"
        # NPV is a straight line in the gain per case: this gain is worth exactly nothing.
        weight = f"(SUMPRODUCT({_range(index, 'gain')},discount)/{gain_name(index)})"
        needed = f"(({build}/{chance}-{margin})/{weight})"
        for search in workbook.searches(index):
            _search(book, sheet, workbook, search, column, needed)
            column += 4


def _search(book: _Book, sheet: Any, workbook: WorkbookModel, search: Any, column: int, needed: str) -> None:
    head = book.look(bold=True, bottom=1, text_wrap=True)
    name = workbook.model.valued[search.index].name
    sheet.write_string(1, column, _text(f"{name}: {search.metric.title}"), book.look(bold=True))
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
            _formula(sheet, row, column, f"=IF({keeps_low},{middle},{low}{row})", number)
            _formula(sheet, row, column + 1, f"=IF({keeps_low},{high}{row},{middle})", number)
        _formula(sheet, row, column + 2, f"={surplus(f'(({low}{row + 1}+{high}{row + 1})/2)')}", number)
    _formula(sheet, 1, column + 2, f"={surplus(f'{low}4')}", number)
    _formula(sheet, 1, column + 3, f"={surplus(f'{high}4')}", number)
    last = 3 + BISECTIONS + 1
    crosses = f"SIGN('Break-even'!${over}$2)*SIGN('Break-even'!${xl_col_to_name(column + 3)}$2)<0"
    answer = f"IF({crosses},('Break-even'!${low}${last}+'Break-even'!${high}${last})/2,\"none\")"
    book.file.define_name(_answer(search.index, search.metric.name), f"={answer}")


def _answer(index: int, metric: str) -> str:
    return name_of(f"alternatives.{index}.metrics.{metric}") + "_break_even"


# Sensitivity and notes ---------------------------------------------------------------------------


def _sensitivity(book: _Book) -> None:
    sheet = book.sheet("Sensitivity", {"A:A": 52, "B:F": 18})
    _title(
        book,
        sheet,
        "Sensitivity",
        "NPV of the leading alternative with one input at its P10 and P90, all others at their P50; and what learning the input is worth. Numbers of the assessment.",
    )
    for column, text in enumerate(
        ("Input", "NPV at its P10", "NPV at its P90", "Swing", "Worth of learning it", "Standard error")
    ):
        sheet.write_string(2, column, text, book.look(bold=True, bottom=1, text_wrap=True))
    found = book.summary.assessment.sensitivity
    for row, each in enumerate(found, start=3):
        sheet.write_string(row, 0, _text(each.swing.label), book.look())
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
                "name": "Swing of NPV",
                "categories": ["Sensitivity", 3, 0, 2 + shown, 0],
                "values": ["Sensitivity", 3, 3, 2 + shown, 3],
                "fill": {"color": "#2F6DB5"},
            }
        )
        chart.set_title({"name": "What matters most: swing of NPV", "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "#,##0", "name": book.summary.proposal.currency})
        chart.set_legend({"none": True})
        chart.set_size({"width": 760, "height": 380})
        sheet.insert_chart(4 + len(found), 0, chart, {"description": "Swing of NPV by input"})


def _notes(book: _Book) -> None:
    """The memo's words and tables."""
    sheet = book.sheet("Notes", {"A:A": 60, "B:H": 24})
    _title(book, sheet, book.summary.title, book.summary.verdict)
    row = 3
    for section in book.summary.sections:
        sheet.write_string(row, 0, _text(section.title), book.look(bold=True, font_size=12))
        row = _section(book, sheet, section, row + 1) + 1
    sheet.write_string(row, 0, _text(book.summary.footnote), book.look(font_color="#59626C", text_wrap=True))


def _section(book: _Book, sheet: Any, section: Section, row: int) -> int:
    wrapped = book.look(text_wrap=True)
    for block in section.blocks:
        match block:
            case Paragraph(text):
                sheet.write_string(row, 0, _text(text), wrapped)
                row += 1
            case Bullets(items):
                for item in items:
                    sheet.write_string(row, 0, _text(item), wrapped)
                    row += 1
            case KeyFigures(figures):
                for each in figures:
                    for column, text in enumerate((each.label, each.value, each.detail)):
                        sheet.write_string(row, column, _text(text), wrapped)
                    row += 1
            case Table():
                row = _table(book, sheet, block, row)
            case Figure():
                sheet.write_string(row, 0, _text(f"{block.title}: {block.sentence}"), wrapped)
                row += 1
    return row


def _table(book: _Book, sheet: Any, table: Table, row: int) -> int:
    for column, text in enumerate(table.columns):
        sheet.write_string(row, column, text, book.look(bold=True, bottom=1, text_wrap=True))
    for each in table.rows:
        row += 1
        for column, cell in enumerate(each):
            look = book.look(text_wrap=True, align="right") if column in table.numeric else book.look(text_wrap=True)
            sheet.write_string(row, column, _text(cell), look)
    return row + 1


def _title(book: _Book, sheet: Any, title: str, about: str) -> None:
    sheet.write_string(0, 0, _text(title), book.look(bold=True, font_size=15))
    sheet.write_string(1, 0, _text(about), book.look(font_color="#59626C"))


def _formula(sheet: Any, row: int, column: int, formula: str, look: Any) -> None:
    if len(formula) > _LONGEST_FORMULA:
        sheet.write_string(row, column, "This curve has too many points for a spreadsheet formula.", look)
        return
    # No remembered result: a program that opens the file must calculate, and never shows a stale 0.
    sheet.write_formula(row, column, formula, look, "")


def _text(text: str) -> str:
    """What a cell can hold: no control characters, no more than Excel's limit."""
    plain = printable(text, lines=True)
    return plain if len(plain) <= _LONGEST_CELL else f"{plain[:_LONGEST_CELL]}…"


FORMAT = Format(
    "xlsx",
    "Excel, with live formulas",
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    render,
    place=4,
)
