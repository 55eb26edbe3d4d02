"""Many proposals are valued by processes of their own, once for everybody, while people go on working.

No page waits for them: it asks for what is missing, looks how far it is, and may be left. The processes stand behind
whoever is at a screen, are as many as there are processors, four at most, and end when nothing is left to do.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import IO

from app.choosing.valuer import put, taken
from app.probing.apart import surroundings
from db import StoreError

_MOST_PROCESSES = 4
_LAST = 20
_ON_WINDOWS = ("BELOW_NORMAL_PRIORITY_CLASS", "CREATE_NO_WINDOW")
_FLAGS = sum(getattr(subprocess, name, 0) for name in _ON_WINDOWS)
"""Behind whoever is at a screen, where priorities are given so; and no window of its own opens."""
_BROKEN = (OSError, ValueError)


@dataclass(frozen=True)
class Task:
    """One proposal to value: the document is fetched when its turn comes, and `found` gets the bytes of a candidate."""

    key: Hashable
    document: Callable[[], str]
    found: Callable[[bytes], None]


class Valuers:
    """The processes, and what they still have to do. It may be asked from any thread."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most or max(1, min(os.cpu_count() or 1, _MOST_PROCESSES))
        self._guard = threading.Lock()
        self._waiting: deque[Task] = deque()
        self._asked: set[Hashable] = set()
        self._failed: set[Hashable] = set()
        self._ended: deque[float] = deque(maxlen=_LAST)
        self._running = 0

    def ask(self, tasks: Iterable[Task]) -> None:
        """Value them, each once: what is asked for already, or failed before, is not asked for again."""
        with self._guard:
            new = [each for each in tasks if each.key not in self._asked | self._failed]
            if not self._running:
                self._ended.clear()
            self._waiting.extend(new)
            self._asked.update(each.key for each in new)
            wanted = min(self._most, len(self._waiting)) - self._running
            self._running += max(wanted, 0)
        for _ in range(wanted):
            threading.Thread(target=self._work, daemon=True).start()

    def is_at_work(self, keys: Iterable[Hashable]) -> bool:
        """Whether any of them is asked for and not done."""
        with self._guard:
            return not self._asked.isdisjoint(keys)

    def failed(self) -> Collection[Hashable]:
        """What no process could value, as far as it was asked for."""
        with self._guard:
            return frozenset(self._failed)

    def seconds_for(self, many: int) -> float | None:
        """About how long so many take from now on, by the last ones; None while nobody knows."""
        with self._guard:
            ended = [*self._ended]
        if len(ended) < _LAST // 2:
            return None
        return many * (ended[-1] - ended[0]) / (len(ended) - 1)

    def _work(self) -> None:
        """Of one thread: it talks to one process until nothing is left to do."""
        process: subprocess.Popen[bytes] | None = None
        while (task := self._next()) is not None:
            if process is None or process.poll() is not None:
                process = _started()
            became = _became(task, process)
            with self._guard:
                self._asked.discard(task.key)
                self._ended.append(time.monotonic())
                if became is _Became.FAILED:
                    self._failed.add(task.key)
        if process is not None:
            _end(process)

    def _next(self) -> Task | None:
        with self._guard:
            if self._waiting:
                return self._waiting.popleft()
            self._running -= 1
            return None


class _Became(Enum):
    """What became of a task. What was not to be had, of a database that is busy, may be asked for again."""

    FOUND = auto()
    FAILED = auto()
    NOT_HAD = auto()


def _became(task: Task, process: subprocess.Popen[bytes] | None) -> _Became:
    """Have the process value it, and take what it finds."""
    try:
        content = _answer(process, task.document().encode())
        if content:
            task.found(content)
    except StoreError:
        return _Became.NOT_HAD
    except Exception:  # whatever it is: who asked values it where that is told
        return _Became.FAILED
    return _Became.FOUND if content else _Became.FAILED


def _answer(process: subprocess.Popen[bytes] | None, document: bytes) -> bytes:
    """What it says to a document; nothing where it ended instead, or never began."""
    if process is None:
        return b""
    try:
        put(_pipe(process.stdin), document)
        found = taken(_pipe(process.stdout))
    except _BROKEN:
        found = None
    if found is None:
        _end(process)
    return found or b""


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _started() -> subprocess.Popen[bytes] | None:
    """A process that knows nothing of this one's secrets; it ends with this one, since its input does."""
    if not sys.executable:  # within another program there may be no interpreter to start
        return None
    with suppress(OSError, ValueError):
        # -P: the folder for temporary files belongs to everybody on this machine, so nothing is imported from it.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "app.choosing.valuer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            env=surroundings(tempfile.gettempdir()),
            creationflags=_FLAGS,
        )
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            _pipe(stream).close()
    try:
        process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


VALUERS = Valuers()
