"""Text of any usual encoding as UTF-8, and the hash of a file."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path

from ...errors import SourceRefused, quote
from ...text.languages import message

_BLOCK = 2**20
_LATIN_1 = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAID = {_LATIN_1: "read_as_latin_1", "utf-16": "read_as_utf_16", "utf-16-le": "read_as_utf_16",
         "utf-16-be": "read_as_utf_16", "utf-32": "read_as_utf_32"}  # fmt: skip


def hashed(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    for block in _blocks(path):
        found.update(block)
    return found.hexdigest()


def as_utf8(path: Path, name: str, folder: Path) -> tuple[Path, list[str]]:
    """The file, or a copy in UTF-8 in `folder`, and the code of what it was read as. Raises SourceRefused."""
    encoding = _encoding(path)
    if encoding == "utf-8":
        _check_no_nul(path, name)
        return path, []
    written = folder / "text"
    try:
        _copy(path, written, encoding)
    except UnicodeDecodeError:
        raise SourceRefused(
            message("{name} cannot be read as text: save it as CSV in UTF-8.", name=quote(name))
        ) from None
    _check_no_nul(written, name)
    return written, [_SAID[encoding]] if encoding in _SAID else []


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _encoding(path: Path) -> str:
    begins = next(_blocks(path), b"")
    for mark, name in _MARKS:
        if begins.startswith(mark):
            return name
    even, odd = begins[0:2_000:2], begins[1:2_000:2]
    if odd and odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) > 0.6 * len(even) and not odd.count(0):
        return "utf-16-be"
    return "utf-8" if _is_utf8(path) else _LATIN_1


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _copy(path: Path, written: Path, encoding: str) -> None:
    # Five bytes mean nothing in the Windows variant of Latin-1: they become the sign for what cannot be read.
    decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding == _LATIN_1 else "strict")
    with written.open("w", encoding="utf-8", newline="") as file:
        for block in _blocks(path):
            file.write(decoder.decode(block))
        file.write(decoder.decode(b"", final=True))


def _check_no_nul(path: Path, name: str) -> None:
    before = 0
    for block in _blocks(path):
        if (at := block.find(0)) >= 0:
            raise SourceRefused(
                message(
                    "{name} holds a NUL byte at position {place}: it is no text file, or a damaged one. Save the table as CSV in UTF-8.",
                    name=quote(name),
                    place=str(before + at + 1),
                )
            )
        before += len(block)
