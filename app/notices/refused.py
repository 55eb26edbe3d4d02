"""What a sender is told where a message was not taken."""

from __future__ import annotations


class NotTaken(Exception):
    """The receiver did not take a message. `for_good` says that it never will."""

    def __init__(self, said: str, *, for_good: bool = False) -> None:
        super().__init__(said)
        self.for_good = for_good
