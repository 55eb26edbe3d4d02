"""The calendar of what is due, as a calendar program reads it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.api import calendar
from app.api.routes import routes
from app.door.settings import Door, Mode
from db import DecisionRequest, Duty, Role, Store
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

HOSTILE = "A; B, C\\ \n\rEND:VCALENDAR\x07 " + "ü" * 200


@pytest.fixture
def client(pages_store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes()))


def decide(store: Store, title: str, **changes: object) -> str:
    saved = store.create(proposal(CERTAIN, title=title))
    given = {"version": 1, "recommendation": "stop", "outcome": "stop", "decided_by": "Ana", **changes}
    store.decide(saved.id, DecisionRequest(**given))  # type: ignore[arg-type]
    return saved.id


def events(text: str) -> list[tuple[str, date, date, str]]:
    found = Calendar.from_ical(text).walk("VEVENT")
    return [(str(each["UID"]), each.decoded("DTSTART"), each.decoded("DTEND"), str(each["SUMMARY"])) for each in found]


def test_each_day_is_an_event_that_keeps_its_name_when_it_is_read_again(client: TestClient, pages_store: Store) -> None:
    today = pages_store.today()
    decide(pages_store, HOSTILE, conditions=(HOSTILE,), duties=(Duty(HOSTILE, today),), review_on=today)
    answer = client.get("/api/calendar.ics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75, "folded by RFC 5545, section 3.1"
    first = events(answer.text)
    assert [(begin, end) for _, begin, end, _ in first] == [(today, today + timedelta(days=1))] * 2
    assert all("A; B, C\\" in summary for *_, summary in first)
    assert events(client.get("/api/calendar.ics").text) == first
    assert b"DTSTAMP:" in answer.content


def test_the_last_day_that_there_is_is_an_event_too(client: TestClient, pages_store: Store) -> None:
    decide(pages_store, "Far away", review_on=date.max)
    answer = client.get("/api/calendar.ics")
    assert answer.status_code == 200
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert (event.decoded("DTSTART"), "DTEND" in event) == (date.max, False)


def test_a_persons_calendar_holds_what_they_may_see_now_and_no_other_address_tells_anything(
    client: TestClient, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "door", lambda: Door(Mode.OPENID, public_url="https://groundwork.example.org"))
    ada, bob = acting(pages_store, "Ada", Role.APPROVER), acting(pages_store, "Bob", Role.VIEWER)
    day = pages_store.today() + timedelta(days=9)
    decide(ada, "Open", review_on=day)
    hidden = decide(ada, "Hidden", review_on=day)
    token = bob.receiving.new_calendar("de")
    assert [summary for *_, summary in events(client.get(f"/api/calendar/{token}.ics").text)] == [
        "Prüfung (Open)",
        "Prüfung (Hidden)",
    ]
    ada.sharing.restrict(hidden, True)
    answer = client.get(f"/api/calendar/{token}.ics")
    assert "Hidden" not in answer.text
    assert "https://groundwork.example.org/review?proposal=" in answer.text.replace("\r\n ", "")
    bob.receiving.end_calendar()
    for path in (f"/api/calendar/{token}.ics", "/api/calendar/x.ics", "/api/calendar.ics"):
        refused = client.get(path)
        assert (refused.status_code, refused.json()) == (404, {"error": "There is no calendar at this address."})
