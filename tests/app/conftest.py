"""The pages in Streamlit's own test harness, each test with a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.session import shared, workspace
from db import Saved, Store
from scoping import Proposal
from tests.app.acting import open_page

MAIN = Path(__file__).parents[2] / "app" / "main.py"


@pytest.fixture(scope="session", autouse=True)
def numbered_sessions() -> Iterator[None]:
    """Every session draws its fields under the same number, so that a test can name them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "randbelow", lambda _: 0)
        yield


@pytest.fixture
def pages_store(up_to_date: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages use."""
    copied = shutil.copy(up_to_date, tmp_path / "pages.db")
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", f"sqlite:///{copied}")
    shared.database.cache_clear()
    yield shared.database()
    shared.database().close()
    shared.database.cache_clear()


def start() -> AppTest:
    """The app as a new browser tab sees it: the portfolio."""
    return AppTest.from_file(str(MAIN), default_timeout=60).run()


@pytest.fixture
def open_step(pages_store: Store) -> Callable[..., AppTest]:
    """Opens a proposal in a new session, at a step of its Proposal page."""

    def run(saved: Saved, step: str = "problem") -> AppTest:
        test = start()
        test.query_params["proposal"] = saved.id
        test.query_params["step"] = step
        return open_page(test, "proposal")

    return run


@pytest.fixture
def create(pages_store: Store) -> Callable[[Proposal], Saved]:
    """Saves a proposal."""
    return lambda proposal: pages_store.create(proposal, "Ana")
