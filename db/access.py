"""Who may do what: the one place that decides. Every method of the Store asks here; pages and the API show the answer.

Roles are steps: each may do what the one before it may. What belongs to one proposal also asks how that proposal is
shared: open to all members, or restricted to its owner and collaborators.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scoping.text.languages import message


class Role(StrEnum):
    """What a member may do, from the least to the most."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


def highest(roles: Iterable[Role]) -> Role | None:
    """The highest of the roles; None where there is none."""
    return max(roles, key=tuple(Role).index, default=None)


class Action(StrEnum):
    """What may be done; the first ones with one proposal, the others with what all share."""

    SEE = "see"
    EDIT = "edit"
    ARCHIVE = "archive"
    SHARE = "share"
    DECIDE = "decide"
    TRIAGE = "triage"
    COMMENT = "comment"
    MEASURE = "measure"
    SUBMIT = "submit"
    ADVISE = "advise"
    REQUEST_CHANGES = "request changes"
    LIST = "list"
    CREATE = "create"
    SET_RATES = "set rates"
    SAVE_SCENARIO = "save scenario"
    DECIDE_SCENARIO = "decide scenario"
    MAKE_TOKENS = "make tokens"
    MANAGE = "manage"


class Scope(StrEnum):
    """What a personal token is made for."""

    READ = "read"
    WRITE = "write"


ROLES: dict[Role, str] = {
    Role.VIEWER: message("Viewer"),
    Role.CONTRIBUTOR: message("Contributor"),
    Role.REVIEWER: message("Reviewer"),
    Role.APPROVER: message("Approver"),
    Role.ADMINISTRATOR: message("Administrator"),
}
"""What people call each role."""
DUTIES: dict[Role, str] = {
    Role.VIEWER: message("reads proposals and their papers, and comments on them"),
    Role.CONTRIBUTOR: message("also begins proposals and edits those that are open or shared with them"),
    Role.REVIEWER: message("also gives advice"),
    Role.APPROVER: message("also settles ideas, signs decisions and sets the rates between currencies"),
    Role.ADMINISTRATOR: message(
        "also sees every proposal, decides who belongs here and with which role, and lays down what holds for all "
        "proposals of the organisation"
    ),
}
"""What each role may do beyond the one before it."""

_STEPS = tuple(Role)
_LEAST: dict[Action, Role] = {
    Action.SEE: Role.VIEWER,
    Action.COMMENT: Role.VIEWER,
    Action.LIST: Role.VIEWER,
    Action.EDIT: Role.CONTRIBUTOR,
    Action.MEASURE: Role.CONTRIBUTOR,
    Action.ARCHIVE: Role.CONTRIBUTOR,
    Action.SHARE: Role.CONTRIBUTOR,
    Action.CREATE: Role.CONTRIBUTOR,
    Action.SUBMIT: Role.CONTRIBUTOR,
    Action.ADVISE: Role.REVIEWER,
    Action.REQUEST_CHANGES: Role.APPROVER,
    Action.DECIDE: Role.APPROVER,
    Action.TRIAGE: Role.APPROVER,
    Action.SET_RATES: Role.APPROVER,
    Action.SAVE_SCENARIO: Role.CONTRIBUTOR,
    Action.DECIDE_SCENARIO: Role.APPROVER,
    Action.MAKE_TOKENS: Role.VIEWER,
    Action.MANAGE: Role.ADMINISTRATOR,
}
OF_ONE_PROPOSAL = (
    Action.SEE,
    Action.EDIT,
    Action.ARCHIVE,
    Action.SHARE,
    Action.SUBMIT,
    Action.ADVISE,
    Action.REQUEST_CHANGES,
    Action.DECIDE,
    Action.TRIAGE,
    Action.COMMENT,
    Action.MEASURE,
)
"""What may be done with one proposal."""
BY_OTHER_EYES = frozenset({Action.DECIDE, Action.REQUEST_CHANGES, Action.ADVISE})
"""What, with four eyes, nobody does with their own work."""
_OF_ITS_OWNER = frozenset({Action.ARCHIVE, Action.SHARE})
# What is in no scope, no token does: a signature, a share, a setting, and another token are a person's own.
_IN_SCOPE: dict[Scope, frozenset[Action]] = {
    Scope.READ: frozenset({Action.SEE, Action.LIST}),
    Scope.WRITE: frozenset({Action.CREATE, Action.EDIT, Action.ARCHIVE, Action.COMMENT, Action.MEASURE}),
}


