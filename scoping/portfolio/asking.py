"""Many questions about one programme: in the order given, by a thread for each processor, in bounded time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import inf
from threading import Lock

from .optimum import Change, Optimum, Programme, chosen_of
from .searching import Searched

Tell = Callable[[int, int], None]
"""Is told how many of how many are done."""
SECONDS = 12.0
"""So long is searched for the answers to all questions of one part, one more for each that would find nothing."""
_LEAST, _ONCE_MORE = 0.03, 10.0
_MOST_THREADS = 4
_TOO_FEW = 4
"""So few questions are asked by one thread: each builds a programme of its own."""


def quietly(_done: int, _many: int) -> None:
    """Where nobody wants to know how far it is."""


@dataclass
class _Queue:
    """Questions by number, each of which is taken once; who asks last has the time that others left."""

    changes: Sequence[Change]
    until: float
    threads: int
    tell: Tell
    guard: Lock = field(default_factory=Lock)
    begun: int = 0
    done: int = 0

    def next(self) -> tuple[int, float] | None:
        """The next question, and how many seconds it has."""
        with self.guard:
            left = len(self.changes) - self.begun
            if not left:
                return None
            self.begun += 1
            seconds = (self.until - time.monotonic()) * self.threads / left
        return len(self.changes) - left, max(seconds, _LEAST)

    def end(self) -> None:
        """One more is answered."""
        with self.guard:
            self.done += 1
            self.tell(self.done, len(self.changes))


def answered(
    programme: Programme,
    changes: Sequence[Change],
    *,
    known: Sequence[int] | None = None,
    enough: float = -inf,
    seconds: float = SECONDS,
    tell: Tell = quietly,
) -> list[Searched]:
    """What is found for each; conflicts are said. `known` is a choice to begin with.

    Where a choice is no better than `enough`, it need not be found. Raises Unsolvable where no time was enough for one.
    HiGHS works without the interpreter's lock, so that threads are enough.
    """
    threads = 1 if len(changes) <= _TOO_FEW else min(os.cpu_count() or 1, _MOST_THREADS)
    queue = _Queue(changes, time.monotonic() + seconds, threads, tell)

    def work(_number: int) -> dict[int, Searched]:
        optimum, found = Optimum(programme), {}
        if known is not None:
            optimum.know(known)
        while (turn := queue.next()) is not None:
            found[turn[0]] = _answer(optimum, changes[turn[0]], turn[1], enough)
            queue.end()
        return found

    with ThreadPoolExecutor(threads) as pool:
        parts = [*pool.map(work, range(threads))]
    together = {number: each for part in parts for number, each in part.items()}
    return [together[number] for number in range(len(changes))]


def _answer(optimum: Optimum, change: Change, seconds: float, enough: float) -> Searched:
    found = optimum.ask(change, seconds, enough)
    if found.taken is None and not found.is_conflict and found.bound > enough:
        found = optimum.ask(change, _ONCE_MORE, enough)
    if found.taken is None and not found.is_conflict and found.bound > enough:
        chosen_of(found)
    return found
