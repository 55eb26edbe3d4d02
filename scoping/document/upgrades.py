"""Documents age: how a document of an earlier version becomes one of this version.

A document that was legal once is legal for ever. When the form changes so that old documents would be
read differently, or not at all, the version rises by one, and one small function here makes the new form out
of the old one. Every reader goes through `upgraded`: files, the database, import, the API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import DocumentRefused, Problem, quote
from ..text.languages import message
from .fields import whole

Document = dict[str, Any]
Upgrade = Callable[[Document], Document]

UPGRADES: dict[int, Upgrade] = {}
"""By version, the function that makes a document of the next version; it may change what it is given.

A name that moves keeps its name in the content hash (`was` in its declaration). A default never changes
here in silence: write the old one into the documents that relied on it.
"""

_FIRST = 1


def newest() -> int:
    """The version that is written, and read without an upgrade."""
    return _FIRST + len(UPGRADES)


def upgraded(document: Mapping[str, Any]) -> Document:
    """The document in the form of today. One that does not name its version may be of any.

    What is wrong with it otherwise is left for the validation to say. Raises DocumentRefused where it is
    of a newer version.
    """
    found = whole(document.get("schema_version", _FIRST))
    if isinstance(found, bool) or not isinstance(found, int) or found < _FIRST:
        return dict(document)
    if found > newest():
        raise DocumentRefused([Problem("schema_version", quote(found), _newer(newest()))])
    current = dict(document)
    for version in range(found, newest()):
        current = _one_version_on(current, version)
    return {**current, "schema_version": newest()}


def _one_version_on(document: Document, version: int) -> Document:
    try:
        return UPGRADES[version](document)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # Not a document of that version either: the validation will say what is wrong with it.
        return document


def _newer(known: int) -> str:
    return message(
        "the document was written by a newer Groundwork; this one reads versions up to {known}: "
        "update Groundwork, or export the document again from the older one",
        known=str(known),
    )
