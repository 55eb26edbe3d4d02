"""What follows from each decision and what was measured under it: worked out once, for all sessions and pages.

A decision is never changed and neither is a version of actuals, so what follows from the two is kept by their numbers.
Pages on which somebody works ask for what is ready: where much is missing, as after a start, it is made up beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock, Thread

from app.session.bounded import Kept
from app.session.shared import database, store
from db import Measured, Recorded, Store
from scoping import GroundworkError
from scoping.record.judged import Judged, as_given, judged, once_each, signed_alone
from scoping.record.overruns import Ratio, ratios
from scoping.record.production import Fate, fate
from scoping.record.recalibrating import Recalibration, of_kind, recalibration
from scoping.vocabulary import ActualKind, Better

Key = tuple[Store, int, int]
_MOST = 4_000
_MOST_AT_ONCE = 20
"""So many are scored while somebody waits: about a second."""
_KINDS = [(kind, better) for kind in ActualKind for better in (None, *Better)]


@dataclass(frozen=True)
class Scored:
    """Of one decision: the ranges whose outcome is known, what it came to over the signed P50, and its fate."""

    ranges: tuple[Judged, ...]
    overruns: tuple[Ratio, ...]
    fate: Fate


@dataclass(frozen=True)
class Learned:
    """What own projects say to who estimates the next one."""

    ranges: tuple[Judged, ...]
    overruns: tuple[Ratio, ...]

    def recalibration(self, kind: ActualKind, better: Better | None) -> Recalibration | None:
        """What past ranges of one kind suggest for the next of that kind."""
        return self._recalibrations[kind, better]

    @cached_property
    def _recalibrations(self) -> Mapping[tuple[ActualKind, Better | None], Recalibration | None]:
        given = as_given(signed_alone(self.ranges))
        return {(kind, better): recalibration(of_kind(given, kind, better)) for kind, better in _KINDS}


def scored(measured: Measured) -> Scored:
    """What follows from a decision and what was measured under it."""
    return _kept.of(database(), measured)


def learned(recorded: Sequence[Recorded], *, is_demo: bool) -> Learned | None:
    """What follows from all of these together; None while much of it is still being made up."""
    here = database()
    if not _kept.has_all(here, recorded, is_demo=is_demo):
        return None
    return _learned(here, tuple(recorded))


class _Kept:
    """What was worked out, the least used of it forgotten first."""

    def __init__(self) -> None:
        self._found: Kept[Key, Scored] = Kept(_MOST)
        self._beside = Lock()

    def of(self, here: Store, measured: Measured) -> Scored:
        key = (here, measured.decision.id, measured.version)
        return self._found.found(key, lambda: _score(measured))

    def known(self, key: Key) -> Scored | None:
        return self._found.get(key)

    def has_all(self, here: Store, recorded: Sequence[Recorded], *, is_demo: bool) -> bool:
        """Whether all are there, after those that are quickly made up were; the others are made up beside."""
        missing = [each for each in recorded if self.known((here, each.decision_id, each.version)) is None]
        if len(missing) > _MOST_AT_ONCE:
            self._begin(here, store(), missing, is_demo)
            return False
        self._add(here, store(), missing, is_demo)
        return True

    def _begin(self, here: Store, asked: Store, missing: Sequence[Recorded], is_demo: bool) -> None:
        """At most one at a time: what it leaves, the next run of a page asks for again."""
        if self._beside.acquire(blocking=False):
            Thread(target=self._add_beside, args=(here, asked, missing, is_demo), daemon=True).start()

    def _add_beside(self, here: Store, asked: Store, missing: Sequence[Recorded], is_demo: bool) -> None:
        try:
            for first in range(0, len(missing), _MOST_AT_ONCE):
                self._add(here, asked, missing[first : first + _MOST_AT_ONCE], is_demo)
        except GroundworkError:
            # The database went away meanwhile; the next run of a page begins again.
            pass
        finally:
            self._beside.release()

    def _add(self, here: Store, asked: Store, missing: Sequence[Recorded], is_demo: bool) -> None:
        if missing:
            under = [one.decision_id for one in missing]
            for found in (asked.actuals.every, asked.actuals.superseded):
                for each in found(is_demo=is_demo, under=under):
                    self.of(here, each)


_kept = _Kept()


@lru_cache(maxsize=64)
def _learned(here: Store, recorded: tuple[Recorded, ...]) -> Learned:
    keys = ((here, each.decision_id, each.version) for each in recorded)
    # What was saved since is of another version: the next run of a page asks for that one.
    found = [each for key in keys if (each := _kept.known(key)) is not None]
    ranges = once_each([one for each in found for one in each.ranges])
    return Learned(tuple(ranges), tuple(one for each in found for one in each.overruns))


def _score(measured: Measured) -> Scored:
    identity, signed, actuals = measured.proposal_id, measured.signed, measured.actuals
    found = tuple(judged(identity, signed, actuals))
    return Scored(found, tuple(ratios(identity, signed, actuals)), fate(identity, signed, actuals))
