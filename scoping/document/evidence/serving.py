"""What serving would be like: inputs that are missing, and how long an answer takes."""

from __future__ import annotations

from pydantic import Field

from ..fields import Section
from .base import ColumnName, Measured


class Vanished(Section):
    """The score when the strongest inputs are missing at serving time."""

    strongest: int = Field(ge=1, le=1_000)
    columns: list[ColumnName] = Field(max_length=50)
    score: Measured


class InferenceTime(Section):
    """Milliseconds for one row, on the machine of the probe."""

    p50: float = Field(ge=0)
    p95: float = Field(ge=0)
    model: str = Field(max_length=40)
