"""Two people, a reviewer and an approver take one proposal from draft to signature, each with a sign-in of their own.

The OpenID provider and the mail server are processes; a receiver of webhooks fails twice before it takes one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mailbox import Maildir
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from db import EventKind, Function, Shape, Store, WebhookRequest
from tests.app.serving import free_port
from tests.browser.acting import saved_version, settled, type_into, visit
from tests.browser.provider import guarded_by, running_provider, signed_in
from tests.browser.running import RunningApp, new_forked_app

_PATIENCE_SECONDS = 40.0
_ROLES = "makers=contributor, advisers=reviewer, deciders=approver"


def until(is_so: Callable[[], bool], what: str) -> None:
    """Look until it is so."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@dataclass
class Receiver:
    """An address that is told of decisions: what it was posted, and how often it answers that it is not there."""

    refusals: int
    posted: list[tuple[str, bytes]] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)

    def answer(self, identity: str, body: bytes) -> int:
        """The status of the answer."""
        self.posted.append((identity, body))
        if len(self.posted) <= self.refusals:
            return 503
        self.taken.append(body)
        return 200


@pytest.fixture
def receiver() -> Iterator[tuple[Receiver, str]]:
    """It fails twice; its address."""
    known = Receiver(refusals=2)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(known.answer(self.headers["webhook-id"], body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield known, f"http://127.0.0.1:{serving.server_port}/decisions"
    serving.shutdown()


@pytest.fixture
def mails(tmp_path: Path) -> Iterator[tuple[Maildir, str]]:
    """A mail server that keeps what it takes in a folder; its address."""
    port, folder = free_port(), tmp_path / "mails"
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "-c", "aiosmtpd.handlers.Mailbox", str(folder)])
    until((folder / "new").is_dir, "the mail server did not begin")
    yield Maildir(folder), f"smtp://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture
def provider() -> Iterator[str]:
    with running_provider() as url:
        yield url


@pytest.fixture
def guarded(provider: str, mails: tuple[Maildir, str], tmp_path: Path) -> Iterator[RunningApp]:
    """The app, where people sign in at the provider and are told by mail."""
    running = new_forked_app(tmp_path)
    running.environment = {
        **guarded_by(provider, running, _ROLES),
        "GROUNDWORK_SMTP_URL": mails[1],
        "GROUNDWORK_MAIL_FROM": "groundwork@example.org",
        "GROUNDWORK_WEBHOOKS_ALLOW_PRIVATE": "yes",
    }
    running.start()
    yield running
    running.stop()


@dataclass(frozen=True)
class Hands:
    """Who has a hand in it, each in a browser of their own."""

    app: RunningApp
    owner: Page
    scientist: Page
    reviewer: Page
    approver: Page


@pytest.fixture
def hands(provider: str, guarded: RunningApp, new_context: Callable[..., BrowserContext]) -> Hands:
    def enter(name: str, group: str) -> Page:
        page = new_context(viewport={"width": 1280, "height": 900}).new_page()
        return signed_in(page, provider, guarded, name, (group,))

    owner, scientist = enter("Olga", "makers"), enter("Dana", "makers")
    return Hands(guarded, owner, scientist, enter("Rosa", "advisers"), enter("Alma", "deciders"))


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    settled(page)


def test_from_a_draft_to_a_signature(hands: Hands, mails: tuple[Maildir, str], receiver: tuple[Receiver, str]) -> None:
    told, address = receiver
    with closing(hands.app.store()) as everything:
        rosa = next(each.id for each in everything.people.all() if each.name == "Rosa")
        everything.review_settings.set_functions([Function("finance", (rosa,))])
        everything.webhooks.add(WebhookRequest("Hook", address, Shape.PLAIN, (EventKind.DECIDED,)))
        identity = _begun(hands.owner)
        _changed_and_commented(hands, identity)
        _submitted(hands, identity, 2)
        _sent_back(hands, identity)
        _changed(hands, identity, "Works agreement of 2024", 3)
        _submitted(hands, identity, 3)
        _agreed_and_signed(hands, identity)
        decision = everything.decisions(identity).rows[0]
        assert (decision.version, decision.decided_by) == (3, "Alma (alma@example.org)")
        assert [(each.function, each.stance) for each in decision.advice] == [("finance", "agree")]
        _delivered_once(everything, told, identity)
        assert everything.check_trail().is_whole
    _mailed(mails[0])


