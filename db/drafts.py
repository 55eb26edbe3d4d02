"""A person's drafts: what they typed that could not be saved, one for each place in a proposal."""

from __future__ import annotations

from sqlalchemy.orm import Session

from . import mapping, queries
from .access import Action, Person
from .models import DraftRow
from .records import Draft

WORDS = "review:"
"""What the names of those drafts begin with that belong to no field: what is being said about the proposal."""


def action_of(path: str) -> Action:
    """What a person must be allowed to do, to keep a draft there: to write is more than to say something."""
    return Action.COMMENT if path.startswith(WORDS) else Action.EDIT


def draft_at(session: Session, identity: str, path: str, person: Person) -> Draft | None:
    """The person's draft at a path, which nobody changes before this transaction ends."""
    wanted = queries.drafts(identity, person).where(DraftRow.path == path).with_for_update()
    row = session.scalars(wanted).one_or_none()
    return mapping.draft(row) if row else None
