"""Excel files: text that stays text, cells within Excel's limits, the same bytes for the same content."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from ..text.shortening import ELLIPSIS
from .layout import printable, property_text
from .zipped import without_days

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_STAYS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How a workbook is written in which nothing that a person typed becomes anything but text."""
_LONGEST_CELL = 32_000
# Small figures keep their digits: none is shown as 0 that is not.
WHOLE = "[>=100]#,##0;[<=-100]-#,##0;0.00####"
"""The number format of amounts."""
NUMBER = "[>=1000]#,##0;[<=-1000]-#,##0;General"
"""The number format of quantities: Excel would write the point of `0.##` behind a whole number too, as 1."""
CHANCE = "[<0.001]0.000%;[>0.999]0.000%;0.0%"
"""The number format of shares of futures."""


def money_format(currency: str) -> str:
    """The number format of amounts with their currency."""
    return "[>=100]#,##0 {0};[<=-100][Red]-#,##0 {0};0.00#### {0}".format(f'"{currency}"')


class Workbook:
    """An Excel file being written; `file` is the library's own.

    One that is written `row_by_row`, in their order, keeps one row in memory.
    """

    def __init__(self, title: str, author: str = "", *, row_by_row: bool = False) -> None:
        self._target = io.BytesIO()
        options = {**TEXT_STAYS_TEXT, "in_memory": not row_by_row, "constant_memory": row_by_row}
        self.file: Any = xlsxwriter.Workbook(self._target, options)
        self._formats: dict[str, Any] = {}
        self.file.set_properties({"title": property_text(title), "author": property_text(author)})

    def number_format(self, value: float) -> Any:
        """The format of a number in a list: Excel writes the point of `0.##` behind a whole number too, as 1."""
        pattern = "#,##0" if float(value).is_integer() else "#,##0.00" if abs(value) >= 1 else "0.00####"
        if pattern not in self._formats:
            self._formats[pattern] = self.file.add_format({"num_format": pattern, "valign": "top"})
        return self._formats[pattern]

    def content(self) -> bytes:
        """The file; nothing can be written afterwards."""
        self.file.close()
        return without_days(self._target.getvalue())


def cell_text(text: str) -> str:
    """What a cell can hold: no control characters, no more than Excel's limit."""
    plain = printable(text, lines=True)
    return plain if len(plain) <= _LONGEST_CELL else f"{plain[:_LONGEST_CELL]}{ELLIPSIS}"


def footer(text: str) -> str:
    """The foot of a printed sheet: when and which version, and the page. An ampersand would be a command."""
    return f"&L&8{text.replace('&', '&&')}&R&8&P / &N"
