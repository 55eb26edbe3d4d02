"""The app as a process of its own, as `groundwork serve` starts it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db import Saved, Store, open_store
from scoping import Proposal
from tests.app.serving import free_port
from tests.browser.forked import Forked

_PATIENCE_SECONDS = 60.0


def launched(arguments: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """`groundwork` as a process that begins with nothing."""
    with log.open("ab") as target:
        return subprocess.Popen(
            [sys.executable, "-m", "app.cli", *arguments], env=environment, stdout=target, stderr=target
        )


@dataclass
class RunningApp:
    """A server on a free port with a SQLite file of its own; it can be killed and started again."""

    folder: Path
    port: int
    process: Forked | subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    launch: Callable[[list[str], dict[str, str], Path], Forked | subprocess.Popen[bytes]] = launched

    @property
    def url(self) -> str:
        """The address of the portfolio."""
        return f"http://localhost:{self.port}"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "groundwork.db"

    @property
    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        arguments = ["serve", "--port", str(self.port)]
        environment = {**os.environ, "GROUNDWORK_DATABASE_URL": f"sqlite:///{self.database}", **self.environment}
        self.process = self.launch(arguments, environment, self.folder / "server.log")
        self._wait()

    def _wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the server stopped:\n{self.log}"
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer:\n{self.log}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server, politely or not."""
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def store(self) -> Store:
        """The same database, opened beside the server."""
        return open_store(f"sqlite:///{self.database}")

    def create(self, proposal: Proposal, actor: str = "Ana") -> Saved:
        """Put a proposal into the database."""
        store = self.store()
        try:
            return store.create(proposal, actor)
        finally:
            store.close()

    def saved(self, identity: str) -> Saved:
        """A proposal as the database has it now."""
        store = self.store()
        try:
            return store.get(identity)
        finally:
            store.close()


def new_app(folder: Path) -> RunningApp:
    """A server that is not started yet."""
    return RunningApp(folder, free_port())


def new_forked_app(folder: Path) -> RunningApp:
    """The same, which starts soon: what it imports is there already."""
    return RunningApp(folder, free_port(), launch=Forked)


@contextmanager
def locked(app: RunningApp) -> Iterator[None]:
    """Another process is writing, and does not come to an end."""
    connection = sqlite3.connect(app.database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
