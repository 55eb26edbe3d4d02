"""Rows and choices that wait for the database outlive a reload and a killed server, as texts do."""

from __future__ import annotations

import signal

from playwright.sync_api import Page, expect

from scoping import examples
from scoping.document.editing import change
from tests.browser.acting import choose, nothing_broke, saved_version, settled, visit
from tests.browser.running import RunningApp, locked

WAITING = "what you typed is kept here and saved as soon as it does"
LEFT = "() => JSON.parse(sessionStorage.getItem('groundwork:typed')).waiting.length"
_OWN_MODEL = 3
# As long as a save waits for another process, a server takes to start and a browser to notice, and then some.
LONG_MS = 60_000


def costs_of(app: RunningApp, identity: str) -> list[str]:
    return [each.name for each in app.saved(identity).proposal.alternatives[_OWN_MODEL].costs]


def open_costs(page: Page, app: RunningApp, identity: str) -> None:
    visit(page, app, f"proposal?proposal={identity}&step=costs")
    page.get_by_role("radio", name="Own model").click()
    settled(page)


def add_a_cost_that_waits(page: Page) -> None:
    """A new row, its name and a choice in it, none of which the database takes."""
    page.get_by_role("button", name="Add: Cost").click()
    name = page.get_by_label("Cost", exact=True).last
    name.fill("Hosting while away")
    name.blur()
    expect(page.get_by_text(WAITING)).to_be_visible(timeout=LONG_MS)
    settled(page)
    choose(page, page.get_by_label("When", exact=True).last, "Every month")
    page.wait_for_function(f"({LEFT})() === 1")


def take_a_cost_out(page: Page, name: str) -> None:
    page.locator("[class*=card]").filter(has_text=name).get_by_role("button", name="Remove").click()
    settled(page)


def is_saved_in_full(page: Page, app: RunningApp, identity: str, before: list[str]) -> None:
    expect(page.get_by_text(WAITING)).to_have_count(0, timeout=LONG_MS)
    page.wait_for_function(f"({LEFT})() === 0")
    cost = app.saved(identity).proposal.alternatives[_OWN_MODEL].costs[len(before)]
    assert (cost.name, cost.timing) == ("Hosting while away", "monthly")
    nothing_broke(page)


def test_rows_and_choices_outlive_a_reload_while_the_database_is_locked(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    before = costs_of(app, saved.id)
    open_costs(page, app, saved.id)
    with locked(app):
        add_a_cost_that_waits(page)
        page.reload()
        expect(page.get_by_text(WAITING)).to_be_visible(timeout=LONG_MS)
        page.get_by_role("radio", name="Own model").click()
        expect(page.get_by_text("Hosting while away").first).to_be_visible()
        page.reload()
        expect(page.get_by_text(WAITING)).to_be_visible(timeout=LONG_MS)
        assert costs_of(app, saved.id) == before
    is_saved_in_full(page, app, saved.id, before)
    assert costs_of(app, saved.id) == [*before, "Hosting while away"]


def test_rows_and_choices_outlive_the_server_that_was_killed(own_app: RunningApp, page: Page) -> None:
    saved = own_app.create(examples.load("invoice_routing"))
    before = costs_of(own_app, saved.id)
    open_costs(page, own_app, saved.id)
    with locked(own_app):
        add_a_cost_that_waits(page)
        own_app.stop(signal.SIGKILL)
    own_app.start()
    saved_version(page, 2)
    is_saved_in_full(page, own_app, saved.id, before)


def test_what_somebody_else_saved_before_the_reload_is_merged(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    before = costs_of(app, saved.id)
    open_costs(page, app, saved.id)
    with locked(app):
        take_a_cost_out(page, before[0])
        expect(page.get_by_text(WAITING)).to_be_visible(timeout=LONG_MS)
        add_a_cost_that_waits(page)
        page.goto("about:blank")
    store = app.store()
    store.save(saved.id, change(saved.proposal, "team", "Theirs"), 1, "Bo")
    store.close()
    visit(page, app, f"proposal?proposal={saved.id}")
    saved_version(page, 3)
    assert costs_of(app, saved.id) == [*before[1:], "Hosting while away"]
    assert app.saved(saved.id).proposal.team == "Theirs"
    nothing_broke(page)
