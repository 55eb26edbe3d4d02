"""The server: its settings, and what the system lets it have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app import server
from app.server import settings


def test_settings_are_found_wherever_the_server_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert settings()["theme.light.primaryColor"]
    assert settings()["client.showErrorDetails"] == "none"


@pytest.mark.parametrize(("is_reloading", "watcher"), [(False, "none"), (True, "auto")])
def test_only_a_developers_server_looks_after_its_own_files(
    monkeypatch: pytest.MonkeyPatch, is_reloading: bool, watcher: str
) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(server, "application", lambda: SimpleNamespace(run=lambda config: told.update(config)))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(server, "start_sending", lambda: None)
    server.serve("localhost", 0, is_reloading=is_reloading)
    assert told["server.fileWatcherType"] == watcher


def test_the_server_takes_as_many_open_files_as_it_may() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _LIMITED], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    before, after, most = map(int, said.stdout.split())
    assert before == 256
    assert after == most or after >= 8_192


_LIMITED = """
import resource
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
from app.server import allow_many_files
before = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
allow_many_files()
print(before, resource.getrlimit(resource.RLIMIT_NOFILE)[0], most)
"""


def test_what_a_library_prints_by_itself_is_not_in_the_servers_output() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _PRINTING], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert ended.stdout == "before\nwithin\nafter\n"


_PRINTING = """
import os
from app.server import silent_libraries
print("before")
with silent_libraries():
    os.write(1, b"a line of the solver")
    print("within")
print("after")
"""
