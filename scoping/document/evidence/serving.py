"""What serving would be like: inputs that are missing, and how long an answer takes."""

from __future__ import annotations

from pydantic import Field

from ..fields import Section
from .base import ColumnName, Measured


class Vanished(Section):
    """The score when the strongest inputs are missing at serving time."""

    strongest: int = Field(ge=1, le=1_000, description="How many of the strongest inputs are missing.")
    columns: list[ColumnName] = Field(max_length=50, description="Which ones.")
    score: Measured


class InferenceTime(Section):
    """Milliseconds for one row, on the machine of the probe."""

    p50: float = Field(ge=0, description="Half of the answers come faster.")
    p95: float = Field(ge=0, description="One in twenty answers takes longer.")
    model: str = Field(max_length=40, description="Which model answered.")
