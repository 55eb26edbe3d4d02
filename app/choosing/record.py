"""What came of decided proposals, for the prior of a choice: each worked out once, and only when somebody asks."""

from __future__ import annotations

from app.choosing.pool import Pool
from app.session.bounded import Kept
from db import Measured, Store
from scoping import DocumentRefused
from scoping.portfolio.believing import best_estimates
from scoping.record import Realised, RecordPrior, prior_of_record, realised
from scoping.record.restating import ended

_KEPT = 2_000
_Key = tuple[str, str, int, int, bool]
# A tuple, since nothing may be known of a proposal, which is worth keeping too.
_kept: Kept[_Key, tuple[Realised | None]] = Kept(_KEPT)


def record_of(store: Store, *, is_demo: bool) -> list[Realised]:
    """The decided proposals whose outcome is known and that the person may see. Real work and demo never mix."""
    # What a later decision stopped is known too: without it the record would be of what went well.
    given_up = (each for each in store.actuals.superseded(is_demo=is_demo) if each.is_given_up)
    decided = (*store.actuals.every(is_demo=is_demo), *given_up)
    found = (_realised(store, each) for each in decided if each.version)
    return [each for each in found if each is not None]


def prior_from(found: list[Realised], pool: Pool) -> RecordPrior | None:
    """The prior of the record and of what is chosen among; None where the record says too little."""
    return prior_of_record(found, best_estimates(pool.candidates))


def _realised(store: Store, each: Measured) -> Realised | None:
    def make() -> tuple[Realised | None]:
        try:
            until = ended(each.actuals) if each.is_given_up else each.actuals
            return (None if until is None else realised(each.proposal_id, each.signed, until),)
        except DocumentRefused:
            return (None,)

    key = (store.description, each.proposal_id, each.decision.id, each.version, each.is_given_up)
    return _kept.found(key, make)[0]
