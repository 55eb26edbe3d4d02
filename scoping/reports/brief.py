"""The brief: the parts of a Summary that fit on two pages, in the order in which a sponsor reads them.

It takes blocks away and shortens lists, and says so; it computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..text.languages import message
from .blocks import (
    Block,
    Bullets,
    Figure,
    Mark,
    Paragraph,
    Section,
    Spans,
    Summary,
    Table,
)
from .memo import TAGS

_SECTIONS = (
    "verdict",
    "figures",
    "charts",
    "alternatives",
    "learn_first",
    "feasibility",
    "risks",
    "plan",
    "decisions",
    "assumptions",
)
_CHARTS = ("npv", "cash_flow", "tornado")
_MOST_CHARTS, _MOST_BARS = 4, 7
_LONGEST_LEAD, _LONGEST_TITLE = 420, 120
# Tables that the brief leaves to the memo.
_LEFT_OUT = frozenset({"quality", "areas", "judgements"})


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
    Room(items=3, rows=3, sentence=150, cell=60, scale=0.9),
)
"""From the most that fits where little is said to the least; a formatter takes the first that fits its pages."""


def brief(summary: Summary, room: Room = ROOMS[0]) -> Summary:
    """The summary without what two pages have no room for."""
    by_id = {section.id: section for section in summary.sections}
    cut = _Cut(summary, room)
    chosen = [cut.section(by_id[identity]) for identity in _SECTIONS if identity in by_id]
    return replace(
        summary,
        title=shortened(summary.title, _LONGEST_TITLE),
        lead=shortened(summary.lead, _LONGEST_LEAD),
        facts=tuple((label, shortened(value, 50)) for label, value in summary.facts if label != summary.say(TAGS)),
        sections=tuple(section for section in chosen if section.blocks),
    )


def shortened(text: str, longest: int) -> str:
    """The beginning of a text, on one line, with an ellipsis where there is more."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _charts(section: Section) -> tuple[Block, ...]:
    """What it may be worth, how good it must be, the money by month, what matters most."""
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    metric = [figure for figure in figures if figure.id.startswith("metric_") and figure.id != "metric_map"]
    main = [figure for figure in figures if figure.id in _CHARTS]
    ordered = [*main[:1], *metric[:1], *main[1:]]
    return tuple(replace(figure, marks=tuple(map(_fewer, figure.marks))) for figure in ordered[:_MOST_CHARTS])


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
    """Shortens sections, and says what it left out in the language of the summary."""

    def __init__(self, summary: Summary, room: Room) -> None:
        self._summary, self._room = summary, room

    def section(self, section: Section) -> Section:
        """The section as far as two pages have room for it."""
        if section.id == "charts":
            return replace(section, blocks=_charts(section))
        kept = [self._block(block) for block in section.blocks]
        return replace(section, blocks=tuple(block for block in kept if block is not None))

    def _block(self, block: Block) -> Block | None:
        match block:
            case Bullets(items):
                return Bullets(self._items(tuple(shortened(item, self._room.sentence) for item in items)))
            case Paragraph(text, muted):
                return Paragraph(shortened(text, round(1.5 * self._room.sentence)), muted)
            case Table() if block.id in _LEFT_OUT:
                return None
            case Table() if block.id == "gates":
                return self._gates(block)
            case Table():
                return self._table(block)
        return block

    def _items(self, items: tuple[str, ...]) -> tuple[str, ...]:
        rest = len(items) - self._room.items
        return items if rest <= 0 else (*items[: self._room.items], self._summary.say(more_in_memo(rest)))

    def _table(self, table: Table) -> Table:
        rows = [tuple(shortened(cell, self._room.cell) for cell in row) for row in table.rows[: self._room.rows]]
        rest = len(table.rows) - self._room.rows
        if rest > 0:
            rows.append((self._summary.say(more_in_memo(rest)), *[""] * (len(table.columns) - 1)))
        return replace(table, rows=tuple(rows))

    def _gates(self, table: Table) -> Block:
        """Gates that passed are counted; those that did not are named."""
        states = [gate.status for gate in self._summary.assessment.feasibility.gates]
        rest = tuple(row for row, state in zip(table.rows, states, strict=True) if state != "passed")
        if rest:
            return self._table(replace(table, rows=rest))
        passed = message("{passed} of {all} gates passed.", passed=str(len(table.rows)), all=str(len(table.rows)))
        return Paragraph(self._summary.say(passed))


def more_in_memo(rest: int) -> str:
    """What stands where a list is cut short."""
    return message("and {rest} more: see the memo", rest=str(rest))
