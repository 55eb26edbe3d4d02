"""Where a ceiling comes from: cases that two people labelled, or a published figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from ..text.languages import message
from ..vocabulary import CeilingKind, Unit
from .allowed import show
from .fields import Quantity, Section, WholeNumber, optional, text, word

MOST_CLASSES = 50
Count = Annotated[WholeNumber, Quantity(Unit.CASES, 0, 1e12)]
Row = Annotated[list[Count], Field(max_length=MOST_CLASSES)]


class CeilingGround(Section):
    """What a ceiling rests on."""

    kind: CeilingKind = word(
        "Kind",
        "Whether two people labelled the same cases, or somebody published a figure.",
        CeilingKind.LABELLED_TWICE,
    )
    labelled: Count | None = optional("Labelled twice", "How many cases two people labelled apart from each other.")
    agreed: Count | None = optional("Labelled alike", "On how many of those both gave the same label.")
    classes: Annotated[WholeNumber, Quantity(Unit.COUNT, 2, 1e6)] = optional(
        "Classes", "Among how many classes they chose.", 2
    )
    table: list[Row] = Field(
        default_factory=list,
        title="Table of agreement",
        description="The cases by both labels: rows the first person's, columns the second's. It says more than the two counts, and stands instead of them.",
        max_length=MOST_CLASSES,
    )
    link: str = text("Link", "Where the published figure stands.", link=True)

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """Cases labelled twice, those labelled alike, and the number of classes; None where they are not given."""
        if self.table:
            alike = sum(row[place] for place, row in enumerate(self.table))
            return sum(map(sum, self.table)), alike, max(len(self.table), self.classes)
        return None if not self.labelled or self.agreed is None else (self.labelled, self.agreed, self.classes)

    def conflicts(self) -> Iterator[tuple[tuple[str, ...], Any, str]]:
        """What does not go together: the place, what stands there, and what is allowed."""
        if self.table and (len(self.table) < 2 or any(len(row) != len(self.table) for row in self.table)):
            allowed = message("must have as many columns as rows, at least two: one for each class")
            yield ("table",), message("{count} rows", count=show(len(self.table))), allowed
        elif self.table and not any(map(sum, self.table)):
            yield ("table",), 0, message("must count at least one case")
        if self.labelled is not None and self.agreed is not None and self.agreed > self.labelled:
            allowed = message("must be at most the {most} cases that were labelled twice", most=show(self.labelled))
            yield ("agreed",), self.agreed, allowed
