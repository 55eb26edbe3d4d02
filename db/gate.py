"""The question that every method of the Store asks first: may this person do that?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scoping.text.languages import message

from . import chain, mapping, queries
from .access import BY_OTHER_EYES, OF_ONE_PROPOSAL, ROLES, Action, Person, Sharing, is_own, least_role, may
from .errors import NotAllowed, NotAMember, NotFound
from .models import ProposalRow, SettingRow
from .records import AuditAction
from .review_rows import submitter_ids

FOUR_EYES = "four_eyes"
YES, NO = "yes", "no"
OWN_WORK = message("This proposal is your own work: somebody else advises and decides on it (four eyes).")


@dataclass(frozen=True)
class Deed:
    """What somebody did, for the audit trail.

    `identity` is the proposal that it is about, `digest` the hash of what was saved or decided, `typed` the name that
    was typed: it counts where nobody signs in.
    """

    action: AuditAction
    detail: str = ""
    identity: str | None = None
    digest: str | None = None
    typed: str = ""
    at: datetime | None = None


class Gate:
    """Answers for one person, and writes down what the person does."""

    def __init__(self, person: Person, now: Callable[[], datetime]) -> None:
        self.person = person
        self._now = now

    def now(self) -> datetime:
        """The moment, by the Store's clock."""
        return self._now()

    def name(self, typed: str) -> str:
        """Who acts, for the records: the name of the sign-in, or else the one that was typed."""
        return mapping.plain(self.person.label if self.person.is_signed_in else typed)

    @property
    def person_id(self) -> str | None:
        """Who acts by the sign-in; None where nobody signs in."""
        return self.person.id if self.person.is_signed_in else None

    def ask(self, action: Action) -> None:
        """Whether the person may do what is about no single proposal. Raises NotAllowed, NotAMember."""
        if not may(self.person, action):
            raise self._refusal(action)

    def may(self, action: Action) -> bool:
        """Whether the person may do what is about no single proposal."""
        return may(self.person, action)

    def proposal(self, session: Session, action: Action, identity: str) -> ProposalRow:
        """The proposal, where the person may do that with it.

        Raises NotFound where there is none or the person may not see it, which nobody must be able to tell apart;
        NotAllowed, NotAMember.
        """
        if self.person.role is None:
            raise self._refusal(action)
        row = session.get(ProposalRow, mapping.plain(identity))
        if row is None or row.demo == queries.REMOVED:
            raise no_proposal(identity)
        sharing = self._sharing(session, row, action)
        if not may(self.person, Action.SEE, sharing):
            raise no_proposal(identity)
        four_eyes = action in BY_OTHER_EYES and needs_four_eyes(session)
        if not may(self.person, action, sharing, four_eyes=four_eyes):
            raise self._refusal(action, is_own_work=four_eyes and is_own(self.person, sharing))
        return row

    def allowed(self, session: Session, identity: str) -> frozenset[Action]:
        """What the person may do with a proposal. Raises NotFound."""
        row = self.proposal(session, Action.SEE, identity)
        four_eyes = needs_four_eyes(session)
        sharing = self._sharing(session, row, Action.DECIDE if four_eyes else Action.SEE)
        return frozenset(each for each in OF_ONE_PROPOSAL if may(self.person, each, sharing, four_eyes=four_eyes))

    def _sharing(self, session: Session, row: ProposalRow, action: Action) -> Sharing:
        if not self.person.is_signed_in:
            return Sharing()
        asks_members = row.is_restricted and row.owner_id != self.person.id
        members = session.scalars(queries.member_ids(row.id)) if asks_members else ()
        authors = authors_in(session, row.id) if action in BY_OTHER_EYES else frozenset[str]()
        return Sharing(row.owner_id, frozenset(members), row.is_restricted, authors)

    def _refusal(self, action: Action, *, is_own_work: bool = False) -> NotAllowed | NotAMember:
        if self.person.role is None:
            return NotAMember(message("You have no role here. Ask an administrator for one."))
        if not self.person.has_in_scope(action):
            return NotAllowed(message("This token was not made for that: it may {scopes}.", scopes=self._scopes()))
        if is_own_work:
            return NotAllowed(OWN_WORK)
        if not self.person.has(least_role(action)):
            return NotAllowed(
                message(
                    "This takes the role {needed}; yours is {own}.",
                    needed=ROLES[least_role(action)],
                    own=ROLES[self.person.role],
                )
            )
        return NotAllowed(message("Only the owner of this proposal, or an administrator, may do this."))

    def _scopes(self) -> str:
        return ", ".join(sorted(self.person.scopes or ()))

    def write_down(self, session: Session, deed: Deed) -> None:
        """Add what the person does to the audit trail. It must be the last thing that a transaction does."""
        row = mapping.audit_row(deed.identity, self.name(deed.typed), deed.action, deed.detail, deed.at or self._now())
        row.actor_id, row.digest = self.person_id, deed.digest
        chain.append(session, row)


def shared_as(session: Session, proposal: ProposalRow) -> Sharing:
    """How a proposal is shared, for the question whether somebody who does not act just now may see it."""
    members = session.scalars(queries.member_ids(proposal.id)) if proposal.is_restricted else ()
    return Sharing(proposal.owner_id, frozenset(members), proposal.is_restricted)


def authors_in(session: Session, identity: str) -> frozenset[str]:
    """By id, who saved a version of a proposal or submitted one: with four eyes, others advise and decide on it."""
    found = (*session.scalars(queries.author_ids(identity)), *session.scalars(submitter_ids(identity)))
    return frozenset(each for each in found if each is not None)


def needs_four_eyes(session: Session) -> bool:
    """Whether nobody may decide on their own work."""
    found = session.get(SettingRow, FOUR_EYES)
    return found is not None and found.value == YES


def no_proposal(identity: str) -> NotFound:
    """There is none, or none for this person."""
    return NotFound(message("There is no proposal {id}.", id=identity[:60]))
