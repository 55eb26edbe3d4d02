"""The examples of the documentation, run as they stand against a server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from app.api.routes import resources
from db import Scope, Store, open_store
from tests.app.serving import served

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.server


def block(language: str) -> str:
    """The one example in that language."""
    [found] = re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path / 'groundwork.db'}")) as opened:
        yield opened


@pytest.fixture
def environment(store: Store, tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """A server, and a token that may write."""
    secret = store.tokens.make("Examples", scopes=[Scope.WRITE]).secret
    with served(tmp_path, f"sqlite:///{tmp_path / 'groundwork.db'}") as server:
        yield {**os.environ, "GROUNDWORK_URL": f"http://localhost:{server.port}", "GROUNDWORK_TOKEN": secret}
        assert secret not in server.said


def test_the_example_in_python_does_what_it_says(environment: Mapping[str, str], store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", block("python")], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    [row] = store.list().rows
    assert (row.title, row.owner, row.version) == ("Sort incoming invoices", "Ana Ortiz", 2)
    assert "Sort incoming invoices rework None EUR" in done.stdout
    assert (tmp_path / "invoices.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_lines_for_curl_do_what_they_say(environment: Mapping[str, str], store: Store, tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-e", "-c", block("sh")], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [row] = store.list().rows
    assert (row.title, row.team, row.version) == ("Read the meters by camera", "Field service", 2)
    assert "Read the meters by camera" in (tmp_path / "memo.md").read_text(encoding="utf-8")


def test_every_address_is_in_the_documentation() -> None:
    told = re.sub(r"`", "", DOCUMENT)
    for operation in (each for part in resources() for each in part.operations):
        path = operation.path.replace("{identity}", "ID").replace("{format_name}", "FORMAT")
        path = path.replace("{version}", "VERSION").replace("{thread}", "THREAD").replace("{scenario}", "SCENARIO")
        end = path.removeprefix("/api/proposals/ID")
        assert path in told or (end and f", {end}" in told), path
