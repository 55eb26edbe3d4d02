"""What people typed, on a page that renders Markdown: always data, never markup."""

from __future__ import annotations

import re

from scoping.text.shortening import one_line

# What Streamlit's Markdown acts on anywhere in a line (":" opens directives and icons, "@" mail links) ...
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$:&^@])")
# ... what it makes a link or a picture of after all marks are read, so that no mark keeps it from it: addresses of
# pages and e-mail, names of icons. A word joiner, which nobody sees, does.
_READ_LATE = re.compile(r"(?i)https?://|www(?=\.)|@|:(?=material/|streamlit:)")
_JOINER = "\u2060"
# ... and at its beginning.
_LINE_START = re.compile(r"^([#+=-]|\d+(?=[.)]))")
SHORT = 80


def plain(text: str) -> str:
    """The text on one line with every mark escaped that Markdown might act on."""
    line = _READ_LATE.sub(lambda found: found[0] + _JOINER, one_line(text))
    line = _ANYWHERE.sub(r"\\\1", line)
    start = _LINE_START.match(line)
    if start is None:
        return line
    rest = line[start.end() :]
    return f"{start[1]}\\{rest}" if start[1].isdigit() else f"\\{line}"


def unbroken(text: str) -> str:
    """A number on one line: a browser would end a line at a space, and between a minus sign and the currency.

    Words that stand in a number's place may go over several lines.
    """
    if not any(map(str.isdigit, text)):
        return text
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("\N{MINUS SIGN}", f"\N{MINUS SIGN}{_JOINER}")


def short(text: str, length: int = SHORT) -> str:
    """The beginning of a long text, on one line."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def short_plain(text: str, length: int = SHORT) -> str:
    """The escaped beginning of a long text."""
    return plain(short(text, length))
