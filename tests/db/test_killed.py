"""A server that is killed in the middle of saves: the database is intact and holds every acknowledged save."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import open_store
from scoping import read

pytestmark = pytest.mark.long

WRITER = """
import sys
from db import open_store
from scoping import read

store = open_store(sys.argv[1])
saved = store.create(read({"title": "0"}))
print(saved.id, flush=True)
number = 0
while True:
    number += 1
    saved = store.save(saved.id, read({"title": str(number), "summary": "x" * 5000}), saved.version)
    print(number, flush=True)
"""


@pytest.mark.parametrize("delay", [0.2, 0.5, 0.9])
def test_every_acknowledged_save_survives_kill_9(tmp_path: Path, delay: float) -> None:
    url = f"sqlite:///{tmp_path / 'groundwork.db'}"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    identity = writer.stdout.readline().strip()
    time.sleep(delay)
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged = [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    assert acknowledged, "the writer was killed before it saved anything"

    with sqlite3.connect(tmp_path / "groundwork.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = open_store(url)
    saved = store.get(identity)
    assert int(saved.proposal.title) in (acknowledged[-1], acknowledged[-1] + 1)
    versions = {revision.version for revision in store.revisions(identity, size=100_000).rows}
    assert versions == set(range(1, saved.version + 1))
    assert store.save(identity, read({"title": "after"}), saved.version).version == saved.version + 1
    store.close()
