"""What waits to be sent. Senders take messages in hand for a while, one sender each, and say what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from scoping.text.languages import message

from ..access import Action
from ..errors import NotFound
from ..mapping import in_utc, plain
from ..models import PersonRow, ProposalRow
from ..part import Part
from ..queries import MOST_ROWS
from ..watching import watched
from .announcing import may_see
from .records import Channel, Message, MessageState, Shape, Stuck, Target, stuck_of
from .rows import OutboxRow, ReceiverRow, WebhookRow

LEASE = timedelta(minutes=5)
"""For how long a sender has a message in hand; one that ended leaves it to others then."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=3)
KEEP_ENDED = timedelta(days=30)
_LONGEST_ERROR = 200
_NO_RECEIVER = "the receiver is gone, or may not see this any more"
_RANDOM = SystemRandom()


class Outbox(Part):
    """For senders, which may do everything, and for administrators, who see what was not taken."""

    def claim(self, most: int = 20) -> tuple[Message, ...]:
        """Take messages in hand whose turn it is. Of two senders, each gets others. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        # Senders ask every few seconds: where nothing waits, nobody who saves waits for them.
        with self._reading() as session:
            if session.scalars(_turn(self._now()).limit(1)).first() is None:
                return ()
        return self._take(most)

    @watched
    def _take(self, most: int) -> tuple[Message, ...]:
        with self._writing() as session:
            rows = session.scalars(_turn(self._now()).limit(most).with_for_update(skip_locked=True)).all()
            claimed = [self._claimed(session, row) for row in rows]
        return tuple(each for each in claimed if each is not None)

    def _claimed(self, session: Session, row: OutboxRow) -> Message | None:
        """The message, if nobody was faster. What nobody is to hear of any more is given up."""
        target, payload = _target(session, row), _payload(session, row)
        if payload is None:
            target = None
        state = MessageState.GIVEN_UP if target is None else MessageState.WAITING
        error = _NO_RECEIVER if target is None else row.last_error
        values = {
            "tries": row.tries + 1,
            "next_try_at": self._now() + LEASE,
            "state": state,
            "last_error": error,
        }
        # Where the database knows no locks on rows, the number of tries tells whether somebody was here.
        mine = (OutboxRow.id == row.id, OutboxRow.tries == row.tries, OutboxRow.state == MessageState.WAITING)
        found = session.execute(
            update(OutboxRow).where(*mine).values(values).execution_options(synchronize_session=False)
        )
        if target is None or payload is None or found.rowcount != 1:  # type: ignore[attr-defined]
            return None
        return Message(row.id, Channel(row.channel), target, payload, row.tries + 1, in_utc(row.made_at))

    @watched
    def sent(self, taken: Message) -> None:
        """The receiver took it."""
        self._settle(taken, state=MessageState.SENT, last_error="")

    @watched
    def failed(self, taken: Message, error: str, *, for_good: bool = False) -> None:
        """The receiver did not take it: it is tried again later, or given up after days, or at once `for_good`."""
        now = self._now()
        gives_up = for_good or now - taken.made_at >= GIVE_UP_AFTER
        state = MessageState.GIVEN_UP if gives_up else MessageState.WAITING
        said = plain(error)[:_LONGEST_ERROR]
        self._settle(taken, state=state, last_error=said, next_try_at=now + wait_after(taken.tries))

    def _settle(self, taken: Message, **values: object) -> None:
        self._gate.ask(Action.MANAGE)
        # Who took it up meanwhile, because this sender was too slow, says what becomes of it.
        mine = (OutboxRow.id == taken.id, OutboxRow.tries == taken.tries)
        with self._writing() as session:
            session.execute(update(OutboxRow).where(*mine).values(**values))

    def stuck(self) -> tuple[Stuck, ...]:
        """What was tried in vain, newest first: given up, or still waiting. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        is_stuck = (OutboxRow.state != MessageState.SENT, OutboxRow.last_error != "")
        wanted = select(OutboxRow).where(*is_stuck).order_by(OutboxRow.made_at.desc()).limit(MOST_ROWS)
        with self._reading() as session:
            return tuple(stuck_of(row, _name(session, row)) for row in session.scalars(wanted))

    def waiting(self) -> int:
        """How many messages wait to be sent. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            wanted = select(func.count()).select_from(OutboxRow).where(OutboxRow.state == MessageState.WAITING)
            return session.scalar(wanted) or 0

    @watched
    def again(self, identity: str) -> None:
        """Try a message again now, and for days more. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.MANAGE)
        values = {"state": MessageState.WAITING, "next_try_at": self._now(), "made_at": self._now()}
        mine = (OutboxRow.id == plain(identity), OutboxRow.state != MessageState.SENT)
        with self._writing() as session:
            if session.execute(update(OutboxRow).where(*mine).values(values)).rowcount != 1:  # type: ignore[attr-defined]
                raise NotFound(message("There is no such message, or it was sent meanwhile."))

    @watched
    def clear(self) -> None:
        """Forget what was sent or given up long ago: it holds what people wrote. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        old = (OutboxRow.state != MessageState.WAITING, OutboxRow.next_try_at < self._now() - KEEP_ENDED)
        with self._writing() as session:
            session.execute(delete(OutboxRow).where(*old))


def wait_after(tries: int) -> timedelta:
    """Twice as long after each try, at most some hours, and by chance up to a half less: not all come back at once."""
    doublings = max(0, min(tries - 1, 20))
    longest = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return longest * (1 - _RANDOM.random() / 2)


def _turn(now: datetime) -> Select[OutboxRow]:
    """Those that were tried least come first: what a dead receiver did not take holds up nothing that is new."""
    is_waiting = (OutboxRow.state == MessageState.WAITING, OutboxRow.next_try_at <= now)
    return select(OutboxRow).where(*is_waiting).order_by(OutboxRow.tries, OutboxRow.next_try_at, OutboxRow.id)


def _payload(session: Session, row: OutboxRow) -> dict[str, Any] | None:
    """What the message says now: a digest leaves out what its reader may not see any more. None for nothing left."""
    if "notices" not in row.payload:
        return dict(row.payload)
    person = session.get(PersonRow, row.receiver)
    lines = [each for each in row.payload["notices"] if person and _may_read(session, person, each["proposal"])]
    return {**row.payload, "notices": lines} if lines else None


def _may_read(session: Session, person: PersonRow, identity: str) -> bool:
    proposal = session.get(ProposalRow, identity)
    return proposal is not None and may_see(session, person, proposal)


def _target(session: Session, row: OutboxRow) -> Target | None:
    """Where the message goes, asked when it is sent: rights may have been taken away since it was written."""
    proposal = session.get(ProposalRow, row.proposal_id) if row.proposal_id else None
    if row.channel == Channel.WEBHOOK:
        webhook = session.get(WebhookRow, row.receiver)
        hidden = proposal is not None and proposal.is_restricted and webhook and not webhook.is_for_restricted
        return None if webhook is None or hidden else target_of(webhook)
    person = session.get(PersonRow, row.receiver)
    if person is None or not person.email or person.removed_at is not None:
        return None
    if proposal is not None and not may_see(session, person, proposal):
        return None
    receiver = session.get(ReceiverRow, person.id)
    return Target(person.email, language=receiver.language if receiver else "")


def target_of(webhook: WebhookRow) -> Target:
    """Where a webhook's messages go, with its secrets."""
    return replace(Target(webhook.url), secret=webhook.secret, shape=Shape(webhook.shape), project=webhook.project)


def _name(session: Session, row: OutboxRow) -> str:
    """What administrators call the receiver."""
    if row.channel == Channel.WEBHOOK:
        webhook = session.get(WebhookRow, row.receiver)
        return webhook.name if webhook else ""
    person = session.get(PersonRow, row.receiver)
    return (person.name or person.email) if person else ""
