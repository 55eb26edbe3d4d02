"""Slides, and what stands on them: text, cards and tables, all in one look."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt

from ....text.languages import Language, message, say
from ....text.shortening import shortened
from ....theme import LIGHT, code
from ...blocks import SIMULATION_ERROR, KeyFigure
from ...layout import breakable, printable, property_text
from ...lettering import lines_of
from ...memo import Memo
from ...zipped import without_days
from .pieces import Line, Piece, Rows, again, at_most, filled, laid_out, tall

_WIDTH, _HEIGHT = 33.867, 19.05
_LAYOUT_TITLE_ONLY = 5
# A table without bands and grid: the lines below its rows are ours.
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
# The largest type in which a title stands on so many lines, and the same for the foot of a slide.
_TITLE_SIZES = ((28, 1), (24, 1), (20, 2), (16, 2), (13, 2), (11, 3))
_FOOT_SIZES = ((10, 1), (8, 2), (7, 2))
# Above the slide's line there is no room for more; the whole of a longer title stands on the slides with the details.
_LONGEST_TITLE = 360
_LONGEST_WORD, _HEADING = 60, 15
# Running text is smaller where that saves a slide with two lines on it.
_RUNNING_SIZES = (16, 14, 13, 12)
_VALUE_SIZES = ((24, 1), (17, 1), (13, 1), (12, 2))
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


Told = TypeVar("Told")


@dataclass(frozen=True)
class Area:
    """A part of a slide, in centimetres."""

    left: float
    top: float
    width: float
    height: float


FULL = Area(1.6, 3.0, 30.6, 14.6)
"""All of a slide below its title."""


@dataclass(frozen=True)
class Head:
    """What every slide of a deck bears: the title and what was said of it, when, and the remark of the notes.

    `tone` is the colour of the line below a slide's title.
    """

    title: str
    author: str
    tag: str
    tone: str
    edition: str
    footnote: str
    language: Language

    def say(self, text: str) -> str:
        """A text of the slides' own, in their language."""
        return say(text, self.language)


def head_of(memo: Memo) -> Head:
    """The head of a memo's slides."""
    verdict = memo.verdict
    tone = LIGHT.verdict(verdict.recommendation)
    return Head(memo.title, memo.owner, verdict.said, tone, memo.standing.line, memo.footnote, memo.language)


