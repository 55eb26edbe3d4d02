"""Personal tokens: how programs of a person come in, with at most what the person may do, until a day.

The database holds no secret: of each token a hash, by which it is found, and the first letters, by which its owner
knows it again. A secret of 256 random bits needs no slow hash; nobody tries that many.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import JSON, ColumnElement, DateTime, ForeignKey, Select, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping.errors import quote
from scoping.text.languages import message

from .access import ALONE, Action, Person, Scope
from .errors import DatabaseNotReady, NotAToken, NotFound, TokenRefused
from .gate import Deed
from .mapping import in_utc, member, plain, role_of
from .models import Base, PersonRow
from .part import Part
from .records import AuditAction
from .secret import digest_of, new_secret
from .watching import watched

BEGINNING = "gw_"
"""What every secret begins with: people, proxies and scanners of leaked secrets know a token by it."""
USUAL_DAYS, MOST_DAYS = 90, 365
LONGEST_NAME = 100
MOST_TOKENS = 50
"""So many may one person have at once that are not revoked and not expired."""
_SHOWN_LETTERS = 9
_MOST_LISTED = 500
# A reading that is noted each time would be a writing.
_USED_EVERY = timedelta(minutes=5)
_LISTED_AFTER_END = timedelta(days=30)


class TokenRow(Base):
    """A token. `person_id` is empty where nobody signs in; `digest` is SHA-256 of the secret, `beginning` its first
    letters. What was revoked stays as a row.
    """

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    beginning: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class Token:
    """A token as people see it. `owner` is whose it is, by name; empty where nobody signs in."""

    id: str
    name: str
    beginning: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    owner: str = ""

    def is_past(self, today: date) -> bool:
        """Whether the day of its end has gone by."""
        return self.expires_at.date() < today


@dataclass(frozen=True)
class MadeToken:
    """A new token with its secret, which nobody can be shown again."""

    token: Token
    secret: str


@dataclass(frozen=True)
class Bearer:
    """Who comes with a token: the person, with no more than the token's scopes, and the token."""

    person: Person
    token: Token


