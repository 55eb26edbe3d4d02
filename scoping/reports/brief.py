"""The brief: the parts of a memo that fit on two pages, in the order in which a sponsor reads them.

It takes blocks away and shortens lists, and says so; it computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..text.languages import message
from ..text.shortening import shortened
from ..theme import LIGHT
from .blocks import Block, Bullets, Mark, Paragraph, Section, Spans, Table
from .memo import Memo
from .memo.parts import ChartsPart, Part
from .page import Page

_MOST_BARS = 7
_LONGEST_LEAD, _LONGEST_TITLE, _LONGEST_FACT = 420, 120, 50


@dataclass(frozen=True)
class Room:
    """How much of a list, a table and a sentence is shown, and how large the type is, of its full size."""

    items: int
    rows: int
    sentence: int
    cell: int
    scale: float


ROOMS = (
    Room(items=5, rows=5, sentence=260, cell=110, scale=1.0),
    Room(items=5, rows=5, sentence=260, cell=110, scale=0.95),
    Room(items=4, rows=4, sentence=200, cell=90, scale=0.95),
    Room(items=4, rows=4, sentence=260, cell=90, scale=0.9),
    Room(items=3, rows=3, sentence=260, cell=90, scale=0.9),
    Room(items=3, rows=3, sentence=150, cell=60, scale=0.9),
)
"""From the most that fits where little is said to the least; a formatter takes the first that fits its pages."""


def brief(memo: Memo, room: Room = ROOMS[0]) -> Page:
    """The memo without what two pages have no room for."""
    cut = _Cut(memo, room)
    return Page(
        title=shortened(memo.title, _LONGEST_TITLE),
        author=memo.owner,
        tag=memo.verdict.said,
        tone=LIGHT.verdict(memo.verdict.recommendation),
        lead=shortened(memo.lead, _LONGEST_LEAD),
        facts=tuple((label, shortened(value, _LONGEST_FACT)) for label, value in memo.facts),
        sections=tuple(cut.section(section) for section in memo.told(_parts(memo))),
        footnote=memo.footnote,
        language=memo.language,
    )


def _parts(memo: Memo) -> Iterator[Part | None]:
    """What a sponsor reads; some tables are left to the memo."""
    yield memo.verdict
    yield replace(memo.firmness, flips=None, remarks=()) if memo.firmness else None
    yield memo.key_figures
    yield _FewCharts(memo.charts) if memo.charts else None
    yield replace(memo.alternatives, quality=None) if memo.alternatives else None
    yield memo.learn_first
    yield memo.pilot_size.in_short() if memo.pilot_size else None
    yield memo.feasibility.in_short()
    yield memo.risks
    yield memo.plan
    yield memo.decisions
    yield replace(memo.evidence, judgements=None)


@dataclass(frozen=True)
class _FewCharts:
    """The four charts that matter most, each with its first bars."""

    charts: ChartsPart

    def section(self) -> Section:
        found = (replace(each, marks=tuple(map(_fewer, each.marks))) for each in self.charts.first_four())
        return replace(self.charts.section(), blocks=tuple(found))


def _fewer(mark: Mark) -> Mark:
    """The first bars of a chart with many."""
    if not isinstance(mark, Spans):
        return mark
    most = _MOST_BARS
    return replace(
        mark,
        names=mark.names[:most],
        start=mark.start[:most],
        end=mark.end[:most],
        tones=mark.tones[:most],
        labels=mark.labels[:most],
        marks=mark.marks[:most],
    )


class _Cut:
    """Shortens sections, and says what it left out in the language of the memo."""

    def __init__(self, memo: Memo, room: Room) -> None:
        self._memo, self._room = memo, room

    def section(self, section: Section) -> Section:
        """The section as far as two pages have room for it."""
        return replace(section, blocks=tuple(map(self._block, section.blocks)))

    def _block(self, block: Block) -> Block:
        match block:
            case Bullets(items):
                return Bullets(self._items(tuple(shortened(item, self._room.sentence) for item in items)))
            case Paragraph(text, muted):
                return Paragraph(shortened(text, round(1.5 * self._room.sentence)), muted)
            case Table():
                return self._table(block)
        return block

    def _items(self, items: tuple[str, ...]) -> tuple[str, ...]:
        rest = len(items) - self._room.items
        return items if rest <= 0 else (*items[: self._room.items], self._memo.say(more_in_memo(rest)))

    def _table(self, table: Table) -> Table:
        rows = [tuple(shortened(cell, self._room.cell) for cell in row) for row in table.rows[: self._room.rows]]
        rest = len(table.rows) - self._room.rows
        if rest > 0:
            rows.append((self._memo.say(more_in_memo(rest)), *[""] * (len(table.columns) - 1)))
        return replace(table, rows=tuple(rows))


def more_in_memo(rest: int) -> str:
    """What stands where a list is cut short."""
    return message("and {rest} more: see the memo", rest=str(rest))
