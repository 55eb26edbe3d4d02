"""A disk that is full: said in plain words, nothing is lost, and all is saved once there is room."""

from __future__ import annotations

import logging
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from app.session import saving, shared
from app.session import workspace as module
from app.session.outcome import SaveOutcome
from app.session.pause import LONGEST_SECONDS, Pause
from app.session.workspace import Workspace
from db import DatabaseNotReady, Failure, Store
from scoping.document.paths import Path as DocumentPath
from tests.app.full import full
from tests.documents import proposal

TYPED = "what somebody typed"
LONG = f"{TYPED} " * 900


def test_a_full_disk_is_told_and_what_is_there_stays(store: Store) -> None:
    saved = store.create(proposal())
    with full(store):
        with pytest.raises(DatabaseNotReady, match="disk of the database is full") as told:
            _fill(store)
        assert told.value.failure is Failure.FULL
        assert TYPED not in "".join(traceback.format_exception(told.value))
        assert (store.get(saved.id).proposal, store.list().rows[-1].id) == (proposal(), saved.id)
    assert store.create(proposal(summary=LONG)).version == 1
    assert store.check_trail().is_whole


def _fill(store: Store) -> None:
    """Pages that are begun have room for a few."""
    for _ in range(50):
        store.create(proposal(summary=LONG))


def test_what_was_typed_waits_for_room_and_then_is_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    monkeypatch.setattr(shared, "database", lambda: store)
    for each in (module, saving):
        monkeypatch.setattr(each, "person", lambda: "Ana")
    saved = store.create(proposal())
    many = len(saved.proposal.alternatives)
    workspace = Workspace(saved, {}, pause=Pause(lambda: now[0]))
    with full(store), caplog.at_level(logging.INFO):
        while workspace.set("summary", LONG, LONG) is not SaveOutcome.WAITING:
            # As long as pages that are begun have room.
            workspace.set("summary", "", "")
        assert (workspace.failure, workspace.is_waiting) == (Failure.FULL, True)
        assert workspace.remove_row(DocumentPath.of("alternatives", 1)) is SaveOutcome.WAITING
        now[0] += LONGEST_SECONDS
        assert not workspace.try_again()
    assert TYPED not in caplog.text
    now[0] += LONGEST_SECONDS
    assert workspace.try_again()
    assert (workspace.failure, workspace.is_waiting) == (None, False)
    found = store.get(saved.id).proposal
    assert (found.summary, len(found.alternatives)) == (LONG, many - 1)


_AT_A_LIMIT = """
import os, resource, sys
from db import DatabaseNotReady, Filters, open_store
from tests.documents import proposal

store = open_store("sqlite:///" + sys.argv[1])
saved = store.create(proposal())
largest = max(os.path.getsize(sys.argv[1] + ending) for ending in ("", "-wal"))
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        store.save(saved.id, proposal(summary="typed " * 3_000), 1)
    except DatabaseNotReady as error:
        print(error.failure, error.code, error.args[0])
print(store.get(saved.id).version, store.list(Filters()).total)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(store.save(saved.id, proposal(summary="typed " * 3_000), 1).version, store.check_trail().is_whole)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of Unix")
def test_a_write_that_the_system_refuses_is_told_and_recovers(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _AT_A_LIMIT, str(tmp_path / "groundwork.db")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    *refused, state, after = done.stdout.splitlines()
    assert len(refused) == 2
    assert all(
        line.startswith("unwritable SQLITE_IOERR_WRITE The disk of the database takes nothing") for line in refused
    )
    assert (state, after) == ("1 1", "2 True")
    assert "typed " not in done.stderr
