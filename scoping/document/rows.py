"""Rows of several versions of a document, each known by a token of its own wherever it stands in its list.

The first row of a list is another one once a row was taken out before it. So what compares or merges versions looks
at a document whose lists of rows are `Rows`: which row is which was settled once, and places are tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from .ends import ENDS
from .paths import Path

Keys = tuple[str, ...]
ABSENT: Any = object()
"""What stands where nothing stands."""
PLACES_SPOKEN_OF: Mapping[str, tuple[str, ...]] = {"correlations": ("first", "second"), "grounds": ("path",)}
"""Lists whose rows say of which places in the document they speak, and under which names."""
# A part of the work keeps its id whatever it is called.
_NAMES = ("id", "name", "by", "what")
# A control character begins each token: nobody types one.
_ROW = re.compile(r"\x01\d+-\d+")
_WHOLE, _JUDGED = ({"p10", "p50", "p90"}, {*ENDS}), "judgements"
_MEASURED = "evidence_version"


class Rows(dict[str, Any]):
    """The rows of a list, by their tokens, in their order."""


def tokenised(base: Mapping[str, Any], *others: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The base and other versions of it, with one token for what is the same row in each of them."""
    documents = (base, *others)
    found = _tokens([_without_placed(each) for each in documents])
    for each, document in zip(found, documents, strict=True):
        for name in PLACES_SPOKEN_OF:
            if document.get(name):
                each[name] = Rows(_placed(name, row, each) for row in document[name])
    return found


