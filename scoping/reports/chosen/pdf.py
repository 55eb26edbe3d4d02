"""A scenario as PDF: tagged pages with charts as vectors."""

from __future__ import annotations

from ...text.languages import message
from ..file_format import FileFormat
from ..page import Page
from ..paper import typeset
from .account import Account


def render(told: Account) -> bytes:
    """As many pages as it takes. Nothing is cut."""
    page = Page(
        title=told.title,
        author="",
        tag=told.tag,
        tone=told.tone,
        lead=told.lead,
        facts=told.facts,
        standing=told.edition,
        sections=told.sections,
        footnote=told.footnote,
        language=told.language,
    )
    return typeset(page)


FORMAT = FileFormat("pdf", message("Scenario as PDF"), "pdf", "application/pdf", render, place=1)
