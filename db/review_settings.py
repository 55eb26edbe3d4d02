"""Which functions an organisation asks for advice, who speaks for each, and whether a decision needs a submission."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoping.errors import quote
from scoping.text.languages import message
from scoping.text.reviewing import USUAL_FUNCTIONS

from . import mapping
from .access import Action, Person
from .errors import ReviewRefused
from .gate import NO, YES, Deed, Gate
from .models import PersonRow, SettingRow
from .part import Part
from .records import AuditAction
from .review_records import Function
from .watching import watched

MOST_FUNCTIONS, LONGEST_FUNCTION = 20, 60
_FUNCTIONS, _NEEDS_REVIEW = "review_functions", "decisions_need_review"


class ReviewSettings(Part):
    """What a review asks for. To read it takes what listing takes; to change it, an administrator."""

    def functions(self) -> tuple[Function, ...]:
        """The functions in their order; the usual ones where nobody chose. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return functions_in(session)

    def needs_review(self) -> bool:
        """Whether nothing is decided that was not submitted. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return needs_review(session)

    @watched
    def set_functions(self, functions: Sequence[Function], actor: str = "") -> None:
        """Ask other functions from now on; rounds that are open go on. Raises ReviewRefused, NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._writing() as session:
            keep_functions(session, self._gate, functions, actor)

    @watched
    def require_review(self, required: bool, actor: str = "") -> None:
        """Say whether a decision needs a version that was submitted. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._writing() as session:
            keep_needs_review(session, self._gate, required, actor)


def keep_functions(session: Session, gate: Gate, functions: Sequence[Function], actor: str) -> None:
    """Write down which functions are asked, as a part of a transaction. Raises ReviewRefused."""
    chosen = [_checked(each) for each in functions]
    _check_names([each.name for each in chosen])
    kept = [{"name": each.name, "people": [*each.people], "always": each.is_always} for each in chosen]
    _check_people(session, {person for each in chosen for person in each.people})
    _keep(session, gate, _FUNCTIONS, json.dumps(kept, ensure_ascii=False), "; ".join(map(_said, chosen)), actor)


def keep_needs_review(session: Session, gate: Gate, required: bool, actor: str) -> None:
    """Write down whether a decision needs a submission, as a part of a transaction."""
    value = YES if required else NO
    _keep(session, gate, _NEEDS_REVIEW, value, value, actor)


def _keep(session: Session, gate: Gate, name: str, value: str, said: str, actor: str) -> None:
    session.merge(SettingRow(name=name, value=value, set_by=gate.name(actor), set_at=gate.now()))
    session.flush()
    gate.write_down(session, Deed(AuditAction.SETTING, f"{name}: {said}", typed=actor))


def functions_in(session: Session) -> tuple[Function, ...]:
    """The functions that are asked here."""
    row = session.get(SettingRow, _FUNCTIONS)
    if row is None:
        return tuple(map(Function, USUAL_FUNCTIONS))
    kept = json.loads(row.value)
    here = _here(session, {person for each in kept for person in each["people"]})
    return tuple(Function(each["name"], _among(each["people"], here), each["always"]) for each in kept)


def needs_review(session: Session) -> bool:
    """Whether nothing is decided that was not submitted."""
    row = session.get(SettingRow, _NEEDS_REVIEW)
    return row is not None and row.value == YES


def always_asked(functions: Iterable[Function]) -> tuple[str, ...]:
    """The names of those without which nothing is submitted."""
    return tuple(each.name for each in functions if each.is_always)


def speaks_for(person: Person, function: Function) -> bool:
    """Whether the person is one who speaks for it: where nobody is named, or nobody signs in, everybody is."""
    return not person.is_signed_in or not function.people or person.id in function.people


def _checked(function: Function) -> Function:
    name = " ".join(mapping.plain(function.name).split())
    if not 0 < len(name) <= LONGEST_FUNCTION:
        raise ReviewRefused(
            message(
                "Function: {typed} is no name. A name has 1 to {most} letters.",
                typed=quote(name),
                most=str(LONGEST_FUNCTION),
            )
        )
    return Function(name, tuple(dict.fromkeys(map(mapping.plain, function.people))), function.is_always)


def _check_names(names: Sequence[str]) -> None:
    if not 0 < len(names) <= MOST_FUNCTIONS:
        raise ReviewRefused(message("Functions: name 1 to {most} of them.", most=str(MOST_FUNCTIONS)))
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise ReviewRefused(message("Function: {name} is named twice.", name=quote(name)))
        seen.add(name.casefold())


def _check_people(session: Session, identities: set[str]) -> None:
    if identities - _here(session, identities):
        raise ReviewRefused(message("Somebody who was to speak for a function does not belong here any more."))


def _here(session: Session, identities: set[str]) -> set[str]:
    """Those who belong here: who was removed speaks for nothing any more."""
    wanted = select(PersonRow.id).where(PersonRow.id.in_(identities), PersonRow.removed_at.is_(None))
    return set(session.scalars(wanted)) if identities else set()


def _among(people: Iterable[str], here: set[str]) -> tuple[str, ...]:
    return tuple(each for each in people if each in here)


def _said(function: Function) -> str:
    always = ", always asked" if function.is_always else ""
    return f"{function.name} ({len(function.people)} people{always})"
