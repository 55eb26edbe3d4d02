"""The portfolio as CSV: comma-separated, UTF-8 with a mark by which Excel knows it, figures in full."""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

from ...text.languages import message
from ..digits import settled
from ..file_format import FileFormat
from ..layout import printable
from .lines import COLUMNS, Portfolio

# What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(portfolio: Portfolio) -> bytes:
    """The whole file."""
    target = io.BytesIO()
    write(portfolio, target)
    return target.getvalue()


def write(portfolio: Portfolio, target: BinaryIO) -> None:
    """A line a proposal. Text that looks like a formula begins with an apostrophe."""
    encoded = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(encoded)
    # The day is the last column of every line, so that the lines stay a table.
    title, day = ([portfolio.say(message("As of"))], [portfolio.as_of.isoformat()]) if portfolio.as_of else ([], [])
    writer.writerow([*(portfolio.say(column.title) for column in COLUMNS), *title])
    for line in portfolio.lines:
        writer.writerow([*(_cell(column.value(line), portfolio) for column in COLUMNS), *day])
    # The file stays open: it is the caller's.
    encoded.detach()


def _cell(value: Any, portfolio: Portfolio) -> Any:
    if not isinstance(value, str):
        return settled(value)
    text = printable(portfolio.say(value), lines=True)
    return f"'{text}" if value.startswith(_FORMULA_STARTS) else text


FORMAT = FileFormat("csv", message("Portfolio as CSV"), "csv", "text/csv", render, place=3, write=write)
