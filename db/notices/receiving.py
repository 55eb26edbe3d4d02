"""How a person wants to be told: by mail at once, once a day or not at all; and by a calendar of their own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoping.text.languages import message

from ..access import Action, Person
from ..errors import NotAllowed, NotFound
from ..mapping import plain, role_of
from ..models import PersonRow
from ..part import Part
from ..secret import digest_of, new_secret
from ..watching import watched
from .records import MailChoice
from .rows import ReceiverRow

_LONGEST_TAG = 20


class Receiving(Part):
    """Each person's own choices; where nobody signs in, there is nobody to be told."""

    def mail(self) -> MailChoice:
        """When the person wants mail."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            found = session.get(ReceiverRow, self._gate.person.id)
            return MailChoice(found.mail) if found else MailChoice.EACH

    @watched
    def choose_mail(self, choice: MailChoice, language: str) -> None:
        """Mail at once, once a day or not at all, in the language of that tag. Raises NotAllowed."""
        with self._writing() as session:
            row = self._own(session)
            row.mail, row.language = choice, plain(language)[:_LONGEST_TAG]

    def has_calendar(self) -> bool:
        """Whether there is an address from which a calendar reads what is due."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            found = session.get(ReceiverRow, self._gate.person.id)
            return found is not None and found.calendar is not None

    @watched
    def new_calendar(self, language: str) -> str:
        """A new address for a calendar: its last part, told this once. The one before it ends. Raises NotAllowed."""
        token = new_secret()
        with self._writing() as session:
            row = self._own(session)
            row.calendar, row.language = digest_of(token), plain(language)[:_LONGEST_TAG]
        return token

    @watched
    def end_calendar(self) -> None:
        """No calendar reads any more. Raises NotAllowed."""
        with self._writing() as session:
            self._own(session).calendar = None

    def reader(self, token: str) -> tuple[Person, str]:
        """Whose calendar an address is, with the rights they have now, and their language.

        Raises NotFound, whatever the address lacks.
        """
        wanted = select(PersonRow, ReceiverRow.language).join(ReceiverRow, ReceiverRow.person_id == PersonRow.id)
        with self._reading() as session:
            found = session.execute(wanted.where(ReceiverRow.calendar == digest_of(token))).one_or_none()
        row = found[0] if found else None
        role = role_of(row.role, row.granted) if row else None
        if found is None or row is None or role is None or row.removed_at is not None:
            raise NotFound(message("There is no calendar at this address."))
        return Person(row.id, row.name, row.email, role), found[1]

    def _own(self, session: Session) -> ReceiverRow:
        # A calendar's address lets its bearer in as a token does: no token makes one, or turns a person's mail off.
        self._gate.ask(Action.MAKE_TOKENS)
        identity = self._gate.person_id
        if identity is None:
            raise NotAllowed(message("Nobody signs in here: there is nobody to be told."))
        row = session.get(ReceiverRow, identity)
        if row is None:
            row = ReceiverRow(person_id=identity, mail=MailChoice.EACH, language="")
            session.add(row)
        return row
