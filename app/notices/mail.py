"""Mails: how one is written, and how it goes out by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from app.door.settings import Door
from app.notices.refused import NotTaken
from app.notices.words import headline, lines, link
from db import SMTP_VARIABLE, Message, setting
from scoping import GroundworkError
from scoping.text.languages import Language, counted, message, say

FROM_VARIABLE = "GROUNDWORK_MAIL_FROM"
_TIMEOUT_SECONDS = 10.0
_TAKING_SECONDS = 60.0
"""How long a server may take over a mail: it looks for viruses first, and a slow line carries a large file.

Who goes away before it has answered sends again what it took (RFC 5321, 4.5.3.2); all of it stays within the lease.
"""
_PORTS = {"smtp": 25, "smtps": 465}
_LONGEST_SUBJECT = 200
# The library has no one error for it.
_NO_ADDRESS = (ValueError, IndexError, AttributeError, HeaderParseError)


class MailMisconfigured(GroundworkError):
    """Mails cannot go out as they are set up; the server does not start."""


@dataclass(frozen=True)
class Server:
    """Where mails are handed over, and who sends them. It holds a password."""

    host: str
    port: int
    sender: Address
    is_encrypted: bool = False
    starts_encryption: bool = False
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"


def server() -> Server | None:
    """What the environment says; None where nobody set mails up. Raises MailMisconfigured, SettingRefused."""
    url, sender = setting(SMTP_VARIABLE), setting(FROM_VARIABLE)
    if not url:
        return None
    if not sender:
        raise MailMisconfigured(f"{FROM_VARIABLE} is missing: it is the address from which mails come.")
    return server_of(url, sender)


def server_of(url: str, sender: str) -> Server:
    """The server that a URL names: smtp://host (STARTTLS by ?starttls=yes) or smtps://user:password@host:465."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname or parts.query not in ("", "starttls=yes"):
        raise MailMisconfigured(
            f"{SMTP_VARIABLE}: write it like smtps://user:password@mail.example.org:465, "
            "or smtp://mail.example.org:587?starttls=yes."
        )
    return Server(
        parts.hostname,
        port or _PORTS[parts.scheme],
        _sender(sender),
        is_encrypted=parts.scheme == "smtps",
        starts_encryption=bool(parts.query),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _sender(text: str) -> Address:
    try:
        return Address("Groundwork", addr_spec=text)
    except _NO_ADDRESS:
        raise MailMisconfigured(f"{FROM_VARIABLE}: write it like groundwork@example.org.") from None


def mail_of(taken: Message, here: Door, server: Server, language: Language) -> EmailMessage:
    """The mail that a message becomes, as plain text and as simple HTML. Raises NotTaken where its address is none."""
    notices = taken.payload["notices"] if taken.payload["kind"] == "digest" else [taken.payload]
    mail = begun(taken, _subject(notices, taken.payload["kind"] == "digest", language), server)
    foot = _foot(here, language)
    text = "\n\n".join([*(_text(each, here, language) for each in notices), foot]) + "\n"
    parts = "".join(_html(each, here, language) for each in notices)
    filled(mail, text, f"{parts}<p><small>{escape(foot)}</small></p>", language)
    return mail


def begun(taken: Message, subject: str, server: Server) -> EmailMessage:
    """A mail with its head, and nothing in it yet. Raises NotTaken where its address is none."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["From"] = server.sender
    mail["To"] = _receiver(taken.target.address)
    mail["Date"] = format_datetime(datetime.fromisoformat(taken.payload["at"]))
    # The same in each try, so that a repeat can be told.
    mail["Message-ID"] = f"<{taken.id}@{server.sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def filled(mail: EmailMessage, text: str, body: str, language: Language) -> None:
    """Give the mail what it says, as plain text and as HTML."""
    mail.set_content(text)
    page = f'<!doctype html><html lang="{language.html_tag}"><body>{body}</body></html>'
    mail.add_alternative(page, subtype="html")
    mail["Content-Language"] = language.html_tag


def _receiver(address: str) -> Address:
    try:
        return Address(addr_spec=address)
    except _NO_ADDRESS:
        raise NotTaken("the address is none", for_good=True) from None


def _subject(notices: list[Mapping[str, Any]], is_digest: bool, language: Language) -> str:
    """One line of letters that are seen: a line break in a title is no new header."""
    if is_digest:
        many = counted("{count} notice from Groundwork", "{count} notices from Groundwork", len(notices))
        return say(many, language)
    said = headline(notices[0], language)
    return "".join(letter for letter in " ".join(said.split()) if letter.isprintable())[:_LONGEST_SUBJECT]


def _text(notice: Mapping[str, Any], here: Door, language: Language) -> str:
    return "\n".join(filter(None, (headline(notice, language), *lines(notice, language), link(notice, here))))


def _html(notice: Mapping[str, Any], here: Door, language: Language) -> str:
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in lines(notice, language))
    address = link(notice, here)
    opens = (
        f'<p><a href="{escape(address)}">{escape(say(message("Open in Groundwork"), language))}</a></p>'
        if address
        else ""
    )
    return f"<h3>{escape(headline(notice, language))}</h3>{paragraphs}{opens}"


def _foot(here: Door, language: Language) -> str:
    where = f"{here.public_url}/settings" if here.public_url else ""
    said = message("When Groundwork writes to you is for you to say, in its Settings.")
    return f"{say(said, language)} {where}".strip()


def _opened(server: Server) -> smtplib.SMTP:
    if server.is_encrypted:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection to hand mails over. Raises NotTaken where there is none, and where it refuses one."""
    try:
        connection = _opened(server)
        try:
            if server.starts_encryption:
                connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
            yield connection
            _say_good_bye(connection)
        finally:
            connection.close()
    except smtplib.SMTPResponseException as error:
        # What a server says may hold the address: its number is enough.
        raise NotTaken(f"the mail server answered {error.smtp_code}") from None
    except smtplib.SMTPRecipientsRefused as error:
        code = next((found[0] for found in error.recipients.values()), 0)
        raise NotTaken(f"the mail server refused the address ({code})", for_good=500 <= code < 600) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(f"the mail server cannot be reached ({type(error).__name__})") from None


def _say_good_bye(connection: smtplib.SMTP) -> None:
    """The mail was taken before: what goes wrong now must not have it sent again."""
    with suppress(OSError, smtplib.SMTPException):
        _wait_for(connection, _TIMEOUT_SECONDS)
        connection.quit()


def _wait_for(connection: smtplib.SMTP, seconds: float) -> None:
    """From now on an answer may take so long."""
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def hand_over(mail: EmailMessage, server: Server) -> None:
    """Hand the mail to the server. Raises NotTaken."""
    with connected(server) as connection:
        _wait_for(connection, _TAKING_SECONDS)
        connection.send_message(mail)
