"""What goes into the Store and comes out: plain values, detached from any session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from scoping import Proposal
from scoping.vocabulary import Outcome, Recommendation

Row = TypeVar("Row")


class AuditAction(StrEnum):
    """What may be done with a proposal; the audit trail names it."""

    CREATED = "created"
    SAVED = "saved"
    ARCHIVED = "archived"
    RESTORED = "restored"
    DECIDED = "decided"


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


@dataclass(frozen=True)
class Filters:
    """What to list. Text is sought in title, team, owner, sponsor, summary and tags."""

    text: str = ""
    recommendations: Sequence[Recommendation] = ()
    archived: bool = False
    sort: str = "saved_at"
    descending: bool = True


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


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
class DecisionRequest:
    """What someone signs: the outcome, and why where it overrules the recommendation.

    `figures` are the assessment's figures that were seen.
    """

    version: int
    recommendation: Recommendation
    outcome: Outcome
    decided_by: str
    reason: str = ""
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """True where the outcome is what was recommended."""
        return self.outcome == self.recommendation


@dataclass(frozen=True)
class Decision:
    """A recorded decision."""

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


@dataclass(frozen=True)
class AuditEntry:
    """Who did what, when."""

    at: datetime
    actor: str
    action: AuditAction
    detail: str


@dataclass(frozen=True)
class Draft:
    """What someone typed into the field at `path` that could not be saved, and why."""

    path: str
    text: str
    problem: str
