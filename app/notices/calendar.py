"""What is due as a calendar (RFC 5545): each open task as a day of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from icalendar import Calendar, Event

from app.door.settings import Door
from app.notices.words import task_headline
from db import Task
from scoping.text.languages import Language, message, say


def calendar_of(tasks: Iterable[Task], here: Door, language: Language) -> bytes:
    """The tasks that have a day; where people reach Groundwork under a known name, each leads there."""
    calendar = Calendar()
    calendar.add("prodid", "-//Groundwork//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Groundwork")
    for task in tasks:
        calendar.add_component(_event(task, here, language))
    written: bytes = calendar.to_ical()
    return written


def _event(task: Task, here: Door, language: Language) -> Event:
    assert task.due_on is not None
    event = Event()
    # The same each time, so that a calendar moves a day and does not add one.
    event.add("uid", f"task-{task.id}@groundwork")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", task.due_on)
    if task.due_on < date.max:
        # Without an end it is that one day too (RFC 5545, 3.6.1): after the last one that can be written, none comes.
        event.add("dtend", task.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _seen(task_headline(task, language)))
    if task.owner:
        event.add("description", _seen(say(message("Owner: {name}", name=task.owner), language)))
    if here.public_url:
        event.add("url", f"{here.public_url}/review?{urlencode({'proposal': task.proposal_id})}")
    return event


def _seen(text: str) -> str:
    """The letters of a text that are seen: a calendar takes no control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
