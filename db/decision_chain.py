"""The decisions on a proposal as a chain: each supersedes the one that stood, or follows one that was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from scoping.vocabulary import Outcome

from . import queries
from .mapping import decision, in_utc
from .models import DecisionRow, WithdrawalRow
from .records import Decision, Linked, Withdrawal


@dataclass(frozen=True)
class Chain:
    """All decisions on one proposal, in the order in which they were made, and what was taken back, by decision."""

    links: tuple[Linked, ...]
    withdrawn: Mapping[int, Withdrawal]

    def told(self, row: DecisionRow) -> Decision:
        """The decision with its place in the chain."""
        place = next(at for at, each in enumerate(self.links) if each.id == row.id)
        before, after = self.links[max(place - 1, 0) : place], self.links[place + 1 : place + 2]
        return replace(
            decision(row),
            is_newest=not after,
            number=place + 1,
            supersedes=next((each for each in before if each.id not in self.withdrawn), None),
            superseded_by=None if row.id in self.withdrawn else next(iter(after), None),
            withdrawal=self.withdrawn.get(row.id),
        )


def decisions_in(session: Session, rows: Sequence[DecisionRow]) -> Iterator[Decision]:
    """The decisions, each with its place in the chain of its proposal."""
    chains = _chains(session, {row.proposal_id for row in rows})
    return (chains[row.proposal_id].told(row) for row in rows)


def decision_in(session: Session, row: DecisionRow) -> Decision:
    """One decision with its place in the chain of its proposal."""
    return next(decisions_in(session, [row]))


def _chains(session: Session, identities: set[str]) -> dict[str, Chain]:
    links: dict[str, list[Linked]] = defaultdict(list)
    # In the order in which they were made: few as they are, the database would need a table of its own to sort them.
    for row in sorted(session.execute(queries.links_of(identities)), key=lambda each: each.id):
        own = links[row.proposal_id]
        own.append(Linked(row.id, len(own) + 1, Outcome(row.outcome), row.decided_by, in_utc(row.decided_at)))
    taken_back = {each.decision_id: _withdrawal(each) for each in session.scalars(queries.withdrawals_of(identities))}
    return {identity: Chain(tuple(own), taken_back) for identity, own in links.items()}


def _withdrawal(row: WithdrawalRow) -> Withdrawal:
    return Withdrawal(row.reason, row.withdrawn_by, in_utc(row.withdrawn_at), row.withdrawn_by_id is not None)