class Tokens(Part):
    """Personal tokens. Each person makes and revokes their own; administrators see and revoke all."""

    @watched
    def make(
        self, name: str, days: int = USUAL_DAYS, scopes: Collection[Scope] = (Scope.READ,), actor: str = ""
    ) -> MadeToken:
        """A new token for the person who acts, good for so many days. Raises TokenRefused, NotAllowed."""
        self._gate.ask(Action.MAKE_TOKENS)
        secret = f"{BEGINNING}{new_secret()}"
        row = self._row(_checked_name(name), _checked_days(days), scopes, secret)
        with self._writing() as session:
            if (session.scalar(self._live()) or 0) >= MOST_TOKENS:
                raise TokenRefused(
                    message("You have {most} tokens already. Revoke one that is not used.", most=str(MOST_TOKENS))
                )
            session.add(row)
            session.flush()
            self._gate.write_down(session, Deed(AuditAction.TOKEN_MADE, _named(row), typed=actor))
        return MadeToken(_token(row), secret)

    def own(self) -> tuple[Token, ...]:
        """Those of the person who acts that were not revoked, the newest first. Raises NotAllowed."""
        self._gate.ask(Action.MAKE_TOKENS)
        with self._reading() as session:
            rows = session.scalars(self._listed().where(self._is_own()))
            return tuple(_token(row) for row in rows)

    def all(self) -> tuple[Token, ...]:
        """Everybody's that were not revoked, the newest first, each with its owner. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        query = self._listed().add_columns(PersonRow).outerjoin(PersonRow, PersonRow.id == TokenRow.person_id)
        with self._reading() as session:
            return tuple(replace(_token(row), owner=_owner(person)) for row, person in session.execute(query).all())

    @watched
    def revoke(self, token_id: str, actor: str = "") -> None:
        """From now on the token opens nothing. One that is revoked stays so. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.MAKE_TOKENS)
        with self._writing() as session:
            row = session.get(TokenRow, plain(token_id))
            if row is None or not self._may_revoke(row):
                raise NotFound(message("There is no such token."))
            if row.revoked_at is None:
                row.revoked_at = self._now()
                session.flush()
                self._gate.write_down(session, Deed(AuditAction.TOKEN_REVOKED, _named(row), typed=actor))

    def bearer(self, secret: str) -> Bearer:
        """Who comes with that secret, with the rights of this moment. Raises NotAToken, whatever is wrong with it."""
        with self._reading() as session:
            row = session.scalars(select(TokenRow).where(TokenRow.digest == digest_of(secret))).one_or_none()
            if row is None or row.revoked_at is not None or in_utc(row.expires_at) <= self._now():
                raise not_a_token()
            found = Bearer(_person(session, row), _token(row))
        self._note_use(found.token)
        return found

    def _note_use(self, token: Token) -> None:
        if token.used_at is not None and self._now() - token.used_at < _USED_EVERY:
            return
        try:
            with self._writing() as session:
                row = session.get(TokenRow, token.id)
                if row is not None:
                    row.used_at = self._now()
        except DatabaseNotReady:
            # Where nothing can be saved, reading goes on.
            return

    def _row(self, name: str, days: int, scopes: Collection[Scope], secret: str) -> TokenRow:
        return TokenRow(
            id=str(uuid.uuid4()),
            person_id=self._gate.person_id,
            name=name,
            digest=digest_of(secret),
            beginning=secret[:_SHOWN_LETTERS],
            # Who writes must be able to see what is there.
            scopes=sorted({Scope.READ, *map(Scope, scopes)}),
            created_at=self._now(),
            expires_at=self._now() + timedelta(days=days),
        )

    def _is_own(self) -> ColumnElement[bool]:
        """Whose they are; where nobody signs in, those of nobody."""
        return TokenRow.person_id.is_not_distinct_from(self._gate.person_id)

    def _live(self) -> Select[int]:
        is_live = (self._is_own(), TokenRow.revoked_at.is_(None), TokenRow.expires_at > self._now())
        return select(func.count()).select_from(TokenRow).where(*is_live)

    def _listed(self) -> Select[TokenRow]:
        since = self._now() - _LISTED_AFTER_END
        query = select(TokenRow).where(TokenRow.revoked_at.is_(None), TokenRow.expires_at > since)
        return query.order_by(TokenRow.created_at.desc(), TokenRow.id).limit(_MOST_LISTED)

    def _may_revoke(self, row: TokenRow) -> bool:
        return row.person_id == self._gate.person_id or self._gate.may(Action.MANAGE)


def not_a_token() -> NotAToken:
    """In the same words whatever is wrong: nobody learns that a token was there."""
    return NotAToken(message("This token is not known, was revoked or has expired."))


def _person(session: Session, row: TokenRow) -> Person:
    """Whom the token stands for, with the role of this moment. Raises NotAToken where they no longer belong here."""
    scopes = _scopes(row)
    if row.person_id is None:
        return replace(ALONE, scopes=scopes)
    found = session.get(PersonRow, row.person_id)
    if found is None or found.removed_at is not None:
        raise not_a_token()
    return Person(found.id, found.name, found.email, role_of(found.role, found.granted), scopes=scopes)


def _scopes(row: TokenRow) -> frozenset[Scope]:
    return frozenset(Scope(each) for each in row.scopes if each in tuple(Scope))


def _token(row: TokenRow) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        beginning=row.beginning,
        scopes=_scopes(row),
        created_at=in_utc(row.created_at),
        expires_at=in_utc(row.expires_at),
        used_at=in_utc(row.used_at) if row.used_at else None,
    )


def _owner(row: PersonRow | None) -> str:
    return member(row).label if row is not None else ""


def _named(row: TokenRow) -> str:
    return f"{row.name} ({row.beginning}): {', '.join(row.scopes)}, until {row.expires_at:%Y-%m-%d}"


def _checked_name(name: str) -> str:
    found = " ".join("".join(each for each in plain(name) if each.isprintable()).split())
    if not found:
        raise TokenRefused(message("Name: say what the token is for, such as the program that uses it."))
    if len(found) > LONGEST_NAME:
        raise TokenRefused(message("Name: must have at most {most} characters.", most=str(LONGEST_NAME)))
    return found


def _checked_days(days: int) -> int:
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise TokenRefused(
            message("Days: {typed}: must be a whole number from 1 to {most}.", typed=quote(days), most=str(MOST_DAYS))
        )
    return days
