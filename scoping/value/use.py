"""When an alternative is in use: from going live until its use ends, or until the horizon where nobody says when.

Shares are of a month, 0..1; months are counted from the day the work starts. Each is a number, or an array of draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..bridges import Numbers


@dataclass(frozen=True)
class Use:
    """The use of one alternative: live from so many months on, for so many months, or for None to the horizon."""

    live_from: Numbers
    months: Numbers | None
    horizon: int

    @property
    def ends(self) -> Numbers:
        """The moment at which the use ends, or the figures do."""
        until: Numbers = self.horizon if self.months is None else np.minimum(self.live_from + self.months, self.horizon)
        return until

    def by(self, month: int) -> tuple[Numbers, Numbers, Numbers]:
        """How long it has been in use by the end of a month; the share of the month in which it is; that of going live.

        Going live may be spread over two months, when the build ends within one. Going back to today's way is the
        same with the other sign.
        """
        since = np.maximum(month - self.live_from, 0.0)
        live = np.minimum(1.0, since)
        going_live = live - np.clip(month - 1 - self.live_from, 0.0, 1.0)
        if self.months is None:
            return since, live, going_live
        until = np.minimum(since, self.months)
        before = np.clip(month - 1 - self.live_from, 0.0, self.months)
        return until, until - before, going_live - self._going_back(month, self.months)

    def _going_back(self, month: int, months: Numbers) -> Numbers:
        end = self.live_from + months
        found: Numbers = np.clip(month - end, 0.0, 1.0) - np.clip(month - 1 - end, 0.0, 1.0)
        return found

    def ending(self, month: int) -> Numbers:
        """The share of what is left at the end that is received with the money of a month: all shares add up to 1.

        What ends within a month is received in part at the end of the month before, so that its mean date is the
        right one. What has been live for less than a month by then counts by that part; what has not, not at all.
        """
        found: Numbers = np.clip(month + 1 - self.ends, 0.0, 1.0) - np.clip(month - self.ends, 0.0, 1.0)
        return found * np.clip(self.horizon - self.live_from, 0.0, 1.0)
