"""A condition gets an owner and a day as the decision is signed, waits in the inbox, and is done there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from scoping import examples
from tests.browser.acting import no_sideways_scroll, settled, type_into, visit
from tests.browser.running import RunningApp


def test_a_condition_waits_in_the_inbox_until_it_is_done(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    today = app.store().today()
    visit(page, app, f"review?proposal={saved.id}")
    type_into(page, "Decided by", "Sofia Marini")
    type_into(page, "Conditions (one a line)", "The works council agrees")
    page.get_by_text("Who sees to it, and by when").click()
    group = page.get_by_test_id("stExpander").filter(has_text="Each condition becomes a task")
    group.get_by_label("Owner").fill("Bo Larsen")
    group.get_by_label("Owner").blur()
    settled(page)
    group.get_by_role("spinbutton", name="year, Due on").click()
    page.keyboard.type(today.strftime("%Y%m%d"))
    page.keyboard.press("Enter")
    page.get_by_text("Each condition becomes a task").click()
    expect(group.get_by_role("spinbutton", name="day, Due on")).to_have_text(f"{today.day:02}")
    settled(page)
    page.reload()
    settled(page)
    page.get_by_role("button", name="Check and sign").click()
    settled(page)
    expect(page.get_by_role("dialog").get_by_text("The works council agrees (Bo Larsen, by")).to_be_visible()
    page.get_by_role("button", name="Sign the decision").click()
    settled(page)
    page.get_by_role("link", name=re.compile(r"^Inbox \(1\)")).click()
    settled(page)
    card = page.get_by_test_id("stVerticalBlock").filter(has_text="The works council agrees").last
    expect(card.get_by_text("Owner: Bo Larsen")).to_be_visible()
    for width in (400, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        no_sideways_scroll(page)
    card.get_by_role("button", name=re.compile("Done")).click()
    type_into(page, "What came of it", "They agreed")
    page.get_by_role("button", name="It is done").click()
    settled(page)
    expect(page.get_by_text("The works council agrees")).to_have_count(0)
    done = next(each for each in app.store().inbox.of(saved.id) if each.text == "The works council agrees")
    assert (done.state, done.note) == ("done", "They agreed")
