"""The full memo as a Word document: headings, table of contents, native tables, charts with alternative texts."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.shared import Cm

from ....text.languages import message
from ...blocks import (
    Block,
    Bullets,
    Figure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from ...drawing import draw_png
from ...file_format import FileFormat
from ...layout import printable, property_text
from ...memo import Memo
from ...zipped import without_days
from .parts import (
    add_bullets,
    add_contents,
    add_facts,
    add_foot,
    add_heading,
    add_muted,
    add_table,
    add_verdict,
    keep_with_next,
    proof_in,
    set_up,
)

_CHART_WIDTH = Cm(11.8)
# What a paragraph before it leads into.
_LED_INTO = (Bullets, Table, KeyFigures)


def render(memo: Memo) -> bytes:
    """The memo as .docx. What people typed is written as text runs: never a field, link or markup."""
    document = docx.Document()
    set_up(document)
    proof_in(document, memo.language.html_tag)
    _properties(document, memo)
    document.add_heading(printable(memo.title), 0)
    add_verdict(document.add_paragraph(), memo.verdict)
    add_facts(document, memo.all_facts)
    if memo.lead:
        document.add_paragraph(printable(memo.lead, lines=True))
    sections = memo.sections
    add_contents(document, [section.title for section in sections])
    for number, section in enumerate(sections):
        _section(document, section, number, is_last=section is sections[-1])
    add_foot(document, memo.footnote)
    target = io.BytesIO()
    document.save(target)
    return without_days(target.getvalue())


def _properties(document: Any, memo: Memo) -> None:
    properties = document.core_properties
    properties.title, properties.author = property_text(memo.title), property_text(memo.owner)
    properties.language, properties.comments = memo.language.html_tag, ""


def _section(document: Any, section: Section, number: int, *, is_last: bool) -> None:
    add_heading(document, section.title, number)
    before = len(document.paragraphs)
    for place, block in enumerate(section.blocks):
        following = section.blocks[place + 1] if place + 1 < len(section.blocks) else None
        _block(document, block, leads=isinstance(following, _LED_INTO))
    if is_last and not any(isinstance(block, Table) for block in section.blocks):
        # It goes to the next page as a whole: no last page with one line on it.
        for paragraph in document.paragraphs[before:-1]:
            keep_with_next(paragraph)


def _block(document: Any, block: Block, *, leads: bool) -> None:
    """One part; a line that leads into a list or table stays with it."""
    match block:
        case Paragraph(text, muted):
            paragraph = document.add_paragraph()
            if muted:
                add_muted(paragraph, printable(text, lines=True))
            else:
                paragraph.add_run(printable(text, lines=True))
            if leads:
                keep_with_next(paragraph)
        case Bullets(items):
            add_bullets(document, items)
        case KeyFigures():
            add_table(document, block.as_table())
        case Table():
            add_table(document, block)
        case Figure():
            _figure(document, block)


def _figure(document: Any, figure: Figure) -> None:
    document.add_heading(printable(figure.title), 2)
    keep_with_next(document.add_paragraph(printable(figure.sentence)))
    picture = document.add_picture(io.BytesIO(draw_png(figure)), width=_CHART_WIDTH)
    about = picture._inline.docPr
    about.set("descr", printable(figure.alt))
    about.set("title", property_text(figure.title))


FORMAT = FileFormat(
    "docx",
    message("Word, the full memo"),
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    render,
    place=4,
)
