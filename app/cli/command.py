"""What a command declares, and what several commands do."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.fields.words import SHORT, short
from scoping import Proposal, read
from scoping.reports.layout import printable

DONE, FAILED, REFUSED = 0, 1, 2
"""Exit status: done; it failed; what was given is refused."""

STANDARD_STREAM = "-"
"""The file name that stands for standard input, or output."""


@dataclass(frozen=True)
class Command:
    """One command: its words, its place in the list, its arguments, and what it does, which gives the exit status."""

    name: str
    help: str
    place: int
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def printed(text: str, longest: int = SHORT) -> str:
    """The beginning of what somebody typed, on one line and without the characters that a terminal obeys."""
    return printable(short(text, longest))


def read_file(name: str) -> Proposal:
    """The document in a file, or on standard input. Raises DocumentRefused, OSError."""
    return read(sys.stdin.buffer.read() if name == STANDARD_STREAM else Path(name).read_bytes())
