"""Which limits conflict: the smallest set that cannot be kept, so that somebody can decide which one gives way.

Sets that leave a conflict out hit every conflict once; the smallest set that hits all ways out found so far either
conflicts, and is the smallest conflict, or shows another way out (Ignatiev and others 2015).
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from .candidates import Candidate
from .choosing import programme_of
from .limits import Limit, Limits, Row, rows_of
from .optimum import SECONDS, Unsolvable, solve
from .solver import Asked, Matrix, whole

_TAKEN = 0.5


def smallest_conflict(candidates: Sequence[Candidate], limits: Limits) -> tuple[Limit, ...]:
    """The fewest limits that cannot be kept together; none where all can. Raises PortfolioRefused."""
    rows = rows_of(candidates, limits)
    kinds = list(dict.fromkeys(row.limit for row in rows))
    if _can_be_kept(candidates, rows):
        return ()
    ways_out: list[set[int]] = []
    while True:
        wanted = _smallest_hitting(len(kinds), ways_out)
        if not _can_be_kept(candidates, _of(rows, kinds, wanted)):
            return tuple(kinds[each] for each in sorted(wanted))
        ways_out.append(set(range(len(kinds))) - _grown(candidates, rows, kinds, wanted))


def _grown(candidates: Sequence[Candidate], rows: Sequence[Row], kinds: Sequence[Limit], kept: set[int]) -> set[int]:
    """As many limits more as can be kept with those."""
    grown = set(kept)
    for each in range(len(kinds)):
        if each not in grown and _can_be_kept(candidates, _of(rows, kinds, grown | {each})):
            grown.add(each)
    return grown


def _of(rows: Sequence[Row], kinds: Sequence[Limit], wanted: set[int]) -> list[Row]:
    names = {kinds[each] for each in wanted}
    return [row for row in rows if row.limit in names]


def _can_be_kept(candidates: Sequence[Candidate], rows: Sequence[Row]) -> bool:
    try:
        solve(programme_of(candidates, rows))
    except Unsolvable as why:
        if why.is_conflict:
            return False
        raise
    return True


def _smallest_hitting(many: int, sets: Sequence[set[int]]) -> set[int]:
    if not sets:
        return set()
    hits = Matrix(np.array([[float(each in one) for each in range(many)] for one in sets]))
    none, ones, rows = np.zeros(many), np.ones(many), np.ones(len(sets))
    found = whole(Asked(-ones, hits, rows, np.full(len(sets), np.inf), none, ones), many, time.monotonic() + SECONDS)
    # All limits together hit every set: there is a solution.
    return {int(each) for each in np.flatnonzero(np.asarray(found.part) > _TAKEN)}
