"""What only the caller knows of a report: the day, the version that was saved, the decisions on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..text.languages import message
from ..vocabulary import DecisionState, Stage


@dataclass(frozen=True)
class AdviceNote:
    """What a function said that was asked; without a stance, that it has not spoken."""

    function: str
    stance: str | None
    text: str = ""
    given_by: str = ""
    given_on: date | None = None
    is_verified: bool = True

    @property
    def speaker(self) -> str:
        """Who spoke; a name that somebody typed is said to be one."""
        return self.given_by if self.is_verified else message("{name} (name typed)", name=self.given_by)


@dataclass(frozen=True)
class ReviewNote:
    """The round of review that is not decided: which version was submitted, and what the functions say of it.

    `changes` is what must change, where the round ended with that.
    """

    number: int
    version: int
    submitted_by: str
    submitted_on: date
    advice: tuple[AdviceNote, ...] = ()
    changes: str = ""


@dataclass(frozen=True)
class Edition:
    """The day on which a report is made, and the version that was saved; None where nobody says.

    `review` is the round of review that is not decided, if any; `stage` how far the proposal has come.
    """

    as_of: date | None = None
    version: int | None = None
    review: ReviewNote | None = None
    stage: Stage | None = None


NO_EDITION = Edition()
"""Neither a day nor a version is told."""


@dataclass(frozen=True)
class ChainNote:
    """Where a decision stands among those on its proposal, which are counted from 1, and what became of it.

    `supersedes` and `superseded_by` are numbers, 0 for none; `ended_on` is when it was superseded or withdrawn, and
    `withdrawn_by` and `reason` say more where it was withdrawn.
    """

    number: int = 1
    state: DecisionState = DecisionState.STANDING
    supersedes: int = 0
    superseded_by: int = 0
    ended_on: date | None = None
    withdrawn_by: str = ""
    reason: str = ""
    is_verified: bool = True

    @property
    def is_standing(self) -> bool:
        """True where the decision counts now."""
        return self.state is DecisionState.STANDING

    @property
    def withdrawer(self) -> str:
        """Who withdrew it; a name that somebody typed is said to be one."""
        return self.withdrawn_by if self.is_verified else message("{name} (name typed)", name=self.withdrawn_by)


@dataclass(frozen=True)
class DutyNote:
    """Who is to see to a condition of a decision, by when, as it was signed."""

    condition: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class DecisionNote:
    """A recorded decision. `outcome` is a recommendation; `overruled` the one that it sets aside, if any.

    `alternative` is the one that it means, if any. `is_verified` says that the name comes from a sign-in. `chain` is
    its place among the others; None where nobody says: then the first of several counts.
    """

    outcome: str
    decided_by: str
    decided_on: date
    reason: str
    overruled: str | None = None
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    revision: int = 0
    alternative: str = ""
    is_verified: bool = True
    advice: tuple[AdviceNote, ...] = ()
    """What the functions had said that were asked."""
    chain: ChainNote | None = None
    duties: tuple[DutyNote, ...] = ()

    @property
    def signer(self) -> str:
        """Who decided; a name that somebody typed is said to be one."""
        return self.decided_by if self.is_verified else message("{name} (name typed)", name=self.decided_by)


def standing_among(decisions: Sequence[DecisionNote]) -> DecisionNote | None:
    """The decision that counts now; the decisions are given the newest first."""
    newest = decisions[0] if decisions else None
    return newest if newest is not None and (newest.chain is None or newest.chain.is_standing) else None
