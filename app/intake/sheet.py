"""Reads a file with many ideas as rows of cells, in a process of its own: `python -m app.intake.sheet FILE NAME`.

An Excel workbook is read by its values as they were last calculated; no formula is calculated, no macro runs, no link
is followed, and XML entities are not resolved. A CSV file may be of any usual encoding, with commas, semicolons or
tabs between its cells, and any line ends.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from datetime import date, time, timedelta
from typing import Any

from app.probing.apart import limit
from scoping.errors import SourceRefused, quote
from scoping.intake import HEADING_WITHIN, MOST_IDEAS, Table, most_headings
from scoping.reports.sheets import FORMULA_STARTS
from scoping.text.languages import Language, language_of, message, say

MOST_BYTES = 5 * 2**20
"""How large a file with ideas may be."""
MOST_UNPACKED = 50 * 2**20
_MEGABYTES = 1_024
_MOST_ROWS, _MOST_COLUMNS = MOST_IDEAS + 1_500, 60
_LONGEST_CELL = 1 << 17
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BYTE_ORDERS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_DELIMITERS = (";", "\t", ",")


def table_from(content: bytes, name: str) -> Table:
    """The table in a file. Raises SourceRefused."""
    if len(content) > MOST_BYTES:
        most = str(MOST_BYTES >> 20)
        raise SourceRefused(message("{name} is larger than {most} MB.", name=quote(name), most=most))
    if not content.strip():
        raise SourceRefused(message("{name} is empty.", name=quote(name)))
    if content.startswith(_OLD_EXCEL):
        raise SourceRefused(
            message("{name} is an old Excel file, or has a password: save it as .xlsx or CSV.", name=quote(name))
        )
    table = _workbook(content, name) if content.startswith(_ZIP) else _text_table(content, name)
    if len(table.rows) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in table.rows):
        raise SourceRefused(
            message(
                "{name} has more than {rows} rows or {columns} columns: at most {most} ideas can be taken at once.",
                name=quote(name),
                rows=str(_MOST_ROWS),
                columns=str(_MOST_COLUMNS),
                most=str(MOST_IDEAS),
            )
        )
    return table


# Excel -----------------------------------------------------------------------------------------


def _workbook(content: bytes, name: str) -> Table:
    _check_unpacked(content, name)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = {each.name: each.visible is SheetVisibleEnum.Visible for each in book.sheets_metadata}
        visible = next((each for each, is_visible in kinds.items() if is_visible), None)
        if visible is None:
            raise SourceRefused(message("{name} has no sheet that can be seen.", name=quote(name)))
        sheet = book.get_sheet_by_name(visible)
        if sheet.total_height > _MOST_ROWS or sheet.total_width > _MOST_COLUMNS:
            # Its rows are not even read: a cell far outside would make millions of empty ones.
            return Table([[None] * (_MOST_COLUMNS + 1)], visible)
        rows = [[_cell(each) for each in row] for row in sheet.to_python(skip_empty_area=False)]
        merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    except (CalamineError, OSError, ValueError):
        raise SourceRefused(
            message(
                "{name} cannot be read as an Excel workbook: it is damaged, or protected by a password.",
                name=quote(name),
            )
        ) from None
    return Table(rows, visible, merged, [each for each, is_visible in kinds.items() if not is_visible])


def _cell(value: Any) -> Any:
    if isinstance(value, (bool, int, float, date)):
        return value
    if isinstance(value, (time, timedelta)):
        return str(value)
    return None if value is None or value == "" else str(value)


def _check_unpacked(content: bytes, name: str) -> None:
    """A workbook says itself what it unpacks to: that is looked at before. Raises SourceRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise SourceRefused(message("{name} is a damaged ZIP or Excel file.", name=quote(name))) from None
    if "xl/workbook.xml" not in {each.filename for each in parts}:
        raise SourceRefused(message("{name} is a ZIP file, and no Excel workbook of the kind .xlsx.", name=quote(name)))
    unpacked = sum(each.file_size for each in parts)
    if unpacked > MOST_UNPACKED:
        raise SourceRefused(
            message(
                "{name} is small and would unpack to {size} MB: it is not opened. Save the sheet as CSV.",
                name=quote(name),
                size=str(unpacked >> 20),
            )
        )


# CSV -------------------------------------------------------------------------------------------


def _text_table(content: bytes, name: str) -> Table:
    text = _decoded(content)
    if "\x00" in text:
        raise SourceRefused(
            message("{name} is no text file, or a damaged one: save the table as CSV in UTF-8.", name=quote(name))
        )
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)]
    except csv.Error as error:
        if "field larger" in str(error):
            raise _with_too_long_a_cell(name) from None
        raise SourceRefused(
            message("{name} cannot be read as CSV: a quotation mark is not closed.", name=quote(name))
        ) from None
    # The reader's own limit is one for the whole program, and who reads samples of data raises it.
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        raise _with_too_long_a_cell(name)
    return Table([[_unmarked(cell) or None for cell in row] for row in rows])


def _with_too_long_a_cell(name: str) -> SourceRefused:
    return SourceRefused(message("{name} has a cell with more letters than can be read.", name=quote(name)))


def _decoded(content: bytes) -> str:
    """UTF-8, or what the first bytes say; otherwise as Windows writes Western European text."""
    encoding = next((each for mark, each in _BYTE_ORDERS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """What divides the headings; where none are found, what stands most often in the first line that says anything.

    Above the headings there may be a title with commas of its own.
    """
    lines = [each for each in text.splitlines() if each.strip()][:HEADING_WITHIN]
    bare = "".join(lines[0].split('"')[::2]) if lines else ""
    found = {each: most_headings(csv.reader(lines, delimiter=each)) for each in _DELIMITERS}
    return max(_DELIMITERS, key=lambda each: (found[each], bare.count(each)))


def _unmarked(cell: str) -> str:
    """Without the mark that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(FORMULA_STARTS) else cell


# The process of its own ------------------------------------------------------------------------


def encoded(table: Table) -> dict[str, Any]:
    """The table as JSON can hold it."""
    rows = [[{"date": cell.isoformat()} if isinstance(cell, date) else cell for cell in row] for row in table.rows]
    return {"rows": rows, "name": table.name, "merged": [*table.merged], "hidden": [*table.hidden]}


def decoded(said: dict[str, Any]) -> Table:
    """The table again."""
    rows = [[_day(cell) if isinstance(cell, dict) else cell for cell in row] for row in said["rows"]]
    merged = [(int(a), int(b), int(c), int(d)) for a, b, c, d in said["merged"]]
    return Table(rows, str(said["name"]), merged, [*map(str, said["hidden"])])


def _day(said: dict[str, Any]) -> date:
    return date.fromisoformat(str(said["date"])[:10])


def _main(path: str, name: str, tag: str) -> None:
    limit(_MEGABYTES)
    language: Language = language_of(tag)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 the name is ours
            found = encoded(table_from(file.read(MOST_BYTES + 1), name))
    except SourceRefused as refused:
        found = {"refused": say(refused.args[0], language)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _main(*sys.argv[1:])
