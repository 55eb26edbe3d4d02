"""The brief as PDF: as much of it as two pages hold."""

from __future__ import annotations

import io

from pypdf import PdfReader

from ..brief import ROOMS, brief
from ..file_format import FileFormat
from ..memo import Memo
from ..paper import A4, typeset

# A second page with less on it than this looks forgotten.
_PAGES, _FEWEST_LINES = 2, 10


def render(memo: Memo, paper: str = A4) -> bytes:
    """The brief on paper "a4" or "us-letter"."""
    tried: list[tuple[int, bytes]] = []
    for room in ROOMS:
        document = typeset(brief(memo, room), paper, room.scale)
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


FORMAT = FileFormat("pdf", "PDF, two pages", "pdf", "application/pdf", render, place=1)
