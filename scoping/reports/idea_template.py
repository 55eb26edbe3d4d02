"""The template for many ideas, as Excel and as CSV: the headings, an example row, and a sheet that explains them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from ..intake.columns import COLUMNS, Column
from ..intake.examples import EXAMPLE
from ..intake.idea import Idea
from ..intake.table import MOST_IDEAS
from ..text.entry import show
from ..text.grammar import Grammar
from ..text.languages import Language, message, say
from .sheets import csv_cell
from .workbooks import MEDIA_TYPE, Workbook, cell_text

CSV_MEDIA_TYPE = "text/csv"
TEMPLATES = {"xlsx": MEDIA_TYPE, "csv": CSV_MEDIA_TYPE}
"""The endings in which there is a template, with their media types."""
_SHEET, _ABOUT = message("Ideas"), message("How to fill it in")
_NEEDED, _MAY_BE_EMPTY = message("must be filled in"), message("may be empty")
_NOTES = (
    message("One row is one idea. Leave the headings as they are; the columns may stand in any order."),
    message("The row below the headings is an example: write over it, or leave it there, it is not taken."),
    message("Up to {most} ideas in one file.", most=str(MOST_IDEAS)),
    message("Formulas are taken by the values that they show. Merged cells are refused; hidden sheets are not read."),
    message("Nothing is saved before you have seen the list, and nothing at all as long as one cell is refused."),
)
_WIDE = 90


def template(ending: str, language: Language, ideas: Sequence[Idea] | None = None) -> bytes:
    """The file, in a language; with these ideas in the place of the example."""
    rows = [EXAMPLE.cells] if ideas is None else [_row_of(each) for each in ideas]
    said = [[_said(row[column.name], language) for column in COLUMNS] for row in rows]
    return _workbook(said, language) if ending == "xlsx" else _csv(said, language)


def _row_of(idea: Idea) -> dict[str, Any]:
    volume, value = idea.volume, idea.value
    return {
        **{name: getattr(idea, name) for name in ("title", "problem", "decision", "currency", "team")},
        "volume_low": volume.low if volume else None,
        "volume_high": volume.high if volume else None,
        "value_low": value.low if value else None,
        "value_high": value.high if value else None,
        "tags": ", ".join(idea.tags),
    }


def _said(value: Any, language: Language) -> Any:
    return say(value, language) if isinstance(value, str) else value


def _heading(column: Column, language: Language) -> str:
    return f"{say(column.title, language)} *" if column.is_needed else say(column.title, language)


def _csv(rows: Sequence[Sequence[Any]], language: Language) -> bytes:
    """As a spreadsheet of that language writes it: semicolons where the comma is the decimal sign."""
    grammar, target = Grammar(language), io.StringIO()
    writer = csv.writer(target, delimiter=";" if grammar.decimal == "," else ",")
    writer.writerow([_heading(column, language) for column in COLUMNS])
    for row in rows:
        cells = zip(row, COLUMNS, strict=True)
        writer.writerow([csv_cell(_number(value, column, grammar)) for value, column in cells])
    return target.getvalue().encode("utf-8-sig")


def _number(value: Any, column: Column, grammar: Grammar) -> Any:
    return show(value, column.quantity, grammar) if isinstance(value, float) else value


def _workbook(rows: Sequence[Sequence[Any]], language: Language) -> bytes:
    workbook = Workbook(say(_SHEET, language))
    bold = workbook.file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = workbook.file.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    # Excel's own way: `0.##` would write a point behind each whole number.
    number = workbook.file.add_format({"num_format": "General", "valign": "top"})
    sheet = workbook.file.add_worksheet(say(_SHEET, language)[:31])
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, number if column.quantity else text)
        sheet.write_string(0, place, _heading(column, language), bold)
        sheet.write_comment(0, place, say(column.help, language), {"x_scale": 2})
    for row, values in enumerate(rows, start=1):
        for place, value in enumerate(values):
            if isinstance(value, str) and value:
                sheet.write_string(row, place, cell_text(value), text)
            elif isinstance(value, float):
                sheet.write_number(row, place, value, number)
    sheet.freeze_panes(1, 1)
    _explain(workbook, language, bold, text)
    return workbook.content()


def _explain(workbook: Workbook, language: Language, bold: Any, text: Any) -> None:
    sheet = workbook.file.add_worksheet(say(_ABOUT, language)[:31])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, _WIDE)
    for row, note in enumerate(_NOTES):
        sheet.write_string(row, 0, say(note, language))
    for row, column in enumerate(COLUMNS, start=len(_NOTES) + 1):
        sheet.write_string(row, 0, say(column.title, language), bold)
        sheet.write_string(row, 1, say(_NEEDED if column.is_needed else _MAY_BE_EMPTY, language), text)
        sheet.write_string(row, 2, say(column.help, language), text)
