"""What came of decided proposals, for the prior of a choice: each worked out once, and only when somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.session.bounded import Kept
from db import Measured, Store
from scoping import DocumentRefused
from scoping.portfolio import Candidate
from scoping.portfolio.believing import best_estimates
from scoping.record import Realised, RecordPrior, prior_of_record, realised, realised_of_stopped
from scoping.vocabulary import PriorOrigin

_KEPT = 2_000
_Key = tuple[str, int, int, bool]
# A tuple, since nothing may be known of a proposal, which is worth keeping too.
_kept: Kept[_Key, tuple[Realised | None]] = Kept(_KEPT)


def record_of(store: Store, *, is_demo: bool) -> list[Realised]:
    """The decided proposals whose outcome is known and that the person may see. Real work and demo never mix.

    What a later decision stopped counts: a record without it would flatter. What it began anew counts under that one.
    """
    earlier = tuple(store.actuals.superseded(is_demo=is_demo))
    stopped = (_realised(store, each) for each in earlier if each.is_given_up and each.version)
    standing = _standing(store, is_demo, {each.decision.id for each in earlier})
    return [each for each in (*standing, *stopped) if each is not None]


def prior_from(found: Sequence[Realised], candidates: Sequence[Candidate]) -> RecordPrior | None:
    """The prior of the record and of what is chosen among; None where the record says too little."""
    return prior_of_record(found, best_estimates(candidates))


def as_set(found: RecordPrior) -> dict[str, object]:
    """As a scenario keeps it: to a ten-thousandth, since nobody reads more and the address of a page stays short."""
    figures = {"mean": found.prior.mean, "deviation": found.prior.deviation, "error": found.error}
    rounded = {name: round(value, 4) for name, value in figures.items()}
    return {**rounded, "origin": str(PriorOrigin.TRACK_RECORD), "decided": found.decided}


def _standing(store: Store, is_demo: bool, earlier: Collection[int]) -> list[Realised | None]:
    """Under the decisions that stand. Documents are read only of what was recorded since somebody asked last."""
    keys = {
        each.decision_id: (store.description, each.decision_id, each.version, False)
        for each in store.actuals.recorded(is_demo=is_demo)
        if each.decision_id not in earlier
    }
    known = {decision: _kept.get(key) for decision, key in keys.items()}
    if new := [decision for decision, found in known.items() if found is None]:
        read = store.actuals.every(is_demo=is_demo, under=new)
        known |= {each.decision.id: (_realised(store, each),) for each in read}
    return [found[0] for found in known.values() if found is not None]


def _realised(store: Store, each: Measured) -> Realised | None:
    valued = realised_of_stopped if each.is_given_up else realised

    def make() -> tuple[Realised | None]:
        try:
            return (valued(each.proposal_id, each.signed, each.actuals),)
        except DocumentRefused:
            return (None,)

    return _kept.found((store.description, each.decision.id, each.version, each.is_given_up), make)[0]
