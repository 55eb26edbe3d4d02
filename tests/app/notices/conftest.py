"""A mail server of the tests, and a clock that they set."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from db import Store
from db.engine import create
from tests.app.serving import free_port
from tests.db.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(store: Store, database_url: str, clock: Clock) -> Store:
    return Store(create(database_url), now=clock)


@dataclass
class Mailbox:
    """What a mail server took, and what it answers first."""

    taken: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    seconds: float = 0.0
    """How long it looks at a mail before it answers."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 the library's
        await asyncio.sleep(self.seconds)
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.receivers.extend(envelope.rcpt_tos)
        self.taken.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server that lets nobody send without the right password."""
    box = Mailbox()

    def authenticate(_s: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"gw", b"s@cret"), handled=False)

    port = free_port()
    options = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}
    running = Controller(box, hostname="127.0.0.1", port=port, **options)
    running.start()
    monkeypatch.setenv("GROUNDWORK_SMTP_URL", f"smtp://gw:s%40cret@127.0.0.1:{port}")
    monkeypatch.setenv("GROUNDWORK_MAIL_FROM", "groundwork@example.org")
    yield box
    running.stop()
