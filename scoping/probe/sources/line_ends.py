"""One sign at the end of every line: a file put together from several has several, and DuckDB reads one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_BLOCK = 2**22
_RETURN, _FEED, _QUOTE = b"\r", b"\n", b'"'


def with_one_line_end(path: Path, folder: Path) -> Path:
    """The file, or a copy of it in `folder` whose lines all end alike. What stands in quotation marks is kept as it is."""
    if _ends_alike(path):
        return path
    written = folder / "lines"
    with written.open("wb") as file:
        file.writelines(_rewritten(path))
    return written


def _ends_alike(path: Path) -> bool:
    feeds = returns = both = 0
    for block in _blocks(path):
        feeds += block.count(_FEED)
        returns += block.count(_RETURN)
        both += block.count(_RETURN + _FEED)
    return returns == 0 or feeds == 0 or feeds == returns == both


def _rewritten(path: Path) -> Iterator[bytes]:
    is_quoted = False
    for block in _blocks(path):
        for place, piece in enumerate(block.split(_QUOTE)):
            if place:
                is_quoted = not is_quoted
                yield _QUOTE
            yield piece if is_quoted else piece.replace(_RETURN + _FEED, _FEED).replace(_RETURN, _FEED)


def _blocks(path: Path) -> Iterator[bytes]:
    """Pieces of the file; none ends between a carriage return and what follows it."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            while block.endswith(_RETURN) and (more := file.read(1)):
                block += more
            yield block
