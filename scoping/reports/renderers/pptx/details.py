"""The slides after the first five: all that the team wrote, in full, as many as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from ....text.languages import message
from ...blocks import Block, Bullets, KeyFigures, Paragraph, Section, Table
from ...layout import printable
from ...memo import Memo
from .pieces import Line, Piece, laid_out, rows_of
from .slides import FULL, Deck

_HEAD, _TITLE = 15, 13
# What a paragraph before it leads into.
_LED_INTO = (Bullets, KeyFigures, Table)


def add_details(deck: Deck, memo: Memo) -> None:
    """Title, facts and summary as they were typed, then what the team wrote, part by part."""
    slides = laid_out(_all(memo), FULL.width, FULL.height)
    for number, pieces in enumerate(slides, start=1):
        title = message("In full ({number} of {all})", number=str(number), all=str(len(slides)))
        slide = deck.slide(memo.say(title))
        slide.pieces(pieces, FULL)
        slide.notes([memo.footnote])


def _all(memo: Memo) -> Iterator[Piece]:
    yield from lines_of_text(memo.title)
    for label, value in memo.all_facts:
        yield from lines_of_text(f"{label}: {value}")
    yield from lines_of_text(memo.lead)
    parts = (
        memo.problem,
        memo.verdict,
        memo.decisions,
        memo.actuals,
        memo.advice,
        memo.data,
        memo.operations,
        memo.risks,
        memo.plan,
        memo.organisation,
        memo.costs,
        memo.evidence,
        memo.measured,
        memo.notes,
        memo.comments,
        memo.glossary,
    )
    for section in memo.told(parts):
        yield Line(printable(section.title), _HEAD, head=True)
        yield from pieces_of(section)


def pieces_of(section: Section) -> Iterator[Piece]:
    """What stands in a section, but for its heading and its charts."""
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        yield from _block(block, leads=isinstance(following, _LED_INTO))


def _block(block: Block, *, leads: bool) -> Iterator[Piece]:
    match block:
        case Paragraph(text):
            yield from (replace(line, leads=leads) for line in lines_of_text(text))
        case Bullets(items):
            yield from items_of(items)
        case KeyFigures():
            yield from titled(block.as_table())
        case Table():
            yield from titled(block)


def titled(table: Table, width: float = FULL.width) -> Iterator[Piece]:
    """A table under its title."""
    if table.title:
        yield Line(printable(table.title), _TITLE, head=True)
    yield rows_of(table, width)


def items_of(items: tuple[str, ...], size: float = 12) -> Iterator[Line]:
    """A list, an item a line."""
    for item in items:
        yield from (
            Line(part.text, size, hangs=True, dot=not number) for number, part in enumerate(lines_of_text(item))
        )


def lines_of_text(text: str, size: float = 12, *, soft: bool = False, head: bool = False) -> Iterator[Line]:
    """A text, a line for each of its paragraphs."""
    for line in printable(text, lines=True).split("\n"):
        if line.strip():
            yield Line(line, size, soft=soft, head=head)
