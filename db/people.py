"""Who belongs here: signing in, roles, and who was removed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scoping.errors import quote
from scoping.text.languages import message

from . import mapping, queries
from .access import Action, Person, Role
from .errors import NotAMember, NotFound, PersonRefused, RowRefused
from .gate import FOUR_EYES, NO, YES, Deed, Gate, needs_four_eyes
from .leaving import end_ways_in
from .models import PersonRow, SettingRow
from .part import Part
from .records import AuditAction, Member
from .watching import watched

_EMAIL = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
_LONGEST_NAME = 200
_GONE = message("You no longer belong here. An administrator can bring you back.")
# Writing down at each run that somebody was here would make every reading a writing.
_SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Claims:
    """What a sign-in says of somebody. `granted` is the role that follows from groups and settings."""

    subject: str
    name: str
    email: str = ""
    is_email_verified: bool = False
    granted: Role | None = None
    issued_at: datetime | None = None


class People(Part):
    """Who belongs here. What changes somebody else's rights asks for an administrator."""

    # Signing in --------------------------------------------------------------------------------

    def enter(self, claims: Claims) -> Person:
        """The person that a sign-in means; the first time, somebody new. Their role may be None.

        Raises NotAMember where the person was removed, or has signed out since.
        """
        with self._reading() as session:
            row = session.scalars(queries.person_of(claims.subject)).one_or_none()
            if row is not None and not self._is_to_be_noted(row, claims):
                return _person(row, claims)
        try:
            return self._note(claims)
        except RowRefused:
            # Two tabs of the same newcomer: the other one was faster.
            return self._note(claims)

    def _is_to_be_noted(self, row: PersonRow, claims: Claims) -> bool:
        _check_welcome(row, claims)
        said = (row.name, row.email, row.granted)
        was_long_ago = row.seen_at is None or self._now() - mapping.in_utc(row.seen_at) > _SEEN_EVERY
        return was_long_ago or said != (_name(claims), _proven(claims), claims.granted)

    def _note(self, claims: Claims) -> Person:
        with self._writing() as session:
            row = session.scalars(queries.person_of(claims.subject)).one_or_none() or _expected(session, claims)
            is_new = row is None
            if row is None:
                _check_not_removed(session, claims)
                row = PersonRow(id=str(uuid.uuid4()), added_at=self._now())
                session.add(row)
            _check_welcome(row, claims)
            row.subject, row.email = mapping.plain(claims.subject), _proven(claims)
            row.name, row.granted, row.seen_at = _name(claims), claims.granted, self._now()
            session.flush()
            person = _person(row, claims)
            if is_new:
                # Who signs in for the first time writes their own first line.
                Gate(person, self._now).write_down(session, Deed(AuditAction.PERSON_ADDED, person.label))
            return person

    @watched
    def sign_out(self) -> None:
        """End all sessions of the person who acts: what was issued before now is worth nothing."""
        with self._writing() as session:
            row = session.get(PersonRow, self._gate.person.id)
            if row is not None:
                row.signed_out_at = self._now()

    # For everybody who may begin proposals -----------------------------------------------------

    def directory(self) -> tuple[Member, ...]:
        """Everybody who has a role here, to share a proposal with. Raises NotAllowed."""
        self._gate.ask(Action.CREATE)
        return tuple(each for each in self._all() if each.role is not None and not each.is_removed)

    @property
    def needs_four_eyes(self) -> bool:
        """Whether nobody may decide on their own work."""
        with self._reading() as session:
            return needs_four_eyes(session)

    # For administrators ------------------------------------------------------------------------

    def all(self) -> tuple[Member, ...]:
        """Everybody who belongs here or did. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        return self._all()

    def _all(self) -> tuple[Member, ...]:
        with self._reading() as session:
            return tuple(mapping.member(row) for row in session.scalars(queries.people()))

    @watched
    def add(self, email: str, role: Role) -> None:
        """Expect somebody who has not signed in yet, by e-mail address. Raises PersonRefused, NotAllowed."""
        self._gate.ask(Action.MANAGE)
        address = mapping.plain(email).strip().casefold()
        if not _EMAIL.fullmatch(address):
            raise PersonRefused(
                message("E-mail: {typed} is no address. Write it like name@example.org.", typed=quote(email))
            )
        with self._writing() as session:
            if session.scalars(queries.people_with(address)).first() is not None:
                raise PersonRefused(message("{email} belongs here already.", email=address))
            row = PersonRow(id=str(uuid.uuid4()), email=address, name="", role=role, added_at=self._now())
            session.add(row)
            session.flush()
            self._gate.write_down(session, Deed(AuditAction.PERSON_ADDED, f"{address}: {role}"))

    @watched
    def give_role(self, person_id: str, role: Role | None) -> None:
        """Give somebody a role, or take away the one that was given. Raises PersonRefused, NotAllowed, NotFound."""
        with self._managed(person_id) as (session, row):
            if row.removed_at is not None:
                raise PersonRefused(message("{name} was removed. Bring them back first.", name=_label(row)))
            row.role = role
            self._gate.write_down(session, Deed(AuditAction.ROLE_GIVEN, f"{_label(row)}: {role or 'none'}"))

    @watched
    def remove(self, person_id: str) -> None:
        """Take all rights away, from the next click on; their sessions, tokens and links end for good.

        Raises PersonRefused, NotAllowed, NotFound.
        """
        with self._managed(person_id) as (session, row):
            if row.removed_at is not None:
                return
            row.removed_at = row.signed_out_at = self._now()
            said = "; ".join(filter(None, (_label(row), end_ways_in(session, row.id, row.removed_at))))
            self._gate.write_down(session, Deed(AuditAction.PERSON_REMOVED, said))

    @watched
    def bring_back(self, person_id: str) -> None:
        """Let somebody sign in again who was removed. Raises PersonRefused, NotAllowed, NotFound."""
        with self._managed(person_id) as (session, row):
            if row.removed_at is None:
                return
            row.removed_at = None
            # Of who was removed before that ended them, they end now.
            said = "; ".join(filter(None, (_label(row), end_ways_in(session, row.id, self._now()))))
            self._gate.write_down(session, Deed(AuditAction.PERSON_ADDED, said))

    @watched
    def require_four_eyes(self, required: bool) -> None:
        """Say whether nobody may decide on their own work. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._writing() as session:
            name, value = self._gate.name(""), YES if required else NO
            session.merge(SettingRow(name=FOUR_EYES, value=value, set_by=name, set_at=self._now()))
            session.flush()
            self._gate.write_down(session, Deed(AuditAction.SETTING, f"{FOUR_EYES}: {value}"))

    @contextmanager
    def _managed(self, person_id: str) -> Iterator[tuple[Session, PersonRow]]:
        self._gate.ask(Action.MANAGE)
        if person_id == self._gate.person.id:
            raise PersonRefused(message("Your own rights are for another administrator to change."))
        with self._writing() as session:
            rows = {row.id: row for row in session.scalars(queries.held(self._gate.person.id, person_id))}
            self._check_own(rows.get(self._gate.person.id))
            row = rows.get(mapping.plain(person_id))
            if row is None:
                raise NotFound(message("There is no such person."))
            yield session, row

    def _check_own(self, own: PersonRow | None) -> None:
        """Asked again where it counts: of two administrators who remove each other at once, one stays."""
        if own is None or not self._gate.person.is_signed_in:
            return
        if own.removed_at is not None or mapping.role_of(own.role, own.granted) is not Role.ADMINISTRATOR:
            raise PersonRefused(message("Your own rights were taken away meanwhile."))