def _begun(owner: Page) -> str:
    owner.get_by_role("button", name="Start from this").first.click()
    owner.wait_for_url("**/proposal?**")
    settled(owner)
    return owner.url.split("proposal=")[1].split("&")[0]


def _changed_and_commented(hands: Hands, identity: str) -> None:
    """The data scientist writes into the owner's proposal, and asks her about it."""
    _changed(hands, identity, "No personal data", 2)
    page = hands.scientist
    press(page, "Comments")
    page.get_by_label("Comment", exact=True).fill("@Olga Is that so for the pictures?")
    press(page, "Send")
    expect(page.get_by_text("Is that so for the pictures?")).to_be_visible()


def _changed(hands: Hands, identity: str, privacy: str, version: int) -> None:
    visit(hands.scientist, hands.app, f"proposal?proposal={identity}&step=data")
    type_into(hands.scientist, "Privacy", privacy)
    saved_version(hands.scientist, version)


def _submitted(hands: Hands, identity: str, version: int) -> None:
    visit(hands.owner, hands.app, f"proposal?proposal={identity}")
    hands.owner.get_by_role("button", name="Submit").first.click()
    settled(hands.owner)
    if version == 2:
        press(hands.owner, "Finance")
    press(hands.owner, f"Submit version {version}")
    expect(hands.owner.get_by_text(f"Version {version} is under review.")).to_be_visible()


def _advised(hands: Hands, identity: str, stance: str, said: str) -> None:
    page = hands.reviewer
    visit(page, hands.app, f"review?proposal={identity}")
    page.get_by_role("radio", name=stance, exact=True).click()
    settled(page)
    if said:
        type_into(page, "On which condition, or why", said)
    press(page, "Give this advice")


def _sent_back(hands: Hands, identity: str) -> None:
    _advised(hands, identity, "I disagree", "No lawful basis is named")
    page = hands.approver
    visit(page, hands.app, f"review?proposal={identity}")
    expect(page.get_by_text("No lawful basis is named")).to_be_visible()
    press(page, "Request changes")
    type_into(page, "What must change", "Name the lawful basis")
    press(page, "Request these changes")


def _agreed_and_signed(hands: Hands, identity: str) -> None:
    _advised(hands, identity, "I agree", "")
    page = hands.approver
    visit(page, hands.app, f"review?proposal={identity}")
    press(page, "Check and sign")
    press(page, "Sign the decision")
    expect(page.get_by_text("Decision recorded")).to_be_visible()


def _delivered_once(everything: Store, told: Receiver, identity: str) -> None:
    """It failed twice, and an administrator need not wait for the next try."""
    for tries in (1, 2):
        until(lambda tries=tries: _stuck(everything) == tries, f"try {tries} did not fail")  # type: ignore[misc]
        everything.outbox.again(everything.outbox.stuck()[0].id)
    until(lambda: bool(told.taken), "it was not delivered")
    until(lambda: not everything.outbox.stuck(), "it is not told as delivered")
    assert [len(told.posted), len(told.taken), len({each for each, _ in told.posted})] == [3, 1, 1]
    said = json.loads(told.taken[0])
    assert (said["type"], said["data"]["proposal"]) == ("proposal.decided", identity)


def _stuck(everything: Store) -> int:
    """How often the message was tried that waits; 0 while a sender has it in hand, which is for minutes."""
    soon = datetime.now(UTC) + timedelta(minutes=2)
    return next((each.tries for each in everything.outbox.stuck() if each.next_try_at < soon), 0)


def _mailed(box: Maildir) -> None:
    """Who hears of what; nobody of what they did themselves."""
    expected = {
        ("olga@example.org", "You were mentioned"),
        ("rosa@example.org", "Your advice is asked"),
        ("olga@example.org", "Changes requested"),
        ("olga@example.org", "Decided"),
        ("alma@example.org", "Submitted for review"),
    }
    until(lambda: expected <= _heads(box), "some mails are missing")
    assert {head for to, head in _heads(box) if to == "alma@example.org"} == {"Submitted for review"}


def _heads(box: Maildir) -> set[tuple[str, str]]:
    return {(str(each["To"]), str(each["Subject"]).partition(":")[0]) for each in box}
