"""What can go wrong with the database, in words for the person at the screen.

GroundworkError
└── StoreError
    ├── NotFound           no proposal, revision or decision of that id, or none that the person may see
    ├── NotAllowed         the person may see it, but not do that with it
    ├── NotAMember         signed in, but without a role here
    ├── PersonRefused      a person or a role that cannot be as it was asked for; also a Refused
    ├── StaleSave          someone else saved meanwhile; holds their version
    ├── DecisionRefused    a decision that says too little, or one that someone was faster with; also a Refused
    ├── RateRefused        no such currency, no such rate; also a Refused of scoping.errors
    └── DatabaseNotReady   not reachable, or its tables are not up to date
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoping.errors import GroundworkError, Refused

if TYPE_CHECKING:
    from .records import Saved


class StoreError(GroundworkError):
    """Base of the database's errors."""


class NotFound(StoreError):
    """There is no such proposal, revision or decision."""


class NotAllowed(StoreError):
    """The person may see it, but not do that with it."""


class NotAMember(StoreError):
    """Somebody signed in who has no role here, or no longer has one."""


class PersonRefused(StoreError, Refused):
    """A person or a role that cannot be as it was asked for."""


class StaleSave(StoreError):
    """The proposal was saved by someone else since it was read; nothing was written.

    `current` is what is saved now, `changed` the paths at which it differs from the refused text.
    """

    def __init__(self, current: Saved, changed: tuple[str, ...]) -> None:
        self.current = current
        self.changed = changed
        who = current.saved_by or "someone"
        super().__init__(
            f"{who} saved this proposal meanwhile (now version {current.version}). Nothing was overwritten."
        )


class DecisionRefused(StoreError, Refused):
    """A decision that lacks who decided, what, or why."""


class RateRefused(StoreError, Refused):
    """A rate that is none, of a currency that does not exist, or of a day to come."""


class DatabaseNotReady(StoreError):
    """The database cannot be reached, or its tables are older or newer than this program."""
