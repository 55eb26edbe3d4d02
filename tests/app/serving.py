"""The server as a process of its own on a free port, on any database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PATIENCE_SECONDS = 60.0


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A server, and what it wrote."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str, seconds: float = 20) -> tuple[int, Any]:
        """Status and JSON of an address. Fails where there is no answer in time."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=seconds) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def wait_until_alive(self) -> None:
        """Return when it answers."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the server stopped:\n{self.said}"
            try:
                self.get("/healthz", 5)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer:\n{self.said}")

    def end(self) -> int:
        """Tell it to end, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    @property
    def said(self) -> str:
        """Its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(folder: Path, url: str, environment: Mapping[str, str] | None = None, program: str = "") -> Iterator[Served]:
    """`groundwork serve`, or a program that serves, on the database; it is killed in the end if it still runs."""
    port, log = free_port(), folder / "server.log"
    how = ["-c", program, str(port)] if program else ["-m", "app.cli", "serve", "--port", str(port)]
    given = {**os.environ, "GROUNDWORK_DATABASE_URL": url, **(environment or {})}
    with log.open("ab") as target:
        process = subprocess.Popen([sys.executable, *how], env=given, stdout=target, stderr=target)
    server = Served(process, port, log)
    try:
        server.wait_until_alive()
        yield server
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
