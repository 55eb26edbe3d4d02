"""Many ideas from one table: what each row says, and every cell that is refused, with its place and the reason.

A table is a sheet or a CSV file as rows of cells; who reads the file is somebody else. All rows are read, whatever is
wrong in one of them, so that one look at the list mends the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeGuard

from xlsxwriter.utility import xl_col_to_name

from ..errors import EntryRefused, quote
from ..text.entry import read_number
from ..text.grammar import Grammar
from ..text.languages import ENGLISH, Language, language_of, listed, message, offered_languages, say
from .columns import BY_NAME, COLUMNS, Column
from .examples import EXAMPLE
from .idea import Idea, idea_typed

MOST_IDEAS = 500
"""How many ideas one file may hold."""
HEADING_WITHIN = 20
"""The headings stand in one of so many first rows."""
_NAMED = 8
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")
Cell = str | float | bool | date | None
"""What a cell holds, by the spreadsheet; texts only in a CSV file."""


@dataclass(frozen=True)
class Table:
    """Rows of cells from A1 on. `merged` are areas as first row, first column, last row, last column, from 0.

    `hidden` are the names of sheets that nobody sees; `name` is the sheet's own, empty for a CSV file.
    """

    rows: Sequence[Sequence[Cell]]
    name: str = ""
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: Sequence[str] = ()

    @property
    def is_text(self) -> bool:
        """True for a CSV file."""
        return not self.name


@dataclass(frozen=True)
class CellRefused:
    """A cell that cannot be taken: its place as the spreadsheet names it, what it is for, what stands there, and why.

    The place is empty where it is about the whole table.
    """

    place: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class IdeasRead:
    """What a table says: the ideas with the numbers of their rows, what was refused, and what to know of the rest.

    `language` is how numbers were read that stand there as text.
    """

    ideas: tuple[tuple[int, Idea], ...] = ()
    refused: tuple[CellRefused, ...] = ()
    notes: tuple[str, ...] = ()
    language: Language = ENGLISH


@dataclass
class _Reading:
    """What has been read so far."""

    table: Table
    grammar: Grammar
    places: dict[str, int] = field(default_factory=dict)
    head: int = 0
    ideas: list[tuple[int, Idea]] = field(default_factory=list)
    refused: list[CellRefused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_ideas(table: Table, language: Language, currency: str = "") -> IdeasRead:
    """Every idea of the table, and every cell that is refused; none is taken as long as any is.

    Numbers that stand there as text are read as that language writes them, unless another one reads more of them.
    """
    reading = _Reading(table, Grammar(language, currency))
    if not _find_headings(reading):
        return IdeasRead(refused=tuple(reading.refused), notes=tuple(reading.notes), language=language)
    _note_hidden(reading)
    rows = [*_filled_rows(reading)]
    if problem := _too_many_or_none(len(rows)):
        return IdeasRead(refused=(CellRefused("", "", "", problem),), notes=tuple(reading.notes), language=language)
    reading.grammar = Grammar(_written_in(reading, rows, language), currency)
    for number in rows:
        _read_row(reading, number)
    _note_twins(reading)
    ideas = () if reading.refused else tuple(reading.ideas)
    return IdeasRead(ideas, tuple(reading.refused), tuple(reading.notes), reading.grammar.language)


# Headings --------------------------------------------------------------------------------------


def _find_headings(reading: _Reading) -> bool:
    """Where the headings stand, and which column is which; False where a needed one is missing."""
    known = _headings()
    best: dict[str, int] = {}
    for number, row in enumerate(reading.table.rows[:HEADING_WITHIN]):
        found = _columns_in(row, known)
        if len({name for name, _ in found}) > len(best):
            best, reading.head = dict(found), number
            reading.refused = [*_named_twice(found, number)]
    reading.places = best
    missing = [each.title for each in COLUMNS if each.is_needed and each.name not in best]
    if missing:
        reading.refused = [CellRefused("", "", "", _missing(missing))]
        return False
    _note_unknown(reading)
    return not reading.refused


def most_headings(rows: Iterable[Sequence[Cell]]) -> int:
    """How many different headings the row of them holds that has the most."""
    known = _headings()
    return max((len({name for name, _ in _columns_in(row, known)}) for row in rows), default=0)


def _missing(titles: Sequence[str]) -> str:
    return message(
        "These headings are missing: {titles}. Begin with the template, and leave its first row as it is.",
        titles=listed(titles),
    )


def _headings() -> Mapping[str, str]:
    """The name of each column by its heading, in every language, in small letters; by its own name too."""
    found = {each.name: each.name for each in COLUMNS}
    for tag in offered_languages():
        found.update({_heading(say(each.title, language_of(tag))): each.name for each in COLUMNS})
    return found


def _heading(cell: Cell) -> str:
    return " ".join(str(cell).casefold().replace("*", " ").split()) if isinstance(cell, str) else ""


def _columns_in(row: Sequence[Cell], known: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(known[heading], place) for place, cell in enumerate(row) if (heading := _heading(cell)) in known]


def _named_twice(found: Sequence[tuple[str, int]], row: int) -> Iterator[CellRefused]:
    first: dict[str, int] = {}
    for name, place in found:
        if name in first:
            other = _place(row, first[name])
            yield CellRefused(
                _place(row, place),
                BY_NAME[name].title,
                "",
                message("the same heading stands in {place} already", place=other),
            )
        first.setdefault(name, place)


def _note_unknown(reading: _Reading) -> None:
    """Headings that nobody knows are not read: they are named, so that none is missed."""
    known = set(reading.places.values())
    row = reading.table.rows[reading.head]
    unknown = [quote(cell) for place, cell in enumerate(row) if place not in known and isinstance(cell, str) and cell]
    if unknown:
        reading.notes.append(message("Columns that are not read: {names}.", names=listed(unknown[:_NAMED])))


def _note_hidden(reading: _Reading) -> None:
    if reading.table.name:
        reading.notes.append(message("Read was the sheet {name}.", name=quote(reading.table.name)))
    if reading.table.hidden:
        names = listed([quote(each) for each in reading.table.hidden[:_NAMED]])
        reading.notes.append(message("Hidden sheets are not read: {names}.", names=names))


# Rows ------------------------------------------------------------------------------------------


def _filled_rows(reading: _Reading) -> Iterator[int]:
    """The numbers of the rows, from 0, that say anything; the example of the template says nothing."""
    for number in range(reading.head + 1, len(reading.table.rows)):
        said = {name: _text(_cell(reading, number, name)) for name in reading.places}
        if not any(said.values()):
            continue
        if EXAMPLE.is_in(said):
            reading.notes.append(message("Row {row} is the example of the template: left out.", row=str(number + 1)))
            continue
        yield number


def _too_many_or_none(count: int) -> str:
    if not count:
        return message("There is no idea below the headings.")
    if count > MOST_IDEAS:
        return message(
            "There are {count} rows; at most {most} can be taken at once. Make several files of them.",
            count=str(count),
            most=str(MOST_IDEAS),
        )
    return ""


def _written_in(reading: _Reading, rows: Sequence[int], language: Language) -> Language:
    """The language that reads the most numbers which stand there as text; the person's own where it is a tie."""
    texts = [
        (column, cell)
        for number in rows
        for column in COLUMNS
        if column.quantity and isinstance(cell := _cell(reading, number, column.name), str) and cell.strip()
    ]
    candidates = [language, *(language_of(tag) for tag in offered_languages())]
    return max(candidates, key=lambda each: sum(_is_read(cell, column, each) for column, cell in texts))


