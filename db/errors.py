"""What can go wrong with the database, in words for the person at the screen.

GroundworkError
└── StoreError
    ├── NotFound           no proposal, revision or decision of that id, or none that the person may see
    ├── NotAllowed         the person may see it, but not do that with it
    ├── NotAMember         signed in, but without a role here
    ├── PersonRefused      a person or a role that cannot be as it was asked for; also a Refused
    ├── TokenRefused       a personal token that cannot be made as it was asked for; also a Refused
    ├── NotAToken          a token that nobody knows, or that is good no more
    ├── KeyRefused         a key of a request that was used for another one before; also a Refused
    ├── StaleSave          someone else saved meanwhile; holds their version
    ├── StaleSettings      someone else laid down other settings of the organisation meanwhile
    ├── StaleScenario      someone else saved the scenario meanwhile
    ├── ScenarioRefused    a scenario that cannot be kept, or a decision on it that cannot be made; also a Refused
    ├── StaleActuals       someone else entered other actuals, or decided, meanwhile
    ├── ActualsRefused     actuals of a proposal on which no decision stands; also a Refused
    ├── DemoRefused        a demo portfolio that is here already; also a Refused
    ├── RoundRefused       a judgement that cannot be, or that comes after the reveal; also a Refused
    ├── LinkRefused        a link out of the house that cannot be as it was asked for; also a Refused
    ├── CommentRefused     a comment that says nothing, too much, or about no place; also a Refused
    ├── ReviewRefused      a submission or a word in a review that cannot be, or not any more; also a Refused
    ├── DecisionRefused    a decision that says too little, or one that someone was faster with; also a Refused
    ├── IdeaRefused        what cannot be done with an idea, or not any more; also a Refused
    ├── TaskRefused        a task that is done already, or a note that is too long; also a Refused
    ├── ReportRefused      a report by mail that cannot be sent as it was asked for; also a Refused
    ├── WebhookRefused     a webhook that cannot be told as it was asked for; also a Refused
    ├── RateRefused        no such currency, no such rate; also a Refused of scoping.errors
    ├── ValueRefused       a number or a text that no column can hold; also a Refused
    ├── SettingRefused     a setting that is given twice, or whose file cannot be read; also a Refused
    ├── BackupRefused      a file that is no backup, or that would overwrite something; also a Refused
    ├── RowRefused         the database holds a row that excludes this one; nothing was written
    └── DatabaseNotReady   not reachable, not able to save, damaged, or its tables are not up to date; says which
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scoping.errors import GroundworkError, Refused
from scoping.text.languages import message

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


class TokenRefused(StoreError, Refused):
    """A personal token that cannot be made as it was asked for."""


class NotAToken(StoreError):
    """A token that nobody knows, or that was revoked, has expired, or belongs to somebody who was removed."""


class KeyRefused(StoreError, Refused):
    """The key of a request that was used for another request before."""


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


class StaleSettings(StoreError):
    """Somebody laid down other settings of the organisation since they were read; nothing was written."""

    def __init__(self, by: str) -> None:
        said = message(
            "{who} laid down other settings meanwhile. Nothing was overwritten: look at theirs, then say yours again.",
            who=by or message("Somebody"),
        )
        super().__init__(said)


class StaleScenario(StoreError):
    """Somebody saved the scenario since it was read; nothing was written."""

    def __init__(self, by: str) -> None:
        said = message(
            "{who} saved this scenario meanwhile. Nothing was overwritten: look at theirs, or save yours as a new one.",
            who=by or message("Somebody"),
        )
        super().__init__(said)


class StaleActuals(StoreError):
    """Somebody entered other actuals, or decided anew, since these were read; nothing was written."""

    def __init__(self, by: str) -> None:
        said = message(
            "{who} entered other actuals or decided meanwhile. "
            "Nothing was overwritten: look at theirs, then enter yours again.",
            who=by or message("Somebody"),
        )
        super().__init__(said)


class ScenarioRefused(StoreError, Refused):
    """A scenario that cannot be kept as it was asked for; a decision on one that says too little or comes too late."""


class ActualsRefused(StoreError, Refused):
    """Actuals of a proposal on which no decision stands, so that there is nothing to measure against."""


class DemoRefused(StoreError, Refused):
    """A demo portfolio that is here already."""


class RoundRefused(StoreError, Refused):
    """A judgement that cannot be as it was given, or that comes too late; a round that cannot be run so."""


class LinkRefused(StoreError, Refused):
    """A link to a summary that cannot be as it was asked for."""


class CommentRefused(StoreError, Refused):
    """A comment that says nothing or too much, is about no place, or calls somebody who does not see it."""


class ReviewRefused(StoreError, Refused):
    """A submission, an advice or a stage that cannot be as it was asked for, or that comes too late."""


class DecisionRefused(StoreError, Refused):
    """A decision that lacks who decided, what, or why."""


class IdeaRefused(StoreError, Refused):
    """What cannot be done with an idea as it was asked for, or what somebody was faster with."""


class TaskRefused(StoreError, Refused):
    """A task that is not open any more, or a note on it that is too long."""


class ReportRefused(StoreError, Refused):
    """A report by mail that cannot be sent: no mails, no address, or too many reports."""


class WebhookRefused(StoreError, Refused):
    """A webhook whose address, secret or kinds cannot be."""


class RateRefused(StoreError, Refused):
    """A rate that is none, of a currency that does not exist, or of a day to come."""


class ValueRefused(StoreError, Refused):
    """A number or a text that no column of the database can hold."""


class SettingRefused(StoreError, Refused):
    """A setting that is given twice, or whose file cannot be read."""


class BackupRefused(StoreError, Refused):
    """A file that is no backup of this kind of database, or that would overwrite something."""


class RowRefused(StoreError):
    """A row that the database does not take beside those that it holds; nothing was written."""


class Failure(StrEnum):
    """What keeps a database from doing its work: for logs, metrics, and those who look after it."""

    ADDRESS = "address"
    """The URL makes no sense."""
    AWAY = "away"
    LOGIN = "login"
    """It does not know the user, or not with that password."""
    ABSENT = "absent"
    """There is no database of that name."""
    FORBIDDEN = "forbidden"
    SLOW = "slow"
    """It did not answer in time."""
    LOCKED = "locked"
    """Someone else holds what a save needs."""
    CROWDED = "crowded"
    """All connections are in use."""
    FULL = "full"
    UNWRITABLE = "unwritable"
    """The disk takes nothing: over a quota, at a limit, or broken."""
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    TABLES = "tables"
    """They are older or newer than this program."""
    OTHER = "other"


class DatabaseNotReady(StoreError):
    """The database cannot do its work; `failure` says why, `code` how the database calls it.

    `is_logged` keeps a failure out of the log where a line tells of it already.
    """

    def __init__(self, text: str, failure: Failure = Failure.OTHER, code: str = "") -> None:
        super().__init__(text)
        self.failure, self.code = failure, code
        self.is_logged = False
