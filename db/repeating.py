"""A request that is sent again, because its answer was lost, must not make a second proposal or idea.

The proposal's id follows from the key of the request: the database, which takes an id once, sees to it that there is
one proposal, also where both requests come at the same moment, and a key is good for ever.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from scoping import Proposal
from scoping.text.languages import message

from .errors import KeyRefused
from .mapping import document_of
from .models import ProposalRow
from .queries import revision

_KEYS = UUID("6f0b6a56-6c5d-4a0c-9a7d-6f2f3f0f7d1e")
"""The name space of our keys; its value is of no importance, as long as it stays."""


def identity_for(person_id: str | None, key: str) -> str:
    """The id of the proposal that a person's key makes; another person's same key makes another one."""
    return str(uuid5(_KEYS, f"{person_id or ''}|{key}"))


def identity_of_idea(person_id: str | None, key: str) -> str:
    """The same for an idea: no key of a proposal has a space, so a key is good for one of each."""
    return identity_for(person_id, f"idea {key}")


def is_made(session: Session, wanted: ProposalRow) -> bool:
    """Whether the same key has made the proposal. Raises KeyRefused where it made another one."""
    first = first_of(session, wanted.id)
    if first is not None and first != document_of(wanted):
        raise key_refused()
    return first is not None


def first_of(session: Session, identity: str) -> Proposal | None:
    """The proposal as it was begun, where it was."""
    first = session.scalars(revision(identity, 1)).one_or_none()
    return None if first is None else document_of(first)


def key_refused() -> KeyRefused:
    """What is said of a key that made something else."""
    return KeyRefused(message("Idempotency-Key: was used for another proposal before. Take a new key."))
