"""Two replicas on one PostgreSQL behind the proxy of compose.yaml, as processes: the proxy's own settings are tried."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import yaml
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from db import open_store
from tests.app.serving import Served, free_port, served
from tests.conftest import empty_postgresql
from tests.documents import proposal

ROOT = Path(__file__).parents[2]


@dataclass
class Site:
    """What people reach, and what is behind it."""

    port: int
    replicas: tuple[Served, Served]
    url: str

    def get(self, path: str, cookie: str = "") -> tuple[int, Message, bytes]:
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", headers={"Cookie": cookie})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()


@pytest.fixture
def site(postgresql: Any, tmp_path: Path) -> Iterator[Site]:
    url = empty_postgresql(postgresql, tmp_path.name)
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    secret = {
        "GROUNDWORK_COOKIE_SECRET": "the same in both",
        "GROUNDWORK_METRICS": "1",
        "GROUNDWORK_ALLOWED_HOSTS": "groundwork.example",
    }
    with served(folders[0], url, secret) as one, served(folders[1], url, secret) as two:
        port = free_port()
        environment = {
            **os.environ,
            "GROUNDWORK_SITE": f":{port}",
            "GROUNDWORK_REPLICAS": f"localhost:{one.port} localhost:{two.port}",
            "HOME": str(tmp_path),
        }
        command = ["caddy", "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
        with (tmp_path / "caddy.log").open("wb") as log:
            proxy = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        found = Site(port, (one, two), url)
        _wait_for(found)
        yield found
        proxy.terminate()
        proxy.wait(60)


def _wait_for(site: Site) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if site.get("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the proxy did not answer")


def test_a_tab_stays_with_its_replica_and_finds_the_other_one_when_it_is_gone(site: Site) -> None:
    store = open_store(site.url)
    saved = store.create(proposal())
    store.close()
    cookies = set()
    for _ in range(10):
        status, headers, content = site.get(f"/api/proposals/{saved.id}")
        assert (status, json.loads(content)["version"]) == (200, 1)
        cookies.add(str(headers["Set-Cookie"]).partition(";")[0])
    assert len(cookies) == 2, "both replicas answered"
    assert all(cookie.startswith("groundwork_replica=") for cookie in cookies)
    for cookie in cookies:
        assert site.get("/api/schema", cookie)[1]["Set-Cookie"] is None

    assert site.replicas[0].end() == 0
    for cookie in cookies:
        assert site.get("/healthz", cookie)[0] == 200


def test_the_pages_socket_goes_through_under_the_site_s_own_name(site: Site) -> None:
    name = "groundwork.example"
    with connect(
        f"ws://{name}/_stcore/stream",
        sock=socket.create_connection(("localhost", site.port)),
        origin=Origin(f"http://{name}"),
        subprotocols=[Subprotocol("streamlit")],
    ) as opened:
        assert opened.subprotocol == "streamlit"


def test_headers_are_set_once_and_metrics_stay_within(site: Site) -> None:
    page = site.get("/")[1]
    assert page.get_all("Content-Security-Policy") == ["frame-ancestors 'self'"]
    assert page.get_all("X-Content-Type-Options") == ["nosniff"]
    machine = site.get("/healthz")[1]
    assert machine.get_all("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'"]
    assert machine.get_all("X-Content-Type-Options") == ["nosniff"]
    assert site.get("/metrics")[0] == 404
    port = site.replicas[0].port
    with urllib.request.urlopen(f"http://localhost:{port}/metrics", timeout=60) as answer:
        assert b"groundwork_sessions" in answer.read()


def test_compose_gives_each_container_what_it_needs_and_no_secret_in_its_text() -> None:
    compose = yaml.safe_load(_text("compose.yaml"))
    services, text = compose["services"], _text("deploy/Caddyfile")
    assert [name for name in services if name.startswith("app-") and f"{name}:8501" not in text] == []
    named = {secret for each in services.values() for secret in each.get("secrets", ())}
    assert named == set(compose["secrets"])
    for each in services.values():
        for name, value in each.get("environment", {}).items():
            if any(word in name for word in ("PASSWORD", "SECRET", "DATABASE_URL")):
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")


def test_the_container_holds_what_it_copies_and_runs_as_nobody_special() -> None:
    text = _text("Dockerfile")
    copies = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY ") and "--from" not in line]
    copied = {name for names in copies for name in names}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert copied == {line[1:] for line in _text(".dockerignore").splitlines() if line[:1] == "!"}
    assert "--require-hashes" in text
    assert text.index("USER 10001") < text.index('CMD ["groundwork"')


def test_the_lock_of_the_server_is_a_part_of_the_whole_one() -> None:
    whole, server = (_pinned(name) for name in ("requirements.lock", "requirements-server.lock"))
    assert server - whole == set()
    assert not any(each.startswith("pytest==") for each in server)


def _pinned(name: str) -> set[str]:
    return {line.partition(" ")[0] for line in _text(name).splitlines() if "==" in line}


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
