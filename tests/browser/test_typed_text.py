"""What is being typed outlives a locked database, a killed server, a page that is left, and a newer version."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from scoping import examples
from scoping.document.editing import change
from tests.browser.acting import nothing_broke, saved_version, settled, type_into, visit
from tests.browser.running import RunningApp, locked

WAITING = "what you typed is kept here and saved as soon as it does"
KEPT = "() => Object.keys(JSON.parse(sessionStorage.getItem('groundwork:typed')).entries).length"
# A server that starts, and a browser that notices.
RECONNECTED_MS = 60_000
# As long as a save waits for another process, and then some.
GIVEN_UP_MS = 60_000


def owner(page: Page) -> Locator:
    return page.get_by_label("Owner", exact=True)


def typed_and_waiting(page: Page) -> None:
    owner(page).fill("Typed against a lock")
    owner(page).blur()
    expect(page.get_by_text(WAITING)).to_be_visible(timeout=GIVEN_UP_MS)


def someone_else_sets(app: RunningApp, identity: str, path: str, value: str) -> None:
    store = app.store()
    now = store.get(identity)
    store.save(identity, change(now.proposal, path, value), now.version, "Bo")
    store.close()


def test_the_browser_keeps_a_text_until_it_is_safe(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"proposal?proposal={saved.id}")
    owner(page).fill("On its way")
    assert page.evaluate(KEPT) == 1
    owner(page).blur()
    saved_version(page, 2)
    page.wait_for_function(f"({KEPT})() === 0")


@pytest.mark.parametrize("leaves", [False, True], ids=["while typing", "right after leaving the field"])
def test_a_text_that_was_under_way_when_the_server_was_killed_is_saved_by_the_next_one(
    own_app: RunningApp, page: Page, leaves: bool
) -> None:
    saved = own_app.create(examples.load("stock_price"))
    visit(page, own_app, f"proposal?proposal={saved.id}")
    owner(page).fill("Typed before the end")
    if leaves:
        owner(page).blur()
    own_app.stop(signal.SIGKILL)
    own_app.start()
    expect(page.get_by_text("All changes saved · version 2")).to_be_visible(timeout=RECONNECTED_MS)
    expect(owner(page)).to_have_value("Typed before the end")
    assert own_app.saved(saved.id).proposal.owner == "Typed before the end"
    page.wait_for_function(f"({KEPT})() === 0")
    nothing_broke(page)


def test_a_text_that_finds_another_one_in_its_place_is_offered(own_app: RunningApp, page: Page) -> None:
    saved = own_app.create(examples.load("stock_price"))
    visit(page, own_app, f"proposal?proposal={saved.id}")
    owner(page).fill("Mine, **under way**")
    own_app.stop(signal.SIGKILL)
    someone_else_sets(own_app, saved.id, "owner", "Theirs, meanwhile")
    own_app.start()
    offer = page.get_by_text("Typed in this tab and not saved: Owner: “Mine, **under way**”")
    expect(offer).to_be_visible(timeout=RECONNECTED_MS)
    expect(owner(page)).to_have_value("Theirs, meanwhile")
    assert own_app.saved(saved.id).proposal.owner == "Theirs, meanwhile"
    page.get_by_role("button", name="Put it back").click()
    saved_version(page, 3)
    expect(owner(page)).to_have_value("Mine, **under way**")
    expect(offer).to_have_count(0)
    assert own_app.saved(saved.id).proposal.owner == "Mine, **under way**"


def test_a_text_in_a_field_that_was_never_left_comes_back_with_the_page(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"review?proposal={saved.id}")
    visit(page, app, f"proposal?proposal={saved.id}")
    owner(page).fill("In the middle of")
    page.go_back()
    expect(page.get_by_role("heading", name="Decision", exact=True)).to_be_visible()
    page.go_forward()
    expect(owner(page)).to_have_value("In the middle of")
    saved_version(page, 2)


def test_what_is_typed_while_another_process_writes_waits_and_is_saved_without_a_reload(
    app: RunningApp, page: Page
) -> None:
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"proposal?proposal={saved.id}")
    with locked(app):
        typed_and_waiting(page)
        type_into(page, "Team", "Second field")
        page.get_by_role("radio", name="Risks").click()
        expect(page.get_by_role("button", name="Add: Risk")).to_be_visible()
        page.get_by_role("radio", name="Problem").click()
        expect(owner(page)).to_have_value("Typed against a lock")
        expect(page.get_by_label("Team", exact=True)).to_have_value("Second field")
        expect(page.get_by_text("2 entries are not saved yet: Owner, Team")).to_be_visible()
    expect(page.get_by_text(WAITING)).to_have_count(0, timeout=GIVEN_UP_MS)
    saved_version(page, 2)
    found = app.saved(saved.id).proposal
    assert (found.owner, found.team) == ("Typed against a lock", "Second field")
    nothing_broke(page)


def test_a_reload_while_the_database_is_locked_keeps_the_text(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"proposal?proposal={saved.id}")
    with locked(app):
        typed_and_waiting(page)
        page.reload()
        # The page has tried to save it twice by then, and waited for the lock each time.
        expect(owner(page)).to_have_value("Typed against a lock", timeout=60_000)
    saved_version(page, 2)
    assert app.saved(saved.id).proposal.owner == "Typed against a lock"


def test_a_decision_that_is_being_written_outlives_reload_page_and_version(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    visit(page, app, f"review?proposal={saved.id}")
    type_into(page, "Reason", "A reason that took an hour")
    type_into(page, "Conditions (one a line)", "A condition of our own")
    page.reload()
    expect(page.get_by_label("Reason", exact=True)).to_have_value("A reason that took an hour")
    page.get_by_role("link", name="Portfolio").click()
    settled(page)
    someone_else_sets(app, saved.id, "team", "Another team")
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_label("Reason", exact=True)).to_have_value("A reason that took an hour")
    expect(page.get_by_label("Conditions (one a line)", exact=True)).to_have_value("A condition of our own")
    # In the middle of a word, never left.
    page.get_by_label("Reason", exact=True).fill("A reason that took an hour and")
    page.reload()
    expect(page.get_by_label("Reason", exact=True)).to_have_value("A reason that took an hour and")


def test_of_two_tabs_the_later_draft_says_what_stood_there(
    app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    saved = app.create(examples.load("stock_price"))
    context = new_context(viewport={"width": 1280, "height": 900})
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        visit(tab, app, f"proposal?proposal={saved.id}&step=value")
    label = next(each for each in _estimates(first) if each.endswith("Likely (P50)"))
    type_into(first, label, "first tab")
    type_into(second, label, "second tab")
    expect(second.get_by_text("In another tab you typed something else here")).to_contain_text("first tab")
    second.get_by_role("button", name="Take it over").click()
    settled(second)
    expect(second.get_by_label(label, exact=True)).to_have_value("first tab")
    nothing_broke(second)


def _estimates(page: Page) -> list[str]:
    boxes = page.get_by_role("textbox").all()
    return [str(box.get_attribute("aria-label")) for box in boxes if box.is_enabled()]
