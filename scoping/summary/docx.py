"""The full memo as a Word document: headings, table of contents, native tables, charts with alternative texts."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from .blocks import Block, Bullets, Figure, Format, KeyFigures, Paragraph, Summary, Table
from .layout import column_shares, printable, unbroken
from .svg import draw_png

_SOFT = RGBColor(0x59, 0x62, 0x6C)
_TABLE_STYLE = "Light List Accent 1"
_TEXT_WIDTH, _WRAPS_AT = Cm(16.6), 22
_MANY_COLUMNS = 6


def render(summary: Summary) -> bytes:
    """The memo as .docx. What people typed is written as text runs: never a field, link or markup."""
    document = docx.Document()
    _set_up(document, summary)
    document.add_heading(printable(summary.title), 0)
    document.add_paragraph().add_run(summary.verdict).bold = True
    for label, value in summary.facts:
        line = document.add_paragraph(style="No Spacing")
        line.add_run(f"{label}: ").bold = True
        line.add_run(printable(value))
    if summary.lead:
        document.add_paragraph(printable(summary.lead, lines=True))
    _contents(document, summary)
    for section in summary.sections:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            _block(document, block)
    _muted(document.add_paragraph(), summary.footnote)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: Any, summary: Summary) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    properties = document.core_properties
    properties.title, properties.author = printable(summary.title)[:250], printable(summary.proposal.owner)[:250]
    properties.language, properties.comments = summary.language.html_tag, ""
    _proof_in(document, summary.language.html_tag)


def _proof_in(document: Any, tag: str) -> None:
    """Spelling is checked, and the text read aloud, in this language."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


def _contents(document: Any, summary: Summary) -> None:
    """A table of contents that Word fills with page numbers when asked to (F9); until then, the headings."""
    paragraph = document.add_paragraph()
    for kind, text in (("begin", None), (None, ' TOC \\o "1-2" \\h '), ("separate", None)):
        paragraph.add_run()._r.append(_field(kind, text))
    paragraph.add_run("\n".join(section.title for section in summary.sections))
    paragraph.add_run()._r.append(_field("end", None))


def _field(kind: str | None, text: str | None) -> Any:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    return element


def _block(document: Any, block: Block) -> None:
    match block:
        case Paragraph(text, muted):
            paragraph = document.add_paragraph()
            _muted(paragraph, printable(text, lines=True)) if muted else paragraph.add_run(printable(text, lines=True))
        case Bullets(items):
            for item in items:
                document.add_paragraph(printable(item), style="List Bullet")
        case KeyFigures():
            _table(document, block.as_table())
        case Table():
            _table(document, block)
        case Figure():
            _figure(document, block)


def _muted(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _table(document: Any, table: Table) -> None:
    if table.title:
        document.add_heading(table.title, 2)
    size = 9 if len(table.columns) < _MANY_COLUMNS else 7.5
    grid = document.add_table(rows=1, cols=len(table.columns), style=_TABLE_STYLE)
    for index, column in enumerate(table.columns):
        _cell(grid.rows[0].cells[index], column, size, right=index in table.numeric)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        cells = grid.add_row().cells
        for index, text in enumerate(unbroken(table, row)):
            _cell(cells[index], text, size, right=index in table.numeric)
    _widen(grid, column_shares(table, _WRAPS_AT))
    document.add_paragraph()


def _widen(grid: Any, shares: list[float]) -> None:
    """Word takes a column's width from its cells."""
    grid.autofit = False
    for index, share in enumerate(shares):
        grid.columns[index].width = int(_TEXT_WIDTH * share / sum(shares))
        for cell in grid.columns[index].cells:
            cell.width = int(_TEXT_WIDTH * share / sum(shares))


def _cell(cell: Any, text: str, size: float, *, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.add_run(text).font.size = Pt(size)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _figure(document: Any, figure: Figure) -> None:
    document.add_heading(printable(figure.title), 2)
    document.add_paragraph(printable(figure.sentence)).paragraph_format.keep_with_next = True
    picture = document.add_picture(io.BytesIO(draw_png(figure)), width=Cm(16.4))
    about = picture._inline.docPr
    about.set("descr", printable(figure.alt))
    about.set("title", printable(figure.title)[:200])


FORMAT = Format(
    "docx",
    "Word, the full memo",
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    render,
    place=3,
)
