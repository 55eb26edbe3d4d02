"""The brief as PDF: what a sponsor signs first, then all that the team wrote, on as many pages as it takes."""

from __future__ import annotations

import io

from pypdf import PageObject, PdfReader

from ...text.languages import message
from ..brief import brief
from ..file_format import FileFormat
from ..memo import Memo
from ..paper import A4, typeset

# A last page of which less is filled than this looks forgotten: the type is set a little smaller, if that helps.
_LEAST_FILLED = 0.25
# The foot stands in the lowest part of a page.
_FOOT = 0.06
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
    return len(pages) == 1 or _filled(pages[-1]) >= _LEAST_FILLED


def _filled(page: PageObject) -> float:
    """How far down its text goes above the foot, as a share of the page."""
    height = float(page.mediabox.height)
    found: list[float] = []

    def see(text: str, page_matrix: list[float], text_matrix: list[float], *_: object) -> None:
        # Letters stand in a system of their own, which the page's matrix places on the paper.
        if text.strip():
            found.append((page_matrix[1] * text_matrix[4] + page_matrix[3] * text_matrix[5] + page_matrix[5]) / height)

    page.extract_text(visitor_text=see)
    return 1 - min((each for each in found if each > _FOOT), default=1.0)


FORMAT = FileFormat("pdf", message("PDF, A4"), "pdf", "application/pdf", render, place=1)
