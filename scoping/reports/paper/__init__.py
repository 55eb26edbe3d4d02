"""Pages as PDF: tagged for screen readers (PDF/UA-1), fonts embedded, charts as vectors.

typst compiles a fixed template; everything that people typed reaches it as data and is never markup. A letter that
no font at hand can show is written as its code, and the foot says so.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import typst

from ...text.languages import message, say
from ...theme import LIGHT
from ..blocks import Block, Bullets, Figure, KeyFigures, Paragraph, Section, Table
from ..drawing import HALF, draw
from ..fonts import families_for, folders_for, missing_letters, named
from ..layout import breakable, column_widths, printable, unbroken
from ..page import Page

A4, US_LETTER = "a4", "us-letter"
# No line ends between it and the amount.
_MINUS = "\N{MINUS SIGN}"
# A page's width in centimetres, and the type of a table in points.
_WIDTH, _TYPE = 17.8, 7.5
_TEXT_FONT = "Libertinus Serif"
# Letters of one word before it may go on in the next line, in running text and in a table's cell.
_LONGEST_WORD, _LONGEST_IN_CELL = 60, 24
_COLOURS = {"ink": LIGHT.ink, "soft": LIGHT.soft, "rule": LIGHT.rule, "panel": LIGHT.panel}


def typeset(page: Page, paper: str = A4, scale: float = 1.0) -> bytes:
    """A page, or as many as it takes, its type `scale` of the full size."""
    data = {**_head(page), "paper": paper, "scale": scale, "colours": {**_COLOURS, "tone": page.tone}}
    data["sections"] = [_section(section) for section in page.sections]
    written = json.dumps(_without_drawings(data), ensure_ascii=False)
    data = _shown(data, page, written)
    template = files(__package__).joinpath("page.typ").read_bytes()
    # Its stubs tie the type of the template to that of the font paths.
    compile_: Any = typst.compile
    document: bytes = compile_(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(each) for each in folders_for(written)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return document


def _shown(data: dict[str, Any], page: Page, written: str) -> dict[str, Any]:
    """The data with its fonts; letters that none of them has are written as their codes, which the foot explains."""
    missing = missing_letters(written)
    if missing:
        remark = message("Not in the fonts of this file, and written as codes: {letters}.", letters=named(missing))
        data = _replaced(data, {chr(int(code[2:], 16)): f"[{code}]" for code in missing})
        data["footnote"] = f"{data['footnote']} {say(remark, page.language)}"
    return {**data, "fonts": [_TEXT_FONT, *families_for(written)]}


def _without_drawings(value: Any) -> Any:
    """The same without charts, whose letters are outlines."""
    if isinstance(value, dict):
        return {key: _without_drawings(each) for key, each in value.items() if key != "svg"}
    return [_without_drawings(each) for each in value] if isinstance(value, list) else value


def _replaced(value: Any, codes: dict[str, str]) -> Any:
    """The same with some letters written in another way."""
    if isinstance(value, dict):
        return {key: each if key == "svg" else _replaced(each, codes) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, codes) for each in value]
    return re.sub(f"[{''.join(codes)}]", lambda found: codes[found.group()], value) if isinstance(value, str) else value


def _text(text: str) -> str:
    return _joined(breakable(printable(text, lines=True), _LONGEST_WORD))


def _joined(text: str) -> str:
    return text.replace(_MINUS, f"{_MINUS}\N{WORD JOINER}")


def _head(page: Page) -> dict[str, Any]:
    return {
        "title": breakable(printable(page.title), _LONGEST_IN_CELL),
        "plain_title": printable(page.title),
        "author": printable(page.author),
        "tag": page.tag,
        "lead": _text(page.lead),
        "standing": page.standing,
        "decision": _text(page.decision),
        "language": page.language.locale.language,
        "region": page.language.locale.territory,
        "facts": [[label, _text(value)] for label, value in page.facts],
        "footnote": page.footnote,
        "charts_float": page.charts_float,
    }


def _section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text, muted):
            return {"kind": "paragraph", "text": _text(text), "muted": muted}
        case Bullets(items):
            return {"kind": "bullets", "items": [_text(item) for item in items]}
        case KeyFigures(figures):
            cards = [
                {"label": each.label, "value": each.value, "detail": each.detail, "error": each.error}
                for each in figures
            ]
            return {"kind": "key_figures", "figures": cards, "error": block.columns[-1]}
        case Figure():
            return _figure(block)
        case Table():
            return {
                "kind": "table",
                "title": block.title,
                "columns": list(block.columns),
                "rows": [_cells(block, row) for row in block.rows],
                "numeric": [index in block.numeric for index in range(len(block.columns))],
                "widths": column_widths(block, _WIDTH, _TYPE),
            }


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    """A row's texts: line ends are kept, numbers stay on one line."""
    return [_joined(breakable(cell, _LONGEST_IN_CELL)) for cell in unbroken(table, row, lines=True)]


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "kind": "figure",
        "title": _text(figure.title),
        "sentence": _text(figure.sentence),
        "alt": printable(figure.alt),
        "svg": draw(figure, HALF),
    }
