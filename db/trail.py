"""Looks through the audit trail, and holds what was saved and decided against it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import chain, queries
from .actuals import ActualsRow
from .scenario_rows import not_as_written


@dataclass(frozen=True)
class TrailCheck:
    """What was found. `head` is the last hash of `entries`: whoever noted it elsewhere can tell an exchanged trail.

    `broken` are ids of entries that were changed, or before which some were taken out; `unsaved` (proposal,
    version), `unsigned` (ids of decisions, signed or taken back) and `unmeasured` (ids of versions of actuals) what is
    there and not as the trail says; `scenarios` are ids of those of which a version or a decision is not.
    """

    entries: int
    head: str
    broken: tuple[int, ...]
    unsaved: tuple[tuple[str, int], ...]
    unsigned: tuple[int, ...]
    unmeasured: tuple[int, ...] = ()
    scenarios: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """True where nothing is wrong."""
        return not (self.broken or self.unsaved or self.unsigned or self.unmeasured or self.scenarios)


def trail_of(session: Session) -> TrailCheck:
    """The check of everything that is there."""
    found = chain.check(session.scalars(queries.chain()).yield_per(queries.MOST_ROWS))
    written = {(row[0], row[1]) for row in session.execute(queries.digests())}
    versions = session.execute(queries.hashes())
    signed = session.scalars(queries.all_decision_rows()).yield_per(queries.MOST_ROWS)
    unsigned = [row.id for row in signed if (row.proposal_id, chain.digest_of(row)) not in written]
    for row in session.scalars(queries.all_withdrawal_rows()):
        if (row.proposal_id, chain.digest_of_withdrawal(row)) not in written:
            unsigned.append(row.decision_id)
    actuals = session.scalars(select(ActualsRow).order_by(ActualsRow.id)).yield_per(queries.MOST_ROWS)
    unmeasured = [row.id for row in actuals if (row.proposal_id, chain.digest_of_actuals(row)) not in written]
    return TrailCheck(
        found.entries,
        found.head,
        found.broken,
        tuple((row.proposal_id, row.version) for row in versions if (row.proposal_id, row.content_hash) not in written),
        tuple(unsigned),
        tuple(unmeasured),
        tuple(dict.fromkeys(not_as_written(session, written))),
    )
