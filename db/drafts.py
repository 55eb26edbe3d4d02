"""A person's drafts: what they typed that could not be saved, one for each place in a proposal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from . import mapping, queries
from .access import Person
from .models import DraftRow
from .records import Draft


def draft_at(session: Session, identity: str, path: str, person: Person) -> Draft | None:
    """The person's draft at a path, which nobody changes before this transaction ends."""
    wanted = queries.drafts(identity, person).where(DraftRow.path == path).with_for_update()
    row = session.scalars(wanted).one_or_none()
    return mapping.draft(row) if row else None
