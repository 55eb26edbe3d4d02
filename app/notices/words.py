"""What a notice says, in the language of who reads it. What people typed stays data: whoever shows it escapes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from app.door.settings import Door
from db import EventKind, Task, TaskKind
from scoping.errors import GroundworkError
from scoping.text.languages import Language, language_of, message, say
from scoping.text.shortening import one_line
from scoping.text.wording import day

_LONGEST_TITLE = 120
TITLES: dict[EventKind, str] = {
    EventKind.SUBMITTED: message("Submitted for review"),
    EventKind.ADVICE_ASKED: message("Your advice is asked"),
    EventKind.ADVISED: message("Advice given"),
    EventKind.CHANGES_REQUESTED: message("Changes requested"),
    EventKind.DECIDED: message("Decided"),
    EventKind.DECISION_WITHDRAWN: message("Decision withdrawn"),
    EventKind.STAGE_CHANGED: message("Stage changed"),
    EventKind.COMMENTED: message("Comment"),
    EventKind.MENTIONED: message("You were mentioned"),
    EventKind.TASK_OPENED: message("To be done"),
    EventKind.TASK_GIVEN: message("A task was given to you"),
    EventKind.REVIEW_DUE: message("Review is due"),
    EventKind.CONDITION_DUE: message("Condition is due"),
    EventKind.MILESTONE_DUE: message("Milestone is due"),
    EventKind.DECISION_REOPENED: message("A decision is open again"),
    EventKind.STALE: message("Draft that nobody touched for long"),
    EventKind.IDEA_TAKEN_UP: message("Idea taken up"),
    EventKind.IDEA_DECLINED: message("Idea declined"),
    EventKind.IDEA_SAME: message("Idea is the same as another"),
}
"""What each kind of event is called, above what was said."""

_PAGES = {
    EventKind.REVIEW_DUE: "review",
    EventKind.CONDITION_DUE: "review",
    EventKind.MILESTONE_DUE: "review",
    EventKind.TASK_OPENED: "review",
    EventKind.TASK_GIVEN: "review",
    EventKind.DECIDED: "review",
    EventKind.DECISION_WITHDRAWN: "review",
    EventKind.ADVICE_ASKED: "review",
    EventKind.ADVISED: "review",
    EventKind.SUBMITTED: "review",
    EventKind.CHANGES_REQUESTED: "review",
    EventKind.STAGE_CHANGED: "review",
    EventKind.DECISION_REOPENED: "actuals",
}


def language_for(tag: str, otherwise: Language) -> Language:
    """The language of a tag; the other one where nobody chose, or nobody speaks it any more."""
    try:
        return language_of(tag) if tag else otherwise
    except GroundworkError:
        return otherwise


def headline(payload: Mapping[str, Any], language: Language) -> str:
    """What happened to which proposal, on one line."""
    title = one_line(str(payload["title"]))[:_LONGEST_TITLE]
    return f"{say(TITLES[EventKind(payload['kind'])], language)}: {title}"


def lines(payload: Mapping[str, Any], language: Language) -> list[str]:
    """What is told below the headline: who, what was said, by when."""
    found = []
    if payload["by"]:
        found.append(say(message("By {name}", name=one_line(str(payload["by"]))), language))
    if payload["said"]:
        found.append(str(payload["said"]))
    if payload["due_on"]:
        due = message("Due on {day}", day=day(date.fromisoformat(payload["due_on"])))
        found.append(say(due, language))
    return found


TASKS: dict[TaskKind, str] = {
    TaskKind.REVIEW: message("Review"),
    TaskKind.CONDITION: message("Condition"),
    TaskKind.MILESTONE: message("Milestone"),
    TaskKind.WATCHED: message("The decision is open again"),
}
"""What each kind of task is called."""


def task_headline(task: Task, language: Language) -> str:
    """What is to be done about which proposal, on one line."""
    said = f"{say(TASKS[task.kind], language)}: {one_line(task.text)[:_LONGEST_TITLE]}".rstrip(": ")
    return f"{said} ({one_line(task.title)[:_LONGEST_TITLE]})"


def page_of(kind: EventKind) -> str:
    """The page that shows what a notice is about."""
    return _PAGES.get(kind, "proposal")


def link(payload: Mapping[str, Any], here: Door) -> str:
    """The address of what it is about; none where nobody said under which name people reach Groundwork."""
    if not here.public_url:
        return ""
    return f"{here.public_url}/{page_of(EventKind(payload['kind']))}?{urlencode({'proposal': payload['proposal']})}"
