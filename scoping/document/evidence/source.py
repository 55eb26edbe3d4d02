"""Of which data an evidence document speaks, and what made it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ...vocabulary import Unit
from ..fields import Quantity, Section, WholeNumber
from .base import RowCount, at_most

SourceKind = Literal["csv", "parquet", "json_lines", "excel", "database", "spark"]


class Source(Section):
    """The data: what it is called (never where it lies, never a password), how much of it there is and was used."""

    kind: SourceKind = Field(description="What the data was read from.")
    name: str = Field(max_length=300, description="File or table name, without folder, host or password.")
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$", description="Of the file; empty for a table.")
    rows: RowCount = Field(description="Rows there are.")
    rows_used: RowCount = Field(description="Rows in the random sample on which models were scored.")
    remarks: list[str] = Field(
        default_factory=list, max_length=50, description="Codes of how it was read where that could be otherwise."
    )

    @model_validator(mode="after")
    def _used_are_there(self) -> Source:
        at_most(self.rows, self.rows_used)
        return self


class Made(Section):
    """When and by what the evidence was made: enough to make it again."""

    on: Annotated[date, Field(strict=False, description="The day on which it was measured.")]
    by: str = Field(default="", max_length=200, description="Who ran the probe, as they say.")
    seed: Annotated[WholeNumber, Quantity(Unit.NUMBER, 0, 2**32 - 1)] = Field(
        description="The seed of everything random."
    )
    seconds: float = Field(ge=0, le=1e7, description="How long it took.")
    versions: dict[str, str] = Field(
        default_factory=dict, max_length=30, description="Of Groundwork and what it measured with."
    )
