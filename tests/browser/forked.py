"""Servers that begin where their imports end: forked from a process that has imported the program and done nothing.

To import it takes longer than anything else that a server does in a test. `groundwork serve` as a process of its own is
in tests/app/test_server.py, tests/app/test_ending.py, and in the browser in test_nothing_is_lost.py.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from types import ModuleType

_IMPORTED_BEFORE = ("tests.browser.imported", __name__)


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_IMPORTED_BEFORE])
    return context


@contextmanager
def _no_main_program() -> Iterator[None]:
    """A new process begins with what runs here as the main program, unless that is nothing.

    After a test of a page it is the app's own script, which would open the database of whoever runs the tests.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class Forked:
    """A process that runs a command of `groundwork`, with what `subprocess.Popen` offers of it."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._process: ForkServerProcess = _context().Process(
            target=_run, args=([*arguments], {**environment}, str(log)), daemon=True
        )
        with _no_main_program():
            self._process.start()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended. Raises TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("groundwork", timeout or 0)
        return self._process.exitcode

    def send_signal(self, told: signal.Signals) -> None:
        """Tell it something."""
        os.kill(self.pid, told)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _run(arguments: list[str], environment: dict[str, str], log: str) -> None:
    """What the process does from its fork on."""
    from app.cli import main

    os.environ.clear()
    os.environ.update(environment)
    with Path(log).open("ab") as target:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(target.fileno(), stream.fileno())
    sys.argv = ["groundwork", *arguments]
    sys.exit(main(arguments))
