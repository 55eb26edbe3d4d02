"""Actuals as a CSV file: a template to fill in, and what was filled in read back, all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from ...errors import EntryRefused, Refused, quote
from ...record.actuals import LAST_MONTH, MOST_BYTES, MOST_ENTRIES, Actual, Actuals
from ...record.places import Place
from ...text.languages import message
from ..sheets import FORMULA_STARTS, csv_file
from .entering import Cell, at, quantity_of, read_yes_or_no, with_entries

HEAD = (
    "about", "what", "unit", "signed_p10", "signed_p50", "signed_p90", "month", "value",
    "cases", "source", "note", "measured_on", "measured_by",
)  # fmt: skip
_NEEDED = ("about", "month", "value")
_NUMBER = re.compile(r"([+-]?)(\d+)(?:([.,])(\d+))?(?:[eE]([+-]?\d+))?\s*(%?)")
_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)
_WHOLE = re.compile(r"\d+")
# A number that may be one with its thousands set apart: 1,200, and in files of other programs 1.200 too.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
_LONGEST_QUOTE = 60
_LONGEST_MONTH = 6


@dataclass(frozen=True)
class CellRefused:
    """A cell that cannot be read: its line, the column's name, what stands there, and what is allowed."""

    line: int
    column: str
    value: str
    allowed: str

    def told(self) -> str:
        """Where, what, and what is allowed."""
        return message(
            "Line {line}, {column}: {value} {allowed}",
            line=str(self.line),
            column=self.column,
            value=self.value,
            allowed=self.allowed,
        )


class FileRefused(Refused):
    """A file of which nothing was taken. `cells` are those that are wrong, `said` what is wrong with the whole."""

    def __init__(self, cells: Sequence[CellRefused] = (), said: str = "") -> None:
        self.cells, self.said = tuple(cells), said
        super().__init__(said or "; ".join(each.told() for each in cells[:5]))


@dataclass(frozen=True)
class Difference:
    """What a file changes: the value of one thing in one month, before and after."""

    place: Place
    month: int
    before: float | None
    after: float | None


def template(places: Sequence[Place], actuals: Actuals, months: int) -> bytes:
    """A line for each thing and month, with what is known already; lines without a value may stay as they are."""
    lines = (line for place in places for month in range(1, months + 1) for line in _lines(place, month, actuals))
    return csv_file(HEAD, lines)


def _lines(place: Place, month: int, actuals: Actuals) -> Iterator[tuple[Any, ...]]:
    signed = place.signed
    ranges = (None, None, None) if signed is None else (signed.p10, signed.p50, signed.p90)
    known = (str(place.path), str(place.title), str(place.unit), *ranges, month)
    found = at(actuals, Cell(str(place.path), month))
    for each in found:
        day = each.measured_on.isoformat() if each.measured_on else ""
        yield (*known, each.value, each.cases, each.source, each.note, day, each.measured_by)
    if not found:
        yield (*known, None, None, "", "", "", "")


def read_csv(content: bytes, places: Sequence[Place], actuals: Actuals) -> Actuals:
    """The actuals with what the file says in the place of what those things and months said before.

    Lines without a value are left out. Raises FileRefused, with every cell that is wrong.
    """
    known = {str(each.path): each for each in places}
    refused: list[CellRefused] = []
    separator, rows = _rows(content)
    read = (_entry(line, row, known, refused, may_group=separator != ",") for line, row in rows)
    found = [each for each in read if each is not None]
    _check_once(found, known, refused)
    if refused:
        raise FileRefused(sorted(refused, key=lambda each: each.line))
    if not found:
        raise FileRefused(said=message("The file has no line with a value: nothing to take over."))
    named = {Cell(each.about, each.month) for _, each in found}
    kept = [each for each in actuals.entries if Cell(each.about, each.month) not in named]
    if len(kept) + len(found) > MOST_ENTRIES:
        raise FileRefused(said=message("That would be more than {most} lines in all.", most=str(MOST_ENTRIES)))
    return with_entries(actuals, [*kept, *(each for _, each in found)])


def differences(before: Actuals, after: Actuals, places: Sequence[Place]) -> list[Difference]:
    """What the second says otherwise, by month: the value, or what is said beside it (cases, source, note)."""
    known = {str(each.path): each for each in places}
    old, new = _by_cell(before), _by_cell(after)
    cells = sorted({*old, *new}, key=lambda cell: (cell.month, cell.about))
    changed = (cell for cell in cells if cell.about in known and old.get(cell) != new.get(cell))
    return [Difference(known[each.about], each.month, _sum(old.get(each)), _sum(new.get(each))) for each in changed]


def _by_cell(actuals: Actuals) -> dict[Cell, list[Actual]]:
    found: dict[Cell, list[Actual]] = {}
    for each in actuals.entries:
        found.setdefault(Cell(each.about, each.month), []).append(each)
    return found


def _sum(entries: Sequence[Actual] | None) -> float | None:
    return None if entries is None else sum(each.value for each in entries)


