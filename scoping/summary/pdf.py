"""The brief as PDF: two pages, tagged for screen readers (PDF/UA-1), fonts embedded, charts as vectors.

typst compiles a fixed template; everything that people typed reaches it as data and is never markup.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst

from .blocks import Block, Bullets, Figure, Format, KeyFigures, Paragraph, Summary, Table
from .brief import brief
from .svg import HALF, draw

# matplotlib brings DejaVu Sans: letters that the text font lacks (Arabic, Cyrillic, symbols) come from it.
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_NARROWEST_COLUMN, _WIDEST_COLUMN, _CHARACTERS_A_SHARE = 1.0, 5.5, 8.5


def render(summary: Summary, paper: str = "a4") -> bytes:
    """The brief on paper "a4" or "us-letter"."""
    short = brief(summary)
    data = {
        "title": _clean(short.title),
        "author": _clean(short.proposal.owner),
        "verdict": short.verdict,
        "recommendation": short.recommendation,
        "lead": _clean(short.lead),
        "language": "en",
        "paper": paper,
        "facts": [[label, _clean(value)] for label, value in short.facts],
        "footnote": short.footnote,
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in short.sections
        ],
    }
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


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text, muted):
            return {"kind": "paragraph", "text": _clean(text), "muted": muted}
        case Bullets(items):
            return {"kind": "bullets", "items": [_clean(item) for item in items]}
        case KeyFigures(figures):
            return {
                "kind": "key_figures",
                "figures": [{"label": each.label, "value": each.value, "detail": each.detail} for each in figures],
            }
        case Figure():
            svg, alt = draw(block, HALF), _clean(block.alt)
            return {
                "kind": "figure",
                "title": _clean(block.title),
                "sentence": _clean(block.sentence),
                "alt": alt,
                "svg": svg,
            }
        case Table():
            return {
                "kind": "table",
                "title": block.title,
                "columns": list(block.columns),
                "rows": [_cells(block, row) for row in block.rows],
                "numeric": [index in block.numeric for index in range(len(block.columns))],
                "widths": _widths(block),
            }


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    """Numbers are not broken over two lines."""
    return [
        _clean(cell).replace(" ", "\N{NO-BREAK SPACE}") if index in table.numeric else _clean(cell)
        for index, cell in enumerate(row)
    ]


def _widths(table: Table) -> list[float]:
    """Shares of the width: columns with long texts get more, numbers as much as they need."""
    return [_share(table, index) for index in range(len(table.columns))]


def _share(table: Table, index: int) -> float:
    cells = [row[index] for row in table.rows]
    # A heading may be broken between its words, a number nowhere.
    words = max(len(word) for word in table.columns[index].split() or [""])
    longest = max([1.3 * words, *(len(cell) for cell in cells)])
    return max(_NARROWEST_COLUMN, min(_WIDEST_COLUMN, longest / _CHARACTERS_A_SHARE))


def _clean(text: str) -> str:
    """Control characters have no glyph and no place on paper; line ends and tabs become spaces."""
    return "".join(character if character.isprintable() else " " for character in text)


FORMAT = Format("pdf", "PDF, two pages", "pdf", "application/pdf", render)
