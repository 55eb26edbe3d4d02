"""The server ends when it is told to: soon, in good order, and not in the middle of a save."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from db import open_store
from tests.app.serving import served

_SAVES_SLOWLY = """
import sys, threading, time
from app.server import serve
from db import open_store
from scoping import appraise
from tests.documents import proposal

def slowly(given):
    print("saving", flush=True)
    time.sleep(3)
    return appraise(given)

store = open_store(assess=slowly)
saving = threading.Timer(2, store.create, (proposal(title="the last one"),))
# As the framework's own threads are: they would be cut off with the process.
saving.daemon = True
saving.start()
serve("localhost", int(sys.argv[1]))
"""


def test_a_server_that_is_told_to_end_does_so_with_code_0(database_url: str, tmp_path: Path) -> None:
    with served(tmp_path, database_url, {"GROUNDWORK_LOG": "json"}) as server:
        assert server.end() == 0
        events = [json.loads(line)["event"] for line in server.said.splitlines()]
    assert (events[0], events[-1]) == ("started", "ended")


@pytest.mark.long
def test_a_save_that_is_under_way_is_finished_first(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'groundwork.db'}"
    with served(tmp_path, url, program=_SAVES_SLOWLY) as server:
        until = time.monotonic() + 60
        while "saving" not in server.said and time.monotonic() < until:
            time.sleep(0.02)
        assert server.end() == 0
    store = open_store(url)
    assert [row.title for row in store.list().rows] == ["the last one"]
    store.close()
