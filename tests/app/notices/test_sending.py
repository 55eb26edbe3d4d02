"""Mails as a real SMTP server takes them, and webhooks as a real receiver does."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sqlalchemy import update

from app.door.settings import Door
from app.notices import mail as mail_module
from app.notices.mail import MailMisconfigured, Server, server, server_of
from app.notices.posting import post
from app.notices.refused import NotTaken
from app.notices.sender import Loop, Sender
from app.notices.shapes import Request, Told, request_of, signature_headers
from db import (
    DecisionRequest,
    Duty,
    EventKind,
    MailChoice,
    MessageState,
    Role,
    Shape,
    Store,
    Target,
    WebhookRequest,
)
from db.events import Event, announce
from db.models import PersonRow
from db.notices.due import Due
from scoping.text.languages import ENGLISH, language_of
from tests.app.notices.conftest import Mailbox
from tests.app.serving import free_port
from tests.db.clock import Clock
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

HERE = Door(public_url="https://groundwork.example.org")
HOSTILE = "<b>x</b>\r\nBcc: evil@example.org\r\n\r\n:red[y] @everyone [l](http://a) <!channel>"


# Mail --------------------------------------------------------------------------------------------


def mention(here: Store, said: str = "look", title: str = "Ours") -> tuple[Store, Store, str]:
    ada, bob = acting(here, "Ada", Role.APPROVER), acting(here, "Bob", Role.APPROVER)
    saved = ada.create(proposal(CERTAIN, title=title))
    with ada._transaction() as session:
        announce(session, ada._gate, Event(EventKind.MENTIONED, saved.id, (bob.person.id,), said))
    return ada, bob, saved.id


def test_a_mention_arrives_as_mail_in_the_readers_language(here: Store, mailbox: Mailbox) -> None:
    acting(here, "Bob", Role.APPROVER).receiving.choose_mail(MailChoice.EACH, "de")
    _, _, identity = mention(here)
    assert Sender(here, HERE, server(), ENGLISH).drain() == (1, 0)
    (mail,) = mailbox.taken
    assert mailbox.receivers == ["bob@example.org"]
    assert (mail["From"], mail["Content-Language"]) == ("Groundwork <groundwork@example.org>", "de")
    assert mail["Subject"].endswith("Ours")
    assert "You were" not in mail["Subject"], "it is written in German"
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    link = f"https://groundwork.example.org/proposal?proposal={identity}"
    assert link in plain.get_content()
    assert f'href="{link}"' in page.get_content()
    assert here.outbox.waiting() == 0


def test_what_people_typed_is_data_in_a_mail(here: Store, mailbox: Mailbox) -> None:
    mention(here, HOSTILE, HOSTILE)
    assert Sender(here, Door(), server(), ENGLISH).drain() == (1, 0)
    (mail,) = mailbox.taken
    assert mailbox.receivers == ["bob@example.org"]
    assert (mail["Bcc"], mail["Subject"].count("\n")) == (None, 0)
    page, plain = mail.get_body(("html",)), mail.get_body(("plain",))
    assert page is not None
    assert plain is not None
    assert "<b>" not in page.get_content()
    assert "href" not in page.get_content(), "no address, no link"
    assert "evil@example.org" in plain.get_content()


def test_a_mail_server_that_fails_is_tried_again_with_the_same_id(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    mention(here)
    mailbox.answers += ["451 busy", "451 busy"]
    tries = []
    for _ in range(3):
        tries.append(Sender(here, HERE, server(), ENGLISH).drain())
        clock.moment += timedelta(hours=1)
    assert tries == [(0, 1), (0, 1), (1, 0)]
    assert mailbox.taken[0]["Message-ID"].startswith("<msg_")


def test_a_server_that_takes_its_time_over_a_mail_gets_it_once(
    here: Store, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks for viruses before it answers: to go away meanwhile would be to send it again and again."""
    monkeypatch.setattr(mail_module, "_TIMEOUT_SECONDS", 0.5)
    mailbox.seconds = 1.0
    mention(here)
    assert [Sender(here, HERE, server(), ENGLISH).drain() for _ in range(2)] == [(1, 0), (0, 0)]
    assert len(mailbox.taken) == 1


