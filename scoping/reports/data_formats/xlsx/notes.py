"""The sheet with the memo's words and tables, each row as high as its text."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from ....theme import LIGHT
from ...blocks import (
    Block,
    Bullets,
    Figure,
    KeyFigures,
    Paragraph,
    Table,
)
from .book import Book, write_title

# Letters that a column holds in a line: the first one is wider. A line of text goes over several columns.
_FIRST, _OTHER, _COLUMNS, _MERGED = 46, 22, 8, 4
_LINE_HEIGHT, _SMALLEST = 15.0, 15.0
_FILLED = 0.92


def write_notes(book: Book) -> None:
    """All sections of the memo."""
    _Notes(book).write()


class _Notes:
    def __init__(self, book: Book) -> None:
        self._book, self._row = book, 3
        self._sheet = book.sheet("notes", {"A:A": _FIRST, "B:H": _OTHER})

    def write(self) -> None:
        """Title, sections, footnote."""
        memo = self._book.summary.memo
        write_title(self._book, self._sheet, memo.title, memo.verdict.said)
        for label, value in memo.all_facts:
            self._line(f"{label}: {value}")
        if memo.lead:
            self._line(memo.lead)
        self._row += 1
        for section in memo.sections:
            self._line(section.title, bold=True, font_size=12)
            for block in section.blocks:
                self._block(block)
            self._row += 1
        self._line(memo.footnote, font_color=LIGHT.soft)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                self._line(text)
            case Bullets(items):
                for item in items:
                    self._line(f"• {item}")
            case KeyFigures():
                self._table(block.as_table())
            case Table():
                self._table(block)
            case Figure():
                self._line(f"{block.title}: {block.sentence}")

    def _line(self, text: str, **look: Any) -> None:
        """Text over the first columns."""
        shape, said = self._book.look(text_wrap=True, **look), self._book.text(text)
        self._sheet.merge_range(self._row, 0, self._row, _MERGED - 1, "", shape)
        self._sheet.write_string(self._row, 0, said, shape)
        self._high(_lines(said, _FIRST + (_MERGED - 1) * _OTHER))

    def _table(self, table: Table) -> None:
        if table.title:
            self._line(table.title, bold=True)
        self._cells(table.columns, table.numeric, bold=True, bottom=1)
        for row in table.rows:
            self._cells(row, table.numeric)
        self._row += 1

    def _cells(self, texts: Sequence[str], numeric: frozenset[int], **look: Any) -> None:
        for column, text in enumerate(texts):
            # Words keep away from the number before them.
            align = {"align": "right"} if column in numeric else {"indent": 1} if column - 1 in numeric else {}
            shape = self._book.look(text_wrap=True, **look, **align)
            self._sheet.write_string(self._row, column, self._book.text(text), shape)
        self._high(max(_lines(text, _OTHER if column else _FIRST) for column, text in enumerate(texts)))

    def _high(self, lines: int) -> None:
        self._sheet.set_row(self._row, max(_SMALLEST, min(_LINE_HEIGHT * lines, 400.0)))
        self._row += 1


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(part) / (width * _FILLED))) for part in text.split("\n"))
