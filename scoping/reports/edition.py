"""What only the caller knows of a report: the day, the version that was saved, the decisions on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..text.languages import message


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

    `review` is the round of review that is not decided, if any.
    """

    as_of: date | None = None
    version: int | None = None
    review: ReviewNote | None = None


NO_EDITION = Edition()
"""Neither a day nor a version is told."""


@dataclass(frozen=True)
class DecisionNote:
    """A recorded decision. `outcome` is a recommendation; `overruled` the one that it sets aside, if any.

    `alternative` is the one that it means, if any. `is_verified` says that the name comes from a sign-in.
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

    @property
    def signer(self) -> str:
        """Who decided; a name that somebody typed is said to be one."""
        return self.decided_by if self.is_verified else message("{name} (name typed)", name=self.decided_by)
