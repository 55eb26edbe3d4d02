"""Reports that people ask for: kept with their filters, once each, never more than a few, their own alone."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from db import (
    Filters,
    NotAllowed,
    NotFound,
    ReportFile,
    ReportRefused,
    ReportRequest,
    Rhythm,
    Role,
    Store,
)
from db.engine import create
from scoping.vocabulary import Recommendation, Stage
from tests.db.people import acting

FILTERS = Filters(
    text="a b",
    recommendations=(Recommendation.BUILD,),
    sort="title",
    descending=False,
    decisions=("none",),
    teams=("Red", "Blue"),
    owners=("Ana",),
    due_by=date(2026, 7, 1),
    stages=(Stage.LIVE, Stage.DRAFT),
)
WEEKLY = ReportRequest(Rhythm.WEEKLY, ReportFile.PDF, FILTERS, "de")


@pytest.fixture
def here(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store on a Wednesday, where mails are set up."""
    monkeypatch.setenv("GROUNDWORK_SMTP_URL", "smtp://localhost:1")
    return Store(create(database_url), now=lambda: datetime(2026, 5, 20, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("rhythm", "day", "begins", "following"),
    [
        (Rhythm.WEEKLY, date(2026, 5, 18), date(2026, 5, 18), date(2026, 5, 25)),
        (Rhythm.WEEKLY, date(2026, 5, 24), date(2026, 5, 18), date(2026, 5, 25)),
        (Rhythm.WEEKLY, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 4)),
        (Rhythm.MONTHLY, date(2026, 1, 31), date(2026, 1, 1), date(2026, 2, 1)),
        (Rhythm.MONTHLY, date(2026, 2, 1), date(2026, 2, 1), date(2026, 3, 1)),
        (Rhythm.MONTHLY, date(2026, 12, 15), date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_periods_begin_on_mondays_and_on_the_first(rhythm: Rhythm, day: date, begins: date, following: date) -> None:
    assert (rhythm.begins(day), rhythm.next_after(day)) == (begins, following)


def test_a_report_is_kept_as_it_was_asked_for(here: Store) -> None:
    ada = acting(here, "Ada", Role.VIEWER)
    made = ada.reporting.ask(WEEKLY)
    assert (made.request, made.next_on) == (WEEKLY, date(2026, 5, 25))
    assert ada.reporting.own() == (made,)
    assert ada.reporting.ask(WEEKLY) == made, "the same one is not sent twice"
    other = ada.reporting.ask(ReportRequest(Rhythm.WEEKLY, ReportFile.EXCEL, FILTERS, "de", due_within=30))
    assert {each.id for each in ada.reporting.own()} == {made.id, other.id}
    assert made.filters_on(date(2026, 6, 1)).due_by == date(2026, 7, 1)
    assert other.filters_on(date(2026, 6, 1)).due_by == date(2026, 7, 1)
    assert other.filters_on(date(2026, 6, 2)).due_by == date(2026, 7, 2)


def test_nobody_has_more_than_a_few(here: Store) -> None:
    ada = acting(here, "Ada", Role.VIEWER)
    for number in range(10):
        ada.reporting.ask(ReportRequest(Rhythm.WEEKLY, ReportFile.PDF, Filters(text=str(number))))
    with pytest.raises(ReportRefused, match="You get 10 reports: stop one"):
        ada.reporting.ask(WEEKLY)
    ada.reporting.stop(ada.reporting.own()[0].id)
    ada.reporting.ask(WEEKLY)


def test_nobody_sees_or_stops_the_reports_of_others(here: Store) -> None:
    ada, bob = acting(here, "Ada", Role.VIEWER), acting(here, "Bob", Role.ADMINISTRATOR)
    made = ada.reporting.ask(WEEKLY)
    assert bob.reporting.own() == ()
    with pytest.raises(NotFound):
        bob.reporting.stop(made.id)
    ada.reporting.stop(made.id)
    with pytest.raises(NotFound, match="stopped already"):
        ada.reporting.stop(made.id)


def test_where_no_mail_can_reach_the_person_that_is_said(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowed, match="Nobody signs in"):
        here.reporting.ask(WEEKLY)
    monkeypatch.delenv("GROUNDWORK_SMTP_URL")
    with pytest.raises(ReportRefused, match="Mails are not set up"):
        acting(here, "Ada", Role.VIEWER).reporting.ask(WEEKLY)


def test_several_who_look_at_once_write_each_report_down_once(here: Store, database_url: str) -> None:
    for name in ("Ada", "Bob", "Cy"):
        acting(here, name, Role.VIEWER).reporting.ask(WEEKLY)
    later = Store(create(database_url), now=lambda: datetime(2026, 5, 25, 6, tzinfo=UTC))
    told: list[int] = []
    threads = [threading.Thread(target=lambda: told.append(later.due.turn().reports)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(told) == 3
    assert later.outbox.waiting() == 3