def plain_document(tokens: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is written; what speaks of a place that is gone is gone too."""
    document: dict[str, Any] = plain_value(_without_placed(tokens))
    for name in PLACES_SPOKEN_OF:
        rows = [_plain_placed(row, tokens) for row in tokens.get(name, {}).values()]
        kept = [row for row in rows if row is not None]
        document |= {name: kept} if kept else {}
    return document


def plain_value(value: Any, tokens: Any = None) -> Any:
    """A part of a document as it is written; None where nothing stands. `tokens` is the document that it is part of."""
    if value is ABSENT:
        return None
    if isinstance(value, Rows):
        return [plain_value(row) for row in value.values()]
    if isinstance(value, dict) and tokens is not None and _names_in(value):
        return _plain_placed(value, tokens)
    return {key: plain_value(each) for key, each in value.items()} if isinstance(value, dict) else value


def path_of(keys: Keys, tokens: Any) -> Path | None:
    """The path to which tokens lead in a document; None where the row is not in it."""
    found: list[str | int] = []
    for key in keys:
        if isinstance(tokens, Rows):
            if key not in tokens:
                return None
            found.append([*tokens].index(key))
        else:
            found.append(key)
        tokens = tokens.get(key) if isinstance(tokens, dict) else None
    return Path.of(*found)


def keys_of(path: str, tokens: Any) -> Keys:
    """The tokens to which a path leads in a document."""
    found: list[str] = []
    for key in Path(path).keys:
        place = [*tokens][int(key)] if isinstance(tokens, Rows) and key.isdecimal() and int(key) < len(tokens) else key
        tokens = tokens.get(place) if isinstance(tokens, dict) else None
        found.append(place)
    return tuple(found)


def put(tokens: dict[str, Any], keys: Keys, value: Any) -> None:
    """Set the value where the tokens lead, or take out what stands there."""
    here: Any = tokens
    for key in keys[:-1]:
        here = here.setdefault(key, {})
    if value is None:
        here.pop(keys[-1], None)
    else:
        here[keys[-1]] = _placed(keys[0], value, tokens)[1] if _is_placed(keys) else value


def is_row(keys: Keys) -> bool:
    """True where the last of the tokens is that of a row: no name in a document looks like one."""
    return (bool(keys) and _ROW.fullmatch(keys[-1]) is not None) or _is_placed(keys)


def _is_placed(keys: Keys) -> bool:
    """True for a row that speaks of places."""
    return len(keys) == 2 and keys[0] in PLACES_SPOKEN_OF


def is_whole(*values: Any) -> bool:
    """True where the values are to be taken whole: quantiles or ends change together, half an estimate is none.

    Several people's judgements are rows, each of its own person. What a probe measured is one document.
    """
    forms = [set(each) for each in values if isinstance(each, dict)]
    judged = [_JUDGED in form for form in forms]
    return any(form in _WHOLE or _MEASURED in form for form in forms) or (any(judged) and not all(judged))


def _without_placed(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in PLACES_SPOKEN_OF}


def _tokens(values: Sequence[Any]) -> list[Any]:
    given = [value for value in values if value is not ABSENT]
    if given and all(map(_is_rows, given)) and any(given):
        return _row_tokens([[] if value is ABSENT else value for value in values], values)
    if given and all(isinstance(value, Mapping) for value in given) and not is_whole(*given):
        return _section_tokens(values)
    base, *others = values
    if len(others) > 1 and all(isinstance(each, Mapping) and _JUDGED in each for each in others):
        # Before there were judgements, there was a number: nobody's.
        return [base, *_section_tokens([ABSENT, *others])[1:]]
    return [*values]


def _section_tokens(values: Sequence[Any]) -> list[Any]:
    found: list[Any] = [ABSENT if value is ABSENT else {} for value in values]
    for key in dict.fromkeys(key for value in values if value is not ABSENT for key in value):
        parts = _tokens([ABSENT if value is ABSENT else value.get(key, ABSENT) for value in values])
        for section, part in zip(found, parts, strict=True):
            if part is not ABSENT:
                section[key] = part
    return found


def _row_tokens(lists: Sequence[list[Any]], values: Sequence[Any]) -> list[Any]:
    names = [[f"\x010-{index}" for index in range(len(lists[0]))]]
    for number, rows in enumerate(lists[1:], start=1):
        names.append(_names(rows, lists, names, number))
    tables = [dict(zip(tokens, rows, strict=True)) for tokens, rows in zip(names, lists, strict=True)]
    found: list[Any] = [
        ABSENT if value is ABSENT else Rows.fromkeys(table) for value, table in zip(values, tables, strict=True)
    ]
    for token in dict.fromkeys(token for table in tables for token in table):
        parts = _tokens([table.get(token, ABSENT) for table in tables])
        for each, row in zip(found, parts, strict=True):
            if row is not ABSENT:
                each[token] = row
    return found


def _names(rows: list[Any], lists: Sequence[list[Any]], names: Sequence[list[str]], number: int) -> list[str]:
    """The token of each row: that of the base's row which it is, or of another version's that adds the same one."""
    known = {index: names[0][place] for index, place in matched(lists[0], rows).items()}
    added = {
        json.dumps(row, sort_keys=True): token
        for other, tokens in zip(lists[1:number], names[1:], strict=True)
        for row, token in zip(other, tokens, strict=True)
        if token.startswith(f"\x01{number - 1}-") and _name(row)
    }
    free = {index: added.get(json.dumps(row, sort_keys=True)) for index, row in enumerate(rows) if index not in known}
    return [known.get(index) or free.get(index) or f"\x01{number}-{index}" for index in range(len(rows))]


def matched(before: Sequence[Any], after: Sequence[Any]) -> dict[int, int]:
    """Which row of `before` each row of `after` is: the same, of the same name, or in the same place between those."""
    old, new = ([json.dumps(row, sort_keys=True) for row in rows] for rows in (before, after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    found = {block.b + step: block.a + step for block in blocks for step in range(block.size)}
    _match_by_name(before, after, found)
    _match_by_place(before, after, found)
    return found


def _match_by_name(before: Sequence[Any], after: Sequence[Any], found: dict[int, int]) -> None:
    taken = set(found.values())
    old = [(_name(row), index) for index, row in enumerate(before) if index not in taken]
    new = [(_name(row), index) for index, row in enumerate(after) if index not in found]
    names = [[name for name, _ in each] for each in (old, new)]
    places = dict(old)
    for name, index in new:
        if name and all(each.count(name) == 1 for each in names):
            found[index] = places[name]


def _match_by_place(before: Sequence[Any], after: Sequence[Any], found: dict[int, int]) -> None:
    """What is left between the same neighbours, in order; a row of which nothing is as it was is another one."""
    taken = set(found.values())
    left = [index for index in range(len(before)) if index not in taken]
    free = [index for index in range(len(after)) if index not in found]
    for index in free:
        alike = [place for place in left if len(left) == len(free) == 1 or _is_alike(before[place], after[index])]
        same = [place for place in alike if place - index == _shift(index, found)]
        if same or alike:
            chosen = (same or alike)[0]
            found[index] = chosen
            left.remove(chosen)


def _shift(index: int, found: Mapping[int, int]) -> int:
    """How far rows have moved just before this one."""
    before = [each for each in found if each < index]
    return found[max(before)] - max(before) if before else 0


def _is_alike(old: Any, new: Any) -> bool:
    return any(key in new and new[key] == value for key, value in old.items()) or not (old and new)


def _name(row: Any) -> str:
    return next((str(row[name]) for name in _NAMES if row.get(name)), "")


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _placed(name: str, row: Mapping[str, Any], tokens: Any) -> tuple[str, dict[str, Any]]:
    """A row that speaks of places, by those; the rows in them are tokens."""
    ends = {each: Path.of(*keys_of(str(row[each]), tokens)) for each in PLACES_SPOKEN_OF[name]}
    return "|".join(sorted(ends.values())), {**row, **ends}


def _names_in(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The names under which a row speaks of places; none where it does not."""
    if {"first", "second"} <= set(row):
        return PLACES_SPOKEN_OF["correlations"]
    return PLACES_SPOKEN_OF["grounds"] if {"path", "kind"} <= set(row) else ()


def _plain_placed(row: Mapping[str, Any], tokens: Mapping[str, Any]) -> dict[str, Any] | None:
    ends = {name: path_of(Path(row[name]).keys, tokens) for name in _names_in(row)}
    return None if None in ends.values() else {**row, **{name: str(path) for name, path in ends.items()}}
