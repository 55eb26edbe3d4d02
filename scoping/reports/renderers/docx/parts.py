"""The parts of a Word document in one look: styles, tables, lists, contents, foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ....theme import LIGHT, code
from ...blocks import Table
from ...layout import column_shares, printable, unbroken
from ...memo.parts import VerdictPart

_FONT = "Calibri"
_INK, _SOFT = RGBColor.from_string(code(LIGHT.ink)), RGBColor.from_string(code(LIGHT.soft))
_HEADINGS = {"Title": 24, "Heading 1": 15, "Heading 2": 11.5}
_TEXT_WIDTH = Cm(16.6)
# A table of many columns is set in smaller type; one of few rows stays on one page.
_MANY_COLUMNS, _FEW_ROWS, _FEW_ITEMS = 6, 12, 8
# Letters of a text before it goes on in the next line, in tables of many columns and of few.
_WRAPS_EARLY, _WRAPS_LATE = 18, 46
# Between the columns, in twentieths of a point.
_CELL_MARGIN = "60"


def set_up(document: Any) -> None:
    """Paper, margins and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.2)
    for name in ("Normal", "No Spacing", "List Bullet", *_HEADINGS):
        style = document.styles[name]
        style.font.name = _FONT
        # The theme's own font would win over the name.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(3)
    for name, size in _HEADINGS.items():
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, _INK
    document.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(10)
    document.styles["Heading 2"].paragraph_format.space_after = Pt(3)


def proof_in(document: Any, tag: str) -> None:
    """Spelling is checked, and the text read aloud, in this language."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


def add_verdict(paragraph: Any, verdict: VerdictPart) -> None:
    """The verdict, in its colour."""
    run = paragraph.add_run(verdict.said)
    run.bold, run.font.size = True, Pt(15)
    run.font.color.rgb = RGBColor.from_string(code(LIGHT.verdict(verdict.recommendation)))


def add_facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    """Who and what, a line each."""
    for label, value in facts:
        line = document.add_paragraph(style="No Spacing")
        head = line.add_run(f"{label}: ")
        head.font.color.rgb = _SOFT
        line.add_run(printable(value))
    if facts:
        line.paragraph_format.space_after = Pt(8)


def add_muted(paragraph: Any, text: str) -> None:
    """A remark, smaller and softer."""
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), _SOFT


def keep_with_next(paragraph: Any) -> None:
    """No page ends after this paragraph."""
    paragraph.paragraph_format.keep_with_next = True


def add_bullets(document: Any, items: Sequence[str]) -> None:
    """A list; a short one is not broken over two pages."""
    for number, item in enumerate(items, start=1):
        paragraph = document.add_paragraph(printable(item), style="List Bullet")
        if number < len(items) <= _FEW_ITEMS:
            keep_with_next(paragraph)


def add_contents(document: Any, titles: Sequence[str]) -> None:
    """A table of contents that Word fills with page numbers when asked to (F9); until then, the headings."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.4)
    for kind, text in (("begin", None), (None, ' TOC \\o "1-2" \\h '), ("separate", None)):
        paragraph.add_run()._r.append(_field(kind, text))
    paragraph.add_run("\n".join(titles)).font.color.rgb = _SOFT
    paragraph.add_run()._r.append(_field("end", None))


def add_foot(document: Any, footnote: str) -> None:
    """What the figures rest on, and the page's number, at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    add_muted(paragraph, f"{footnote}  ·  ")
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("end", None)):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(9), _SOFT
        run._r.append(_field(kind, text))


def _field(kind: str | None, text: str | None) -> Any:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    return element


def add_table(document: Any, table: Table) -> None:
    """The table under its title; its head is repeated on every page."""
    if table.title:
        document.add_heading(table.title, 2)
    many = len(table.columns) >= _MANY_COLUMNS
    size = 8 if many else 9.5
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    _lines(grid)
    _head(grid.rows[0])
    rows = [table.columns, *(unbroken(table, row) for row in table.rows)]
    stays = len(rows) <= _FEW_ROWS
    for number, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        _never_split(row)
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _cell(cell, text, size, right=index in table.numeric, bold=number == 0)
            # The head with the first row, and a short table as a whole.
            cell.paragraphs[0].paragraph_format.keep_with_next = number + 1 < len(rows) and (stays or number == 0)
    _widen(grid, column_shares(table, _WRAPS_EARLY if many else _WRAPS_LATE))
    after = document.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)


def _lines(grid: Any) -> None:
    """A fine line below each row, and nothing else; little room between the columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(_line(side, "4", LIGHT.rule))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _CELL_MARGIN)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    for part in (borders, margins):
        grid._tbl.tblPr.append(part)


def _head(row: Any) -> None:
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)
    for cell in row.cells:
        borders = OxmlElement("w:tcBorders")
        borders.append(_line("bottom", "8", LIGHT.soft))
        cell._tc.get_or_add_tcPr().append(borders)


def _line(side: str, width: str, colour: str) -> Any:
    element = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", width), ("space", "0"), ("color", code(colour))):
        element.set(qn(f"w:{name}"), value)
    return element


def _never_split(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(cell: Any, text: str, size: float, *, right: bool, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold = Pt(size), bold
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widen(grid: Any, shares: list[float]) -> None:
    """Word takes a column's width from its cells."""
    grid.autofit = False
    for index, share in enumerate(shares):
        grid.columns[index].width = int(_TEXT_WIDTH * share / sum(shares))
        for cell in grid.columns[index].cells:
            cell.width = int(_TEXT_WIDTH * share / sum(shares))
