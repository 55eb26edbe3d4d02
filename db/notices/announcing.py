"""Writes down whom an event concerns, and what is to be sent of it: in the transaction in which it happens."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import queries
from ..access import Action, Person, may
from ..environment import setting
from ..errors import SettingRefused
from ..gate import Gate, shared_as
from ..mapping import in_utc, plain, role_of
from ..models import PersonRow, ProposalRow
from .happened import Event, EventKind
from .records import Channel, MailChoice, MessageState
from .rows import NoticeRow, OutboxRow, ReceiverRow, WebhookRow

SMTP_VARIABLE = "GROUNDWORK_SMTP_URL"
LONGEST_SAID = 2_000
"""How many letters of what was written a notice and a message hold; the proposal has the rest."""

_FOR_ITS_OWNER = frozenset({EventKind.ADVISED, EventKind.COMMENTED})
_FOR_ALL_WHO_WORK_ON_IT = frozenset(
    {EventKind.DECIDED, EventKind.DECISION_WITHDRAWN, EventKind.STAGE_CHANGED, EventKind.CHANGES_REQUESTED}
)


def announce(session: Session, gate: Gate, event: Event) -> None:
    """Let those know whom it concerns; a part of the transaction in which it happens, so that both come or neither.

    Nobody hears of what they did themselves, or of a proposal that they may not see. Nothing is sent here: what is to
    be sent is written down, and a slow receiver delays no save.
    """
    session.flush()
    proposal = session.get(ProposalRow, event.identity)
    if proposal is None:
        return
    payload = payload_of(event, proposal.title, gate.name(event.by), gate.now())
    for person in _concerned(session, gate, proposal, event):
        is_mailed = bool(person.email) and _mail_of(session, person) is MailChoice.EACH and mail_is_set_up()
        session.add(_notice(event, payload, person, is_mailed=is_mailed, at=gate.now()))
        if is_mailed:
            enqueue(session, Channel.MAIL, person.id, proposal.id, payload, gate.now())
    for webhook in session.scalars(select(WebhookRow)):
        if event.kind in webhook.kinds and (webhook.is_for_restricted or not proposal.is_restricted):
            enqueue(session, Channel.WEBHOOK, webhook.id, proposal.id, payload, gate.now())


def payload_of(event: Event, title: str, by: str, at: datetime) -> dict[str, Any]:
    """What a message says, in no language yet: the sender puts it into words."""
    return {
        "kind": event.kind.value,
        "proposal": event.identity,
        "title": plain(title)[:LONGEST_SAID],
        "said": plain(event.said)[:LONGEST_SAID],
        "place": plain(event.place)[:300],
        "by": plain(by),
        "at": in_utc(at).isoformat(timespec="seconds"),
        "due_on": event.due_on.isoformat() if event.due_on else None,
    }


def enqueue(
    session: Session, channel: Channel, receiver: str, identity: str | None, payload: dict[str, Any], at: datetime
) -> None:
    """Write a message down, to be sent as soon as a sender comes by."""
    session.add(
        OutboxRow(
            id=f"msg_{uuid.uuid4().hex}",
            channel=channel,
            receiver=receiver,
            proposal_id=identity,
            payload=payload,
            state=MessageState.WAITING,
            tries=0,
            next_try_at=at,
            made_at=at,
            last_error="",
        )
    )


def mail_is_set_up() -> bool:
    """Whether mails go anywhere: otherwise none are written down, to wait for ever."""
    try:
        return bool(setting(SMTP_VARIABLE))
    except SettingRefused:
        return False


def may_see(session: Session, row: PersonRow, proposal: ProposalRow) -> bool:
    """Whether somebody who does not act just now may see the proposal."""
    person = Person(row.id, row.name, row.email, role_of(row.role, row.granted))
    return row.removed_at is None and may(person, Action.SEE, shared_as(session, proposal))


def _concerned(session: Session, gate: Gate, proposal: ProposalRow, event: Event) -> Iterator[PersonRow]:
    named = dict.fromkeys((*event.to, *_by_kind(session, proposal, event.kind)))
    others = [each for each in named if each and each != gate.person_id]
    for row in session.scalars(select(PersonRow).where(PersonRow.id.in_(others)).order_by(PersonRow.id)).all():
        if may_see(session, row, proposal):
            yield row


def _by_kind(session: Session, proposal: ProposalRow, kind: EventKind) -> Iterable[str]:
    owner = [proposal.owner_id] if proposal.owner_id else []
    if kind in _FOR_ALL_WHO_WORK_ON_IT:
        return [*owner, *session.scalars(queries.member_ids(proposal.id))]
    return owner if kind in _FOR_ITS_OWNER else []


def _mail_of(session: Session, person: PersonRow) -> MailChoice:
    """What they chose; at once, until they choose."""
    found = session.get(ReceiverRow, person.id)
    return MailChoice(found.mail) if found else MailChoice.EACH


def _notice(event: Event, payload: dict[str, Any], person: PersonRow, *, is_mailed: bool, at: datetime) -> NoticeRow:
    said = {name: payload[name] for name in ("kind", "said", "place", "by")}
    stamp = {"due_on": event.due_on, "at": at, "is_mailed": is_mailed}
    return NoticeRow(person_id=person.id, proposal_id=event.identity, **stamp, **said)
