"""Addresses that are told of what happens: added and removed by administrators. Secrets go in, and come out for the
sender alone."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import uuid
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoping.errors import quote
from scoping.text.languages import message

from ..access import Action
from ..environment import is_yes, setting
from ..errors import NotFound, WebhookRefused
from ..gate import Deed
from ..mapping import plain
from ..part import Part
from ..records import AuditAction
from ..watching import watched
from .outbox import target_of
from .records import Shape, Target, Webhook, WebhookRequest, webhook_of
from .rows import WebhookRow

ALLOW_HTTP_VARIABLE = "GROUNDWORK_WEBHOOKS_ALLOW_HTTP"
MOST_WEBHOOKS = 20
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST_URL, _LONGEST_NAME, _LONGEST_SECRET = 2_000, 80, 1_000
_PREFIX = "whsec_"
_SECRET_BYTES = range(24, 65)
"""What the scheme asks of a secret (standardwebhooks.com)."""
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_NEEDS_TOKEN = frozenset({Shape.GITHUB, Shape.JIRA})


class Webhooks(Part):
    """For administrators. Neither an address nor a secret is shown again: the address of a chat is a secret too."""

    def all(self) -> tuple[Webhook, ...]:
        """Every webhook, by name. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            rows = session.scalars(select(WebhookRow).order_by(WebhookRow.name, WebhookRow.id))
            return tuple(webhook_of(row, _host(row.url)) for row in rows)

    @watched
    def add(self, request: WebhookRequest, actor: str = "") -> str:
        """Tell an address from now on; returns the secret that its messages are signed with, where one was made.

        It is told this once, and never again. Raises WebhookRefused, NotAllowed.
        """
        self._gate.ask(Action.MANAGE)
        _check(request)
        made = new_secret() if request.shape is Shape.PLAIN and not request.secret.strip() else ""
        with self._writing() as session:
            self._check_room(session)
            session.add(self._row(request, made or request.secret.strip(), actor))
            session.flush()
            detail = f"webhook added: {request.name.strip()} ({request.shape}, {_host(request.url)})"
            self._gate.write_down(session, Deed(AuditAction.SETTING, detail, typed=actor))
        return made

    def _row(self, request: WebhookRequest, secret: str, actor: str) -> WebhookRow:
        return WebhookRow(
            id=str(uuid.uuid4()),
            name=plain(request.name.strip()),
            url=request.url.strip(),
            secret=plain(secret),
            kinds=[each.value for each in request.kinds],
            shape=request.shape,
            project=request.project.strip(),
            is_for_restricted=request.is_for_restricted,
            added_by=self._gate.name(actor),
            added_at=self._now(),
        )

    def _check_room(self, session: Session) -> None:
        if len(session.scalars(select(WebhookRow.id)).all()) >= MOST_WEBHOOKS:
            raise WebhookRefused(message("There are {most} webhooks: no more are told.", most=str(MOST_WEBHOOKS)))

    @watched
    def remove(self, webhook_id: str, actor: str = "") -> None:
        """Tell an address no more; what waits for it is given up. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._writing() as session:
            row = _one(session, webhook_id)
            detail = f"webhook removed: {row.name} ({row.shape}, {_host(row.url)})"
            session.delete(row)
            session.flush()
            self._gate.write_down(session, Deed(AuditAction.SETTING, detail, typed=actor))

    def target(self, webhook_id: str) -> Target:
        """Where its messages go, with its secrets, for a test. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            return target_of(_one(session, webhook_id))


def new_secret() -> str:
    """A secret by the Standard Webhooks scheme."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes | None:
    """The key that a secret holds; None where it holds none."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (ValueError, binascii.Error):
        return None
    return key if len(key) in _SECRET_BYTES else None


def allows_http() -> bool:
    """Whether somebody asked for messages that can be read on their way. Raises SettingRefused."""
    return is_yes(setting(ALLOW_HTTP_VARIABLE)) is True


def _check(request: WebhookRequest) -> None:
    """Raises WebhookRefused."""
    if not 0 < len(request.name.strip()) <= _LONGEST_NAME:
        raise WebhookRefused(
            message("Name: say what it is called, in at most {most} letters.", most=str(_LONGEST_NAME))
        )
    if not request.kinds:
        raise WebhookRefused(message("Kinds: choose at least one that it is told of."))
    _check_url(request.url.strip())
    secret = request.secret.strip()
    if len(secret) > _LONGEST_SECRET or not (secret.isprintable() and secret.isascii()):
        raise WebhookRefused(message("Secret: is too long, or has letters that no address takes."))
    if request.shape is Shape.PLAIN and secret and key_of(secret) is None:
        raise WebhookRefused(
            message("Secret: write whsec_ and 24 to 64 bytes in base64 after it, or leave it empty to have one made.")
        )
    if request.shape in _NEEDS_TOKEN and not secret:
        raise WebhookRefused(message("Secret: issues are made under a token. Enter it here."))
    if request.shape is Shape.JIRA and not _PROJECT.fullmatch(request.project.strip()):
        raise WebhookRefused(
            message("Project: {typed} is no key such as ML or DATA2.", typed=quote(request.project.strip()))
        )


def _check_url(url: str) -> None:
    parts = _parts(url)
    if parts is None or not parts.hostname or len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable():
        raise WebhookRefused(message("Address: is none such as https://example.org/hook."))
    if parts.username is not None or parts.password is not None:
        raise WebhookRefused(message("Address: must hold no name and no password; a token belongs under Secret."))
    is_http = parts.scheme == "http" and (parts.hostname in _LOOPBACK or allows_http())
    if parts.scheme != "https" and not is_http:
        raise WebhookRefused(
            message(
                "Address: must begin with https://. Only this machine itself is told by http, unless {variable} says "
                "yes.",
                variable=ALLOW_HTTP_VARIABLE,
            )
        )


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return None if any(map(str.isspace, url)) else parts


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _one(session: Session, webhook_id: str) -> WebhookRow:
    row = session.get(WebhookRow, plain(webhook_id))
    if row is None:
        raise NotFound(message("There is no such webhook."))
    return row
