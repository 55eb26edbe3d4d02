"""What happens to a proposal that somebody else should know of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from .gate import Gate


class EventKind(StrEnum):
    """What happened."""

    SUBMITTED = "submitted"
    ADVICE_ASKED = "advice asked"
    ADVISED = "advised"
    CHANGES_REQUESTED = "changes requested"
    DECIDED = "decided"
    STAGE_CHANGED = "stage changed"
    COMMENTED = "commented"
    MENTIONED = "mentioned"
    REVIEW_DUE = "review due"
    CONDITION_DUE = "condition due"


@dataclass(frozen=True)
class Event:
    """Something that happened to the proposal `identity`.

    `to` are ids of the people whom it concerns in person, beside everybody who watches everything. `said` is what was
    written, as data; `place` the path of the field that it is about, empty for the whole proposal.
    """

    kind: EventKind
    identity: str
    to: tuple[str, ...] = ()
    said: str = ""
    place: str = ""


def announce(_session: Session, _gate: Gate, _event: Event) -> None:
    """Let those know whom it concerns; a part of the transaction in which it happens, so that both come or neither."""
