"""A scenario as slides: its figures, what is done and left, the charts, then the rest in full."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ...text.languages import message
from ..blocks import Bars, Figure, KeyFigures, Section, Spans
from ..drawing import HALF, draw_png
from ..file_format import FileFormat
from ..layout import printable
from ..renderers.pptx import FORMAT as MEMO_FORMAT
from ..renderers.pptx.charts import add_chart
from ..renderers.pptx.details import lines_of_text, pieces_of
from ..renderers.pptx.pieces import Line, Piece
from ..renderers.pptx.slides import FULL, Area, Deck, Head, Slide, placed
from .account import Account

_BOTTOM = 17.5
# Sections that the first slide tells, and those of the second.
FIRST = ("glance", "remarks")
DONE = ("done", "left", "not_counted")
_HEADING = 15
_CARD, _CARD_HEIGHT = 7.5, 3.4
_LEFT, _RIGHT = Area(1.6, 3.0, 15.0, 14.4), Area(17.2, 3.0, 15.0, 14.4)


def render(told: Account) -> bytes:
    """The slides as .pptx. What people typed is written as text runs: never a link or a field."""
    head = Head(told.title, "", told.tag, told.tone, told.edition, told.footnote, told.language)
    deck = Deck(head)
    deck.go_on(_first(deck, told))
    parts = {each.id: each for each in told.sections}
    _text(deck, told.say(message("What is done, and what is left")), _named(parts, DONE))
    for section in told.sections:
        _charts(deck, section)
    _text(deck, told.say(message("In full")), [each for each in told.sections if each.id not in (*FIRST, *DONE)])
    return deck.content()


def _named(parts: Mapping[str, Section], names: Sequence[str]) -> list[Section]:
    return [parts[name] for name in names if name in parts]


def _first(deck: Deck, told: Account) -> str:
    """What it is, what was decided, its figures, and what a reader must know first."""
    slide, parts = deck.slide(told.title), {each.id: each for each in told.sections}
    slide.text([told.tag], Area(1.6, 2.8, 30.6, 1.5), size=30, bold=True, colour=deck.tone)
    facts = "  ·  ".join(f"{label}: {value}" for label, value in told.facts)
    lines = [*lines_of_text(told.lead, 16), *lines_of_text(facts, 12, soft=True)]
    top = deck.flow(told.title, lines, slide, Area(1.6, 4.4, 30.6, 4.0)) + 0.3
    rest: list[Piece] = []
    for section in _named(parts, FIRST):
        if isinstance(section.blocks[0], KeyFigures):
            top = _cards(slide, section.blocks[0], top)
            section = Section(section.id, section.title, section.blocks[1:])
        rest += pieces_of(section)
    deck.flow(told.title, rest, slide, Area(1.6, top, 30.6, _BOTTOM - top))
    slide.notes([told.footnote])
    return told.title


def _cards(slide: Slide, figures: KeyFigures, top: float) -> float:
    """The key figures side by side; comes back with where the next thing may begin."""
    for place, figure in enumerate(figures.figures):
        slide.card(figure, Area(FULL.left + _CARD * place, top, _CARD - 0.3, _CARD_HEIGHT))
    return top + _CARD_HEIGHT + 0.4


def _text(deck: Deck, title: str, sections: Sequence[Section]) -> None:
    """Sections one after the other, their charts left out, on as many slides as it takes."""
    told = [(section, [*pieces_of(section)]) for section in sections]
    pieces = [piece for section, own in told if own for piece in (_heading(section), *own)]
    if not pieces:
        return
    slide = deck.slide(title)
    deck.flow(title, pieces, slide, Area(FULL.left, FULL.top, FULL.width, _BOTTOM - FULL.top))
    slide.notes([deck.head.footnote])
    deck.go_on(title)


def _heading(section: Section) -> Line:
    return Line(printable(section.title), _HEADING, head=True)


def _charts(deck: Deck, section: Section) -> None:
    """The charts of a section, two on a slide."""
    figures = [each for each in section.blocks if isinstance(each, Figure)]
    for first in range(0, len(figures), 2):
        _pair(deck, section.title, figures[first : first + 2])


def _pair(deck: Deck, title: str, figures: Sequence[Figure]) -> None:
    slide = deck.slide(title)
    areas = (_LEFT, _RIGHT) if len(figures) > 1 else (FULL,)
    for figure, area in zip(figures, areas, strict=False):
        if any(isinstance(mark, (Bars, Spans)) for mark in figure.marks):
            _picture(slide, figure, area)
        else:
            add_chart(slide, figure, area)
    slide.notes([f"{each.title}: {each.sentence}" for each in figures])


def _picture(slide: Slide, figure: Figure, area: Area) -> None:
    """A chart that PowerPoint has no kind for, a bar from month to month or a bar under its limit, as it is on paper."""
    slide.text([figure.title], area, size=13, bold=True)
    left, top, width, _ = placed(Area(area.left, area.top + 1.1, min(area.width, _LEFT.width), area.height - 1.1))
    shape: Any = slide.shapes.add_picture(io.BytesIO(draw_png(figure, HALF)), left, top, width)
    shape._element.nvPicPr.cNvPr.set("descr", printable(figure.alt))


FORMAT = FileFormat("pptx", message("Scenario as slides"), "pptx", MEMO_FORMAT.media_type, render, place=2)
