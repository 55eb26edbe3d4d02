"""What a report is made of: text, lists, tables and figure data, without any format.

A renderer draws these and computes nothing. Text in them is data: a renderer escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..text.languages import ENGLISH, Language, message
from ..vocabulary import Tone, Unit

SIMULATION_ERROR = message("Simulation error")


@dataclass(frozen=True)
class Paragraph:
    """Running text. `muted` marks a remark, such as a source or a caveat."""

    text: str
    muted: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class KeyFigure:
    """One figure with its label and its range, ready to read. `about` explains what it is.

    `error` is what the simulation itself adds: it stands apart from the range, which is what the team does not know.
    """

    label: str
    value: str
    detail: str = ""
    about: str = ""
    error: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """The few figures that matter, side by side; `columns` are their headings where they stand in a table."""

    figures: tuple[KeyFigure, ...]
    columns: tuple[str, ...] = (message("Figure"), message("Value"), message("Range"), SIMULATION_ERROR)

    def as_table(self) -> Table:
        """The figures as a table, for formats that have no cards."""
        rows = tuple((each.label, each.value, each.detail, each.error) for each in self.figures)
        table = Table("", self.columns, rows, frozenset({1}))
        return table if any(each.error for each in self.figures) else table.without(len(self.columns) - 1)


@dataclass(frozen=True)
class Table:
    """A table of texts. `numeric` holds the columns to align right.

    `numbers` is what stands in some of them, a column and its numbers: by these a long table is sorted.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    numbers: tuple[tuple[int, tuple[float | None, ...]], ...] = ()

    def without(self, *left_out: int) -> Table:
        """The table without some columns, for where there is less room."""
        kept = [index for index in range(len(self.columns)) if index not in left_out]
        return Table(
            self.title,
            tuple(self.columns[index] for index in kept),
            tuple(tuple(row[index] for index in kept) for row in self.rows),
            frozenset(new for new, old in enumerate(kept) if old in self.numeric),
            tuple((kept.index(old), numbers) for old, numbers in self.numbers if old in kept),
        )


@dataclass(frozen=True)
class Axis:
    """A chart's axis, and what is counted along it. On a logarithmic one, low and high are above zero."""

    title: str
    unit: Unit = Unit.NUMBER
    low: float | None = None
    high: float | None = None
    is_logarithmic: bool = False


@dataclass(frozen=True)
class Bars:
    """Bars between `left` and `right` on x, of height `height`; `tone` colours each one."""

    left: Sequence[float]
    right: Sequence[float]
    height: Sequence[float]
    tones: Sequence[Tone]


@dataclass(frozen=True)
class Spans:
    """Horizontal bars, one a category, from `start` to `end` on x; `tone` colours each one.

    `low_at_start` says for each bar whether the input's low end is at its start: such a bar shows which end is which.
    """

    names: Sequence[str]
    start: Sequence[float]
    end: Sequence[float]
    tones: Sequence[Tone]
    labels: Sequence[str]
    marks: Sequence[float | None] = ()
    low_at_start: Sequence[bool] = ()


@dataclass(frozen=True)
class Line:
    """A line through (x, y)."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    tone: Tone = Tone.MAIN


@dataclass(frozen=True)
class Band:
    """The area between `low` and `high`; `ends` is what those two are called where each is a line of its own."""

    name: str
    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    tone: Tone = Tone.MAIN
    ends: tuple[str, str] = ("P10", "P90")


@dataclass(frozen=True)
class Rule:
    """A straight line across the chart at a value of one axis, with its label."""

    at: float
    label: str
    axis: Literal["x", "y"] = "x"
    tone: Tone = Tone.MUTED


@dataclass(frozen=True)
class Stretch:
    """A shaded stretch of the x axis, with its label."""

    low: float
    high: float
    label: str
    tone: Tone = Tone.MUTED


@dataclass(frozen=True)
class Heat:
    """Money over two shares: values[row][column] at y[row], x[column]; the zero line is drawn."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    values: Sequence[Sequence[float]]


@dataclass(frozen=True)
class Points:
    """Named points. Those that are `labelled` bear their name beside them, on the `left` or on the right.

    `groups` says in a legend what the colours mean: a title for each point, the same for points of one tone.
    """

    names: Sequence[str]
    x: Sequence[float]
    y: Sequence[float]
    tones: Sequence[Tone]
    labelled: Sequence[bool]
    left: Sequence[bool]
    groups: Sequence[str] = ()


@dataclass(frozen=True)
class Note:
    """A few words about a place of the chart: what a bar that stands out is. Those that are `upright` need little room.

    Where something else stands around the place, the words are `raised` above it, to that height, and a line leads
    from them to the place. They run to the `left` of it or to the right.
    """

    x: float
    y: float
    text: str
    upright: bool = False
    raised: float | None = None
    left: bool = False


Mark = Bars | Spans | Line | Band | Rule | Stretch | Heat | Points | Note


@dataclass(frozen=True)
class Figure:
    """A chart as data: its title, a sentence that says what to see, its axes and marks.

    `alt` is the text alternative. The numbers along its axes are written as in `language`.
    """

    id: str
    title: str
    sentence: str
    alt: str
    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    currency: str
    language: Language = ENGLISH


Block = Paragraph | Bullets | KeyFigures | Table | Figure


@dataclass(frozen=True)
class Section:
    """A part of a report under one heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def section(identity: str, title: str, *blocks: Block | None) -> Section:
    """A section of the blocks that there are."""
    return Section(identity, title, tuple(block for block in blocks if block is not None))


def paragraph(text: str, *, muted: bool = False) -> Paragraph | None:
    """A paragraph, where there is something to say."""
    return Paragraph(text, muted) if text else None


def bullets(items: Sequence[str]) -> Bullets | None:
    """A list, where there is something in it."""
    return Bullets(tuple(items)) if items else None
