"""What the parts of an evidence document are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ...text.languages import message
from ...vocabulary import Unit
from ..fields import Quantity, Section, WholeNumber
from .refusing import refuse

MOST_COLUMNS = 200
"""So many columns are told one by one; of the others it is said how many there are."""

ColumnName = Annotated[str, Field(max_length=200)]
RowCount = Annotated[WholeNumber, Quantity(Unit.CASES, 0, 10**15)]
PlainShare = Annotated[float, Field(ge=0, le=1)]
FewScores = Annotated[list[float], Field(min_length=1, max_length=50)]


def in_order(*numbers: float | None) -> None:
    """Raises a validation error where numbers that belong together fall; those that are absent do not count."""
    given = [each for each in numbers if each is not None]
    if given != sorted(given):
        refuse("measured_order", message("low, value and high must not fall"))


def at_most(most: int, *counts: int | None) -> None:
    """Raises a validation error where a part is more than the whole; parts that are absent do not count."""
    if any(each is not None and each > most for each in counts):
        refuse("measured_count", message("a part must not have more rows than the whole"))


class Measured(Section):
    """A number that was measured, and its 95 % confidence interval."""

    value: float = Field(description="What was measured.")
    low: float = Field(description="Lower end of the 95 % confidence interval.")
    high: float = Field(description="Upper end of the 95 % confidence interval.")

    @model_validator(mode="after")
    def _in_order(self) -> Measured:
        in_order(self.low, self.value, self.high)
        return self
