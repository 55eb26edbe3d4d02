"""Places in a document: the path to one, what stands there, and the document with another value there."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

_POINT = "."
_ESCAPED = re.compile(r"\\(.)|\.")


class Path(str):
    """The keys from the top, written with points between them: alternatives.1.metrics.recall.

    A name may hold a point itself (a metric called "F1.score"): there it is written with a backslash before it.
    So a path is put together by `of` and `/` and taken apart by `keys`, and never by looking for points.

    >>> Path.of("alternatives", 1, "metrics") / "F1.score"
    'alternatives.1.metrics.F1\\\\.score'
    >>> Path("alternatives.1.metrics.F1\\\\.score").keys
    ('alternatives', '1', 'metrics', 'F1.score')
    """

    @classmethod
    def of(cls, *keys: str | int) -> Path:
        """The path of these keys, none of which is itself a path."""
        return cls(_POINT.join(_written(str(key)) for key in keys))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys, as they stand in the document; an index as its digits."""
        return tuple(_keys(self)) if self else ()

    @property
    def last(self) -> str:
        """The key at the place itself."""
        return self.keys[-1]

    @property
    def parent(self) -> Path:
        """The place around this one."""
        return Path.of(*self.keys[:-1])

    def __truediv__(self, key: str | int) -> Path:
        """The place of a key within this one."""
        return _within(self, str(key))

    def __add__(self, other: str) -> Path:
        raise TypeError("a path is put together by `/`, key by key")

    def is_within(self, place: Path) -> bool:
        """True where the place is this one, or around it."""
        return self.keys[: len(place.keys)] == place.keys

    def overlaps(self, other: Path) -> bool:
        """True where one of the two is the other, or a place in it."""
        return self.is_within(other) or other.is_within(self)

    def after(self, place: Path) -> tuple[str, ...]:
        """The keys that lead on from a place around this one."""
        return self.keys[len(place.keys) :]


@lru_cache(maxsize=8_192)
def _within(place: Path, key: str) -> Path:
    """Every save asks for the same few hundred places, and for their keys."""
    written = _written(key)
    return Path(f"{place}{_POINT}{written}" if place else written)


def _written(key: str) -> str:
    return key if key.isidentifier() else key.replace("\\", "\\\\").replace(_POINT, "\\.")


def _keys(text: str) -> list[str]:
    if "\\" not in text:
        return text.split(_POINT)
    # Points that separate become a sign that no document holds; a backslash gives way to what stands after it.
    return _ESCAPED.sub(lambda found: found[1] or "\0", text).split("\0")


def value_at(document: Any, path: str, default: Any = None) -> Any:
    """What stands at a path of a plain document, or the default."""
    for key in Path(path).keys:
        if isinstance(document, Mapping):
            document = document.get(key)
        elif isinstance(document, list) and key.isdecimal() and int(key) < len(document):
            document = document[int(key)]
        else:
            return default
    return default if document is None else document


def with_value(document: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of a plain document with another value at the path; None takes it away."""
    changed = copy.deepcopy(dict(document))
    here: Any = changed
    *parents, last = Path(path).keys
    for key in parents:
        here = here[int(key)] if isinstance(here, list) else here.setdefault(key, {})
    if isinstance(here, list):
        here[int(last)] = value
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return changed
