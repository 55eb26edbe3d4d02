"""Two people's changes to one document, put together; and what differs between two versions of it.

A three-way merge by place. What only one of them changed is taken; only where both changed the same field to
different values is there something to ask. Rows of a list are matched first (`rows`), so that someone may take out
a cost while another one mends the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .paths import Path
from .rows import ABSENT, Keys, Rows, is_row, is_whole, keys_of, path_of, plain_document, plain_value, put, tokenised

_Parts = tuple[Any, Any, Any]
_BRIDGE: Keys = ("bridge",)
_ANSWERS: Keys = ("feasibility", "answers")


@dataclass(frozen=True)
class Clash:
    """One field that both changed: its path in the merged document, and both values; None where it was taken out."""

    path: Path
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merge:
    """Both people's changes in one document. Where they clash it holds theirs, or mine where they took it out."""

    document: dict[str, Any]
    clashes: tuple[Clash, ...]

    def settled(self, is_mine: Mapping[Path, bool]) -> dict[str, Any]:
        """The document with the version that was chosen for each field that clashes."""
        tokens = tokenised(self.document)[0]
        places = [(keys_of(clash.path, tokens), clash) for clash in self.clashes]
        for keys, clash in places:
            put(tokens, keys, clash.mine if is_mine.get(clash.path, False) else clash.theirs)
        return plain_document(tokens)


@dataclass(frozen=True)
class Difference:
    """One field in two versions: its path in each, None where it has no place there, and its two values."""

    before: Path | None
    after: Path | None
    old: Any
    new: Any


@dataclass
class _Merging:
    """A merge under way."""

    asks_always: bool
    clashes: list[tuple[Keys, Any, Any]] = field(default_factory=list)

    def merged(self, parts: _Parts, keys: Keys) -> Any:
        base, mine, theirs = parts
        if mine == theirs:
            return mine
        if not self.asks_always and mine == base:
            return theirs
        if not self.asks_always and theirs == base:
            return mine
        if all(isinstance(part, Rows) or part is ABSENT for part in parts):
            return self._each(parts, keys, _order([*_fields(mine)], [*_fields(theirs)]), Rows())
        if _is_section(mine, theirs, keys):
            return self._each(parts, keys, [*dict.fromkeys([*_fields(theirs), *_fields(mine)])], {})
        self.clashes.append((keys, mine, theirs))
        return mine if theirs is ABSENT else theirs

    def _each(self, parts: _Parts, keys: Keys, names: Sequence[str], found: dict[str, Any]) -> Any:
        """Field by field, or row by row; a part of which nothing is left is absent."""
        base, mine, theirs = (_fields(part) for part in parts)
        for name in names:
            inner = base.get(name, ABSENT), mine.get(name, ABSENT), theirs.get(name, ABSENT)
            value = self.merged(inner, (*keys, name))
            if value is not ABSENT:
                found[name] = value
        return found or ABSENT


def _fields(part: Any) -> dict[str, Any]:
    return part if isinstance(part, dict) else {}


def merge(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, asks_always: bool = False
) -> Merge:
    """Mine and theirs, both made from the base, in one document.

    `asks_always` makes a clash of every difference: for versions of which the parts do not go together.
    """
    merging = _Merging(asks_always)
    first, second, third = tokenised(base, mine, theirs)
    tokens = merging.merged((first, second, third), ())
    told = [_clash(keys, one, other, tokens) for keys, one, other in merging.clashes]
    return Merge(plain_document(tokens), tuple(told))


def _clash(keys: Keys, mine: Any, theirs: Any, tokens: Any) -> Clash:
    path = path_of(keys, tokens)
    assert path is not None, "what clashes stays in the document until someone has chosen"
    return Clash(path, plain_value(mine, tokens), plain_value(theirs, tokens))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs, field by field, in the order of the later version."""
    old, new = tokenised(before, after)
    return tuple(
        Difference(path_of(keys, old), path_of(keys, new), plain_value(one, old), plain_value(other, new))
        for keys, one, other in _differing(old, new, ())
    )


def _differing(old: Any, new: Any, keys: Keys) -> Iterator[tuple[Keys, Any, Any]]:
    if old == new:
        return
    if all(isinstance(part, Rows) or part is ABSENT for part in (old, new)) or _is_section(old, new, keys):
        parts = [{} if part is ABSENT else part for part in (old, new)]
        for key in dict.fromkeys([*parts[1], *parts[0]]):
            yield from _differing(parts[0].get(key, ABSENT), parts[1].get(key, ABSENT), (*keys, key))
    else:
        yield keys, old, new


def _is_section(one: Any, other: Any, keys: Keys) -> bool:
    """A part whose fields may each come from another person. A row, an answer or a task is there whole or not at all."""
    given = [part for part in (one, other) if part is not ABSENT]
    if any(isinstance(part, Rows) or not isinstance(part, dict) for part in given) or is_whole(*given):
        return False
    if keys == _BRIDGE and len({part.get("kind") for part in given}) > 1:
        return False
    return len(given) == 2 or not (is_row(keys) or keys == _BRIDGE or keys[:-1] == _ANSWERS)


def _order(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Their order, with mine that they do not have after the row that it follows."""
    found = [*theirs]
    for index, token in enumerate(mine):
        if token not in theirs:
            before = next((each for each in reversed(mine[:index]) if each in found), None)
            found.insert(0 if before is None else found.index(before) + 1, token)
    return found
