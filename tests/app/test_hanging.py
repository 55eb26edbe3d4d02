"""The whole server on a PostgreSQL that is stopped: it says so, and works again when the database does."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from db import open_store
from tests.app.serving import Served, served
from tests.conftest import empty_postgresql
from tests.db.frozen import frozen
from tests.documents import proposal


def test_a_database_that_hangs_hangs_nothing_else(own_postgresql: Any, tmp_path: Path) -> None:
    url = empty_postgresql(own_postgresql, "hangs")
    store = open_store(url)
    saved = store.create(proposal())
    store.close()
    with served(tmp_path, url) as server:
        assert server.get("/readyz") == (200, {"status": "ok"})
        with frozen(own_postgresql), ThreadPoolExecutor(60) as pool:
            answers = [pool.submit(_timed, server, f"/api/proposals/{saved.id}") for _ in range(40)]
            time.sleep(1)
            for _ in range(3):
                assert _timed(server, "/healthz") < (200, 2.0)
                assert (503, 0.0) < _timed(server, "/readyz") < (503, 2.0)
                assert _timed(
                    server,
                    "/api/schema",
                ) < (200, 30.0)
            told = [answer.result() for answer in answers]
            assert {status for status, _ in told} == {503}
            assert max(seconds for _, seconds in told) < 15
        until = time.monotonic() + 10
        while server.get("/readyz")[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)
        assert server.get(f"/api/proposals/{saved.id}")[1]["version"] == 1
        assert server.end() == 0


def _timed(server: Served, path: str) -> tuple[int, float]:
    began = time.monotonic()
    status, _ = server.get(path, 60)
    return status, time.monotonic() - began
