"""The slides after the first five: all that the team wrote, in full, as many as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from textwrap import wrap

from ....text.languages import message
from ....theme import LIGHT
from ...blocks import Block, Bullets, KeyFigures, Paragraph, Section, Table
from ...layout import printable
from ...memo import Memo
from .slides import Area, Deck

_AREA = Area(1.6, 3.0, 30.6, 14.6)
_SIZE, _LETTER_WIDTH, _LINE_HEIGHT = 12, 0.25, 0.56
_LETTERS, _LINES = int(_AREA.width / _LETTER_WIDTH), int(_AREA.height / _LINE_HEIGHT)
# A longer paragraph goes over several slides.
_LONGEST = _LETTERS * 12


@dataclass(frozen=True)
class _Line:
    """A paragraph of the details; a `head` stays with what follows it."""

    text: str
    head: bool = False

    @property
    def lines(self) -> int:
        """About how many lines it takes, the space after it included."""
        # A letter of Chinese is as wide as two of ours.
        wide = sum(2 if ord(letter) > 0x2E00 else 1 for letter in self.text)
        return max(1, ceil(wide / _LETTERS)) + (2 if self.head else 0)


def add_details(deck: Deck, memo: Memo) -> None:
    """Title, facts and summary as they were typed, then what the team wrote, part by part."""
    slides = list(_pages(list(_all(memo))))
    for number, lines in enumerate(slides, start=1):
        title = message("In full ({number} of {all})", number=str(number), all=str(len(slides)))
        slide = deck.slide(memo.say(title))
        slide.running(((line.text, line.head) for line in lines), _AREA, size=_SIZE, colour=LIGHT.ink)
        slide.notes([memo.footnote])


def _all(memo: Memo) -> Iterator[_Line]:
    yield from _paragraphs(memo.title)
    for label, value in memo.all_facts:
        yield from _paragraphs(f"{label}: {value}")
    yield from _paragraphs(memo.lead)
    parts = (
        memo.problem,
        memo.verdict,
        memo.decisions,
        memo.data,
        memo.operations,
        memo.risks,
        memo.plan,
        memo.costs,
        memo.evidence,
        memo.notes,
        memo.glossary,
    )
    for section in memo.told(parts):
        yield from _section(section)


def _section(section: Section) -> Iterator[_Line]:
    yield _Line(printable(section.title), head=True)
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[_Line]:
    match block:
        case Paragraph(text):
            yield from _paragraphs(text)
        case Bullets(items):
            for item in items:
                yield from _paragraphs(f"• {item}")
        case KeyFigures():
            yield from _rows(block.as_table())
        case Table():
            yield from _rows(block)


def _rows(table: Table) -> Iterator[_Line]:
    """A row a line: the first cell, then the others with their headings."""
    if table.title:
        yield _Line(printable(table.title), head=True)
    for first, *others in table.rows:
        named = (f"{column}: {cell}" for column, cell in zip(table.columns[1:], others, strict=True) if cell)
        yield from _paragraphs("  ·  ".join(each for each in (first, *named) if each))


def _paragraphs(text: str) -> Iterator[_Line]:
    for line in printable(text, lines=True).split("\n"):
        yield from (_Line(part) for part in wrap(line, _LONGEST, break_on_hyphens=False, drop_whitespace=False))


def _pages(lines: list[_Line]) -> Iterator[list[_Line]]:
    """The lines of each slide; a heading is not the last of one."""
    page: list[_Line] = []
    left = _LINES
    for number, line in enumerate(lines):
        following = lines[number + 1].lines if line.head and number + 1 < len(lines) else 0
        if page and line.lines + following > left:
            yield page
            page, left = [], _LINES
        page.append(line)
        left -= line.lines
    if page:
        yield page
