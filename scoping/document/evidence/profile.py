"""What the data looks like: counts and quantiles."""

from __future__ import annotations

from math import inf
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ...text.languages import message
from ..fields import Section
from .base import MOST_COLUMNS, ColumnName, PlainShare, RowCount, at_most
from .possible import rising, within
from .refusing import refuse

ColumnType = Literal["number", "text", "time", "yes_no", "empty", "other"]
QUANTILE_LEVELS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
"""The levels of a column's quantiles, in their order."""

Quantiles = Annotated[list[float], Field(min_length=len(QUANTILE_LEVELS), max_length=len(QUANTILE_LEVELS))]


class Drift(Section):
    """How a column differs between the first and the last tenth of time."""

    population_stability_index: float = Field(
        ge=0, description="Over tenths of the first part, missing values a bin of their own; above 0.25 is a shift."
    )
    missing_before: PlainShare = Field(description="Share of missing values in the first tenth.")
    missing_after: PlainShare = Field(description="Share of missing values in the last tenth.")


class ColumnProfile(Section):
    """One column. A personal one says its name, and nothing else."""

    name: ColumnName = Field(description="What the column is called.")
    type: ColumnType = Field(default="other", description="What its values are.")
    is_personal: bool = Field(default=False, description="True where nothing but its name is told.")
    missing: RowCount | None = Field(default=None, description="Rows without a value.")
    distinct: RowCount | None = Field(default=None, description="Different values; an estimate where `is_estimated`.")
    is_estimated: bool = Field(default=False, description="True where different values were estimated, not counted.")
    is_constant: bool = Field(default=False, description="True where all values are the same.")
    is_identifier_like: bool = Field(default=False, description="True where nearly every row has a value of its own.")
    mean: float | None = Field(default=None, description="Mean of a column of numbers.")
    standard_deviation: float | None = Field(default=None, description="Standard deviation of a column of numbers.")
    quantiles: Quantiles | None = Field(
        default=None, description="Of numbers, at the levels 1, 5, 25, 50, 75, 95, 99 %."
    )
    mixed: RowCount = Field(default=0, description="Values that are not of the column's type: text among numbers.")
    drift: Drift | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> ColumnProfile:
        rising("quantiles", self.quantiles or [])
        within("standard_deviation", (0, inf), self.standard_deviation)
        if self.is_personal and self.model_dump(exclude_defaults=True).keys() > {"name", "is_personal"}:
            refuse("measured_personal", message("a personal column is told by its name alone"))
        return self


class ClassBalance(Section):
    """How many rows each class of the target has, most frequent first. What the classes are called is not said."""

    counts: Annotated[list[RowCount], Field(max_length=100, description="Rows of each class, most frequent first.")]
    classes: RowCount = Field(description="How many classes there are.")

    @model_validator(mode="after")
    def _goes_together(self) -> ClassBalance:
        rising("counts", reversed(self.counts))
        at_most(self.classes, len(self.counts))
        return self


class Coverage(Section):
    """Which time the rows span."""

    first: str = Field(max_length=40, description="ISO 8601.")
    last: str = Field(max_length=40, description="ISO 8601.")
    longest_gap_days: float = Field(ge=0, description="The longest time between two rows, in days.")
    usual_gap_days: float = Field(ge=0, description="The usual time between two rows, in days.")
    unreadable: RowCount = Field(default=0, description="Rows whose time could not be read.")


class Profile(Section):
    """The data as it is."""

    rows: RowCount = Field(description="Rows there are.")
    columns: RowCount = Field(description="Columns there are.")
    target_missing: RowCount = Field(default=0, description="Rows without a target.")
    duplicates: RowCount = Field(default=0, description="Rows that repeat an earlier one in every column.")
    near_duplicates_across_labels: RowCount | None = Field(
        default=None,
        description="Rows of the sample with a near twin of another label; None where it was not looked for.",
    )
    classes: ClassBalance | None = None
    coverage: Coverage | None = None
    told: list[ColumnProfile] = Field(
        default_factory=list, max_length=MOST_COLUMNS, description="The columns, one by one."
    )
    not_told: RowCount = Field(default=0, description="Columns beyond those told one by one.")
    sketched_on: RowCount | None = Field(
        default=None,
        description="Quantiles and drift are those of so many random rows, and duplicates an estimate; None where everything is exact.",
    )

    @model_validator(mode="after")
    def _parts_of_the_rows(self) -> Profile:
        parts = (self.target_missing, self.duplicates, self.near_duplicates_across_labels, self.sketched_on)
        filled = [(each.missing or 0) + max(each.mixed, each.distinct or 0) for each in self.told]
        at_most(self.rows, *parts, *filled, self.coverage.unreadable if self.coverage else None)
        at_most(self.rows - self.target_missing, sum(self.classes.counts) if self.classes else None)
        at_most(self.columns, len(self.told))
        return self
