"""Every error that scoping raises on purpose.

    GroundworkError
    ├── ProbeEnded               a probe that was stopped: by a person, by its time limit, for want of memory
    └── Refused                  what was given breaks a rule; nothing was done with it
        ├── DocumentRefused      a proposal document; holds one Problem for each rule that it breaks
        ├── DrawsRefused         a number of draws or a seed that the simulation cannot take
        ├── EntryRefused         a text in a field that is no number
        ├── SourceRefused        data that the probe cannot read, or that has nothing to measure
        ├── UnknownFormat        an export format that does not exist
        └── UnknownLanguage      a language that there are no texts in

Each message is written for the person who can act on it: what was wrong, and what is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_QUOTE = 60


class GroundworkError(Exception):
    """Base of all errors that Groundwork raises on purpose."""


class Refused(GroundworkError):
    """What was given cannot be taken as it is; the message says what may be given instead."""


class ProbeEnded(GroundworkError):
    """A probe that was stopped: by a person, by its time limit, for want of memory; the message says which."""


class SourceRefused(Refused):
    """Data that the probe cannot read, or that has nothing to measure; the message says what it needs."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a document.

    path is where it is ("alternatives.1.metrics.recall"), value what was found there (shortened),
    allowed what may stand there.
    """

    path: str
    value: str
    allowed: str

    def __str__(self) -> str:
        place = self.path or "document"
        return f"{place}: {self.value}: {self.allowed}" if self.value else f"{place}: {self.allowed}"


class DocumentRefused(Refused):
    """A document that breaks its own rules.

    `problems` holds what is wrong, in the document's order: all of it, or the first ones of `total`
    where there is so much that nobody would read it.
    """

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        rest = self.total - len(self.problems)
        lines = [*map(str, self.problems), *([f"and {rest:,} more problems"] if rest else [])]
        super().__init__("\n".join(lines))


class DrawsRefused(Refused):
    """A number of draws or a seed that the simulation cannot take."""


class EntryRefused(Refused, ValueError):
    """A text that is no number, or could be two; the message says what would be.

    `meanings` are texts that may have been meant, each of them plain. `box` is the place of the text among
    several that belong together.
    """

    def __init__(self, allowed: str, meanings: Sequence[str] = (), box: int = 0) -> None:
        super().__init__(allowed)
        self.allowed, self.meanings, self.box = allowed, tuple(meanings), box

    def at(self, box: int) -> EntryRefused:
        """The same, of the text at another place."""
        return EntryRefused(self.allowed, self.meanings, box)


class UnknownFormat(Refused):
    """An export format that Groundwork does not write."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"Export format {quote(name)} is not known. Allowed: {', '.join(known)}.")


class UnknownLanguage(Refused):
    """A language that Groundwork has no texts in."""

    def __init__(self, tag: str, known: Sequence[str]) -> None:
        super().__init__(f"Language {quote(tag)} is not known. Allowed: {', '.join(known)}.")


def quote(value: object) -> str:
    """The value as the reader wrote it, on one line, short enough for a message, and fit to be written anywhere."""
    text = _shown(value) if isinstance(value, str) else _representation(value)
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def _shown(text: str) -> str:
    """Half characters (lone surrogates) and control characters by their codes."""
    beginning = text[: 2 * LONGEST_QUOTE].encode("utf-8", "backslashreplace").decode()
    return "".join(
        letter if letter.isprintable() or letter.isspace() else f"\\u{ord(letter):04x}" for letter in beginning
    )


def _representation(value: object) -> str:
    """The value as Python writes it; a whole number of thousands of digits by its length."""
    try:
        return repr(value)
    except ValueError:
        return "a whole number of more than 4,300 digits"
