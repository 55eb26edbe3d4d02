"""What the API answers of reviews, decisions and scenarios."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.models.common import Listing
from db import ReviewState, ScenarioOutcome
from scoping.vocabulary import DecisionState, Outcome, Recommendation, Stance


class Duty(BaseModel):
    """Who is to see to a condition of a decision, by when, as it was signed."""

    condition: str
    owner: str
    due_on: date | None


class Advice(BaseModel):
    """What a function said of the version under review, or had said of the one that was decided on."""

    function: str
    stance: Stance | None = Field(description="Null where it had not spoken.")
    text: str
    version: int
    given_by: str
    given_at: datetime | None
    is_verified: bool


class Review(BaseModel):
    """One round of review of one version."""

    number: int = Field(description="Counts the rounds of the proposal from 1.")
    version: int
    state: ReviewState
    asked: list[str] = Field(description="The functions that are asked for advice.")
    note: str
    submitted_by: str
    submitted_at: datetime
    is_verified: bool = Field(description="Whether the name of who submitted it comes from a sign-in.")
    closing: str = Field(description="What was written when it ended.")
    closed_by: str
    closed_at: datetime | None
    advice: list[Advice] = Field(description="All that was said, the newest first.")
    counted: list[Advice] = Field(description="What counts of each function that is asked: its newest word, if any.")


class Reviews(BaseModel):
    """The rounds of review of a proposal, newest first."""

    reviews: list[Review]


class LinkedDecision(BaseModel):
    """Another decision on the same proposal."""

    id: int
    number: int
    outcome: Outcome
    decided_by: str
    decided_at: datetime


class Withdrawal(BaseModel):
    """That a decision was taken back."""

    reason: str
    withdrawn_by: str
    withdrawn_at: datetime
    is_verified: bool = Field(description="Whether the name comes from a sign-in.")


class Decision(BaseModel):
    """A signed decision, with the figures that were seen. At most one of a proposal stands."""

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
    number: int = Field(description="Counts the decisions on the proposal from 1.")
    state: DecisionState
    supersedes: LinkedDecision | None = Field(description="The decision that stood until this one.")
    superseded_by: LinkedDecision | None = Field(description="The decision that has stood since.")
    withdrawal: Withdrawal | None
    duties: list[Duty]
    advice: list[Advice] = Field(description="What counted of the advice when it was signed.")


class Decisions(Listing):
    """A page of decisions, newest first."""

    decisions: list[Decision]


class ScenarioDecision(BaseModel):
    """A signed decision on one version of a scenario; the newest is the one that stands."""

    id: int
    number: int
    version: int
    outcome: ScenarioOutcome
    reason: str
    content_hash: str = Field(description="The hash of what that version says, its figures included.")
    decided_by: str
    decided_at: datetime
    is_verified: bool = Field(description="Whether the signer's name comes from a sign-in.")
    is_standing: bool


class Scenario(BaseModel):
    """A version of a saved choice, as far as the person may see what it is about."""

    id: str
    version: int
    newest: int
    name: str
    note: str
    currency: str
    document: dict[str, Any] = Field(description="What was set; see docs/portfolio.md.")
    computed_on: dict[str, int] = Field(description="The version of each proposal that it was computed on, by id.")
    figures: dict[str, Any] = Field(
        description="What came out; where a proposal is hidden, no `whole`, and of each line what it says of itself."
    )
    saved_by: str
    saved_at: datetime
    is_verified: bool = Field(description="Whether the name of who saved it comes from a sign-in.")
    content_hash: str
    archived: bool
    hidden: int = Field(description="How many of its proposals the person may not see.")
    changed: list[str] = Field(description="Ids of the proposals that were saved or archived since.")
    hidden_changed: int
    decision: ScenarioDecision | None


class Scenarios(Listing):
    """A page of scenarios, those saved last first."""

    scenarios: list[Scenario]
