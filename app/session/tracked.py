"""What the track record is made of: decided proposals with what was measured, and the ranges that can be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.session.measured import Carried, Key, decided_of, key_of
from app.session.shared import store
from db import Measured
from scoping.record.judged import Judged, judged
from scoping.record.ledger import Case, Saving, savings
from scoping.record.own_classes import Ratio, ratios

_KEPT = 2_000


@dataclass(frozen=True)
class Tracked:
    """The decided proposals that the person may see, the newest decisions first, and their scored ranges."""

    decided: tuple[Measured, ...]
    ranges: tuple[Judged, ...]

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Those of which something was recorded."""
        return tuple(each for each in self.decided if each.version)

    @property
    def titles(self) -> Mapping[str, str]:
        """What the proposals are called, as they were signed."""
        return {each.proposal_id: each.decision.title for each in self.decided}


def tracked(*, is_demo: bool) -> Tracked:
    """The record of real work, or of the demo portfolio: the two never mix."""
    decided = tuple(store().actuals.every(is_demo=is_demo))
    measured = (each for each in decided if each.version)
    ranges = (found for each in measured for found in _judged(each.proposal_id, key_of(each), Carried(each)))
    return Tracked(decided, tuple(ranges))


def learned(found: Tracked) -> tuple[list[Ratio], list[Saving]]:
    """How own projects ran over, and what was saved by those that were stopped."""
    overruns = [each for one in found.measured for each in _ratios(one.proposal_id, key_of(one), Carried(one))]
    ended = ((one, (*key_of(one), str(one.decision.outcome))) for one in found.decided)
    saved = (each for one, key in ended for each in _savings(one.proposal_id, key, Carried(one)))
    return overruns, [*saved]


@lru_cache(maxsize=_KEPT)
def _ratios(identity: str, _: Key, carried: Carried) -> list[Ratio]:
    return ratios(identity, carried.measured.signed, carried.measured.actuals)


@lru_cache(maxsize=_KEPT)
def _savings(identity: str, _: tuple[object, ...], carried: Carried) -> list[Saving]:
    one = carried.measured
    actuals = one.actuals if one.version else None
    return savings([Case(identity, one.signed, decided_of(one), actuals)])


@lru_cache(maxsize=_KEPT)
def _judged(identity: str, _: Key, carried: Carried) -> list[Judged]:
    return judged(identity, carried.measured.signed, carried.measured.actuals)
