"""Text that people typed, in a place that reads Markdown: always text, never markup."""

from __future__ import annotations

import re

from .shortening import one_line

# Marks that CommonMark, its tables, or mathematics act on anywhere in a line; "@" makes an address of e-mail.
_ANYWHERE = r"\`*_[]<>|~$&@"
# Marks that mean something at the beginning of a line only: headings, lists, rules, underlines of headings.
_LINE_START = re.compile(r"#{1,6}|[-+=]|\d+[.)](?=\s|$)")
_PUNCTUATION = re.compile(r"([#+=\-.)])")
# What readers make a link of without being asked.
_SCHEME = re.compile(r"(?i)(https?|ftp|mailto|javascript|data):")
_HOST = re.compile(r"(?i)(www)\.")


def escaped(text: str, also: str = "") -> str:
    """The text on one line, with a backslash before all that Markdown or HTML would act on (CommonMark 2.4).

    `also` holds further marks that a dialect acts on.
    """
    line = one_line(text).translate({ord(mark): f"\\{mark}" for mark in _ANYWHERE + also})
    line = _HOST.sub(r"\1\\.", _SCHEME.sub(r"\1\\:", line))
    start = _LINE_START.match(line)
    return line if start is None else _PUNCTUATION.sub(r"\\\1", start[0]) + line[start.end() :]
