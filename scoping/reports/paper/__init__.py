"""Pages as PDF: tagged for screen readers (PDF/UA-1), fonts embedded, charts as vectors.

typst compiles a fixed template; everything that people typed reaches it as data and is never markup.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst

from ...theme import LIGHT
from ..blocks import Block, Bullets, Figure, KeyFigures, Paragraph, Section, Table
from ..drawing import HALF, draw
from ..layout import column_shares, printable, unbroken
from ..page import Page

A4, US_LETTER = "a4", "us-letter"
# matplotlib brings DejaVu Sans: letters that the text font lacks (Arabic, Cyrillic, symbols) come from it.
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_COLOURS = {"ink": LIGHT.ink, "soft": LIGHT.soft, "rule": LIGHT.rule, "panel": LIGHT.panel}


def typeset(page: Page, paper: str = A4, scale: float = 1.0) -> bytes:
    """A page, or as many as it takes, its type `scale` of the full size."""
    data = {**_head(page), "paper": paper, "scale": scale, "colours": {**_COLOURS, "tone": page.tone}}
    data["sections"] = [_section(section) for section in page.sections]
    template = files(__package__).joinpath("page.typ").read_bytes()
    # Its stubs tie the type of the template to that of the font paths.
    compile_: Any = typst.compile
    document: bytes = compile_(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return document


def _head(page: Page) -> dict[str, Any]:
    return {
        "title": printable(page.title),
        "author": printable(page.author),
        "tag": page.tag,
        "lead": printable(page.lead),
        "language": page.language.locale.language,
        "region": page.language.locale.territory,
        "facts": [[label, printable(value)] for label, value in page.facts],
        "footnote": page.footnote,
    }


def _section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text, muted):
            return {"kind": "paragraph", "text": printable(text), "muted": muted}
        case Bullets(items):
            return {"kind": "bullets", "items": [printable(item) for item in items]}
        case KeyFigures(figures):
            cards = [{"label": each.label, "value": each.value, "detail": each.detail} for each in figures]
            return {"kind": "key_figures", "figures": cards}
        case Figure():
            return _figure(block)
        case Table():
            return {
                "kind": "table",
                "title": block.title,
                "columns": list(block.columns),
                "rows": [unbroken(block, row) for row in block.rows],
                "numeric": [index in block.numeric for index in range(len(block.columns))],
                "widths": column_shares(block),
            }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "kind": "figure",
        "title": printable(figure.title),
        "sentence": printable(figure.sentence),
        "alt": printable(figure.alt),
        "svg": draw(figure, HALF),
    }
