"""The audit trail as a chain: each entry's hash covers the hash before it, so that none can be changed or taken out.

Who can write to the database can still make a whole new chain. The last hash tells the two apart, where somebody
noted it elsewhere: `groundwork db check` prints it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from . import queries
from .locks import Lock, hold
from .mapping import in_utc
from .models import AuditRow, DecisionRow, WithdrawalRow

START = ""
"""What stands before the first entry."""


def append(session: Session, row: AuditRow) -> None:
    """Add an entry at the end of the chain. It must be the last thing that a transaction does: others wait for it."""
    hold(session.connection(), Lock.CHAIN)
    row.previous = session.scalar(queries.last_hash()) or START
    row.hash = hash_of(row)
    session.add(row)
    session.flush()


def hash_of(row: AuditRow) -> str:
    """The hash of an entry and of what stands before it."""
    said = (row.previous, row.proposal_id, in_utc(row.at).isoformat(), row.actor, row.actor_id, row.action, row.detail)
    return digest([*said, row.digest])


def digest_of(decision: DecisionRow) -> str:
    """What a decision says, as a hash that its entry in the audit trail keeps."""
    said = (
        decision.proposal_id,
        decision.version,
        decision.recommendation,
        decision.outcome,
        decision.reason,
        decision.conditions,
        decision.decided_by,
        decision.signed_by_id,
        in_utc(decision.decided_at).isoformat(),
        decision.review_on.isoformat() if decision.review_on else None,
        decision.alternative,
        decision.figures,
    )
    # What older decisions do not have is no part of what they say: their hashes stay.
    advice = [] if decision.advice is None else [decision.advice]
    superseded = [] if decision.supersedes is None else [{"supersedes": decision.supersedes}]
    return digest([*said, *advice, *superseded])


def digest_of_actuals(row: Any) -> str:
    """What a version of a decision's actuals says, as a hash that its entry in the audit trail keeps."""
    who, at = (row.saved_by, row.saved_by_id), in_utc(row.saved_at).isoformat()
    return digest([row.proposal_id, row.decision_id, row.version, row.document, row.remark, *who, at])


def digest_of_withdrawal(row: WithdrawalRow) -> str:
    """What somebody said who took a decision back, as a hash that its entry in the audit trail keeps."""
    who, at = (row.withdrawn_by, row.withdrawn_by_id), in_utc(row.withdrawn_at).isoformat()
    return digest([row.proposal_id, row.decision_id, row.reason, *who, at])


@dataclass(frozen=True)
class ChainCheck:
    """What looking through the chain found: how many entries, its last hash, and the ids of those that are wrong."""

    entries: int
    head: str
    broken: tuple[int, ...]


def check(rows: Iterable[AuditRow]) -> ChainCheck:
    """Look through the entries, in the order in which they were written."""
    previous, broken, many = START, [], 0
    for row in rows:
        many += 1
        if row.previous != previous or row.hash != hash_of(row):
            broken.append(row.id)
        previous = row.hash
    return ChainCheck(many, previous, tuple(broken))


def digest(said: list[Any]) -> str:
    """What was said, as a hash."""
    return sha256(json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
