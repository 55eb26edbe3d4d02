"""What flows over slides: lines of text and tables. What does not fit on one goes on on the next, and nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from ...blocks import Table
from ...layout import column_widths, fits, unbroken
from ...lettering import LINE, lines_of, parted

# The largest type in which no word of a table is broken.
_TABLE_SIZES = (12, 11, 10.5, 10, 9.5, 9)
_PADDING, _CELL_MARGINS = 0.2, 0.3
_INDENT, _AFTER, _BEFORE_HEAD = 0.6, 0.2, 0.3
# A text goes over two slides where so many of its lines stand on each; a shorter one stays whole.
_ORPHANS, _LEAST_OF_A_ROW = 2, 5


@dataclass(frozen=True)
class Line:
    """A paragraph. A `head` is bold; it `stays` with what follows it, as does a line that leads into a list.

    `hangs` is an item of a list, with `dot` at its beginning.
    """

    text: str
    size: float = 12
    head: bool = False
    leads: bool = False
    hangs: bool = False
    dot: bool = False
    soft: bool = False

    @property
    def stays(self) -> bool:
        """Whether no slide ends after it."""
        return self.head or self.leads

    def _room(self, width: float) -> float:
        return width - (_INDENT if self.hangs else 0)

    def _lines(self, width: float) -> int:
        return lines_of(self.text, self._room(width), self.size, bold=self.head)

    def height(self, width: float) -> float:
        """About how tall it is, with the space around it."""
        return self._lines(width) * LINE * self.size + _AFTER + (_BEFORE_HEAD if self.head else 0)

    def parted(self, width: float, room: float, *, alone: bool) -> tuple[Line | None, Line | None]:
        """What of it fits, and the rest. A short text moves as a whole, unless it stands `alone` and must not."""
        if self.height(width) <= room:
            return self, None
        lines, all_of_them = floor((room - _AFTER) / (LINE * self.size)), self._lines(width)
        if not alone and (self.head or lines < _ORPHANS or all_of_them < 2 * _ORPHANS):
            return None, self
        lines = max(1, min(lines, all_of_them - _ORPHANS))
        first, rest = parted(self.text, self._room(width), self.size, lines)
        return replace(self, text=first), replace(self, text=rest, dot=False) if rest else None


@dataclass(frozen=True)
class Rows:
    """A table, or that part of it which stands on one slide, its head included."""

    table: Table
    size: float
    widths: tuple[float, ...]

    stays = False

    def heights(self) -> list[float]:
        """How tall the head and each row is."""
        return [self._row_height(row) for row in (self.table.columns, *self.table.rows)]

    def height(self, _width: float) -> float:
        """About how tall it is."""
        return sum(self.heights()) + _AFTER

    def parted(self, _width: float, room: float, *, alone: bool) -> tuple[Rows | None, Rows | None]:
        """The rows that fit under the head, and the rest under a head of its own."""
        used, fitting = 0.0, 0
        for height in self.heights():
            used += height
            if used > room:
                break
            fitting += 1
        rows = self.table.rows
        if fitting > len(rows):
            return self, None
        if fitting >= 2:
            return self._with(rows[: fitting - 1]), self._with(rows[fitting - 1 :])
        return self._part_of_a_row(room, least=1 if alone else _LEAST_OF_A_ROW)

    def _part_of_a_row(self, room: float, least: int) -> tuple[Rows | None, Rows | None]:
        """A row that is taller than there is room goes on on the next slide, each cell where it was left."""
        first, *others = self.table.rows
        lines = floor((room - self._row_height(self.table.columns) - _PADDING) / (LINE * self.size))
        if lines < least > 1:
            return None, self
        pairs = [
            parted(text, width - _CELL_MARGINS, self.size, max(lines, 1))
            for text, width in zip(first, self.widths, strict=True)
        ]
        rest = [later for _, later in pairs]
        left = [tuple(rest), *others] if any(rest) else others
        return self._with([tuple(now for now, _ in pairs)]), self._with(left) if left else None

    def _with(self, rows: Sequence[tuple[str, ...]]) -> Rows:
        return replace(self, table=replace(self.table, rows=tuple(rows)))

    def _row_height(self, row: Sequence[str]) -> float:
        bold = row is self.table.columns
        lines = (
            lines_of(text, width - _CELL_MARGINS, self.size, bold=bold)
            for text, width in zip(row, self.widths, strict=True)
        )
        return max(lines) * LINE * self.size + _PADDING


Piece = Line | Rows


def rows_of(table: Table, width: float) -> Rows:
    """The table in the largest type that breaks no word, as wide as there is room."""
    whole = replace(table, rows=tuple(tuple(unbroken(table, row)) for row in table.rows))
    size = next((size for size in _TABLE_SIZES if fits(whole, width, size)), _TABLE_SIZES[-1])
    return Rows(whole, size, tuple(column_widths(whole, width, size)))


def laid_out(pieces: Iterable[Piece], width: float, height: float) -> list[list[Piece]]:
    """What stands on each slide, where each has room of that width and height."""
    pages = []
    left = list(pieces)
    while left:
        page, left = filled(left, width, height, alone=True)
        pages.append(page)
    return pages


def filled(pieces: Iterable[Piece], width: float, room: float, *, alone: bool) -> tuple[list[Piece], list[Piece]]:
    """What stands in the room, and what is left; where it is `alone` on its slide something stands there in any case."""
    placed: list[Piece] = []
    left = list(pieces)
    while left:
        piece, following = left[0], left[1] if len(left) > 1 else None
        must = alone and not placed
        if piece.stays and following and not must and not _starts(piece, following, width, room):
            break
        now, rest = _parted(piece, width, room, alone=must)
        if now is not None:
            placed.append(now)
            room -= now.height(width)
            left.pop(0)
        if rest is not None:
            left[:1] = [rest] if now is None else [rest, *left[:1]]
            break
    return placed, left


def _parted(piece: Piece, width: float, room: float, *, alone: bool) -> tuple[Piece | None, Piece | None]:
    return piece.parted(width, room, alone=alone)


def _starts(head: Piece, following: Piece, width: float, room: float) -> bool:
    """Whether something of what follows a head stands below it."""
    now, _ = following.parted(width, room - head.height(width), alone=False)
    return now is not None


def again(pieces: Iterable[Piece], width: float) -> list[Piece]:
    """The pieces for another width; a table has columns of its own for each."""
    return [rows_of(piece.table, width) if isinstance(piece, Rows) else piece for piece in pieces]


def at_most(pieces: Iterable[Piece], size: float) -> list[Piece]:
    """The pieces with no line in larger type."""
    return [replace(each, size=min(each.size, size)) if isinstance(each, Line) else each for each in pieces]


def tall(pieces: Iterable[Piece], width: float) -> float:
    """About how tall the pieces are, one below the other."""
    return ceil(100 * sum(piece.height(width) for piece in pieces)) / 100
