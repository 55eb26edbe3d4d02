"""The parts of a Summary: text, lists, tables and figure data, without any format.

A renderer draws these and computes nothing. Text in them is data: a renderer escapes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..assessment import Assessment
from ..document.proposal import Proposal
from ..text.languages import ENGLISH, Language, message, say


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
    """One figure with its label and its range, ready to read. `about` explains what it is."""

    label: str
    value: str
    detail: str = ""
    about: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """The few figures that matter, side by side; `columns` are their headings where they stand in a table."""

    figures: tuple[KeyFigure, ...]
    columns: tuple[str, ...] = (message("Figure"), message("Value"), message("Range"))

    def as_table(self) -> Table:
        """The figures as a table, for formats that have no cards."""
        rows = tuple((each.label, each.value, each.detail) for each in self.figures)
        return Table("", self.columns, rows, frozenset({1}))


@dataclass(frozen=True)
class Table:
    """A table of texts. `numeric` holds the columns to align right; `id` names it in any language."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    id: str = ""


@dataclass(frozen=True)
class Axis:
    """A chart's axis. `unit` is money, share, months, number or category."""

    title: str
    unit: str = "number"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Bars:
    """Bars between `left` and `right` on x, of height `height`; `tone` colours each one."""

    left: Sequence[float]
    right: Sequence[float]
    height: Sequence[float]
    tones: Sequence[str]


@dataclass(frozen=True)
class Spans:
    """Horizontal bars, one a category, from `start` to `end` on x; `tone` colours each one."""

    names: Sequence[str]
    start: Sequence[float]
    end: Sequence[float]
    tones: Sequence[str]
    labels: Sequence[str]
    marks: Sequence[float | None] = ()


@dataclass(frozen=True)
class Line:
    """A line through (x, y)."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    tone: str = "main"


@dataclass(frozen=True)
class Band:
    """The area between `low` and `high`."""

    name: str
    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    tone: str = "main"


@dataclass(frozen=True)
class Rule:
    """A straight line across the chart at a value of one axis, with its label."""

    at: float
    label: str
    axis: str = "x"
    tone: str = "muted"


@dataclass(frozen=True)
class Stretch:
    """A shaded stretch of the x axis, with its label."""

    low: float
    high: float
    label: str
    tone: str = "muted"


@dataclass(frozen=True)
class Heat:
    """Money over two shares: values[row][column] at y[row], x[column]; the zero line is drawn."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    values: Sequence[Sequence[float]]


@dataclass(frozen=True)
class Points:
    """Named points. Those that are `labelled` bear their name beside them, on the `left` or on the right."""

    names: Sequence[str]
    x: Sequence[float]
    y: Sequence[float]
    tones: Sequence[str]
    labelled: Sequence[bool]
    left: Sequence[bool]


Mark = Bars | Spans | Line | Band | Rule | Stretch | Heat | Points


@dataclass(frozen=True)
class Figure:
    """A chart as data: its title, a sentence that says what to see, its axes and marks.

    `alt` is the text alternative. tones: main, good, bad, muted, accent. The numbers along its axes
    are written as in `language`.
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
    """A part of the summary under one heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class DecisionNote:
    """A recorded decision. `outcome` is a recommendation; `overruled` the one that it sets aside, if any."""

    outcome: str
    decided_by: str
    decided_on: date
    reason: str
    overruled: str | None = None
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    revision: int = 0


@dataclass(frozen=True)
class Summary:
    """What the stakeholder reads, in one language. `facts` are the lines under the title (label, text)."""

    title: str
    verdict: str
    recommendation: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footnote: str
    proposal: Proposal = field(repr=False)
    assessment: Assessment = field(repr=False)
    language: Language = ENGLISH

    def say(self, text: str) -> str:
        """A text of a format's own, in the language of the summary."""
        return say(text, self.language)

    def section(self, identity: str) -> Section:
        """The section of that id. Raises KeyError."""
        return {section.id: section for section in self.sections}[identity]


@dataclass(frozen=True)
class Format:
    """An export format: its short name, title, file ending, media type and renderer.

    `place` orders the formats where people choose one: what is forwarded most comes first.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    render: Callable[[Summary], bytes]
    place: int = 50

    @property
    def file_type(self) -> str:
        """What a program knows the file by: pdf, of letter.pdf."""
        return self.suffix.rsplit(".", 1)[-1]