class Deck:
    """The presentation being made."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self._later: list[Piece] = []
        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Cm(_WIDTH), Cm(_HEIGHT)
        properties = self._deck.core_properties
        properties.title, properties.author = property_text(head.title), property_text(head.author)
        properties.language = head.language.html_tag
        # What the library's own template says of its maker.
        properties.comments = properties.last_modified_by = ""
        self.tone = head.tone

    def flow(self, heading: str, pieces: Iterable[Piece], slide: Slide, area: Area) -> float:
        """Pieces in a part of the slide; what does not fit there goes on, under a heading if need be, on one after it.

        Comes back with where the next thing may begin.
        """
        here, rest = filled(_as_large_as_fits(list(pieces), area), area.width, area.height, alone=False)
        slide.pieces(here, area)
        if rest:
            head = [Line(printable(heading), _HEADING, head=True)] if heading and not rest[0].stays else []
            self._later += [*head, *again(rest, FULL.width)]
        return area.top + tall(here, area.width)

    def go_on(self, title: str) -> None:
        """The slides with what did not fit on the last one, which has that title."""
        waiting, self._later = self._later, []
        pages = [laid_out(at_most(waiting, size), FULL.width, FULL.height) for size in _RUNNING_SIZES]
        for page in min(pages, key=len):
            slide = self.slide(self.head.say(message("{title} (continued)", title=title)))
            slide.pieces(page, FULL)
            slide.notes([self.head.footnote])

    def slide(self, title: str) -> Slide:
        """A new slide with its title, a line in the colour of the verdict, and a foot."""
        slide = Slide(self._deck.slides.add_slide(self._deck.slide_layouts[_LAYOUT_TITLE_ONLY]), self.head)
        slide.title(title)
        slide.rule(Area(1.6, 2.55, 30.6, 0.06), self.tone)
        parts = (shortened(self.head.title, _LONGEST_TITLE), self.head.tag, self.head.edition)
        foot = "  ·  ".join(part for part in parts if part)
        area = Area(1.6, 17.9, 26.0, 0.8)
        slide.text([foot], area, size=_size_for(foot, area.width, _FOOT_SIZES), colour=LIGHT.soft)
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

    def __init__(self, slide: Any, head: Head) -> None:
        self.shapes = slide.shapes
        self._slide, self._head = slide, head

    def title(self, title: str) -> None:
        """The slide's own title, so that outlines and screen readers find it."""
        shape = self.shapes.title
        shape.left, shape.top, shape.width, shape.height = Cm(1.6), Cm(0.7), Cm(30.6), Cm(1.7)
        frame = shape.text_frame
        title = shortened(printable(title), _LONGEST_TITLE)
        frame.text, frame.word_wrap, frame.vertical_anchor = title, True, MSO_ANCHOR.BOTTOM
        frame.margin_left = frame.margin_right = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(_size_for(title, 30.6, _TITLE_SIZES, bold=True)), True
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
        size: float,
        bold: bool = False,
        colour: str = LIGHT.ink,
        right: bool = False,
    ) -> None:
        """Lines of text, one paragraph each."""
        for paragraph, line in _paragraphs(self._box(area), lines):
            paragraph.space_after = Pt(6)
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            _run(paragraph, line, size, bold=bold, colour=colour)

    def pieces(self, pieces: Sequence[Piece], area: Area) -> None:
        """Lines and tables, one below the other: lines that follow each other in one box, each table as a table."""
        top = area.top
        for is_table, group in groupby(pieces, lambda piece: isinstance(piece, Rows)):
            for part in [[each] for each in group] if is_table else [list(group)]:
                height = tall(part, area.width)
                self._part(part, Area(area.left, top, area.width, height))
                top += height

    def _part(self, part: Sequence[Piece], area: Area) -> None:
        if isinstance(part[0], Rows):
            self._grid(part[0], area)
        else:
            self._running([line for line in part if isinstance(line, Line)], area)

    def _running(self, lines: Sequence[Line], area: Area) -> None:
        """Running text; heads are bold, and the items of a list hang below their bullets."""
        for paragraph, line in _paragraphs(self._box(area), lines):
            paragraph.space_before, paragraph.space_after = Pt(8 if line.head else 0), Pt(4)
            if line.hangs:
                _hang(paragraph, dot=line.dot)
            colour = LIGHT.soft if line.soft else LIGHT.ink
            _run(paragraph, breakable(line.text, _LONGEST_WORD), line.size, bold=line.head, colour=colour)

    def card(self, figure: KeyFigure, area: Area) -> None:
        """One figure with its label above and its range below."""
        frame = self._filled(area, LIGHT.panel).text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = Cm(0.35)
        frame.margin_top = frame.margin_bottom = Cm(0.1)
        lines = (
            (figure.label, 12, False, LIGHT.soft),
            (figure.value, _size_for(figure.value, area.width - 0.7, _VALUE_SIZES, bold=True), True, LIGHT.ink),
            (figure.detail, 11, False, LIGHT.soft),
            *([(f"{self._head.say(SIMULATION_ERROR)} {figure.error}", 11, False, LIGHT.soft)] if figure.error else []),
        )
        for paragraph, (text, size, bold, colour) in _paragraphs(frame, lines):
            paragraph.alignment = PP_ALIGN.LEFT
            _run(paragraph, text, size, bold=bold, colour=colour)

    def _grid(self, rows: Rows, area: Area) -> None:
        """A table of the program's own."""
        table, heights = rows.table, rows.heights()
        shape = self.shapes.add_table(len(heights), len(rows.widths), *placed(area))
        grid = shape.table
        grid._tbl.tblPr.find(f"{{{_DRAWING}}}tableStyleId").text = _PLAIN_STYLE
        for index, width in enumerate(rows.widths):
            grid.columns[index].width = Cm(width)
        for number, row in enumerate((table.columns, *table.rows)):
            grid.rows[number].height = Cm(heights[number])
            for index, text in enumerate(row):
                _cell(grid.cell(number, index), text, rows.size, right=index in table.numeric, head=number == 0)

    def nothing(self, area: Area) -> None:
        """What stands where there are no figures."""
        text = self._head.say(message("The figures for this are not complete yet."))
        self.text([text], area, size=18, colour=LIGHT.soft)

    def notes(self, lines: Sequence[str]) -> None:
        """What the speaker says."""
        self._slide.notes_slide.notes_text_frame.text = "\n".join(printable(line) for line in lines)


def _as_large_as_fits(pieces: list[Piece], area: Area) -> list[Piece]:
    """In smaller type, where all of it fits then: a further slide is for what needs one."""
    sizes = (at_most(pieces, size) for size in _RUNNING_SIZES)
    return next((each for each in sizes if tall(each, area.width) <= area.height), pieces)


def _size_for(text: str, width: float, sizes: Sequence[tuple[float, int]], *, bold: bool = False) -> float:
    """The first of the sizes in which the text takes no more than so many lines, or the last."""
    fitting = (size for size, lines in sizes if lines_of(text, width, size, bold=bold) <= lines)
    return next(fitting, sizes[-1][0])


def colour_of(colour: str) -> Any:
    """A colour of the theme, as the library takes it."""
    make: Any = RGBColor
    return make(*bytes.fromhex(code(colour)))


def placed(area: Area) -> tuple[Any, ...]:
    """The area as the library takes it: left, top, width, height."""
    return Cm(area.left), Cm(area.top), Cm(area.width), Cm(area.height)


def _paragraphs(frame: Any, lines: Sequence[Told]) -> Iterator[tuple[Any, Told]]:
    """A paragraph for each line; a frame has its first one from the beginning."""
    for number, line in enumerate(lines):
        yield (frame.add_paragraph() if number else frame.paragraphs[0]), line


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = LIGHT.ink) -> None:
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour_of(colour)


def _hang(paragraph: Any, *, dot: bool) -> None:
    """A bullet before the text, later lines below the text and not below the bullet; no dot where an item goes on."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Cm(0.6)))
    if not dot:
        return
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
