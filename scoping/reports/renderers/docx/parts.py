"""The parts of a Word document in one look: styles, tables, lists, contents, foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ....theme import LIGHT, code
from ...blocks import Table
from ...layout import breakable, column_widths, fits, printable, unbroken
from ...memo.parts import VerdictPart

_FONT = "Calibri"
_INK, _SOFT = RGBColor.from_string(code(LIGHT.ink)), RGBColor.from_string(code(LIGHT.soft))
_HEADINGS = {"Title": 24, "Heading 1": 15, "Heading 2": 11.5}
_TEXT_WIDTH = 16.6
# The largest type in which no word of a table is broken; a table of few rows stays on one page.
_TABLE_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
_FEW_ROWS, _FEW_ITEMS, _SHORT_LIST = 10, 8, 700
_LONGEST_WORD = 30
# A row of more letters may go over two pages: whole, it might be taller than one.
_LONGEST_ROW = 900
_FIRST_BOOKMARK = 500_000_000
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
        line.add_run(printable(value, lines=True))
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
    stays = len(items) <= _FEW_ITEMS and sum(map(len, items)) <= _SHORT_LIST
    for number, item in enumerate(items, start=1):
        paragraph = document.add_paragraph(printable(item, lines=True), style="List Bullet")
        if number < len(items) and stays:
            keep_with_next(paragraph)


def add_contents(document: Any, titles: Sequence[str]) -> None:
    """The headings with their pages. The numbers are fields that the program works out as it lays the pages out."""
    for number, title in enumerate(titles):
        line = document.add_paragraph(style="No Spacing")
        line.paragraph_format.left_indent = Cm(0.4)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(_TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.add_run(f"{printable(title)}\t").font.color.rgb = _SOFT
        _add_field(line, f" PAGEREF {_bookmark(number)} \\h ")


def add_heading(document: Any, title: str, number: int) -> None:
    """A heading of the first level, to which the contents point."""
    heading = document.add_heading(printable(title), 1)
    for kind, position in (("bookmarkStart", 1), ("bookmarkEnd", len(heading._p) + 1)):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "bookmarkStart":
            mark.set(qn("w:name"), _bookmark(number))
        heading._p.insert(position, mark)


def _bookmark(number: int) -> str:
    return f"_Toc{_FIRST_BOOKMARK + number}"


def _add_field(paragraph: Any, instruction: str) -> None:
    """A field that is worked out when the file is opened."""
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("end", None)):
        run = paragraph.add_run()
        run.font.color.rgb = _SOFT
        element = _field(kind, text)
        if kind == "begin":
            element.set(qn("w:dirty"), "true")
        run._r.append(element)


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
    rows = [table.columns, *(_cells(table, row) for row in table.rows)]
    shown = Table("", table.columns, tuple(map(tuple, rows[1:])), table.numeric)
    size = next((size for size in _TABLE_SIZES if fits(shown, _TEXT_WIDTH, size)), _TABLE_SIZES[-1])
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    _lines(grid)
    _head(grid.rows[0])
    stays = len(rows) <= _FEW_ROWS
    for number, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        if sum(map(len, texts)) <= _LONGEST_ROW:
            _never_split(row)
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _cell(cell, text, size, right=index in table.numeric, bold=number == 0)
            # A short table as a whole; of a long one no row stands alone under its head or at its end.
            together = stays or number in (0, 1, len(rows) - 2)
            cell.paragraphs[0].paragraph_format.keep_with_next = number + 1 < len(rows) and together
    _widen(grid, column_widths(shown, _TEXT_WIDTH, size))
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


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    """A row as it is written; only a word that is longer than any column may be broken."""
    return [breakable(cell, _LONGEST_WORD) for cell in unbroken(table, row)]


def _widen(grid: Any, widths: list[float]) -> None:
    """Word takes a column's width from its cells."""
    grid.autofit = False
    for index, width in enumerate(widths):
        grid.columns[index].width = Cm(width)
        for cell in grid.columns[index].cells:
            cell.width = Cm(width)
