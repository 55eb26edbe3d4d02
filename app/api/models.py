"""What the API answers, for its OpenAPI document. Documents are described by their own schema, and only there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema

from scoping.vocabulary import Outcome, Recommendation

DOCUMENT_MARK = "x-groundwork-document"
"""Stands where the OpenAPI document refers to the schema of a document by that name."""

ProposalDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Proposal"})]
EvidenceDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Evidence"})]


class Problem(BaseModel):
    """One thing that is wrong with a document."""

    path: str = Field(description="Where, such as alternatives.1.metrics.recall; empty for the whole document.")
    value: str = Field(description="What stands there, shortened.")
    allowed: str = Field(description="What may stand there.")


class Refusal(BaseModel):
    """What was wrong, and what is allowed."""

    error: str
    problems: list[Problem] | None = Field(None, description="Of a document that is refused.")
    total: int | None = Field(None, description="How many problems there are; very many are not all told.")
    version: int | None = Field(None, description="The version that is saved now, where somebody saved meanwhile.")
    changed: list[str] | None = Field(None, description="The paths at which it differs from what was sent.")


class ProposalLine(BaseModel):
    """A proposal in a list. Money is in its currency; scores and shares are 0 to 1."""

    id: str
    title: str
    team: str
    owner: str
    currency: str
    recommendation: Recommendation
    leading: str | None
    npv_mean: float | None
    npv_p10: float | None
    npv_p90: float | None
    probability_of_loss: float | None
    feasibility_score: float | None
    version: int
    archived: bool
    saved_at: datetime
    saved_by: str
    decision: Outcome | None
    decision_alternative: str | None
    review_on: date | None
    rate: float | None


class Listing(BaseModel):
    """A page of a list; `total` counts all, or a part where `has_more`."""

    page: int
    pages: int
    total: int
    has_more: bool


class Proposals(Listing):
    """A page of proposals."""

    proposals: list[ProposalLine]


class PortfolioLine(ProposalLine):
    """A proposal in the portfolio, with its expected NPV in the currency in which the portfolio compares."""

    npv_mean_converted: float | None


class Portfolio(Listing):
    """A page of the portfolio."""

    currency: str
    proposals: list[PortfolioLine]


class Proposal(BaseModel):
    """A proposal as it is saved now."""

    id: str
    version: int
    document: ProposalDocument


class Archived(BaseModel):
    """Whether a proposal is in the archive."""

    id: str
    archived: bool


class RevisionLine(BaseModel):
    """A version that was saved, and the paths that it changed."""

    version: int
    content_hash: str
    changed: list[str]
    saved_at: datetime
    saved_by: str


class Revisions(Listing):
    """A page of versions, newest first."""

    revisions: list[RevisionLine]


class Revision(RevisionLine):
    """A version with its document."""

    document: ProposalDocument


class Decision(BaseModel):
    """A signed decision, with the figures that were seen."""

    id: int
    proposal_id: str
    version: int
    title: str
    recommendation: Recommendation
    outcome: Outcome
    accepted: bool
    reason: str
    conditions: list[str]
    decided_by: str
    decided_at: datetime
    review_on: date | None
    figures: dict[str, Any]
    alternative: str | None
    is_newest: bool
    is_verified: bool = Field(description="Whether the signer's name comes from a sign-in.")


class Decisions(Listing):
    """A page of decisions, newest first."""

    decisions: list[Decision]


class EvidenceDocuments(BaseModel):
    """The evidence documents of a proposal."""

    version: int
    evidence: list[EvidenceDocument]


class Figures(BaseModel):
    """An assessment, as `groundwork assess --json` prints it."""

    model_config = {"extra": "allow"}


class Schema(BaseModel):
    """A JSON Schema, or an OpenAPI document."""

    model_config = {"extra": "allow"}
