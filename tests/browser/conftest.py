"""A running server, and a real browser that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.acting import WATCHED
from tests.browser.running import RunningApp, new_forked_app

_SECOND_TRY = pytest.mark.flaky(reruns=1)
# Patience for a busy machine; a test that passes never waits so long.
expect.set_options(timeout=20_000)
CHROMIUM = ("--no-sandbox", "--disable-quic", "--disable-background-networking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a person does in a browser gets a second try.

    One of some hundred thousand clicks is lost on a machine that does too much at once. The report names every test
    that needed it: look at those.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(_SECOND_TRY)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One server for the tests of a file."""
    running = new_forked_app(tmp_path_factory.mktemp("app"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[RunningApp]:
    """A server of one test alone, which may kill it or limit what it writes."""
    running = new_forked_app(tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium where it is installed, otherwise the browser tool's own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser profile of its own: another person, or the same one on another day."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        opened.append(browser.new_context(**options))  # type: ignore[arg-type]
        opened[-1].set_default_timeout(30_000)
        opened[-1].add_init_script(WATCHED)
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A fresh tab."""
    return new_context(viewport={"width": 1280, "height": 900}).new_page()
