"""Who writes to a SQLite file waits in line for it.

SQLite itself lets each writer try again and again, after up to a tenth of a second, in no order: of many at once some
wait much longer than others, or until their patience ends, while nobody writes at all between two tries. Writers of
other processes still wait that way; a file has few of them (docs/operations.md).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Event, Lock

from sqlalchemy import Engine

from .errors import DatabaseNotReady, Failure
from .failures import SENTENCES

PATIENCE = "groundwork_patience"
"""The option of an engine that says for how many seconds a writer waits."""


class Line:
    """Writers of this process, one at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._is_taken = False

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait, write, and let the next one in. Raises DatabaseNotReady where nobody was let in for so long."""
        own = Event()
        with self._guard:
            self._waiting.append(own)
            self._let_in()
        if not own.wait(seconds) and self._has_left(own):
            raise DatabaseNotReady(SENTENCES[Failure.LOCKED], Failure.LOCKED, "line")
        try:
            yield
        finally:
            with self._guard:
                self._is_taken = False
                self._let_in()

    def _let_in(self) -> None:
        if self._waiting and not self._is_taken:
            self._is_taken = True
            self._waiting.popleft().set()

    def _has_left(self, own: Event) -> bool:
        """Whether the one who lost patience left the line; otherwise their turn has come just now."""
        with self._guard:
            if own.is_set():
                return False
            self._waiting.remove(own)
            return True


_lines: dict[str, Line] = {}
_guard = Lock()


def turn_at(engine: Engine) -> AbstractContextManager[None]:
    """A turn to write. PostgreSQL keeps an order itself, and takes several writers at a time."""
    if engine.dialect.name != "sqlite":
        return nullcontext()
    with _guard:
        line = _lines.setdefault(str(engine.url.database), Line())
    return line.turn(engine.get_execution_options()[PATIENCE])
