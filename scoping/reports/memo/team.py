"""Parts of the memo that hold what the team itself wrote, in full, and where the memo stands."""

from __future__ import annotations

from dataclasses import dataclass

from ...text.languages import joined, message
from ..blocks import Block, Paragraph, Section, Table, section


@dataclass(frozen=True)
class StandingPart:
    """As of when the memo is, of which version, and whether it is decided: by whom and with which conditions."""

    as_of: str
    version: str
    decision: str
    conditions: tuple[str, ...]
    is_decided: bool

    @property
    def line(self) -> str:
        """When and which, on one line."""
        return joined("  ·  ", [each for each in (self.as_of, self.version) if each])


@dataclass(frozen=True)
class DataPart:
    """What there is to learn from, whose it is, and what may be done with it."""

    statements: tuple[str, ...]
    sources: Table | None

    def section(self) -> Section:
        """The statements, then the sources."""
        return section("data", message("Data and privacy"), *map(Paragraph, self.statements), self.sources)


@dataclass(frozen=True)
class OperationsPart:
    """What production asks for: how fast, how often, how well it must be explained."""

    statements: tuple[str, ...]

    def section(self) -> Section:
        """The statements."""
        return section("operations", message("In operation"), *map(Paragraph, self.statements))


@dataclass(frozen=True)
class CostsPart:
    """When money counts, every cost as it was given, where alternatives differ, and the causes of failure they share."""

    conventions: str
    table: Table | None
    differences: Table | None = None
    causes: Table | None = None

    def section(self) -> Section:
        """The sentence, then the tables."""
        tables = (self.table, self.differences, self.causes)
        return section("costs", message("Costs"), Paragraph(self.conventions) if any(tables) else None, *tables)


@dataclass(frozen=True)
class OrganisationPart:
    """What stands in the organisation's own fields, and by which of its settings the verdict warns."""

    table: Table | None
    settings: str

    def section(self) -> Section:
        """The fields, then the sentence."""
        said = Paragraph(self.settings, muted=True) if self.settings else None
        return section("organisation", message("For the organisation"), self.table, said)


@dataclass(frozen=True)
class NotesPart:
    """Why the feasibility questions were answered as they were, in the team's words."""

    table: Table | None

    def section(self) -> Section:
        """The table."""
        return section("notes", message("Notes on the answers"), self.table)


@dataclass(frozen=True)
class AdvicePart:
    """What functions advise on the version that is under review."""

    lead: str
    table: Table

    def section(self) -> Section:
        """The round in a sentence, and a line a function."""
        return section("advice", message("Advice"), Paragraph(self.lead), self.table)


@dataclass(frozen=True)
class GlossaryPart:
    """What the words of the memo mean."""

    terms: tuple[tuple[str, str], ...]

    def section(self) -> Section:
        """A line a word."""
        lines: list[Block] = [Paragraph(joined(": ", each), muted=True) for each in self.terms]
        return section("glossary", message("What the words mean"), *lines)
