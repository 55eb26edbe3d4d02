"""A server under people who edit: edits a second and time to the new figures, memory and open files.

Each session edits a proposal of its own, without a pause. Every edit is one that must be saved; how many were is asked
of the database.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from scoping import examples
from tests.bench.tab import Tab
from tests.browser.running import RunningApp, new_app

_SESSIONS = (1, 10, 30)
_SECONDS = 15.0
_MANY_EDITS, _MANY_TABS = 300, 60
_FIELD = "bridge.action_cost:p50"


def measure() -> dict[str, float]:
    """Throughput by sessions; then what many edits and many tabs leave behind."""
    with tempfile.TemporaryDirectory() as folder:
        app = new_app(Path(folder))
        app.start()
        try:
            return asyncio.run(_measured(app))
        finally:
            app.stop()


async def _measured(app: RunningApp) -> dict[str, float]:
    found: dict[str, float] = {}
    print(f"{'sessions':>8} {'edits/s':>8} {'median s':>9} {'slowest s':>10}")
    for sessions in _SESSIONS:
        rate, middle, slowest = await _throughput(app, sessions)
        print(f"{sessions:8} {rate:8.2f} {middle:9.2f} {slowest:10.2f}")
        found |= {f"edits a second, {sessions} sessions": rate, f"slowest edit, {sessions} sessions, s": slowest}
    found |= await _left_behind(app)
    return found


async def _throughput(app: RunningApp, sessions: int) -> tuple[float, float, float]:
    tabs = [await _editor(app) for _ in range(sessions)]
    start = time.perf_counter()
    times = [each for one in await asyncio.gather(*(_edit(tab, start) for _, tab in tabs)) for each in one]
    seconds = time.perf_counter() - start
    saved = sum(app.saved(identity).version - 1 for identity, _ in tabs)
    assert saved == len(times), f"{len(times)} edits, {saved} of them saved"
    await asyncio.gather(*(tab.close() for _, tab in tabs))
    return len(times) / seconds, statistics.median(times), max(times)


async def _editor(app: RunningApp) -> tuple[str, Tab]:
    saved = app.create(examples.load("visual_inspection"))
    return saved.id, await Tab.open(app.port, "proposal", {"proposal": saved.id, "step": "value"})


async def _edit(tab: Tab, start: float) -> list[float]:
    """Edit for some seconds; the time of each edit."""
    times: list[float] = []
    while time.perf_counter() - start < _SECONDS:
        before = time.perf_counter()
        # Other figures every time: none may come from a cache.
        await tab.type(_FIELD, f"{1.3 + (before - start) / 1000:.9f}")
        times.append(time.perf_counter() - before)
    return times


async def _left_behind(app: RunningApp) -> dict[str, float]:
    assert app.process is not None
    pid = app.process.pid
    _, tab = await _editor(app)
    before = _megabytes(pid)
    for number in range(_MANY_EDITS):
        await tab.type(_FIELD, f"{1.3 + number / 1000:.3f}")
    grown = _megabytes(pid) - before
    handles = _handles(pid)
    tabs = [await _editor(app) for _ in range(_MANY_TABS)]
    more = _handles(pid) - handles
    await asyncio.gather(*(each.close() for _, each in tabs))
    await tab.close()
    print(f"{_MANY_EDITS} edits: {grown:+.0f} MB, now {_megabytes(pid):.0f} MB; {_MANY_TABS} tabs: {more:+} open files")
    return {f"MB more after {_MANY_EDITS} edits": grown, f"open files more for {_MANY_TABS} tabs": more}


def _megabytes(pid: int) -> float:
    """Resident memory of a process."""
    line = next(each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _handles(pid: int) -> int:
    """Open files of a process, connections among them."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