@pytest.mark.usefixtures("mailbox")
def test_a_wrong_password_is_told_without_it(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mention(here)
    wrong = server()
    assert wrong is not None
    refusing = Server(wrong.host, wrong.port, wrong.sender, user="gw", password="other-secret")
    assert Sender(here, HERE, refusing, ENGLISH).drain() == (0, 1)
    (stuck,) = here.outbox.stuck()
    assert (stuck.last_error, stuck.state) == ("the mail server answered 535", MessageState.WAITING)
    assert "secret" not in repr(refusing)


def test_a_digest_is_one_mail(here: Store, mailbox: Mailbox, clock: Clock) -> None:
    acting(here, "Bob", Role.APPROVER).receiving.choose_mail(MailChoice.DAILY, "en")
    for title in ("First", "Second"):
        mention(here, title=title)
    here.due.turn()
    assert Sender(here, HERE, server(), ENGLISH).drain() == (1, 0)
    (mail,) = mailbox.taken
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert mail["Subject"] == "2 notices from Groundwork"
    assert "First" in plain.get_content() < plain.get_content() + "Second"


@pytest.mark.usefixtures("mailbox")
@pytest.mark.parametrize("address", ["@example.org", "a b@example.org", "a@", "a@b\nBcc: c@d", "a@b, c@d", "<a@b>"])
def test_an_address_that_is_none_is_given_up_at_once(here: Store, address: str) -> None:
    _, bob, _ = mention(here)
    with here._transaction() as session:
        session.execute(update(PersonRow).where(PersonRow.id == bob.person.id).values(email=address))
    assert Sender(here, HERE, server(), ENGLISH).drain() == (0, 1)
    (stuck,) = here.outbox.stuck()
    assert (stuck.state, stuck.last_error) == (MessageState.GIVEN_UP, "the address is none")


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "smtp://mail?x=1", "smtp://mail:port", "mail"])
def test_a_mail_server_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(MailMisconfigured, match="GROUNDWORK_SMTP_URL"):
        server_of(url, "groundwork@example.org")
    with pytest.raises(MailMisconfigured, match="GROUNDWORK_MAIL_FROM"):
        server_of("smtps://user:pw@mail", "no address\r\nBcc: a@b")


# Webhooks ----------------------------------------------------------------------------------------


@dataclass
class Receiver:
    """What an address was posted, and what it answers first."""

    port: int
    answers: list[int] = field(default_factory=list)
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(found.seconds)
            status = found.answers.pop(0) if found.answers else 204
            if 200 <= status < 300:
                found.posted.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            self.send_header("Location", found.url)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = running.server_address[1]
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield found
    running.shutdown()
    running.server_close()


def hook(here: Store, receiver: Receiver, shape: Shape = Shape.PLAIN, **others: str) -> str:
    request = WebhookRequest("Hook", receiver.url, shape, (EventKind.DECIDED, EventKind.TASK_OPENED), **others)  # type: ignore[arg-type]
    return here.webhooks.add(request)


def decide(here: Store, title: str = "Ours", **changes: Any) -> str:
    saved = here.create(proposal(CERTAIN, title=title))
    given = {"version": 1, "recommendation": "stop", "outcome": "stop", "decided_by": "Ana", **changes}
    here.decide(saved.id, DecisionRequest(**given))
    return saved.id


def test_a_receiver_that_fails_twice_gets_it_once_and_signed(here: Store, receiver: Receiver, clock: Clock) -> None:
    secret = hook(here, receiver)
    receiver.answers += [500, 503]
    identity = decide(here)
    tries = []
    for _ in range(5):
        tries.append(Sender(here, HERE, None, ENGLISH).drain())
        clock.moment += timedelta(hours=1)
    assert tries == [(0, 1), (0, 1), (1, 0), (0, 0), (0, 0)]
    ((path, headers, body),) = receiver.posted
    signed = signature_headers(headers["webhook-id"], int(headers["webhook-timestamp"]), body, secret)
    assert headers["webhook-signature"] == signed["webhook-signature"]
    told = json.loads(body)
    assert (path, told["type"], told["data"]["proposal"]) == ("/hook?x=1", "proposal.decided", identity)
    assert (told["data"]["said"], told["data"]["by"]) == ("stop", "Ana")
    assert told["data"]["link"] == f"https://groundwork.example.org/review?proposal={identity}"


def test_the_signature_is_that_of_the_published_vector() -> None:
    """standard-webhooks/standard-webhooks, the libraries' own test of signing."""
    headers = signature_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(("status", "state"), [(302, MessageState.WAITING), (410, MessageState.GIVEN_UP)])
def test_nothing_is_followed_and_what_is_gone_is_given_up(
    here: Store, receiver: Receiver, status: int, state: MessageState
) -> None:
    hook(here, receiver)
    receiver.answers += [status]
    decide(here)
    assert Sender(here, HERE, None, ENGLISH).drain() == (0, 1)
    (stuck,) = here.outbox.stuck()
    assert (stuck.state, stuck.last_error, receiver.posted) == (state, f"answered {status}", [])


def test_a_receiver_that_says_nothing_keeps_nobody_waiting_for_ever(receiver: Receiver) -> None:
    receiver.seconds = 5
    with pytest.raises(NotTaken, match="no answer in time"):
        post(receiver.url, Request(b"{}", {}), timeout=0.2, inside=True)
    with pytest.raises(NotTaken, match="cannot be reached"):
        post(f"http://127.0.0.1:{free_port()}/secret-part", Request(b"{}", {}), inside=True)


def test_what_speaks_no_tls_is_not_told(receiver: Receiver) -> None:
    with pytest.raises(NotTaken, match="certificate"):
        post(receiver.url.replace("http:", "https:"), Request(b"{}", {}), inside=True)
    assert ssl.create_default_context().check_hostname


