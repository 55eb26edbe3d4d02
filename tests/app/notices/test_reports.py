"""Reports by mail, as a real SMTP server takes them: what they tell, whom, and once for each period."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import openpyxl
import pypdf
import pytest

from app.door.settings import Door
from app.notices import report_mail as report_mail_module
from app.notices.mail import server
from app.notices.sender import Sender
from db import DecisionRequest, Filters, Message, NotFound, ReportFile, ReportRequest, Rhythm, Role, Store
from scoping.reports.portfolio import PortfolioLine
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Outcome, Recommendation, Stage
from tests.app.notices.conftest import Mailbox
from tests.db.clock import Clock
from tests.db.people import acting, claims
from tests.documents import CERTAIN, proposal

HERE = Door(public_url="https://groundwork.example.org")
HOSTILE = "<b>x</b>\r\nBcc: evil@example.org"


def asked(store: Store, rhythm: Rhythm = Rhythm.WEEKLY, **others: object) -> None:
    given = {"file": ReportFile.PDF, "filters": Filters(), "language": "en", **others}
    store.reporting.ask(ReportRequest(rhythm, **given))  # type: ignore[arg-type]


def sent(here: Store, door: Door = HERE) -> tuple[int, int]:
    """What a scheduler does: look what is due, and send."""
    here.due.turn()
    return Sender(here, door, server(), ENGLISH).drain()


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    found: str = body.get_content()
    return found


def in_file(mail: EmailMessage) -> str:
    """What the attached PDF says."""
    (file,) = mail.iter_attachments()
    pages = pypdf.PdfReader(io.BytesIO(file.get_content())).pages  # type: ignore[attr-defined]
    return "".join(each.extract_text() for each in pages)


def test_a_weekly_report_comes_once_for_each_week(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    ada = acting(here, "Ada", Role.VIEWER)
    here.create(proposal(CERTAIN, title="Ours"))
    asked(ada)
    assert sent(here) == (0, 0), "the first one comes on Monday"
    clock.moment = datetime(2026, 5, 25, 6, tzinfo=UTC)
    assert [sent(here) for _ in range(2)] == [(1, 0), (0, 0)]
    clock.moment += timedelta(days=6)
    assert sent(here) == (0, 0)
    clock.moment += timedelta(days=30)
    assert sent(here) == (1, 0), "what was missed is not made up for"
    assert mailbox.receivers == ["ada@example.org"] * 2
    assert mailbox.taken[0]["Subject"] == "Portfolio report of the week from May 25, 2026"


def test_a_monthly_report_comes_with_the_month(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    asked(acting(here, "Ada", Role.VIEWER), Rhythm.MONTHLY, language="de")
    clock.moment = datetime(2026, 5, 31, 23, tzinfo=UTC)
    assert sent(here) == (0, 0)
    clock.moment = datetime(2026, 6, 1, 0, tzinfo=UTC)
    assert sent(here) == (1, 0)
    assert mailbox.taken[0]["Content-Language"] == "de"


def test_it_tells_the_list_in_words_in_numbers_and_as_a_file(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    ada = acting(here, "Ada", Role.APPROVER)
    made = here.create(proposal(CERTAIN, title="Ours", team="Red"))
    here.create(proposal(CERTAIN, title="Theirs", team="Blue"))
    here.decide(made.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Cy"))
    filters = Filters(teams=("Red",), sort="title", descending=False, decisions=("stop",))
    asked(ada, filters=filters, due_within=None)
    clock.moment += timedelta(days=7)
    assert sent(here) == (1, 0)
    (mail,) = mailbox.taken
    plain, page = text_of(mail), text_of(mail, "html")
    assert "1 proposal Recommended: " in plain
    assert "1 of them is decided." in plain
    assert "The list is narrowed to: Decision: Stop; Team: Red." in plain
    assert "Ours" in plain
    assert "Theirs" not in plain + page
    assert "Expected NPV: " in plain
    assert "<td" in page
    address = "https://groundwork.example.org/portfolio?decision=stop&team=Red&sort=title"
    assert address in plain
    assert address.replace("&", "&amp;") in page
    assert "Ours" in in_file(mail)
    assert [each.get_filename() for each in mail.iter_attachments()] == ["groundwork-portfolio.pdf"]


def test_the_excel_file_has_the_same_lines(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    here.create(proposal(CERTAIN, title="Ours"))
    asked(acting(here, "Ada", Role.VIEWER), file=ReportFile.EXCEL)
    clock.moment += timedelta(days=7)
    sent(here)
    (file,) = mailbox.taken[0].iter_attachments()
    sheet = openpyxl.load_workbook(io.BytesIO(file.get_content())).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Ours"]


def test_a_review_that_is_due_within_days_moves_with_the_day(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    made = here.create(proposal(CERTAIN, title="Ours"))
    review_on = clock.moment.date() + timedelta(days=20)
    here.decide(made.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Cy", review_on=review_on))
    asked(acting(here, "Ada", Role.VIEWER), due_within=0)
    for _ in range(3):
        clock.moment += timedelta(days=7)
        sent(here)
    assert ["Ours" in text_of(each) for each in mailbox.taken] == [False, False, True]


def test_it_shows_what_the_person_may_see_when_it_is_made(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    ada, bob = acting(here, "Ada", Role.VIEWER), acting(here, "Bob", Role.CONTRIBUTOR)
    hidden = bob.create(proposal(CERTAIN, title="Hidden"))
    bob.create(proposal(CERTAIN, title="Open"))
    asked(ada)
    clock.moment += timedelta(days=7)
    here.due.turn()
    bob.sharing.restrict(hidden.id, True)
    sent(here)
    (mail,) = mailbox.taken
    assert "Open" in text_of(mail)
    assert "Hidden" not in mail.as_string()
    (file,) = mail.iter_attachments()
    assert "Hidden" not in "".join(
        each.extract_text() for each in pypdf.PdfReader(io.BytesIO(file.get_content())).pages
    )


@pytest.mark.parametrize("ends", ["removed", "without a role", "stopped"])
def test_who_has_no_right_any_more_or_stopped_it_gets_none(
    here: Store, mailbox: Mailbox, clock: Clock, ends: str
) -> None:
    ada, admin = acting(here, "Ada"), acting(here, "Root", Role.ADMINISTRATOR)
    admin.people.give_role(ada.person.id, Role.VIEWER)
    ada = here.acting_for(here.people.enter(claims("Ada")))
    asked(ada)
    clock.moment += timedelta(days=7)
    here.due.turn()
    if ends == "removed":
        admin.people.remove(ada.person.id)
    elif ends == "without a role":
        admin.people.give_role(ada.person.id, None)
    else:
        ada.reporting.stop(ada.reporting.own()[0].id)
    sent(here)
    assert mailbox.taken == []
    assert here.outbox.waiting() == 0, "it is given up"


def test_a_mail_server_that_fails_gets_the_same_report_again(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    asked(acting(here, "Ada", Role.VIEWER))
    mailbox.answers += ["451 busy", "451 busy"]
    clock.moment += timedelta(days=7)
    tries = []
    for _ in range(4):
        tries.append(sent(here))
        clock.moment += timedelta(hours=1)
    assert tries == [(0, 1), (0, 1), (1, 0), (0, 0)]
    assert len(mailbox.taken) == 1


def test_a_report_that_cannot_be_made_keeps_no_other_waiting_and_is_given_up(
    here: Store, mailbox: Mailbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = acting(here, "Ada", Role.VIEWER), acting(here, "Bob", Role.VIEWER)
    asked(ada, filters=Filters(teams=("Red",)))
    asked(bob)
    clock.moment += timedelta(days=7)
    lines = report_mail_module.portfolio_lines

    def refuse_one(store: Store, filters: Filters) -> Iterator[PortfolioLine]:
        if filters.teams:
            raise NotFound("gone")
        return lines(store, filters)

    monkeypatch.setattr(report_mail_module, "portfolio_lines", refuse_one)
    assert sent(here) == (1, 1)
    assert mailbox.receivers == ["bob@example.org"]
    clock.moment += timedelta(days=4)
    assert sent(here) == (0, 1)
    assert here.outbox.waiting() == 0


def test_what_people_typed_is_data(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    here.create(proposal(CERTAIN, title=HOSTILE, team=HOSTILE))
    asked(acting(here, "Ada", Role.VIEWER), filters=Filters(teams=(HOSTILE,), text="x"))
    clock.moment += timedelta(days=7)
    assert sent(here) == (1, 0)
    (mail,) = mailbox.taken
    assert (mail["Bcc"], mailbox.receivers) == (None, ["ada@example.org"])
    assert "<b>" not in text_of(mail, "html")
    assert "&lt;b&gt;" in text_of(mail, "html")


def test_a_file_that_is_too_large_stays_on_the_page(
    here: Store, mailbox: Mailbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_mail_module, "LARGEST_FILE", 10)
    here.create(proposal(CERTAIN, title="Ours"))
    asked(acting(here, "Ada", Role.VIEWER))
    clock.moment += timedelta(days=7)
    sent(here)
    (mail,) = mailbox.taken
    assert [*mail.iter_attachments()] == []
    assert "too large for a mail" in text_of(mail)


def test_the_mail_says_how_to_stop_it(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    asked(acting(here, "Ada", Role.VIEWER))
    for door in (HERE, Door()):
        clock.moment += timedelta(days=7)
        sent(here, door)
    with_address, without = mailbox.taken
    assert "One click in the Settings ends it" in text_of(with_address)
    assert with_address["List-Unsubscribe"] == "<https://groundwork.example.org/settings#notices>"
    assert "href" not in text_of(without, "html")
    assert without["List-Unsubscribe"] is None


def test_every_filter_is_said_and_leads_to_the_same_list() -> None:
    filters = Filters(
        text="inspection",
        recommendations=(Recommendation.BUILD,),
        archived=True,
        decisions=("none", "stop"),
        teams=("A",),
        owners=("B",),
        due_by=datetime(2026, 5, 20, tzinfo=UTC).date(),
        stages=(Stage.LIVE,),
    )
    said = str(report_mail_module.filters_said(filters))
    assert said == (
        "Search: inspection; Verdict: Build; Stage: Live; Decision: None yet and Stop; Team: A; Owner: B; "
        "Due by: May 20, 2026; Archived: yes"
    )


def test_two_schedulers_at_once_write_one_report_down(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    """Each has looked before the other one wrote."""
    asked(acting(here, "Ada", Role.VIEWER))
    clock.moment += timedelta(days=7)
    told = [here.due.turn().reports for _ in range(2)]
    assert told == [1, 0]
    first: tuple[Message, ...] = here.outbox.claim()
    assert [each.payload["kind"] for each in first] == ["report"]
    assert here.outbox.claim() == ()