def _expected(session: Session, claims: Claims) -> PersonRow | None:
    """Who was added by the address that this sign-in proves."""
    email = _proven(claims)
    return session.scalars(queries.expected(email)).first() if email else None


def _check_not_removed(session: Session, claims: Claims) -> None:
    """A new account with the address of somebody who was removed is the same person once more."""
    email = _proven(claims)
    found = session.scalars(queries.people_with(email)).all() if email else ()
    if any(row.removed_at is not None for row in found):
        raise NotAMember(_GONE)


def _check_welcome(row: PersonRow, claims: Claims) -> None:
    if row.removed_at is not None:
        raise NotAMember(_GONE)
    ended = row.signed_out_at
    if ended is not None and claims.issued_at is not None and claims.issued_at <= mapping.in_utc(ended):
        raise NotAMember(message("You have signed out. Sign in again."))


def _person(row: PersonRow, claims: Claims) -> Person:
    return Person(row.id, row.name, row.email, mapping.role_of(row.role, claims.granted))


def _proven(claims: Claims) -> str:
    """The address, where the sign-in proves it. Any other is what anybody may write."""
    return mapping.plain(claims.email).strip().casefold() if claims.is_email_verified else ""


def _name(claims: Claims) -> str:
    """What to call somebody. Names are chosen freely: where no address is proven, what tells people apart follows.

    Letters that are not seen are left out, because some of them turn the order of the others around.
    """
    said = _seen(claims.name or claims.email or claims.subject)[:_LONGEST_NAME]
    beside = "" if _proven(claims) else _account(claims)
    return f"{said} ({beside})" if beside and beside != said else said


def _account(claims: Claims) -> str:
    """The address with a question mark, because nobody proved it, or else the account's own name."""
    return _seen(f"{claims.email}?" if claims.email else claims.subject.rpartition("|")[2])[:_LONGEST_NAME]


def _seen(text: str) -> str:
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _label(row: PersonRow) -> str:
    return mapping.member(row).label
