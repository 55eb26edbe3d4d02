"""The part of the memo that tells what came of a decision: only where something was measured under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from ...text.languages import message
from ..blocks import Figure, KeyFigures, Paragraph, Section, Table, bullets, paragraph, section

CAME_OF_IT = message("What came of it")


class ActualsColumn(IntEnum):
    """The columns of what was measured, beside what was signed."""

    WHAT, SIGNED, SO_FAR, WHERE, KNOWN = range(5)


@dataclass(frozen=True)
class ActualsPart:
    """NPV as signed and now, what speaks against the decision, what moved NPV, and each actual beside its range.

    `about` says which version of the actuals it is, as of which month, by whom, and to which decision they belong.
    """

    about: str
    npv: KeyFigures | None
    remarks: tuple[str, ...]
    against: tuple[str, ...]
    looks: tuple[str, ...]
    moved: Table | None
    ranges: Table
    still_open: str
    how_made: str
    chart: Figure | None = None

    def in_short(self) -> ActualsPart:
        """Without the chart, which says again what the table says."""
        return replace(self, chart=None)

    def section(self) -> Section:
        """Whose it is, the figures, what speaks against the decision, then the tables."""
        broken = Paragraph(message("What speaks against the decision")) if self.against else None
        look = Paragraph(message("What asks for a look")) if self.looks else None
        return section(
            "actuals",
            CAME_OF_IT,
            Paragraph(self.about),
            self.npv,
            bullets(self.remarks),
            broken,
            bullets(self.against),
            look,
            bullets(self.looks),
            self.moved,
            self.chart,
            self.ranges,
            paragraph(self.still_open),
            paragraph(self.how_made, muted=True),
        )
