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
            answers = [pool.submit(_status, server, f"/api/proposals/{saved.id}") for _ in range(40)]
            time.sleep(1)
            assert server.get("/healthz", 60)[0] == 200
            assert not any(answer.done() for answer in answers), "it does not stand in the line of those who wait"
            assert server.get("/readyz", 60)[0] == 503
            assert server.get("/api/schema", 60)[0] == 200
            # The database stays as it is until all of them were told.
            assert {answer.result(120) for answer in answers} == {503}
        until = time.monotonic() + 60
        while server.get("/readyz")[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)
        assert server.get(f"/api/proposals/{saved.id}")[1]["version"] == 1
        assert server.end() == 0


def _status(server: Served, path: str) -> int:
    return server.get(path, 120)[0]
