"""Lists as files for a spreadsheet: what a person typed stays text there, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from .digits import settled
from .layout import printable
from .workbooks import Workbook, cell_text

# What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Comma-separated, UTF-8 with a mark by which Excel knows it. Text that looks like a formula begins with '."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(head)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return target.getvalue().encode("utf-8-sig")


def csv_cell(value: Any) -> Any:
    """A value as it may stand in a CSV file."""
    if not isinstance(value, str):
        return settled(value)
    text = printable(value, lines=True)
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) or value.startswith(FORMULA_STARTS) else text


def excel_file(title: str, head: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet to filter and sort: text as text, numbers as numbers."""
    workbook = Workbook(title, row_by_row=True)
    sheet = workbook.file.add_worksheet(title[:31])
    bold = workbook.file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = workbook.file.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    for index, (name, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, index, cell_text(value), text)
            elif value is not None:
                sheet.write_number(last, index, value, workbook.number_format(value))
    sheet.autofilter(0, 0, max(last, 1), len(head) - 1)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return workbook.content()
