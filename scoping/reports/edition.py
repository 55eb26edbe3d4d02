"""What only the caller knows of a report: the day, the version that was saved, the decisions on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..text.languages import message


@dataclass(frozen=True)
class Edition:
    """The day on which a report is made, and the version that was saved; None where nobody says."""

    as_of: date | None = None
    version: int | None = None


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

    @property
    def signer(self) -> str:
        """Who decided; a name that somebody typed is said to be one."""
        return self.decided_by if self.is_verified else message("{name} (name typed)", name=self.decided_by)
