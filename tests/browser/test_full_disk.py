"""A disk that takes nothing more, under a real server: the page says so, keeps what was typed, and goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from scoping import examples
from tests.browser.acting import nothing_broke, settled, visit
from tests.browser.running import RunningApp

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are those of Linux")
SAID = "The disk of the database takes nothing; what you typed is kept here and saved as soon as it does."
LONG_MS = 60_000
_ROOM_FOR_THE_LOG = 8_000
LONG_TEXT = "A summary that has no room. " * 300


@contextmanager
def at_a_limit(app: RunningApp) -> Iterator[None]:
    """The system refuses whatever makes a file longer than it may be; its log has room, a save has not."""
    import resource

    assert app.process is not None
    journal = app.database.with_name(f"{app.database.name}-wal")
    longest = max(len(app.log) + _ROOM_FOR_THE_LOG, journal.stat().st_size if journal.exists() else 0)
    before = resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (longest, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_nothing_is_told_and_all_is_saved_once_it_does(own_app: RunningApp, page: Page) -> None:
    saved = own_app.create(examples.load("invoice_routing"))
    visit(page, own_app, f"proposal?proposal={saved.id}")
    with at_a_limit(own_app):
        summary = page.get_by_label("Summary", exact=True)
        summary.fill(LONG_TEXT)
        summary.blur()
        expect(page.get_by_text(SAID)).to_be_visible(timeout=LONG_MS)
        page.get_by_label("Team", exact=True).fill("Typed after it")
        page.get_by_label("Team", exact=True).blur()
        settled(page)
        page.reload()
        expect(page.get_by_text(SAID)).to_be_visible(timeout=LONG_MS)
        expect(page.get_by_label("Team", exact=True)).to_have_value("Typed after it")
        assert own_app.saved(saved.id).version == 1
    expect(page.get_by_text(SAID)).to_have_count(0, timeout=LONG_MS)
    expect(page.get_by_text("All changes saved")).to_be_visible()
    found = own_app.saved(saved.id).proposal
    assert (found.summary.strip(), found.team) == (LONG_TEXT.strip(), "Typed after it")
    assert "Traceback" not in own_app.log
    assert "has no room" not in own_app.log
    nothing_broke(page)
