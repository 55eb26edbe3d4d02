"""What the track record is made of: decided proposals with what was measured, and the ranges that can be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.session.measured import Carried, decided_of, key_of
from app.session.scored import scored
from app.session.shared import store
from db import Measured
from scoping.record.judged import Judged, once_each
from scoping.record.ledger import Case, Saving, savings
from scoping.record.overruns import Ratio
from scoping.record.production import Fate, fate_of_stopped
from scoping.record.restating import ended

_KEPT = 2_000


@dataclass(frozen=True)
class Tracked:
    """The decided proposals that the person may see, the newest decisions first, and their scored ranges."""

    decided: tuple[Measured, ...]
    ranges: tuple[Judged, ...]
    superseded: tuple[Measured, ...] = ()
    """What was decided to be begun before the decision that stands, the newest first."""

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Those of which something was recorded."""
        return tuple(each for each in self.decided if each.version)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded of any of them, under an earlier decision neither."""
        return not self.measured and not self._earlier

    @property
    def titles(self) -> Mapping[str, str]:
        """What the proposals are called, as they were signed."""
        return {each.proposal_id: each.decision.title for each in self.decided}

    @property
    def overruns(self) -> list[Ratio]:
        """What own projects came to over what was signed."""
        return [each for one in (*self.measured, *self._earlier) for each in scored(one).overruns]

    @property
    def fates(self) -> list[Fate]:
        """Which of them reached production, and those that a later decision stopped."""
        stopped = (fate_of_stopped(each.proposal_id, each.signed, each.actuals) for each in self._given_up.values())
        return [*(scored(one).fate for one in self.measured), *(each for each in stopped if each is not None)]

    @property
    def saved(self) -> list[Saving]:
        """What was saved by those that were stopped."""
        return [each for one in self.decided for each in self._saved(one)]

    def _saved(self, one: Measured) -> list[Saving]:
        """By what was known when it was stopped: under the decision that stands, or under that which began it."""
        begun = None if one.actuals.stopped_month else self._given_up.get(one.proposal_id)
        key = [(*key_of(each), str(each.decision.outcome)) for each in (one, begun) if each is not None]
        return _savings(one.proposal_id, tuple(key), Carried((one, begun)))

    @property
    def _earlier(self) -> tuple[Measured, ...]:
        return tuple(each for each in self.superseded if each.version)

    @cached_property
    def _given_up(self) -> Mapping[str, Measured]:
        """What the decision that stands stopped, by proposal."""
        return {each.proposal_id: each for each in self.superseded if each.is_given_up}


def tracked(*, is_demo: bool) -> Tracked:
    """The record of real work, or of the demo portfolio: the two never mix."""
    decided = tuple(store().actuals.every(is_demo=is_demo))
    superseded = tuple(store().actuals.superseded(is_demo=is_demo))
    ranges = (found for each in (*decided, *superseded) if each.version for found in scored(each).ranges)
    return Tracked(decided, tuple(once_each(tuple(ranges))), superseded)


@lru_cache(maxsize=_KEPT)
def _savings(identity: str, _: tuple[object, ...], carried: Carried[tuple[Measured, Measured | None]]) -> list[Saving]:
    one, begun = carried.what
    until = None if begun is None else ended(begun.actuals)
    if begun is not None and until is not None:
        return savings([Case(identity, begun.signed, decided_of(begun), until)])
    actuals = one.actuals if one.version else None
    before = None if begun is None else decided_of(begun).outcome
    return savings([Case(identity, one.signed, decided_of(one), actuals, before)])
