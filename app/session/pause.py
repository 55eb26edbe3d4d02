"""How long to wait before the database is asked again: longer each time that it does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_SECONDS, LONGEST_SECONDS = 1.0, 10.0


def now() -> float:
    """Seconds of a clock that never goes back."""
    return time.monotonic()


class Pause:
    """Begins with the first failure, doubles with each one after it, and ends with the first answer."""

    def __init__(self, clock: Callable[[], float] = lambda: now()) -> None:
        self._clock = clock
        self._until = 0.0
        self._seconds = 0.0

    @property
    def lasts(self) -> bool:
        """True while nobody should ask."""
        return self._clock() < self._until

    def lengthen(self) -> None:
        """Nothing answered: wait, and the next time longer."""
        self._seconds = min(max(self._seconds * 2, FIRST_SECONDS), LONGEST_SECONDS)
        self._until = self._clock() + self._seconds

    def end(self) -> None:
        """Something answered."""
        self._until = self._seconds = 0.0
