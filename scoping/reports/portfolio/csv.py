"""The portfolio as CSV: comma-separated, UTF-8 with a mark by which Excel knows it, figures in full."""

from __future__ import annotations

import csv
import io
from typing import Any

from ...text.languages import message
from ..digits import settled
from ..file_format import FileFormat
from ..layout import printable
from .lines import COLUMNS, Portfolio

# What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(portfolio: Portfolio) -> bytes:
    """A line a proposal. Text that looks like a formula begins with an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target)
    # The day is the last column of every line, so that the lines stay a table.
    title, day = ([portfolio.say(message("As of"))], [portfolio.as_of.isoformat()]) if portfolio.as_of else ([], [])
    writer.writerow([*(portfolio.say(column.title) for column in COLUMNS), *title])
    for line in portfolio.lines:
        writer.writerow([*(_cell(column.value(line), portfolio) for column in COLUMNS), *day])
    return target.getvalue().encode("utf-8-sig")


def _cell(value: Any, portfolio: Portfolio) -> Any:
    if not isinstance(value, str):
        return settled(value)
    text = printable(portfolio.say(value), lines=True)
    return f"'{text}" if value.startswith(_FORMULA_STARTS) else text


FORMAT = FileFormat("csv", message("Portfolio as CSV"), "csv", "text/csv", render, place=3)
