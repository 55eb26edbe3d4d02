"""Every error that scoping raises on purpose.

    GroundworkError
    └── Refused                  something was given that breaks a rule; nothing was done with it
        ├── DocumentRefused      a proposal document breaks a rule; holds one Problem for each
        ├── DrawsRefused         a number of draws or a seed that the simulation cannot take
        ├── UnknownFormat        an export format that does not exist
        └── UnknownLanguage      a language that Groundwork has no texts in

Each message is written for the person who can act on it: what was wrong, and what is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_QUOTE = 60


class GroundworkError(Exception):
    """Base of all errors that Groundwork raises on purpose."""


class Refused(GroundworkError):
    """Something was given that breaks a rule; nothing was done with it. The command line exits with 2."""


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
    """A document that breaks its own rules. `problems` holds all of them, not just the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownFormat(Refused):
    """An export format that Groundwork does not write."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"Export format {quote(name)} is not known. Allowed: {', '.join(known)}.")


def quote(value: object) -> str:
    """The value as the reader wrote it, on one line and short enough for a message."""
    text = " ".join(value.split()) if isinstance(value, str) else " ".join(repr(value).split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
