"""What came of a decision, as only the caller knows it: which version of the actuals a paper tells, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...record.watching import Signal, Watch
from ...text.languages import message
from .beside import Comparison

_OPENS_AGAIN = (Watch.BREAK_EVEN, Watch.GUARDRAIL, Watch.CONDITION)


@dataclass(frozen=True)
class ActualsNote:
    """One version of what was measured under the decision that stands, beside what was signed.

    `revision` is the version of the proposal that was decided on, `decided_on` the day of that decision; `saved_by` and
    `saved_on` say who entered this version of the actuals, and `is_verified` that the name comes from a sign-in.
    """

    comparison: Comparison
    signals: tuple[Signal, ...]
    version: int
    saved_by: str
    saved_on: date
    revision: int
    decided_on: date
    is_verified: bool = True

    @property
    def month(self) -> int:
        """Up to which month of the work something is recorded."""
        return self.comparison.actuals.months

    @property
    def writer(self) -> str:
        """Who entered it; a name that somebody typed is said to be one."""
        if not self.saved_by:
            return message("someone")
        return self.saved_by if self.is_verified else message("{name} (name typed)", name=self.saved_by)

    @property
    def against(self) -> tuple[Signal, ...]:
        """What speaks against the decision beyond doubt: conditions, guardrails and break-evens that were not kept."""
        return tuple(each for each in self.signals if opens_again(each))

    @property
    def looks(self) -> tuple[Signal, ...]:
        """What only asks for a look."""
        return tuple(each for each in self.signals if not opens_again(each))


def opens_again(signal: Signal) -> bool:
    """Whether a decision is open again for it: costs and times beyond their P90 are told, and open nothing."""
    return signal.is_sure and signal.watch in _OPENS_AGAIN
