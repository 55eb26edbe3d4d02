"""The brief as PDF: two pages, tagged for screen readers (PDF/UA-1), fonts embedded, charts as vectors.

typst compiles a fixed template; everything that people typed reaches it as data and is never markup.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import typst
from pypdf import PdfReader

from ....text.languages import Language
from ...blocks import (
    Block,
    Bullets,
    Figure,
    Format,
    KeyFigures,
    Paragraph,
    Section,
    Summary,
    Table,
)
from ...brief import ROOMS, brief
from ..layout import column_shares, printable, unbroken
from ..looks import VERDICTS
from ..svg import HALF, draw

# A second page with less on it than this looks forgotten.
_PAGES, _FEWEST_LINES = 2, 10
# matplotlib brings DejaVu Sans: letters that the text font lacks (Arabic, Cyrillic, symbols) come from it.
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"


@dataclass(frozen=True)
class Page:
    """What the template prints."""

    title: str
    author: str
    verdict: str
    recommendation: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footnote: str
    language: Language


def render(summary: Summary, paper: str = "a4") -> bytes:
    """The brief on paper "a4" or "us-letter": as much of it as two pages hold."""
    drawn: dict[str, str] = {}
    tried: list[tuple[int, bytes]] = []
    for room in ROOMS:
        document = typeset(_page(brief(summary, room)), paper, room.scale, drawn)
        pages, lines = _extent(document)
        if pages == 1 or (pages == _PAGES and lines >= _FEWEST_LINES):
            return document
        tried.append((pages, document))
    # Nothing fits well: the fewest pages, and of those the one that says most.
    return min(tried, key=lambda each: each[0])[1]


def _extent(document: bytes) -> tuple[int, int]:
    """How many pages there are, and how many lines stand on the last one."""
    pages = PdfReader(io.BytesIO(document)).pages
    return len(pages), len(pages[-1].extract_text().splitlines())


def _page(short: Summary) -> Page:
    return Page(
        title=short.title,
        author=short.proposal.owner,
        verdict=short.verdict,
        recommendation=short.recommendation,
        lead=short.lead,
        facts=short.facts,
        sections=short.sections,
        footnote=short.footnote,
        language=short.language,
    )


def typeset(page: Page, paper: str = "a4", scale: float = 1.0, drawn: dict[str, str] | None = None) -> bytes:
    """A page, or as many as it takes, its type `scale` of the full size. `drawn` keeps charts for another try."""
    charts = {} if drawn is None else drawn
    data = {
        "title": printable(page.title),
        "author": printable(page.author),
        "verdict": page.verdict,
        "tone": f"#{VERDICTS[page.recommendation]}",
        "lead": printable(page.lead),
        "language": page.language.locale.language,
        "region": page.language.locale.territory,
        "paper": paper,
        "scale": scale,
        "facts": [[label, printable(value)] for label, value in page.facts],
        "footnote": page.footnote,
        "sections": [
            {"title": section.title, "blocks": [_block(block, charts) for block in section.blocks]}
            for section in page.sections
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


def _block(block: Block, charts: dict[str, str]) -> dict[str, Any]:
    match block:
        case Paragraph(text, muted):
            return {"kind": "paragraph", "text": printable(text), "muted": muted}
        case Bullets(items):
            return {"kind": "bullets", "items": [printable(item) for item in items]}
        case KeyFigures(figures):
            return {
                "kind": "key_figures",
                "figures": [{"label": each.label, "value": each.value, "detail": each.detail} for each in figures],
            }
        case Figure():
            if block.id not in charts:
                charts[block.id] = draw(block, HALF)
            return {
                "kind": "figure",
                "title": printable(block.title),
                "sentence": printable(block.sentence),
                "alt": printable(block.alt),
                "svg": charts[block.id],
            }
        case Table():
            return {
                "kind": "table",
                "title": block.title,
                "columns": list(block.columns),
                "rows": [unbroken(block, row) for row in block.rows],
                "numeric": [index in block.numeric for index in range(len(block.columns))],
                "widths": column_shares(block),
            }


FORMAT = Format("pdf", "PDF, two pages", "pdf", "application/pdf", render, place=1)
