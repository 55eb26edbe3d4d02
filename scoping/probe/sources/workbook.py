"""A sheet of a workbook: its values as they were last calculated. Nothing is calculated, no macro runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ...errors import SourceRefused, quote
from ...text.languages import message
from .growing import Row
from .limits import MOST_COLUMNS_READ
from .opened import place

_SHOWN = 8


def sheet_of(path: Path, name: str, wanted: str) -> tuple[list[str], Iterator[Row]]:
    """The names in the first row that holds something, and the rows below it by place. Raises SourceRefused."""
    cells = iter(_sheet(path, name, wanted))
    for row in cells:
        if any(cell not in ("", None) for cell in row):
            break
    else:
        raise SourceRefused(message("The sheet of {name} is empty.", name=quote(name)))
    header = [_text(cell) or "" for cell in row]
    while header and not header[-1].strip():
        header.pop()
    if len(header) > MOST_COLUMNS_READ:
        return header, iter(())
    return header, _rows(cells, len(header))


def _sheet(path: Path, name: str, wanted: str) -> Iterator[list[Any]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = book.sheet_names
        if wanted and wanted not in sheets:
            raise SourceRefused(
                message(
                    "{name} has no sheet {sheet}. It has: {sheets}.",
                    name=quote(name),
                    sheet=quote(wanted),
                    sheets=", ".join(quote(each) for each in sheets[:_SHOWN]),
                )
            )
        if not sheets:
            raise SourceRefused(message("{name} has no sheet.", name=quote(name)))
        found: Iterator[list[Any]] = book.get_sheet_by_name(wanted or sheets[0]).iter_rows()
    except (CalamineError, OSError, ValueError):
        raise SourceRefused(
            message(
                "{name} cannot be read as an Excel workbook: it is damaged, or protected by a password.",
                name=quote(name),
            )
        ) from None
    return found


def _rows(cells: Iterator[list[Any]], width: int) -> Iterator[Row]:
    places = [place(each) for each in range(width)]
    for row in cells:
        texts = [_text(cell) for cell in row[:width]]
        if any(texts):
            yield dict(zip(places, texts, strict=False))


def _text(cell: Any) -> str | None:
    """The cell as text that reads as the same value."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return repr(cell.total_seconds())
    return str(cell).replace("\x00", "\N{REPLACEMENT CHARACTER}")
