"""An administrator lays down what holds for all proposals; the next proposal begins with it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.acting import no_sideways_scroll, nothing_broke, settled, strip, type_into, visit
from tests.browser.running import RunningApp


def test_what_is_laid_down_a_new_proposal_begins_with(app: RunningApp, page: Page) -> None:
    visit(page, app, "organisation")
    page.get_by_role("textbox", name="Horizon (months)").fill("48")
    page.keyboard.press("Tab")
    settled(page)
    expect(strip(page)).to_contain_text("1 change is not laid down yet")
    page.get_by_role("textbox", name="Why").fill("Board of October")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Lay down as version 1").click()
    settled(page)
    expect(page.get_by_text("Version 1, laid down by")).to_be_visible()
    visit(page, app)
    type_into(page, "Title of a blank proposal", "Begun with the house's horizon")
    page.get_by_role("button", name="Create blank proposal").click()
    settled(page)
    visit(page, app, f"proposal?{page.url.partition('?')[2]}&step=costs")
    expect(page.get_by_role("textbox", name="Horizon (months)")).to_have_value("48")
    expect(page.get_by_role("button", name="As the organisation lays down (version 1)")).to_be_visible()
    nothing_broke(page)
    no_sideways_scroll(page)