def _rows(content: bytes) -> tuple[str, Iterator[tuple[int, dict[str, str]]]]:
    """What sets the columns apart, and each line with its number, by column. Raises FileRefused where it is no such file."""
    if len(content) > MOST_BYTES:
        raise FileRefused(said=message("The file is too large: at most 8 MB."))
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(said=message("The file is no UTF-8 text: save it as “CSV UTF-8”.")) from None
    lines = io.StringIO(text, newline="")
    head, above = lines.readline(), 1
    # Excel writes above the columns what sets them apart, so that it reads the file itself anywhere.
    said = _SEPARATOR.fullmatch(head.strip('\r\n" '))
    if said:
        head, above = lines.readline(), 2
    separator = said[1] if said else max(",;\t", key=head.count)
    names = [each.strip().strip('"').casefold() for each in head.rstrip("\r\n").split(separator)]
    if missing := [each for each in _NEEDED if each not in names]:
        lacks = message(
            "The first line lacks the columns {missing}. Begin with the template.", missing=", ".join(missing)
        )
        raise FileRefused(said=lacks)
    return separator, _split(lines, names, separator, above)


def _split(
    lines: io.StringIO, names: Sequence[str], separator: str, above: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line at which it begins: a note may go over several, and `above` are those before all rows."""
    reader = csv.reader(lines, delimiter=separator)
    number = above + 1
    try:
        for row in reader:
            if number > MOST_ENTRIES * 10:
                raise FileRefused(said=message("The file has too many lines."))
            yield number, {name: _unguarded(value) for name, value in zip(names, row, strict=False)}
            number = above + reader.line_num + 1
    except csv.Error:
        raise FileRefused(said=message("The file is no table that could be read. Begin with the template.")) from None


def _unguarded(value: str) -> str:
    """The text without the sign that keeps a spreadsheet program from taking it for a formula."""
    text = value.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _entry(
    line: int, row: Mapping[str, str], known: Mapping[str, Place], refused: list[CellRefused], *, may_group: bool
) -> tuple[int, Actual] | None:
    """What a line says; None where it says nothing, or something that cannot be."""
    if not row.get("value"):
        return None
    before = len(refused)
    place = known.get(row.get("about", ""))
    if place is None:
        allowed = message("is nothing that can be measured here: keep what the template says")
        refused.append(CellRefused(line, "about", _quoted(row.get("about", "")), allowed))
        return None
    given = {
        "month": _taken(line, "month", row, refused, _month),
        "value": _taken(line, "value", row, refused, lambda text: _value(text, place, may_group=may_group)),
        "cases": _taken(line, "cases", row, refused, _cases),
        "measured_on": _taken(line, "measured_on", row, refused, _day),
    }
    if len(refused) > before:
        return None
    texts = {name: row.get(name, "") for name in ("source", "note", "measured_by")}
    try:
        return line, Actual.model_validate({"about": str(place.path), **given, **texts})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        refused.append(CellRefused(line, name, _quoted(row.get(name, "")), message("is too long, or no such value")))
        return None


def _taken(line: int, name: str, row: Mapping[str, str], refused: list[CellRefused], read: Any) -> Any:
    text = row.get(name, "")
    if not text and name not in _NEEDED:
        return None
    try:
        return read(text)
    except EntryRefused as error:
        refused.append(CellRefused(line, name, _quoted(text), error.allowed))
        return None


def _month(text: str) -> int:
    if not _WHOLE.fullmatch(text) or len(text) > _LONGEST_MONTH or not 1 <= int(text) <= LAST_MONTH:
        raise EntryRefused(message("must be a whole number from 1 to {most}", most=str(LAST_MONTH)))
    return int(text)


def _cases(text: str) -> int:
    if not _WHOLE.fullmatch(text[:13]) or not 1 <= int(text[:13]) <= 10**12 or len(text) > 13:
        raise EntryRefused(message("must be a whole number of cases, at least 1"))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EntryRefused(message("must be a day such as 2026-05-31")) from None


def _value(text: str, place: Place, *, may_group: bool) -> float:
    """A number as programs write it: 1200.5, 0.71 or 71%. Where 1.200 may be 1200, it is refused. Raises EntryRefused."""
    if place.kind.is_yes_or_no:
        return read_yes_or_no(text)
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > _LONGEST_QUOTE:
        raise EntryRefused(message("is not a number: write 1200, 1200.5 or 71%"))
    sign, whole, _, fraction, power, percent = found.groups()
    grouped = _GROUPED.fullmatch(text)
    if grouped and (grouped[1] == "," or may_group):
        raise EntryRefused(message("can be read in two ways: write 1200 or 1.20"))
    value = float(f"{sign}{whole}.{fraction or 0}e{power or 0}") / (100 if percent else 1)
    _check(value, place, is_percent=bool(percent))
    return value


def _check(value: float, place: Place, *, is_percent: bool) -> None:
    quantity = quantity_of(place)
    if is_percent and not place.unit.is_share:
        raise EntryRefused(message("is no share: leave out the % sign"))
    if not quantity.lower <= value <= quantity.upper:
        raise EntryRefused(quantity.allowed())


def _check_once(found: Sequence[tuple[int, Actual]], known: Mapping[str, Place], refused: list[CellRefused]) -> None:
    """What is no money has one value a month."""
    lines: dict[Cell, int] = {}
    for line, each in found:
        cell = Cell(each.about, each.month)
        if cell in lines and not known[each.about].kind.is_summed:
            allowed = message("stands in line {line} already: keep one value a month", line=str(lines[cell]))
            refused.append(CellRefused(line, "month", str(each.month), allowed))
        lines.setdefault(cell, line)


def _quoted(text: str) -> str:
    return str(quote(text[:_LONGEST_QUOTE]))
