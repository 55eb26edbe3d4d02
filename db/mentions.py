"""Who is called by a comment: chosen from a list, or by @ and a name in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .records import Member

_SIGN = re.compile(r"(?<!\w)@")
_MOST_SIGNS = 200
"""So many places of a text are looked at: a text of signs alone must not take long."""


def called_in(text: str, people: Sequence[Member]) -> tuple[str, ...]:
    """The ids of those whom a text calls by @ and their whole name, with or without the address, or the address alone.

    The longest name that stands there counts; one that two people have calls nobody.
    """
    names = _names(people)
    most = max(map(len, names)) + 1
    starts = [found.end() for found in _SIGN.finditer(text)][:_MOST_SIGNS]
    called = (names[_longest(text[start : start + most], names)] for start in starts)
    return tuple(dict.fromkeys(ids[0] for ids in called if len(ids) == 1))


def _names(people: Sequence[Member]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for each in people:
        for name in {each.name, each.label, each.email} - {""}:
            names[name].append(each.id)
    # What no name stands behind calls nobody.
    return {"": [], **names}


def _longest(text: str, names: dict[str, list[str]]) -> str:
    """The longest of the names that the text begins with, where that name ends there."""
    return next((text[:end] for end in range(len(text), 0, -1) if text[:end] in names and _ends(text, end)), "")


def _ends(text: str, end: int) -> bool:
    return end == len(text) or not (text[end].isalnum() or text[end] == "_")
