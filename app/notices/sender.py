"""Sends what waits: once, for a command; or for ever, in a thread beside the pages. No save waits for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Event, Thread

from app.door.settings import Door
from app.logs import log_unexpected
from app.notices.mail import Server, hand_over, mail_of
from app.notices.posting import post
from app.notices.reaching import reaches_inside
from app.notices.refused import NotTaken
from app.notices.report_mail import REPORT, report_mail
from app.notices.shapes import Told, request_of
from app.notices.words import language_for, link
from db import Channel, DatabaseNotReady, Message, Store, Target
from scoping import GroundworkError
from scoping.text.languages import Language

_AT_ONCE = 4
"""So many receivers are spoken to at once: a slow one keeps few others waiting."""
_CLAIMED = 2 * _AT_ONCE
"""So few are taken in hand that the turn of the last one comes within the lease, however slow a server is."""
_EVERY_SECONDS = 5.0
_DUE_EVERY_SECONDS = 3_600.0
_LOG = logging.getLogger("groundwork")


@dataclass(frozen=True)
class Sender:
    """Knows how to send; the Store knows what."""

    store: Store
    here: Door
    server: Server | None
    language: Language

    def drain(self, most_rounds: int = 125) -> tuple[int, int]:
        """Send all whose turn it is; returns how many were taken, and how many were not."""
        taken = refused = 0
        for _ in range(most_rounds):
            claimed = self.store.outbox.claim(_CLAIMED)
            if not claimed:
                break
            with ThreadPoolExecutor(_AT_ONCE, "sender") as pool:
                went = [*pool.map(self._settle, claimed)]
            taken, refused = taken + sum(went), refused + len(went) - sum(went)
        return taken, refused

    def _settle(self, message: Message) -> bool:
        try:
            self.send(message)
        except NotTaken as error:
            self._failed(message, str(error), for_good=error.for_good)
            return False
        except DatabaseNotReady:
            raise
        except Exception as error:
            # Whatever it is: a message that cannot be made must neither keep the others waiting nor be tried for ever.
            log_unexpected("a message failed", error)
            self._failed(message, f"went wrong on our side ({type(error).__name__})")
            return False
        self.store.outbox.sent(message)
        return True

    def _failed(self, message: Message, error: str, *, for_good: bool = False) -> None:
        self.store.outbox.failed(message, error, for_good=for_good)
        _LOG.warning("not sent", extra={"ids": {"message": message.id, "channel": message.channel, "why": error}})

    def send(self, message: Message) -> None:
        """Send one message. Raises NotTaken."""
        if message.channel is Channel.WEBHOOK:
            self.post(message, message.target)
            return
        if self.server is None:
            raise NotTaken("mails are not set up")
        hand_over(self._mail(message, self.server), self.server)

    def _mail(self, message: Message, server: Server) -> EmailMessage:
        """What is handed over; a report is made of what there is now. Raises NotTaken."""
        if message.payload["kind"] == REPORT:
            return report_mail(message, self.store, self.here, server, self.language)
        return mail_of(message, self.here, server, language_for(message.target.language, self.language))

    def post(self, message: Message, target: Target) -> int:
        """Post to a webhook; returns the status that it answered. Raises NotTaken."""
        told = Told(message.id, message.payload, link(message.payload, self.here), self.language)
        request = request_of(told, target, int(time.time()))
        return post(target.address, request, inside=reaches_inside(self.here))


class Loop:
    """A sender that goes on until it is told to end. Several processes may each have one."""

    def __init__(self, make: Callable[[], Sender]) -> None:
        self._make = make
        self._end = Event()
        self._next_due = 0.0

    def start(self) -> None:
        """Begin. The thread holds up no ending process: what it has in hand is taken up by another one."""
        Thread(target=self._run, name="notices", daemon=True).start()

    def end(self) -> None:
        """Take nothing in hand any more."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.wait(_EVERY_SECONDS):
            try:
                self.turn()
            except GroundworkError:
                # The database is away: the log has it, and the next turn comes.
                continue
            except Exception as error:
                log_unexpected("the sender failed", error)

    def turn(self) -> None:
        """What waits; and once an hour, what is due. Whatever keeps that from being told keeps no message waiting."""
        sender = self._make()
        sender.drain()
        if time.monotonic() < self._next_due:
            return
        sender.store.due.turn()
        sender.store.outbox.clear()
        self._next_due = time.monotonic() + _DUE_EVERY_SECONDS
