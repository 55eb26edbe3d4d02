"""Which limits conflict: the smallest set that cannot be kept, so that somebody can decide which one gives way.

First a set of which none can be left out is found (Junker 2004, QuickXplain, AAAI-04). Then a smaller one is looked
for: sets that leave a conflict out hit every conflict once, so the smallest set that hits all ways out found so far
either conflicts, and is the smallest conflict, or shows another way out (Ignatiev and others 2015). As soon as that
needs as many as were found first, those are the fewest. The ways may be very many: after a while what was found first
is told.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from .candidates import Candidate
from .choosing import programme_of
from .limits import Limit, Limits, rows_of
from .optimum import Feasible
from .solver import Asked, Matrix, whole

SECONDS = 5.0
"""So long is looked for fewer limits that conflict than were found first."""
_TAKEN = 0.5


def smallest_conflict(
    candidates: Sequence[Candidate], limits: Limits, *, seconds: float = SECONDS
) -> tuple[Limit, ...]:
    """The fewest limits that cannot be kept together; none where all can. Raises PortfolioRefused, Unsolvable.

    Where there are very many ways to conflict it may be more than the fewest, but none of them can be left out.
    """
    search = _Search(candidates, limits)
    if search.can_keep(range(len(search.kinds))):
        return ()
    until = time.monotonic() + seconds
    return tuple(search.kinds[each] for each in sorted(search.fewest(search.irreducible(), until)))


class _Search:
    """The limits by their numbers, and whether some of them can be kept together."""

    def __init__(self, candidates: Sequence[Candidate], limits: Limits) -> None:
        rows = rows_of(candidates, limits)
        self.kinds = list(dict.fromkeys(row.limit for row in rows))
        numbers = {kind: number for number, kind in enumerate(self.kinds)}
        self._of_row = np.array([numbers[row.limit] for row in rows], dtype=int)
        self._feasible = Feasible(programme_of(candidates, rows))

    def can_keep(self, wanted: Sequence[int] | set[int] | range) -> bool:
        """Whether a choice keeps to these limits."""
        return self._feasible.can_keep(np.isin(self._of_row, [*wanted]))

    def irreducible(self) -> set[int]:
        """Limits that conflict, of which none can be left out."""
        return set(self._explained([], [*range(len(self.kinds))], is_new=False))

    def _explained(self, kept: list[int], others: list[int], *, is_new: bool) -> list[int]:
        """Which of the others a conflict with those that are kept needs; `is_new` where those were just added to."""
        if is_new and not self.can_keep(kept):
            return []
        if len(others) == 1:
            return others
        half = len(others) // 2
        first, second = others[:half], others[half:]
        of_second = self._explained([*kept, *first], second, is_new=True)
        return [*self._explained([*kept, *of_second], first, is_new=bool(of_second)), *of_second]

    def fewest(self, found: set[int], until: float) -> set[int]:
        """Fewer than were found, where there are fewer."""
        ways_out: list[set[int]] = []
        while (left := until - time.monotonic()) > 0:
            wanted = _smallest_hitting(len(self.kinds), ways_out, left)
            if wanted is None or len(wanted) >= len(found):
                break
            if not self.can_keep(wanted):
                return wanted
            ways_out.append(set(range(len(self.kinds))) - self._grown(wanted))
        return found

    def _grown(self, kept: set[int]) -> set[int]:
        """As many limits more as can be kept with those: many at once, as long as they can."""
        grown, waiting = set(kept), [[each for each in range(len(self.kinds)) if each not in kept]]
        while waiting:
            some = waiting.pop()
            if self.can_keep(grown | {*some}):
                grown |= {*some}
            elif len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        return grown


def _smallest_hitting(many: int, sets: Sequence[set[int]], seconds: float) -> set[int] | None:
    """The fewest that hit each of the sets; None where they were not found in time."""
    if not sets:
        return set()
    hits = Matrix(np.array([[float(each in one) for each in range(many)] for one in sets]))
    none, ones, rows = np.zeros(many), np.ones(many), np.ones(len(sets))
    asked = Asked(-ones, hits, rows, np.full(len(sets), np.inf), none, ones)
    found = whole(asked, many, time.monotonic() + seconds)
    # All limits together hit every set: there is a solution, and what is not the best one is of no use.
    return (
        {int(each) for each in np.flatnonzero(found.part > _TAKEN)}
        if found.is_proved and found.part is not None
        else None
    )
