"""The command line in this process, with a database and a document of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoping import examples


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'cli.db'}"
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", url)
    return url


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "proposal.json"
    path.write_text(examples.text("stock_price"), encoding="utf-8")
    return str(path)