def told(**changes: Any) -> Told:
    payload = {
        "kind": "task opened", "proposal": "p1", "title": HOSTILE, "said": HOSTILE, "place": "", "by": "Ada",
        "at": "2026-05-20T12:00:00+00:00", "due_on": "2026-06-01",
    }  # fmt: skip
    return Told("msg_1", {**payload, **changes}, "https://g.example.org/review?proposal=p1", ENGLISH)


def body_of(shape: Shape, **others: str) -> tuple[Any, dict[str, str]]:
    request = request_of(told(), Target("https://example.org", shape=shape, **others), 0)
    return json.loads(request.body), dict(request.headers)


def test_typed_text_is_no_markup_in_a_chat() -> None:
    slack, headers = body_of(Shape.SLACK)
    assert "<!channel>" not in slack["text"]
    assert {each["text"]["type"] for each in slack["blocks"] if "text" in each} == {"plain_text"}
    assert "webhook-signature" not in headers
    teams, _ = body_of(Shape.TEAMS)
    card = teams["attachments"][0]["content"]
    assert {each["type"] for each in card["body"]} == {"RichTextBlock"}
    assert card["actions"][0]["url"].startswith("https://g.example.org/")


def test_an_issue_is_what_the_trackers_take() -> None:
    issue, headers = body_of(Shape.GITHUB, secret="token")
    assert headers["Authorization"] == "Bearer token"
    assert "\n" not in issue["title"]
    assert "@everyone" not in issue["body"].replace("\\@\u200b", "")
    assert "msg_1" in issue["body"]
    made, headers = body_of(Shape.JIRA, secret="a@example.org:token", project="ML")
    assert headers["Authorization"] == "Basic YUBleGFtcGxlLm9yZzp0b2tlbg=="
    assert (made["fields"]["project"], made["fields"]["duedate"]) == ({"key": "ML"}, "2026-06-01")
    assert "\n" not in made["fields"]["summary"]


@pytest.mark.parametrize(
    "said",
    [
        HOSTILE,
        "Heading\n===",
        "# One\n- two\n1) three\n> four",
        "www.example.org http://a.b x@y.z #12",
        "|a|\n|-|",
        "`c` ~~s~~",
    ],
)
def test_typed_text_is_no_markdown_in_an_issue(said: str) -> None:
    request = request_of(told(said=said), Target("https://example.org", secret="t", shape=Shape.GITHUB), 0)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = reader.render(json.loads(request.body)["body"])
    assert set(re.findall(r"</?([a-z0-9]+)", page)) == {"p"}
    assert not re.search(r"https?://(?!g\.example\.org/)|www\.|@[a-z]", json.loads(request.body)["body"])


def test_a_title_is_one_line_in_an_issue_whatever_ends_its_lines() -> None:
    title = "One\rtwo\u2028three\x0bfour"
    for shape in (Shape.GITHUB, Shape.JIRA):
        target = Target("https://example.org", secret="a:b", shape=shape, project="ML")
        document = json.loads(request_of(told(title=title, said="Do it"), target, 0).body)
        assert document.get("title", document.get("fields", {}).get("summary")) == "Do it (One two three four)"


def test_what_keeps_the_calendar_from_being_told_keeps_no_message_waiting(
    here: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(here, receiver)
    turns = []

    def fail(_: object) -> None:
        turns.append(1)
        raise ValueError("a kind that an older server does not know")

    loop = Loop(lambda: Sender(here, HERE, None, ENGLISH))
    with monkeypatch.context() as broken:
        broken.setattr(Due, "turn", fail)
        for number in range(2):
            decide(here, f"{number}")
            with pytest.raises(ValueError, match="older server"):
                loop.turn()
    assert (len(receiver.posted), len(turns)) == (2, 2)
    for _ in range(2):
        loop.turn()
        monkeypatch.setattr(Due, "turn", fail)
    assert len(turns) == 2, "once it was told, it is told again in an hour"


def test_conditions_become_issues(here: Store, receiver: Receiver) -> None:
    hook(here, receiver, Shape.GITHUB, secret="token")
    decide(here, conditions=("Label 500 cases",), duties=(Duty("Label 500 cases"),))
    assert Sender(here, HERE, None, ENGLISH).drain() == (2, 0)
    titles = {json.loads(body)["title"] for _, _, body in receiver.posted}
    assert titles == {"Label 500 cases (Ours)", "stop (Ours)"}


def test_a_language_that_nobody_speaks_any_more_is_the_teams(here: Store, mailbox: Mailbox) -> None:
    acting(here, "Bob", Role.APPROVER).receiving.choose_mail(MailChoice.EACH, "xx")
    mention(here)
    assert Sender(here, HERE, server(), language_of("de")).drain() == (1, 0)
    assert mailbox.taken[0]["Content-Language"] == "de"
