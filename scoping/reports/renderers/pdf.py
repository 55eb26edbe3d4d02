"""The brief as PDF: what a sponsor signs first, then all that the team wrote, on as many pages as it takes."""

from __future__ import annotations

import io

from pypdf import PdfReader

from ...text.languages import message
from ..brief import brief
from ..file_format import FileFormat
from ..memo import Memo
from ..paper import A4, typeset

# A last page with fewer lines on it than this looks forgotten: the type is set a little smaller, if that helps.
_FEWEST_LINES = 14
_SCALES = (1.0, 0.96, 0.92)


def render(memo: Memo, paper: str = A4) -> bytes:
    """The brief on paper "a4" or "us-letter". Nothing is cut."""
    page, first = brief(memo), b""
    for scale in _SCALES:
        document = typeset(page, paper, scale)
        first = first or document
        if _is_full(document):
            return document
    return first


def _is_full(document: bytes) -> bool:
    """Whether there is enough on the last page, or no page before it."""
    pages = PdfReader(io.BytesIO(document)).pages
    return len(pages) == 1 or len(pages[-1].extract_text().splitlines()) >= _FEWEST_LINES


FORMAT = FileFormat("pdf", message("PDF, A4"), "pdf", "application/pdf", render, place=1)
