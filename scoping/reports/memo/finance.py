"""The part of the memo that a finance department reads: before and after tax, and year by year."""

from __future__ import annotations

from dataclasses import dataclass

from ...text.languages import message
from ..blocks import Bullets, Paragraph, Section, Table, section

FINANCE = message("As finance sees it")


@dataclass(frozen=True)
class FinancePart:
    """What to see in sentences, all alternatives, the leading one by fiscal year, and which conventions hold.

    A statement of many years stands in several tables.
    """

    sentences: tuple[str, ...]
    worth: Table | None
    statement: tuple[Table, ...]
    conventions: str

    def section(self) -> Section:
        """The sentences, the tables, and below them the conventions."""
        conventions = Paragraph(self.conventions, muted=True)
        return section("finance", FINANCE, Bullets(self.sentences), self.worth, *self.statement, conventions)
