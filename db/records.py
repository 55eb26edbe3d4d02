"""What goes into the Store and comes out: plain values, detached from any session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from scoping import Proposal
from scoping.vocabulary import DecisionState, Outcome, Recommendation, Stage

from .access import Role
from .review_records import Advice, Review

Row = TypeVar("Row")


class AuditAction(StrEnum):
    """What may be done with a proposal; the audit trail names it."""

    CREATED = "created"
    SAVED = "saved"
    ARCHIVED = "archived"
    RESTORED = "restored"
    DECIDED = "decided"
    DECISION_WITHDRAWN = "decision withdrawn"
    SHARED = "shared"
    UNSHARED = "unshared"
    RESTRICTED = "restricted"
    OPENED = "opened"
    GIVEN_AWAY = "given away"
    PERSON_ADDED = "person added"
    ROLE_GIVEN = "role given"
    PERSON_REMOVED = "person removed"
    SETTING = "setting"
    ROUND_BEGUN = "round begun"
    JUDGED = "judged"
    REVEALED = "revealed"
    ROUND_CLOSED = "round closed"
    LINK_MADE = "link made"
    LINK_REVOKED = "link revoked"
    TOKEN_MADE = "token made"  # noqa: S105 what happened
    TOKEN_REVOKED = "token revoked"  # noqa: S105
    COMMENTED = "commented"
    COMMENT_TAKEN_BACK = "comment taken back"
    THREAD_RESOLVED = "thread resolved"
    THREAD_REOPENED = "thread reopened"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ADVISED = "advised"
    CHANGES_REQUESTED = "changes requested"
    STAGE = "stage"
    TASK_DONE = "task done"
    TASK_GIVEN = "task given"
    SCENARIO_SAVED = "scenario saved"
    SCENARIO_DECIDED = "scenario decided"
    SCENARIO_ARCHIVED = "scenario archived"
    SCENARIO_RESTORED = "scenario restored"
    MEASURED = "measured"
    DEMO_LOADED = "demo loaded"
    DEMO_REMOVED = "demo removed"
    IDEA_TAKEN_UP = "idea taken up"
    IDEA_DECLINED = "idea declined"
    IDEA_SAME = "idea same as"
    IDEA_REOPENED = "idea reopened"


@dataclass(frozen=True)
class Saved:
    """A proposal as it is saved now."""

    id: str
    version: int
    proposal: Proposal
    saved_at: datetime
    saved_by: str
    archived: bool


@dataclass(frozen=True)
class Listed:
    """One line of the portfolio. Money is in the proposal's currency; scores and shares are 0..1.

    What follows from the proposal is declared in `columns.LIST_COLUMNS`; the rest tells of its saving.
    """

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
    decision_alternative: str | None = None
    review_on: date | None = None
    rate: float | None = None
    """What one unit of its currency is worth in the currency in which the list compares; None where nobody said."""
    stage: Stage = Stage.DRAFT
    content_hash: str = ""

    def converted(self, amount: float | None) -> float | None:
        """An amount of the proposal in the currency in which the list compares."""
        return None if amount is None or self.rate is None else amount * self.rate

    def is_due(self, today: date) -> bool:
        """True where the day has come on which the decision that stands is to be reviewed."""
        return self.review_on is not None and self.review_on <= today


NOT_DECIDED = "none"
"""Stands among the outcomes of a filter for proposals that nobody decided on."""


@dataclass(frozen=True)
class Filters:
    """What to list. Text is sought in title, team, owner, sponsor, summary and tags.

    `decisions` are outcomes of the decision that stands, or NOT_DECIDED; `due_by` the last day on which it is to be
    reviewed. `display` is the currency in which amounts are compared, at the rates of the Store; without one they are
    compared as they are. Ideas that nobody took up are none of the portfolio: only where `stages` asks for them. `demo`
    finds the demo portfolio alone, or leaves it out; None as `db.apart` says: it stands apart from real work. Of `tags`
    a proposal has one; `own` are values of the organisation's own fields with choices, as "cost_centre=IT": of each
    field that is named one must stand there. `begun` finds what is being built or was, also while it is submitted anew,
    or leaves it out.
    """

    text: str = ""
    recommendations: Sequence[Recommendation] = ()
    archived: bool = False
    sort: str = "saved_at"
    descending: bool = True
    decisions: Sequence[str] = ()
    teams: Sequence[str] = ()
    owners: Sequence[str] = ()
    due_by: date | None = None
    display: str = ""
    stages: Sequence[Stage] = ()
    demo: bool | None = None
    tags: Sequence[str] = ()
    own: Sequence[str] = ()
    begun: bool | None = None


@dataclass(frozen=True)
class DecisionFilters:
    """Which decisions. Text is sought in title, reason, alternative and who decided; both days are included.

    `due_by` finds those that stand and are to be reviewed by that day; `standing`, where True, those that stand. `demo`
    is as in `Filters`.
    """

    text: str = ""
    outcomes: Sequence[Outcome] = ()
    decided_by: Sequence[str] = ()
    decided_from: date | None = None
    decided_to: date | None = None
    due_by: date | None = None
    standing: bool = False
    demo: bool | None = None


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency is worth in the display currency, since when, and who said so."""

    currency: str
    rate: float
    as_of: date
    set_by: str


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, and how many there are in all; where `has_more`, there are more than that."""

    rows: tuple[Row, ...]
    total: int
    number: int
    size: int
    has_more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are as far as is known; at least one."""
        return self.total // self.size + 1 if self.has_more else max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class Revision:
    """One version that was saved, and the paths that it changed."""

    version: int
    proposal: Proposal
    content_hash: str
    changed: tuple[str, ...]
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True)
class Duty:
    """By when one of a decision's conditions is to be met, and by whom; `owner_id` where that is somebody here."""

    condition: str
    due_on: date | None = None
    owner: str = ""
    owner_id: str | None = None


