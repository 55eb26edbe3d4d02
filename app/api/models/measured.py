"""What the API answers of actuals and evidence."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from app.api.models.common import ActualsDocument, EvidenceDocument
from scoping.record.comparing import Position
from scoping.vocabulary import ActualKind


class Actuals(BaseModel):
    """What was measured under the decision that stands; version 0 where nothing was entered yet."""

    proposal: str
    decision: int
    signed_version: int = Field(description="The version of the proposal that was decided on.")
    version: int
    saved_by: str
    saved_at: datetime | None
    is_verified: bool = Field(description="Whether the name comes from a sign-in.")
    document: ActualsDocument


class Range(BaseModel):
    """A range as it was signed."""

    p10: float
    p50: float
    p90: float


class Npv(BaseModel):
    """The NPV of what was decided on; null where there is none."""

    p10: float | None
    p50: float | None
    p90: float | None
    mean: float | None


class ActualFact(BaseModel):
    """One place of the signed proposal, and what became of it."""

    path: str
    title: str
    kind: ActualKind
    unit: str
    signed: Range | None
    actual: float | None
    percentile: float | None = Field(description="Where the actual lies in the signed distribution, 0 to 1.")
    position: Position
    months: int
    of_months: int
    is_settled: bool = Field(description="Whether this is enough to score the range.")


class Moved(BaseModel):
    """By how much what is known of one place moved the expected NPV."""

    path: str
    amount: float


class ActualsComparison(BaseModel):
    """Each actual beside the range that was signed; `open` are the places of which nothing is known yet."""

    decision: int
    version: int
    month: int
    facts: list[ActualFact]
    open: list[str]
    npv_signed: Npv | None
    npv_now: Npv | None
    moved: list[Moved]


class EvidenceDocuments(BaseModel):
    """The evidence documents of a proposal."""

    version: int
    evidence: list[EvidenceDocument]
