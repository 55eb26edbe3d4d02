"""Deep links, reload, the back button, page switches and a killed server lose nothing."""

from __future__ import annotations

import re
import signal
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scoping import examples, read
from tests.browser.acting import (
    LIKELY,
    nothing_broke,
    saved_version,
    settled,
    strip,
    strip_text,
    type_into,
    visit,
)
from tests.browser.running import RunningApp, new_app


def test_a_deep_link_opens_the_step(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    expect(page.get_by_role("heading", name="Returns")).to_be_visible()
    page.wait_for_url("**step=costs**")


def test_reload_back_and_page_switches_keep_what_was_typed(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    type_into(page, f"Cost of an error (EUR), {LIKELY}", "-1")
    figures = strip_text(page)
    page.get_by_role("radio", name="Data").click()
    settled(page)
    page.get_by_role("link", name="Decisions").click()
    # Back only from where one has arrived: a busy server still writes the address of a page that one has left.
    expect(page.get_by_role("heading", name="Decisions", exact=True)).to_be_visible()
    settled(page)
    # One press: the menu leaves no entry of its own in the history of the browser.
    page.go_back()
    expect(page.get_by_role("radio", name="Data")).to_be_checked()
    settled(page)
    page.go_back()
    expect(page.get_by_role("radio", name="Value")).to_be_checked()
    settled(page)
    expect(page.get_by_label(f"Cost of an error (EUR), {LIKELY}", exact=True)).to_have_value("-1")
    page.get_by_role("link", name="Portfolio").click()
    settled(page)
    page.get_by_role("link", name="Proposal").click()
    settled(page)
    page.get_by_role("radio", name="Value").click()
    settled(page)
    expect(page.get_by_label(f"Cost of an error (EUR), {LIKELY}", exact=True)).to_have_value("-1")
    page.reload()
    settled(page)
    expect(page.get_by_label(f"Cost of an error (EUR), {LIKELY}", exact=True)).to_have_value("-1")
    expect(strip(page)).to_have_text(figures, use_inner_text=True)


@pytest.mark.parametrize(
    "address", ["proposal", "review", "proposal?proposal=no", "review?proposal=%27--", "proposal?step=x"]
)
def test_an_address_that_leads_nowhere_says_so(app: RunningApp, page: Page, address: str) -> None:
    visit(page, app, address)
    assert page.get_by_role("link", name="Portfolio").count() >= 1
    text = page.get_by_test_id("stMain").inner_text()
    assert "no proposal" in text.lower() or "choose a proposal" in text.lower()


def test_a_proposal_without_anything_but_a_title_is_shown_everywhere(app: RunningApp, page: Page) -> None:
    saved = app.create(read({"title": "Only a title"}))
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_role("heading", name="Only a title")).to_be_visible()
    visit(page, app, f"proposal?proposal={saved.id}&step=plan")
    expect(page.get_by_test_id("stBottom")).to_contain_text("missing")


def test_a_killed_server_comes_back_with_every_acknowledged_save(tmp_path: Path, page: Page) -> None:
    app = new_app(tmp_path)
    app.start()
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"proposal?proposal={saved.id}")
    for number in range(1, 6):
        type_into(page, "Owner", f"Owner {number}")
        saved_version(page, number + 1)
    box = page.get_by_label("Owner", exact=True)
    box.fill("Owner 6")
    box.blur()
    app.stop(signal.SIGKILL)
    with sqlite3.connect(app.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    app.start()
    try:
        visit(page, app, f"proposal?proposal={saved.id}")
        expect(page.get_by_label("Owner", exact=True)).to_have_value(re.compile("Owner [56]"))
        store = app.store()
        revisions = store.revisions(saved.id, size=50).rows
        store.close()
        assert sorted(each.version for each in revisions) == list(range(1, len(revisions) + 1))
        assert len(revisions) in (6, 7)
    finally:
        app.stop()


@pytest.mark.parametrize("pause", [50, 150, 250])
def test_fields_typed_one_right_after_the_other_are_all_saved(app: RunningApp, page: Page, pause: int) -> None:
    """The next change arrives while the one before is still being saved."""
    saved = app.create(examples.load("visual_inspection"))
    visit(page, app, f"proposal?proposal={saved.id}")
    wanted = {"Owner": "A quick owner", "Sponsor": "A quick sponsor", "Team": "A quick team", "Title": "A quick title"}
    for label, text in wanted.items():
        box = page.get_by_label(label, exact=True)
        box.fill(text)
        box.blur()
        page.wait_for_timeout(pause)
    saved_version(page, 5)
    found = app.saved(saved.id).proposal
    assert [found.owner, found.sponsor, found.team, found.title] == list(wanted.values())
    nothing_broke(page)
