"""What serving would be like: inputs that are missing, and how long an answer takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ...vocabulary import Unit
from ..fields import Quantity, Section, WholeNumber
from .base import ColumnName, Measured, in_order


class Vanished(Section):
    """The score when the strongest inputs are missing at serving time."""

    strongest: Annotated[WholeNumber, Quantity(Unit.COUNT, 1, 1_000)] = Field(
        description="How many of the strongest inputs are missing."
    )
    columns: list[ColumnName] = Field(max_length=50, description="Which ones.")
    score: Measured


class InferenceTime(Section):
    """Milliseconds for one row, on the machine of the probe."""

    p50: float = Field(ge=0, description="Half of the answers come faster.")
    p95: float = Field(ge=0, description="One in twenty answers takes longer.")
    model: str = Field(max_length=40, description="Which model answered.")

    @model_validator(mode="after")
    def _in_order(self) -> InferenceTime:
        in_order(self.p50, self.p95)
        return self
