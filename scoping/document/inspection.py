"""A look at a document before it is validated: what no form, file or database could hold, or nobody could read.

It is one quick walk, so that a document of half a million mistakes is refused as fast as one with twenty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import Any

from pydantic import BaseModel

from ..errors import DocumentRefused, Problem, quote
from ..text.languages import Phrase, message
from .allowed import at_most_entries, entries, no_field_here
from .answers import MOST_NAMES
from .paths import Path
from .walk import has_free_names, sections_in

MOST_PROBLEMS = 20
"""Problems of one kind that are told one by one; of the rest, how many there are."""

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
UNWRITABLE = message("must be text; it holds a character that no file can hold (NUL, or half of a character)")
_DEEPEST = 100

Models = tuple[type[BaseModel], ...]


def inspect(document: Mapping[str, Any], model: type[BaseModel]) -> None:
    """Raises DocumentRefused for unwritable text, objects without end, and keys by the thousand that are no fields."""
    found = _Found()
    found.look(document, (model,), Path())
    if found.total:
        raise DocumentRefused(found.problems, found.total)


def mended(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with characters that no file can hold taken out of its texts."""
    changed: dict[str, Any] = _mended(document)
    return changed


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    if isinstance(value, Mapping):
        return {_mended(key): _mended(each) for key, each in value.items()}
    return [_mended(each) for each in value] if isinstance(value, list) else value


@cache
def _fields_of(models: Models) -> Mapping[str, tuple[Models, bool]]:
    """What may stand in each of their fields: the sections, and whether the team chooses the names there."""
    declared = {name: info for model in models for name, info in model.model_fields.items()}
    return {name: (tuple(sections_in(info.annotation)), has_free_names(info)) for name, info in declared.items()}


def is_writable(text: str) -> bool:
    """Whether a file can hold the text: no NUL, no half of a character."""
    return _UNWRITABLE.search(text) is None


class _Found:
    """The first problems, and how many there are in all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.total = 0

    def look(self, value: Any, models: Models, path: Path, *, is_free: bool = False) -> None:
        """Look at a value, and at everything within it.

        `models` are the sections that it may be; where its names are free, those of what stands under them.
        """
        if isinstance(value, str):
            if not is_writable(value):
                self._add(path, value, UNWRITABLE)
        elif isinstance(value, Mapping):
            self._look_within(value, models, path, is_free=is_free)
        elif isinstance(value, list):
            # No list may have more entries: the validation says so, whatever they are.
            for index, each in enumerate(islice(value, MOST_NAMES)):
                if isinstance(each, (str, Mapping, list)):
                    self.look(each, models, path / index)

    def _look_within(self, value: Mapping[Any, Any], models: Models, path: Path, *, is_free: bool) -> None:
        if len(path.keys) > _DEEPEST:
            raise RecursionError
        fields = _fields_of(models)
        known = {} if is_free else fields
        self._count_unknown(value, known, path)
        for key, each in islice(value.items(), MOST_NAMES):
            if isinstance(key, str) and not is_writable(key):
                self._add(path, key, UNWRITABLE)
            elif isinstance(each, (str, Mapping, list)):
                inner, inner_free = known.get(key, (models if is_free else (), False))
                self.look(each, inner, path / str(key), is_free=inner_free)

    def _count_unknown(self, value: Mapping[Any, Any], known: Mapping[str, Any], path: Path) -> None:
        """Fewer are left to the validation, which says what is allowed in their place."""
        if not known or len(value) <= len(known) + MOST_PROBLEMS:
            if len(value) > MOST_NAMES:
                self._add(path, entries(len(value)), at_most_entries(MOST_NAMES))
            return
        allowed = no_field_here(known)
        unknown = [key for key in value if key not in known]
        for key in islice(unknown, MOST_PROBLEMS):
            self._add(path / str(key), "", allowed)
        self.total += max(len(unknown) - MOST_PROBLEMS, 0)

    def _add(self, path: Path, value: object, allowed: str) -> None:
        self.total += 1
        if len(self.problems) < MOST_PROBLEMS:
            shown = value if isinstance(value, Phrase) else quote(value) if value else ""
            self.problems.append(Problem(quote(path) if path else "", shown, allowed))