def _is_read(cell: str, column: Column, language: Language) -> bool:
    try:
        read_number(cell.strip(), column.quantity, Grammar(language))
    except EntryRefused:
        return False
    return True


def _read_row(reading: _Reading, number: int) -> None:
    cells = {name: _cell(reading, number, name) for name in BY_NAME}
    known = {name: float(cell) for name, cell in cells.items() if BY_NAME[name].quantity and _is_number(cell)}
    typed = {name: "" if name in known else _text(cell) for name, cell in cells.items()}
    grammar = Grammar(reading.grammar.language, typed["currency"].strip().upper() or reading.grammar.currency)
    idea, wrong = idea_typed(typed, grammar, known, dict(_unreadable(reading, number, cells)))
    if idea is not None:
        reading.ideas.append((number + 1, idea))
    for name, reason in sorted(wrong.items(), key=lambda each: reading.places.get(each[0], -1)):
        place, value = reading.places.get(name), _text(cells[name])
        # Where its column is missing altogether, the row is what can be named.
        where = _place(number, place) if place is not None else str(number + 1)
        reading.refused.append(CellRefused(where, BY_NAME[name].title, quote(value) if value else "", reason))


def _unreadable(reading: _Reading, number: int, cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    """What is wrong with cells before anybody reads what stands in them."""
    for name, cell in cells.items():
        if (area := _merged_with(reading, number, name)) is not None:
            yield name, message("is merged with other cells ({area}): undo that", area=area)
        elif isinstance(cell, str) and cell.strip() in _ERRORS and not reading.table.is_text:
            yield name, message("is an error of the spreadsheet: mend its formula, or write the value")
        elif BY_NAME[name].quantity and isinstance(cell, date):
            yield name, message("is a date, and a number is needed: give the cell the format of a number")


def _is_number(cell: Cell) -> TypeGuard[float]:
    return isinstance(cell, (float, int)) and not isinstance(cell, bool)


def _note_twins(reading: _Reading) -> None:
    """Rows with one title: both may be meant, so they are told and not refused."""
    first: dict[str, int] = {}
    for row, idea in reading.ideas:
        title = " ".join(idea.title.casefold().split())
        if title in first:
            reading.notes.append(
                message("Rows {first} and {row} have the same title.", first=str(first[title]), row=str(row))
            )
        first.setdefault(title, row)


# Cells -----------------------------------------------------------------------------------------


def _cell(reading: _Reading, number: int, name: str) -> Cell:
    place, row = reading.places.get(name), reading.table.rows[number]
    return row[place] if place is not None and place < len(row) else None


def _text(cell: Cell) -> str:
    """The cell as a person would type it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (float, int)):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) < 2**53 else repr(cell)
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def _merged_with(reading: _Reading, number: int, name: str) -> str | None:
    """The area with which a cell is merged: whose the value is, nobody can tell."""
    place = reading.places.get(name)
    for top, left, bottom, right in reading.table.merged:
        if place is not None and top <= number <= bottom and left <= place <= right:
            return f"{_place(top, left)}:{_place(bottom, right)}"
    return None


def _place(row: int, column: int) -> str:
    return f"{xl_col_to_name(column)}{row + 1}"