@dataclass(frozen=True)
class DecisionRequest:
    """What someone signs: the outcome, and why where it overrules the recommendation.

    `duties` say more of some of the `conditions`, which they name by their words. `figures` are the assessment's
    figures that were seen, `alternative` the one that is meant. `follows` is the id of the newest decision that the
    person who signs has seen, 0 for none; None where nobody looked. `supersedes` is the id of the decision that stands
    until then, 0 for none; None means whichever it is.
    """

    version: int
    recommendation: Recommendation
    outcome: Outcome
    decided_by: str
    reason: str = ""
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    alternative: str = ""
    follows: int | None = None
    duties: tuple[Duty, ...] = ()
    supersedes: int | None = None

    @property
    def accepted(self) -> bool:
        """True where the outcome is what was recommended."""
        return self.outcome == self.recommendation


@dataclass(frozen=True)
class Withdrawal:
    """That a decision was taken back: why, by whom, when; `is_verified` says that the name comes from a sign-in."""

    reason: str
    withdrawn_by: str
    withdrawn_at: datetime
    is_verified: bool = False


@dataclass(frozen=True)
class Linked:
    """A decision as another one of its chain names it; `number` counts the decisions on one proposal from 1."""

    id: int
    number: int
    outcome: Outcome
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Decision:
    """A recorded decision. `alternative` is the one that it means, if any; `is_newest` that none has followed it.

    `number` counts the decisions on its proposal from 1. `supersedes` stood until this one, `superseded_by` has stood
    since.
    """

    id: int
    proposal_id: str
    version: int
    title: str
    recommendation: Recommendation
    outcome: Outcome
    accepted: bool
    reason: str
    conditions: tuple[str, ...]
    decided_by: str
    decided_at: datetime
    review_on: date | None
    figures: Mapping[str, Any]
    alternative: str | None = None
    is_newest: bool = True
    signed_by_id: str | None = None
    """Who signed, by the sign-in; None where the name was typed."""
    advice: tuple[Advice, ...] = ()
    """What each function had said that was asked about the version, and which had not spoken."""
    number: int = 1
    supersedes: Linked | None = None
    superseded_by: Linked | None = None
    withdrawal: Withdrawal | None = None

    @property
    def state(self) -> DecisionState:
        """Whether it stands, or what became of it."""
        if self.withdrawal is not None:
            return DecisionState.WITHDRAWN
        return DecisionState.STANDING if self.superseded_by is None else DecisionState.SUPERSEDED

    @property
    def is_standing(self) -> bool:
        """True where it counts now: nobody superseded it or took it back."""
        return self.state is DecisionState.STANDING

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Who sees to which condition by when, as it was signed."""
        said = self.figures.get("duties", [])
        return tuple(Duty(each["condition"], _day(each["due_on"]), each["owner"]) for each in said)

    @property
    def is_verified(self) -> bool:
        """True where the signer's name comes from a sign-in."""
        return self.signed_by_id is not None

    def is_overdue(self, today: date) -> bool:
        """True where the day of its review has gone by and it still stands."""
        return self.is_standing and self.review_on is not None and self.review_on < today


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Line:
    """One line of the portfolio with the decision that stands and the round of review that is open, for a report."""

    listed: Listed
    standing: Decision | None
    review: Review | None = None


@dataclass(frozen=True)
class AuditEntry:
    """Who did what, when; `is_verified` says that the name comes from a sign-in.

    `proposal_id` is None for what is about no proposal; `title` is what the proposal is called now, where it was asked.
    """

    at: datetime
    actor: str
    action: AuditAction
    detail: str
    is_verified: bool = False
    proposal_id: str | None = None
    title: str = ""


@dataclass(frozen=True)
class AuditFilters:
    """Which entries of the audit trail. Text is sought in what the proposal says; both days are included."""

    text: str = ""
    actors: Sequence[str] = ()
    actions: Sequence[AuditAction] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Draft:
    """What someone typed into the field at `path` that could not be saved, and why."""

    path: str
    text: str
    problem: str


@dataclass(frozen=True)
class Member:
    """Somebody who belongs here: as people see them. `given` is the role that an administrator gave, if any.

    `has_come` is False for an e-mail address that was added and has not signed in yet.
    """

    id: str
    name: str
    email: str
    role: Role | None
    given: Role | None
    has_come: bool
    is_removed: bool
    seen_at: datetime | None

    @property
    def label(self) -> str:
        """The name with the address, which tells two of the same name apart."""
        return f"{self.name} ({self.email})" if self.email and self.email != self.name else self.name or self.email


@dataclass(frozen=True)
class Shared:
    """Who works on a proposal: its owner, the others, and whether anybody else may see it."""

    owner: Member | None
    members: tuple[Member, ...]
    is_restricted: bool
