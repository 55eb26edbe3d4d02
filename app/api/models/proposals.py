"""What the API answers of proposals and their revisions."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from app.api.models.common import Listing, ProposalDocument
from scoping.vocabulary import Outcome, Recommendation, Stage


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
    stage: Stage
    content_hash: str


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
