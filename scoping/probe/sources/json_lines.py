"""JSON lines: an object a line, its parts flattened by dots, lists kept as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from ...errors import SourceRefused, quote
from ...text.languages import message
from .growing import Row
from .limits import LONGEST_LINE

_DEEPEST = 8


def is_json(path: Path) -> bool:
    """True where the first sign of the text is that of JSON."""
    with path.open(encoding="utf-8") as file:
        return file.read(4_096).lstrip()[:1] in ("{", "[")


def rows(path: Path, name: str) -> Iterator[Row]:
    """The rows of the file. Raises SourceRefused at the line that is no object."""
    with path.open(encoding="utf-8", newline="\n") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                _refuse(number, name)
            if line.strip():
                yield _row(line, number, name)


def _row(line: str, number: int, name: str) -> Row:
    try:
        found = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        _refuse(number, name)
    if not isinstance(found, dict):
        _refuse(number, name)
    flat: dict[str, str | None] = {}
    _flatten(found, "", flat, 0)
    return flat


def _refuse(number: int, name: str) -> NoReturn:
    raise SourceRefused(
        message(
            "Line {line} of {name} is no JSON object. JSON lines have one object a line: {example}.",
            line=str(number),
            name=quote(name),
            example='{"age": 41, "left": true}',
        )
    )


def _flatten(found: dict[str, Any], prefix: str, flat: dict[str, str | None], depth: int) -> None:
    for key, value in found.items():
        if isinstance(value, dict) and value and depth < _DEEPEST:
            _flatten(value, f"{prefix}{key}.", flat, depth + 1)
        else:
            flat[f"{prefix}{key}"] = _text(value)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return _written(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _written(json.dumps(value, ensure_ascii=True))


def _written(text: str | None) -> str | None:
    """Half characters and NUL cannot be stored as text: they become the sign for what cannot be read."""
    if text is None:
        return None
    return text.encode("utf-8", "replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")
