"""How long one waits at the start: for `import scoping`, and from `groundwork serve` to a page."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.acting import settled
from tests.browser.running import new_app

_RUNS = 7
_FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def measure() -> dict[str, float]:
    """The import beside that of the libraries that it cannot do without; the server to first paint and to settled."""
    ours, libraries = _import("scoping"), _import("numpy, scipy.special, pydantic, babel")
    answers, painted, settles = _served()
    print(f"import scoping: {ours:.2f} s, its libraries alone {libraries:.2f} s")
    print(f"groundwork serve: answers after {answers:.1f} s, first paint {painted:.1f} s, settled {settles:.1f} s")
    return {
        "import scoping / its libraries": ours / libraries,
        "serve to first paint, s": painted,
        "serve to settled, s": settles,
    }


def _import(names: str) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {names}"], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _served() -> tuple[float, float, float]:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        page, app = browser.new_page(), new_app(Path(folder))
        start = time.perf_counter()
        app.start()
        answers = time.perf_counter() - start
        page.goto(app.url)
        page.get_by_text("Portfolio").first.wait_for()
        painted = time.perf_counter() - start
        settled(page)
        settles = time.perf_counter() - start
        browser.close()
        app.stop()
    return answers, painted, settles
