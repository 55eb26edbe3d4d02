"""What columns are called: every one has a name, and no two have the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from ...errors import SourceRefused, quote
from ...text.languages import message
from ..asked import Roles
from ..profile.patterns import DOTTED, SLASHED, YEAR_FIRST
from .limits import LONGEST_NAME, MOST_COLUMNS_READ
from .look_alikes import letters_of_another_alphabet, look_alike

NUMBERED = "names_numbered"
UNNAMED = "names_missing"


def named(given: Sequence[str], roles: Roles) -> tuple[tuple[str, ...], list[str]]:
    """The names of the columns and codes of what was done to them. Raises SourceRefused."""
    check_count(len(given))
    remarks = [] if all(name.strip() for name in given) else [UNNAMED]
    plain = [name.strip()[:LONGEST_NAME] or f"column {place}" for place, name in enumerate(given, 1)]
    _check_header(plain)
    twice = {name for name, count in Counter(plain).items() if count > 1}
    for role in _asked_for(roles):
        if role in twice:
            raise SourceRefused(
                message("Several columns are called {name}. Give each a name of its own.", name=quote(role))
            )
    if twice:
        remarks.append(NUMBERED)
    names = _numbered(plain)
    _check_roles(names, roles)
    return names, remarks


def check_count(count: int) -> None:
    """Refuse more columns than are read. Raises SourceRefused."""
    if count > MOST_COLUMNS_READ:
        raise SourceRefused(
            message(
                "There are {count} columns; a probe reads at most {most}. Leave out those that no model would be given.",
                count=str(count),
                most=str(MOST_COLUMNS_READ),
            )
        )


def _check_header(names: Sequence[str]) -> None:
    if len(names) > 1 and all(_is_number(name) for name in names):
        raise SourceRefused(
            message("The first line holds numbers, not names. Add a line with the names of the columns above it.")
        )


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _numbered(plain: Sequence[str]) -> tuple[str, ...]:
    """The second column of a name gets a number, one that no other column has."""
    taken, names = set(plain), []
    seen: set[str] = set()
    for name in plain:
        own, count = name, 1
        while own in seen or (own != name and own in taken):
            count += 1
            own = f"{name[: LONGEST_NAME - 8]} ({count})"
        seen.add(own)
        names.append(own)
    return tuple(names)


def _asked_for(roles: Roles) -> list[str]:
    return [each for each in (roles.target, roles.time, roles.group, roles.second_label, *roles.personal) if each]


def _check_roles(names: tuple[str, ...], roles: Roles) -> None:
    for role in _asked_for(roles):
        if role not in names:
            raise SourceRefused(_no_such(role, names))
    others = [each for each in (roles.time, roles.group, roles.second_label) if each]
    if roles.target in others or len(set(others)) < len(others):
        raise SourceRefused(message("Target, time, group and second label must be different columns."))
    if roles.target in roles.personal or (roles.time and roles.time in roles.personal):
        raise SourceRefused(
            message(
                "The target and the time are told by counts and dates, so they cannot be personal columns. Replace {name} by something that tells nobody apart, a class or a month.",
                name=quote(roles.target if roles.target in roles.personal else roles.time),
            )
        )


def _no_such(role: str, names: tuple[str, ...]) -> str:
    alike = next((each for each in names if look_alike(role, each)), "")
    if alike:
        return _looks_alike(role, alike)
    lower = {name.lower(): name for name in reversed(names)}
    near = [lower[each] for each in get_close_matches(role.lower(), lower, n=3, cutoff=0.6)]
    shown = near or list(names[:8])
    quoted = ", ".join(quote(each) for each in shown)
    if near:
        return message("There is no column {name}. Do you mean {near}?", name=quote(role), near=quoted)
    if any(_is_value(name, len(names)) for name in names):
        # A first row of data in place of names: to list it would tell its values.
        return message(
            "There is no column {name}, and the first line looks like a row of data. Add a line with the names of the columns above it.",
            name=quote(role),
        )
    return message("There is no column {name}. The columns are: {names}.", name=quote(role), names=quoted)


def _is_value(name: str, count: int) -> bool:
    """True of what is hardly the name of a column: a number that is not its place, a date, an address."""
    text = name.strip()
    if text.isdecimal():
        return int(text) > count
    return _is_number(text) or "@" in text or any(re.search(each, text) for each in (YEAR_FIRST, DOTTED, SLASHED))


def _looks_alike(role: str, alike: str) -> str:
    letters = letters_of_another_alphabet(role, alike)
    if not letters:
        return message(
            "There is no column {name}. {near} looks alike and is written otherwise: copy it from the file.",
            name=quote(role),
            near=quote(alike),
        )
    return message(
        "There is no column {name}. {near} looks alike, and one of them has letters of another alphabet ({letters}): copy it from the file, or correct it there.",
        name=quote(role),
        near=quote(alike),
        letters=letters,
    )
