"""A CSV file: which sign stands between its values, what its columns are called, and its rows as text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import duckdb

from ...errors import SourceRefused, quote
from ...text.languages import message
from .engine import Engine, literal
from .opened import place

RAW = "raw"
_DELIMITERS = ",;\t|"
_SAID = {";": "delimiter_semicolon", "\t": "delimiter_tab", "|": "delimiter_bar"}
_LOOKED_AT = 200
_LONGEST_ROW = 4 * 2**20
_TOO_LONG = re.compile(r"[Mm]aximum line size")
_LINE = re.compile(r"[Ll]ine:? (\d+)")
csv.field_size_limit(_LONGEST_ROW)


def header(path: Path, name: str) -> tuple[list[str], str, list[str]]:
    """The names in the first line, the sign between values, and the codes of what is worth saying of it."""
    lines = _lines(path, name)
    delimiter = _delimiter(lines)
    rows = list(csv.reader(lines, delimiter=delimiter))
    rows = [row for row in rows if len(row) > 1 or any(cell.strip() for cell in row)]
    if not rows:
        raise SourceRefused(message("{name} holds no text but blank lines.", name=quote(name)))
    if len(rows[0]) == 1:
        raise SourceRefused(
            message(
                "{name} has one column. Values must be separated by a comma, a semicolon, a tab or a bar, and there must be something beside the target.",
                name=quote(name),
            )
        )
    if len(rows) == 1:
        raise SourceRefused(message("{name} has a line of names and no rows.", name=quote(name)))
    return rows[0], delimiter, [_SAID[delimiter]] if delimiter in _SAID else []


def load(engine: Engine, path: Path, name: str, columns: int, delimiter: str) -> None:
    """Every value as text in the table `raw`, columns c0, c1, ... Raises SourceRefused."""
    types = ", ".join(f"{literal(place(each))}: 'VARCHAR'" for each in range(columns))
    options = (
        f"delim = {literal(delimiter)}, header = true, columns = {{{types}}}, auto_detect = false, quote = '\"', "
        f"escape = '\"', new_line = {literal(_line_end(path))}, max_line_size = {_LONGEST_ROW}, null_padding = false"
    )
    try:
        engine.raw.execute(f"CREATE TABLE {RAW} AS SELECT * FROM read_csv({literal(str(path))}, {options})")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise _unreadable(str(error), name, columns) from None


def _line_end(path: Path) -> str:
    """All lines end alike by now; another sign than theirs stands within quotation marks."""
    with path.open("rb") as file:
        begins = file.read(_LONGEST_ROW)
    feeds = begins.count(b"\n")
    if feeds == 0:
        return "\\r" if b"\r" in begins else "\\n"
    return "\\r\\n" if feeds == begins.count(b"\r\n") else "\\n"


def _lines(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        begins = file.read(_LONGEST_ROW)
        cut = bool(file.read(1))
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", begins)
    if cut and len(lines) > 1:
        lines.pop()
    elif cut:
        raise SourceRefused(
            message("The first line of {name} has more than 4 million characters: it is no table.", name=quote(name))
        )
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    return list(islice(lines, first, first + _LOOKED_AT))


def _delimiter(lines: list[str]) -> str:
    """The sign by which most lines fall into as many pieces as the first one, more than one."""
    return max(_DELIMITERS, key=lambda sign: _fit(lines, sign))


def _fit(lines: list[str], sign: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] == 1:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _unreadable(said: str, name: str, columns: int) -> SourceRefused:
    line = _LINE.search(said)
    if line and _TOO_LONG.search(said):
        return SourceRefused(
            message(
                "Line {line} of {name} has more than 4 million characters: leave out the column with so long a text, or shorten it.",
                line=line.group(1),
                name=quote(name),
            )
        )
    return SourceRefused(
        message(
            "Line {line} of {name} cannot be read: each line needs {columns} values, as the first one has, and a quotation mark that is opened must be closed.",
            line=line.group(1) if line else "?",
            name=quote(name),
            columns=str(columns),
        )
    )
