"""The part of the memo that tells what was measured on samples of the team's data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...text.languages import message
from ..blocks import Block, Bullets, Figure, Paragraph, Section, Table, section

MEASURED = message("Evidence from data")


@dataclass(frozen=True)
class Account:
    """What one evidence document says: in sentences, what asks for a second look, tables, and where it comes from."""

    name: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    tables: tuple[Table, ...]
    source: str
    chart: Figure | None = None

    def blocks(self, *, named: bool = True) -> Iterator[Block]:
        """All of it but the chart; by its name where there are several."""
        if named:
            yield Paragraph(self.name)
        yield Bullets(self.sentences)
        if self.warnings:
            yield Paragraph(message("What asks for a second look"))
            yield Bullets(self.warnings)
        yield from self.tables
        yield Paragraph(self.source, muted=True)


@dataclass(frozen=True)
class MeasuredPart:
    """One account a document, what follows from them, and one chart."""

    accounts: tuple[Account, ...]
    follows: tuple[str, ...]
    chart: Figure | None

    def section(self) -> Section:
        """The chart, what follows, then each account."""
        told = [block for each in self.accounts for block in each.blocks()]
        follows = Bullets(self.follows) if self.follows else None
        return section("measured", MEASURED, self.chart, follows, *told)
