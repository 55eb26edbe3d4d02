"""What the API answers, for its OpenAPI document. Documents are described by their own schema, and only there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema

from db import LONGEST_COMMENT, ReviewState, ScenarioOutcome
from scoping.intake import LONGEST_IDEA_TEXT
from scoping.intake.columns import LONGEST_TITLE, MOST_TAGS
from scoping.record.comparing import Position
from scoping.vocabulary import ActualKind, DecisionState, IdeaState, Outcome, Recommendation, Stage, Stance

DOCUMENT_MARK = "x-groundwork-document"
"""Stands where the OpenAPI document refers to the schema of a document by that name."""

ProposalDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Proposal"})]
ActualsDocument = Annotated[dict[str, Any], WithJsonSchema({DOCUMENT_MARK: "Actuals"})]
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
    stage: Stage
    content_hash: str


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


class Comment(BaseModel):
    """What somebody wrote; taken back, it says nothing any more."""

    id: int
    text: str
    mentions: list[str] = Field(description="Ids of the people that it calls.")
    by: str
    at: datetime
    version: int = Field(description="The version that was looked at.")
    is_verified: bool = Field(description="Whether the writer's name comes from a sign-in.")
    is_taken_back: bool
    is_own: bool


class Thread(BaseModel):
    """Comments about one place, the oldest first."""

    id: int
    place: str = Field(description="A path of the document, such as returns.adoption; empty for the whole proposal.")
    version: int = Field(description="The version in which the place is at that path.")
    is_open: bool
    changed_by: str
    changed_at: datetime | None
    comments: list[Comment]


class Threads(BaseModel):
    """Some threads, the newest first; the next ones are asked for by `before`, which is null after the last."""

    threads: list[Thread]
    before: int | None


class Reply(BaseModel):
    """What somebody wants to say."""

    model_config = {"extra": "forbid", "strict": True}

    text: str = Field(min_length=1, max_length=LONGEST_COMMENT)
    mentions: list[str] = Field(default_factory=list, description="Ids of people who see the proposal.")
    by: str = Field("", max_length=200, description="Who writes: counts where nobody signs in.")


class NewIdea(BaseModel):
    """An idea, with rough figures where somebody has them; one end alone counts for both."""

    model_config = {"extra": "forbid", "strict": True}

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    problem: str = Field(description="What is wrong today, and for whom.", max_length=LONGEST_IDEA_TEXT)
    decision: str = Field(description="What would be decided or done otherwise.", max_length=LONGEST_IDEA_TEXT)
    volume_low: float | None = Field(None, description="At least so many cases a month.", allow_inf_nan=False)
    volume_high: float | None = Field(None, description="At most so many cases a month.", allow_inf_nan=False)
    value_low: float | None = Field(None, description="What a case is worth at least, in money.", allow_inf_nan=False)
    value_high: float | None = Field(None, description="What a case is worth at most, in money.", allow_inf_nan=False)
    currency: str = Field("", description="Empty: the organisation's.", max_length=3)
    team: str = Field("", max_length=LONGEST_TITLE)
    tags: list[str] = Field(default_factory=list, max_length=MOST_TAGS)
    by: str = Field("", max_length=200, description="Who proposes it: counts where nobody signs in.")


class RoughFigure(BaseModel):
    """From about this to about that."""

    low: float
    high: float


class RoughWorth(BaseModel):
    """What an idea may be worth a year: P10, P50 and P90."""

    low: float
    middle: float
    high: float


class Idea(BaseModel):
    """An idea, what it may be worth, and what became of it. Money is in its currency."""

    id: str
    title: str
    team: str
    problem: str
    decision: str
    tags: list[str]
    currency: str
    volume: RoughFigure | None
    value: RoughFigure | None
    worth: RoughWorth | None
    state: IdeaState
    stage: Stage
    proposed_by: str
    proposed_at: datetime
    is_verified: bool
    reason: str
    settled_by: str
    settled_at: datetime | None
    same_as: str = Field(description="The id of the proposal that it is the same as; empty for none that may be seen.")
    same_title: str
    rate: float | None


class Ideas(Listing):
    """A page of the queue; `currency` is the one in which worth is compared."""

    currency: str
    ideas: list[Idea]


class NewThread(Reply):
    """What somebody wants to say, and about which place."""

    place: str = Field("", description="A path of the document; empty for the whole proposal, memo for its memo.")


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


class Figures(BaseModel):
    """An assessment, as `groundwork assess --json` prints it."""

    model_config = {"extra": "allow"}


class Schema(BaseModel):
    """A JSON Schema, or an OpenAPI document."""

    model_config = {"extra": "allow"}
