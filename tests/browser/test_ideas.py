"""An idea is proposed in four fields, waits in the queue, is taken up, and is opened as a draft."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from scoping import examples
from tests.browser.acting import no_sideways_scroll, settled, type_into, visit
from tests.browser.running import RunningApp


def test_an_idea_is_proposed_taken_up_and_opened_as_a_draft(app: RunningApp, page: Page) -> None:
    app.create(examples.load("invoice_routing"))
    visit(page, app, "propose")
    type_into(page, "Title", "Sorting of supplier invoices")
    type_into(page, "Problem", "Clerks carry invoices from desk to desk.")
    expect(page.get_by_text("Is it one of these?")).to_be_visible()
    type_into(page, "What will be decided differently", "Each invoice goes to the right desk.")
    type_into(page, "Cases a month, at least", "900")
    type_into(page, "Cases a month, at most", "2,500")
    type_into(page, "Value of a case, at least (EUR)", "0.8")
    page.get_by_role("button", name="Propose it").click()
    settled(page)
    expect(page.get_by_text("What was assumed")).to_be_visible()
    page.get_by_role("link", name=re.compile("See all ideas")).click()
    settled(page)
    for width in (400, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        no_sideways_scroll(page)
    page.get_by_role("button", name=re.compile("Take up")).first.click()
    type_into(page, "Owner", "Bo Larsen")
    page.get_by_role("button", name="Take it up as a draft").click()
    settled(page)
    page.get_by_role("link", name=re.compile("Open the draft")).click()
    settled(page)
    expect(page.get_by_role("heading", name="Sorting of supplier invoices")).to_be_visible()
    saved = next(each for each in app.store().list().rows if each.title == "Sorting of supplier invoices")
    assert (saved.stage, saved.owner) == ("draft", "Bo Larsen")
