"""What happens to a proposal that somebody else should know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    """What happened."""

    SUBMITTED = "submitted"
    ADVICE_ASKED = "advice asked"
    ADVISED = "advised"
    CHANGES_REQUESTED = "changes requested"
    DECIDED = "decided"
    DECISION_WITHDRAWN = "decision withdrawn"
    STAGE_CHANGED = "stage changed"
    COMMENTED = "commented"
    MENTIONED = "mentioned"
    TASK_OPENED = "task opened"
    TASK_GIVEN = "task given"
    REVIEW_DUE = "review due"
    CONDITION_DUE = "condition due"
    MILESTONE_DUE = "milestone due"
    DECISION_REOPENED = "decision reopened"
    STALE = "stale draft"
    IDEA_TAKEN_UP = "idea taken up"
    IDEA_DECLINED = "idea declined"
    IDEA_SAME = "idea same as"


@dataclass(frozen=True)
class Event:
    """Something that happened to the proposal `identity`.

    `to` are ids of the people whom it concerns in person, beside everybody who watches everything. `said` is what was
    written, as data; `place` the path of the field that it is about, empty for the whole proposal; `due_on` the day
    by which something is to be done, where it is about that; `by` the name that was typed, which counts where nobody
    signs in.
    """

    kind: EventKind
    identity: str
    to: tuple[str, ...] = ()
    said: str = ""
    place: str = ""
    due_on: date | None = None
    by: str = ""
