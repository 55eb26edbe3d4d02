"""Where two documents differ, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoping.document.paths import Path
from scoping.document.rows import is_whole

_ABSENT = object()


def changed_paths(before: Any, after: Any) -> tuple[str, ...]:
    """Paths of the smallest parts in which the two JSON values differ."""
    return tuple(_walk(before, after, Path()))


def _walk(before: Any, after: Any, path: Path) -> Iterator[str]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and not _is_whole(before, after):
        for key in dict.fromkeys([*before, *after]):
            yield from _walk(before.get(key, _ABSENT), after.get(key, _ABSENT), path / key)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after, strict=True)):
            yield from _walk(*pair, path / index)
    else:
        yield path


def _is_whole(*values: dict[str, Any]) -> bool:
    """Several people's quantiles are one thing here: who compares versions asks what is known, not who said it."""
    return is_whole(*values) or any("judgements" in each for each in values)