@dataclass(frozen=True)
class Person:
    """Somebody who acts. `role` is None for who is known and belongs nowhere.

    Without a sign-in there is one Person for everybody: `is_signed_in` is False, and a name is what somebody typed.
    `scopes` are those of the token with which a program comes in the person's place; None where it is the person.
    """

    id: str
    name: str
    email: str = ""
    role: Role | None = None
    is_signed_in: bool = True
    scopes: frozenset[Scope] | None = None

    @property
    def label(self) -> str:
        """How the records call this person. A name alone is what people may choose freely at many providers."""
        return f"{self.name} ({self.email})" if self.email and self.email != self.name else self.name

    def has(self, role: Role) -> bool:
        """Whether the person's role is that one, or a higher one."""
        return self.role is not None and _STEPS.index(self.role) >= _STEPS.index(role)

    def has_in_scope(self, action: Action) -> bool:
        """Whether the token, where there is one, is made for that."""
        return self.scopes is None or any(action in _IN_SCOPE[each] for each in self.scopes)


ALONE = Person("", "", role=Role.ADMINISTRATOR, is_signed_in=False)
"""Who acts where nobody signs in: whoever is at this machine."""


@dataclass(frozen=True)
class Sharing:
    """How one proposal is shared. `authors` are all who saved a version of it or submitted one, by id."""

    owner_id: str | None = None
    members: frozenset[str] = frozenset()
    is_restricted: bool = False
    authors: frozenset[str] = frozenset()


def may(person: Person, action: Action, sharing: Sharing | None = None, *, four_eyes: bool = False) -> bool:
    """Whether the person may do that; with the proposal that is shared so, where the action is about one.

    four_eyes says that nobody may decide on a proposal that is their own work, advise on it, or ask for changes in it.
    Raises ValueError where the proposal is missing: a question that nobody can answer must not be answered with yes.
    """
    if (action in OF_ONE_PROPOSAL) != (sharing is not None):
        raise ValueError(f"{action}: is asked with a proposal exactly where it is about one")
    if not (person.has(_LEAST[action]) and person.has_in_scope(action)):
        return False
    if sharing is None or not person.is_signed_in:
        return True
    if not _is_let_in(person, sharing):
        return False
    if action in _OF_ITS_OWNER:
        return _answers_for(person, sharing)
    return action not in BY_OTHER_EYES or not (four_eyes and is_own(person, sharing))


def is_own(person: Person, sharing: Sharing) -> bool:
    """Whether a proposal is the person's own work: theirs, or one of which they saved or submitted a version."""
    return person.id == sharing.owner_id or person.id in sharing.authors


def sees_all(person: Person) -> bool:
    """Whether no proposal is restricted for the person."""
    return not person.is_signed_in or person.has(Role.ADMINISTRATOR)


def least_role(action: Action) -> Role:
    """The role that an action takes."""
    return _LEAST[action]


def _is_let_in(person: Person, sharing: Sharing) -> bool:
    return (
        not sharing.is_restricted or sees_all(person) or person.id == sharing.owner_id or person.id in sharing.members
    )


def _answers_for(person: Person, sharing: Sharing) -> bool:
    """The owner; for a proposal of the time before there were owners, who may decide."""
    if sharing.owner_id is None:
        return person.has(Role.APPROVER)
    return sees_all(person) or person.id == sharing.owner_id
