"""Slides, and what stands on them: text, cards and tables, all in one look."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Any, TypeVar

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt

from ....text.languages import message
from ....text.shortening import shortened
from ....theme import LIGHT, code
from ...blocks import SIMULATION_ERROR, KeyFigure, Table
from ...layout import breakable, column_widths, fits, printable, property_text, unbroken
from ...memo import Memo
from ...zipped import without_days

_WIDTH, _HEIGHT = 33.867, 19.05
_LAYOUT_TITLE_ONLY = 5
_LONGEST_BULLET = 230
_LONGEST_CELL = 64
# A table without bands and grid: the lines below its rows are ours.
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_TITLE_ROOM = 0.9
# The largest type in which no word of a table is broken.
_TABLE_SIZES = (12, 11, 10.5, 10, 9.5, 9)
_LONGEST_WORD, _GAP = 60, 0.25
_LARGE, _LESS_LARGE, _SHORT_VALUE = 24, 17, 12
# How much a letter and a line take of a centimetre for each point of type; wide enough for other fonts.
_LETTER, _LINE, _PADDING = 0.0179, 0.044, 0.2
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


Line = TypeVar("Line")


@dataclass(frozen=True)
class Area:
    """A part of a slide, in centimetres."""

    left: float
    top: float
    width: float
    height: float


class Deck:
    """The presentation being made."""

    def __init__(self, memo: Memo) -> None:
        self.memo = memo
        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Cm(_WIDTH), Cm(_HEIGHT)
        properties = self._deck.core_properties
        properties.title, properties.author = property_text(memo.title), property_text(memo.owner)
        properties.language = memo.language.html_tag
        # What the library's own template says of its maker.
        properties.comments = properties.last_modified_by = ""
        self.tone = LIGHT.verdict(memo.verdict.recommendation)

    def slide(self, title: str) -> Slide:
        """A new slide with its title, a line in the colour of the verdict, and a foot."""
        slide = Slide(self._deck.slides.add_slide(self._deck.slide_layouts[_LAYOUT_TITLE_ONLY]), self.memo)
        slide.title(title)
        slide.rule(Area(1.6, 2.55, 30.6, 0.06), self.tone)
        parts = (shortened(self.memo.title, 60), self.memo.verdict.said, self.memo.standing.line)
        foot = "  ·  ".join(part for part in parts if part)
        slide.text([foot], Area(1.6, 17.9, 26.0, 0.8), size=10, colour=LIGHT.soft)
        number = str(len(self._deck.slides))
        slide.text([number], Area(28.2, 17.9, 4.0, 0.8), size=10, colour=LIGHT.soft, right=True)
        return slide

    def content(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self._deck.save(target)
        return without_days(target.getvalue())


class Slide:
    """One slide; everything is placed in centimetres."""

    def __init__(self, slide: Any, memo: Memo) -> None:
        self.shapes = slide.shapes
        self._slide, self._memo = slide, memo

    def title(self, title: str) -> None:
        """The slide's own title, so that outlines and screen readers find it."""
        shape = self.shapes.title
        shape.left, shape.top, shape.width, shape.height = Cm(1.6), Cm(0.7), Cm(30.6), Cm(1.7)
        frame = shape.text_frame
        frame.text, frame.word_wrap, frame.vertical_anchor = printable(title), True, MSO_ANCHOR.BOTTOM
        frame.margin_left = frame.margin_right = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(28 if len(title) < 60 else 20), True
        paragraph.font.color.rgb = colour_of(LIGHT.ink)

    def rule(self, area: Area, colour: str) -> None:
        """A coloured line; it says nothing to a screen reader."""
        self._filled(area, colour)

    def _filled(self, area: Area, colour: str) -> Any:
        """A plain rectangle."""
        shape = self.shapes.add_shape(MSO_SHAPE.RECTANGLE, *placed(area))
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour_of(colour)
        shape.line.fill.background()
        shape.shadow.inherit = False
        return shape

    def _box(self, area: Area) -> Any:
        """The frame of a text that begins at the area's edge."""
        frame = self.shapes.add_textbox(*placed(area)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        return frame

    def text(
        self,
        lines: Sequence[str],
        area: Area,
        *,
        size: int,
        bold: bool = False,
        colour: str = LIGHT.ink,
        right: bool = False,
    ) -> None:
        """Lines of text, one paragraph each."""
        for paragraph, line in _paragraphs(self._box(area), lines):
            paragraph.space_after = Pt(6)
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            _run(paragraph, line, size, bold=bold, colour=colour)

    def running(self, lines: Iterable[tuple[str, bool]], area: Area, *, size: int, colour: str) -> None:
        """Running text; those lines that are heads are bold."""
        for paragraph, (line, head) in _paragraphs(self._box(area), list(lines)):
            paragraph.space_before, paragraph.space_after = Pt(8 if head else 0), Pt(2)
            _run(paragraph, breakable(line, _LONGEST_WORD), size, bold=head, colour=colour)

    def bullets(self, items: Sequence[str], area: Area, *, size: int) -> None:
        """A list, with hanging bullets, as many as there is room for; all of them are further on."""
        shown = self._that_fit([shortened(printable(item), _LONGEST_BULLET) for item in items], area, size)
        rest = len(items) - len(shown)
        shown += [self._memo.say(more_in_memo(rest))] if rest > 0 else []
        for paragraph, item in _paragraphs(self._box(area), shown):
            paragraph.space_after = Pt(7)
            _hang(paragraph)
            _run(paragraph, item, size)

    @staticmethod
    def _that_fit(items: Sequence[str], area: Area, size: int) -> list[str]:
        """The first of the items, as far as the area's height goes; where not all fit, a line is kept for the rest."""
        line = _LINE * size
        heights = [ceil(len(item) * _LETTER * size / (area.width - 0.6)) * line + _GAP for item in items]
        room = area.height if sum(heights) <= area.height else area.height - line - _GAP
        tops = accumulate(heights)
        return [item for item, bottom in zip(items, tops, strict=True) if bottom <= room]

    def card(self, figure: KeyFigure, area: Area) -> None:
        """One figure with its label above and its range below."""
        frame = self._filled(area, LIGHT.panel).text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = Cm(0.35)
        frame.margin_top = frame.margin_bottom = Cm(0.1)
        lines = (
            (figure.label, 12, False, LIGHT.soft),
            (figure.value, _LARGE if len(figure.value) <= _SHORT_VALUE else _LESS_LARGE, True, LIGHT.ink),
            (figure.detail, 11, False, LIGHT.soft),
            *([(f"{self._memo.say(SIMULATION_ERROR)} {figure.error}", 11, False, LIGHT.soft)] if figure.error else []),
        )
        for paragraph, (text, size, bold, colour) in _paragraphs(frame, lines):
            paragraph.alignment = PP_ALIGN.LEFT
            _run(paragraph, text, size, bold=bold, colour=colour)

    def titled_table(self, title: str, table: Table, area: Area) -> None:
        """A table under a title."""
        self.text([title], Area(area.left, area.top, area.width, _TITLE_ROOM), size=15, bold=True)
        self.table(table, Area(area.left, area.top + _TITLE_ROOM, area.width, area.height - _TITLE_ROOM))

    def table(self, table: Table, area: Area) -> None:
        """As many rows as the area holds, and how many more there are."""
        short = _short(table)
        size = next((size for size in _TABLE_SIZES if fits(short, area.width, size)), _TABLE_SIZES[-1])
        widths = column_widths(short, area.width, size)
        shown = self._rows_that_fit(table, widths, size, area.height)
        shape = self.shapes.add_table(len(shown) + 1, len(widths), *placed(area))
        grid = shape.table
        grid._tbl.tblPr.find(f"{{{_DRAWING}}}tableStyleId").text = _PLAIN_STYLE
        for index, width in enumerate(widths):
            grid.columns[index].width = Cm(width)
        for number, row in enumerate((table.columns, *shown)):
            grid.rows[number].height = Cm(_row_height(row, widths, size))
            for index, text in enumerate(row):
                _cell(grid.cell(number, index), text, size, right=index in table.numeric, head=number == 0)

    def _rows_that_fit(
        self, table: Table, widths: Sequence[float], size: float, height: float
    ) -> list[tuple[str, ...]]:
        rows = _short(table).rows
        room = height - _row_height(table.columns, widths, size)
        shown: list[tuple[str, ...]] = []
        for number, row in enumerate(rows):
            left = len(rows) - number - 1
            # The line that says how many more there are needs room of its own.
            needed = _row_height(row, widths, size) + (_row_height(("",), widths, size) if left else 0)
            if needed > room:
                rest = len(rows) - number
                return [*shown, (self._memo.say(more_in_memo(rest)), *[""] * (len(row) - 1))]
            room -= _row_height(row, widths, size)
            shown.append(row)
        return shown

    def nothing(self, area: Area) -> None:
        """What stands where there are no figures."""
        text = self._memo.say(message("The figures for this are not complete yet."))
        self.text([text], area, size=18, colour=LIGHT.soft)

    def notes(self, lines: Sequence[str]) -> None:
        """What the speaker says."""
        self._slide.notes_slide.notes_text_frame.text = "\n".join(printable(line) for line in lines)


def more_in_memo(rest: int) -> str:
    """What stands where a list is cut short on a slide; the slides after the first five have all of it."""
    return message("and {rest} more: see further on", rest=str(rest))


def colour_of(colour: str) -> Any:
    """A colour of the theme, as the library takes it."""
    make: Any = RGBColor
    return make(*bytes.fromhex(code(colour)))


def placed(area: Area) -> tuple[Any, ...]:
    """The area as the library takes it: left, top, width, height."""
    return Cm(area.left), Cm(area.top), Cm(area.width), Cm(area.height)


def _short(table: Table) -> Table:
    rows = tuple(tuple(shortened(cell, _LONGEST_CELL) for cell in unbroken(table, row)) for row in table.rows)
    return Table(table.title, table.columns, rows, table.numeric)


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(ceil(len(text) * _LETTER * size / (width - 0.3)) for text, width in zip(row, widths, strict=False))
    return max(lines, 1) * _LINE * size + _PADDING


def _paragraphs(frame: Any, lines: Sequence[Line]) -> Iterator[tuple[Any, Line]]:
    """A paragraph for each line; a frame has its first one from the beginning."""
    for number, line in enumerate(lines):
        yield (frame.add_paragraph() if number else frame.paragraphs[0]), line


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = LIGHT.ink) -> None:
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour_of(colour)


def _hang(paragraph: Any) -> None:
    """A bullet before the text, later lines below the text and not below the bullet."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Cm(0.6)))
    properties.set("indent", str(-Cm(0.6)))
    properties.append(parse_xml(f'<a:buFont xmlns:a="{_DRAWING}" typeface="Arial"/>'))
    properties.append(parse_xml(f'<a:buChar xmlns:a="{_DRAWING}" char="•"/>'))


def _cell(cell: Any, text: str, size: float, *, right: bool, head: bool) -> None:
    cell.margin_left = cell.margin_right = Cm(0.12)
    cell.margin_top = cell.margin_bottom = Cm(0.08)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _run(paragraph, text, size, bold=head)
    width, colour = (12_700, LIGHT.soft) if head else (6_350, LIGHT.rule)
    line = (
        f'<a:lnB xmlns:a="{_DRAWING}" w="{width}"><a:solidFill><a:srgbClr val="{code(colour)}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().append(parse_xml(line))
