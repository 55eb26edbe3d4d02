"""What somebody took back is said by no notice and no message any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..mapping import plain
from .announcing import LONGEST_SAID
from .happened import EventKind
from .rows import NoticeRow, OutboxRow

_OF_COMMENTS = (EventKind.COMMENTED, EventKind.MENTIONED)


def forget_comment(session: Session, identity: str, place: str, text: str, written_at: datetime) -> None:
    """Leave the words out of what was announced of a comment; that there was one stays. Within its transaction."""
    said = plain(text)[:LONGEST_SAID]
    told = (NoticeRow.proposal_id == identity, NoticeRow.kind.in_(_OF_COMMENTS), NoticeRow.at >= written_at)
    same = (NoticeRow.place == plain(place), NoticeRow.said == said)
    session.execute(update(NoticeRow).where(*told, *same).values(said=""))
    # A digest is about several proposals.
    about = or_(OutboxRow.proposal_id == identity, OutboxRow.proposal_id.is_(None))
    for row in session.scalars(select(OutboxRow).where(about, OutboxRow.made_at >= written_at)):
        row.payload = _without(row.payload, identity, plain(place), said)


def _without(payload: dict[str, Any], identity: str, place: str, said: str) -> dict[str, Any]:
    if "notices" in payload:
        return {**payload, "notices": [_without(each, identity, place, said) for each in payload["notices"]]}
    found = tuple(payload.get(name) for name in ("proposal", "place", "said"))
    is_it = payload.get("kind") in _OF_COMMENTS and found == (identity, place, said)
    return {**payload, "said": ""} if is_it else payload
