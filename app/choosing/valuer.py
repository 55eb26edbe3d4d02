"""Values proposals in a process of its own: `python -m app.choosing.valuer` reads documents and writes candidates.

Each document and each answer is its length, in four bytes, and so many bytes. An answer of no length says that the
document could not be valued. It ends when nobody asks any more.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO

from scoping import read
from scoping.portfolio import candidate_of
from scoping.portfolio.keeping import kept

_LENGTH = 4
_NICE = 10
"""Behind whoever is at a screen."""


def put(stream: IO[bytes], content: bytes) -> None:
    """Write one message."""
    stream.write(len(content).to_bytes(_LENGTH, "big") + content)
    stream.flush()


def taken(stream: IO[bytes]) -> bytes | None:
    """The next message; None where there is none any more, or the other side ended within it."""
    begin = stream.read(_LENGTH)
    if len(begin) < _LENGTH:
        return None
    length = int.from_bytes(begin, "big")
    content = stream.read(length)
    return content if len(content) == length else None


def step_back() -> None:
    """Behind whoever is at a screen. Windows has no such call, and a sandbox may forbid it: it works all the same."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)


def main() -> None:
    """Answer until nobody asks."""
    step_back()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while (document := taken(asked)) is not None:
        put(answers, _valued(document))


def _valued(document: bytes) -> bytes:
    try:
        return kept(candidate_of(read(document.decode())))
    except Exception:  # whatever it is: who asked values it where it can be told
        return b""


if __name__ == "__main__":
    main()
