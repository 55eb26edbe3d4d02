"""Labels of two people as somebody pastes them: two columns, one line a case, or the table of both already counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..document.ceilings import MOST_CLASSES
from ..errors import EntryRefused, quote
from .languages import message

MOST_LINES = 100_000
_SEPARATORS = ("\t", ";", ",")
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class PastedLabels:
    """The table of both labels, rows the first person's; how many lines were left out, and whether one was a heading."""

    table: list[list[int]]
    left_out: int = 0
    has_heading: bool = False


def read_labels(text: str) -> PastedLabels:
    """The table of agreement. What the labels are called is not kept. Raises EntryRefused."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise EntryRefused(message("Paste two columns of labels: one line a case, one column a person."))
    if len(lines) > MOST_LINES:
        raise EntryRefused(message("Paste at most {most} lines.", most=f"{MOST_LINES:,}"))
    rows = _cells(lines)
    if len(rows) == len(rows[0]) and all(_WHOLE.fullmatch(cell) for row in rows for cell in row):
        return PastedLabels(_checked([[int(cell) for cell in row] for row in rows]))
    return _counted(rows)


def _cells(lines: list[str]) -> list[list[str]]:
    """The cells of each line. Raises EntryRefused where lines have more cells than others."""
    separator = next((each for each in _SEPARATORS if each in lines[0]), None)
    rows = [
        [cell.strip() for cell in (line.split(separator) if separator else _SPACES.split(line.strip()))]
        for line in lines
    ]
    wrong = next((number for number, row in enumerate(rows, 1) if len(row) != len(rows[0])), None)
    if len(rows[0]) < 2 or wrong is not None:
        raise EntryRefused(
            message(
                "Line {number} ({line}) does not have two columns, with a tab, semicolon or comma between them.",
                number=str(wrong or 1),
                line=quote(lines[(wrong or 1) - 1]),
            )
        )
    return rows


def _counted(rows: list[list[str]]) -> PastedLabels:
    if len(rows[0]) != 2:
        raise EntryRefused(
            message("There are {count} columns: paste two, one for each person.", count=str(len(rows[0])))
        )
    has_heading = _is_heading(rows)
    cases = rows[has_heading:]
    pairs = Counter((first, second) for first, second in cases if first and second)
    names = sorted({name for pair in pairs for name in pair})
    if len(names) > MOST_CLASSES:
        raise EntryRefused(
            message(
                "There are {count} different labels; at most {most} can be compared. Paste labels, not texts or numbers.",
                count=str(len(names)),
                most=str(MOST_CLASSES),
            )
        )
    if len(names) < 2:
        raise EntryRefused(message("All labels are the same: that tells nothing of how far two people agree."))
    table = [[pairs[first, second] for second in names] for first in names]
    return PastedLabels(table, len(cases) - pairs.total(), has_heading)


def _is_heading(rows: list[list[str]]) -> bool:
    """A first line of two words that stand in no other line: two people who agree would say the same."""
    first, rest = rows[0], rows[1:]
    below = {cell for row in rest for cell in row}
    return len(rest) > 1 and len({*first}) > 1 and all(cell not in below for cell in first)


def _checked(table: list[list[int]]) -> list[list[int]]:
    if len(table) > MOST_CLASSES:
        raise EntryRefused(message("A table may have at most {most} classes.", most=str(MOST_CLASSES)))
    if not any(map(sum, table)):
        raise EntryRefused(message("The table counts no case."))
    return table
