"""How a version of a proposal is written: its columns, and the revision that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from scoping import Appraisal, Proposal

from . import mapping
from .gate import Deed, Gate
from .labels import write_labels
from .models import ProposalRow
from .records import AuditAction

Assess = Callable[[Proposal], Appraisal]


def version_columns(gate: Gate, assess: Assess, number: int, proposal: Proposal, actor: str) -> dict[str, Any]:
    """The columns that each version sets. It assesses, which takes long: before the transaction begins."""
    stamp = {"version": number, "saved_at": gate.now(), "saved_by": gate.name(actor)}
    return {**stamp, **mapping.content_of(proposal, assess(proposal))}


def append_revision(
    session: Session,
    gate: Gate,
    row: ProposalRow,
    changed: tuple[str, ...],
    action: AuditAction,
    detail: str,
    typed: str,
) -> None:
    """Keep what the row says now as a revision, label it, and write down who did it: the last of its transaction."""
    session.add(mapping.revision_row(row, changed, gate.person_id))
    session.flush()
    write_labels(session, row)
    gate.write_down(session, Deed(action, detail, row.id, row.content_hash, typed, row.saved_at))
