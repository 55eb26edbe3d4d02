"""What ends for good when somebody is removed: every secret by which they, or others through them, came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from .links import LinkRow
from .notices.rows import ReceiverRow
from .tokens import TokenRow


def end_ways_in(session: Session, person_id: str, now: datetime) -> str:
    """Revoke the person's tokens, links and calendar, within a transaction; returns how many of which.

    Who is brought back signs in as before and makes new ones: an old secret may lie wherever it was left.
    """
    tokens = _revoked(session, TokenRow, TokenRow.person_id == person_id, now)
    links = _revoked(session, LinkRow, LinkRow.made_by_id == person_id, now)
    session.execute(update(ReceiverRow).where(ReceiverRow.person_id == person_id).values(calendar=None))
    return ", ".join(f"{what} revoked: {many}" for what, many in (("tokens", tokens), ("links", links)) if many)


def _revoked(
    session: Session, row: type[TokenRow] | type[LinkRow], is_theirs: ColumnElement[bool], now: datetime
) -> int:
    change = update(row).where(is_theirs, row.revoked_at.is_(None)).values(revoked_at=now)
    return session.execute(change).rowcount  # type: ignore[attr-defined,no-any-return]
