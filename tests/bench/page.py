"""From a changed field to the strip's new figures in Chromium, beside an empty page with as many widgets.

The empty page is Streamlit's own, with its settings and none of ours.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scoping import examples
from tests.browser.acting import LIKELY, settled
from tests.browser.running import RunningApp, new_app

_RUNS = 15
_STRIP = "[data-testid=stBottom]"
_CHANGED = f"before => document.querySelector('{_STRIP}').innerText !== before"


def measure() -> dict[str, float]:
    """The medians and their ratio."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        widgets, ours = _groundwork(browser, new_app(Path(folder)))
        empty = _empty(browser, widgets)
        browser.close()
    print(f"{'widgets':>8} {'Groundwork ms':>14} {'empty page ms':>14} {'ratio':>6}")
    print(f"{widgets:8} {1000 * ours:14.0f} {1000 * empty:14.0f} {ours / empty:6.2f}")
    return {"strip after a changed field / empty page": ours / empty}


def _groundwork(browser: Browser, app: RunningApp) -> tuple[int, float]:
    app.start()
    try:
        saved = app.create(examples.load("visual_inspection"))
        page = browser.new_page()
        page.goto(f"{app.url}/proposal?proposal={saved.id}&step=value")
        settled(page)
        widgets = page.locator("input").count()
        # Other figures every time: none may come from a cache.
        return widgets, _median(
            page, f"Cost of the action (EUR), {LIKELY}", [f"{1.3 + n / 20:.2f}" for n in range(_RUNS)]
        )
    finally:
        app.stop()


def _empty(browser: Browser, widgets: int) -> float:
    with tempfile.TemporaryDirectory() as elsewhere, _streamlit(widgets, elsewhere) as url:
        page = browser.new_page()
        page.goto(url)
        settled(page)
        return _median(page, "First", [str(n) for n in range(_RUNS)])


@contextmanager
def _streamlit(widgets: int, folder: str) -> Iterator[str]:
    script = Path(__file__).with_name("empty_page.py")
    app = new_app(script.parent)
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(app.port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, "WIDGETS": str(widgets)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=quiet, stderr=quiet)
    try:
        _wait(app.url)
        yield app.url
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def _median(page: Page, label: str, texts: list[str]) -> float:
    times = []
    for text in texts:
        before = page.locator(_STRIP).inner_text()
        box = page.get_by_label(label, exact=True)
        box.fill(text)
        start = time.perf_counter()
        box.press("Enter")
        page.wait_for_function(_CHANGED, arg=before, polling=5)
        times.append(time.perf_counter() - start)
        settled(page)
    return statistics.median(times)
