"""What the track record is made of: decided proposals with what was measured, and the ranges that can be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.session.measured import Carried, decided_of, key_of
from app.session.scored import scored
from app.session.shared import store
from db import Measured
from scoping.record.judged import Judged
from scoping.record.ledger import Case, Saving, savings
from scoping.record.own_classes import Ratio
from scoping.record.production import Fate, fate_of_stopped

_KEPT = 2_000


@dataclass(frozen=True)
class Tracked:
    """The decided proposals that the person may see, the newest decisions first, and their scored ranges."""

    decided: tuple[Measured, ...]
    ranges: tuple[Judged, ...]
    given_up: tuple[Measured, ...] = ()
    """Under the decision before it, what the one that stands stopped."""

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Those of which something was recorded."""
        return tuple(each for each in self.decided if each.version)

    @property
    def titles(self) -> Mapping[str, str]:
        """What the proposals are called, as they were signed."""
        return {each.proposal_id: each.decision.title for each in self.decided}

    @property
    def overruns(self) -> list[Ratio]:
        """What own projects came to over what was signed."""
        return [each for one in self.measured for each in scored(one).overruns]

    @property
    def fates(self) -> list[Fate]:
        """Which of them reached production, and those that a later decision stopped."""
        stopped = (fate_of_stopped(each.proposal_id, each.signed, each.actuals) for each in self.given_up)
        return [*(scored(one).fate for one in self.measured), *(each for each in stopped if each is not None)]

    @property
    def saved(self) -> list[Saving]:
        """What was saved by those that were stopped."""
        ended = ((one, (*key_of(one), str(one.decision.outcome))) for one in self.decided)
        return [each for one, key in ended for each in _savings(one.proposal_id, key, Carried(one))]


def tracked(*, is_demo: bool) -> Tracked:
    """The record of real work, or of the demo portfolio: the two never mix."""
    decided = tuple(store().actuals.every(is_demo=is_demo))
    ranges = tuple(found for each in decided if each.version for found in scored(each).ranges)
    return Tracked(decided, ranges, tuple(store().actuals.given_up(is_demo=is_demo)))


@lru_cache(maxsize=_KEPT)
def _savings(identity: str, _: tuple[object, ...], carried: Carried) -> list[Saving]:
    one = carried.measured
    actuals = one.actuals if one.version else None
    return savings([Case(identity, one.signed, decided_of(one), actuals)])
