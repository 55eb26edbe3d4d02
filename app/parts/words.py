"""What people typed, on a page that renders Markdown: always data, never markup."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
SHORT = 80


def plain(text: str) -> str:
    """The text on one line with every mark escaped that Markdown might act on."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def short(text: str, length: int = SHORT) -> str:
    """The beginning of a long text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def short_plain(text: str, length: int = SHORT) -> str:
    """The escaped beginning of a long text."""
    return plain(short(text, length))


def humanise(name: str) -> str:
    """A name of the document as people read it: per_case becomes Per case."""
    return name.replace("_", " ").capitalize().replace(" ml", " ML").replace("Ml", "ML")
