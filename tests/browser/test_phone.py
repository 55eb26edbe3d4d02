"""On a phone: nothing is wider than the window, the strip folds to one line, links lead to their fields."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.views.parts.step import steps
from scoping import examples, read
from tests.browser.acting import no_sideways_scroll, settled, strip, visit
from tests.browser.running import RunningApp

_TALLEST_STRIP = 210


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A tab on a phone."""
    return new_context(viewport={"width": 400, "height": 800}).new_page()


def test_every_step_fits_and_the_strip_is_one_line(app: RunningApp, phone: Page) -> None:
    identity = app.create(examples.load("visual_inspection")).id
    for step in steps():
        visit(phone, app, f"proposal?proposal={identity}&step={step}")
        folded = phone.get_by_role("button", name="Pilot first · NPV")
        expect(folded).to_be_visible()
        settled(phone)
        no_sideways_scroll(phone)
        box = strip(phone).bounding_box()
        assert box is not None
        assert box["height"] <= _TALLEST_STRIP
    folded.click()
    for label in ("Expected NPV", "Chance of loss", "Headroom"):
        expect(phone.get_by_text(label, exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [400, 1280])
def test_what_is_missing_leads_to_its_field(width: int, app: RunningApp, page: Page) -> None:
    identity = app.create(read({"title": "Begun", "bridge": {"kind": "detection"}})).id
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, app, f"proposal?proposal={identity}")
    page.get_by_role("button", name="things are missing").click()
    page.get_by_role("link", name="Discount rate").click()
    expect(page.get_by_label("Discount rate").first).to_be_focused()
    page.get_by_role("button", name="things are missing").click()
    page.get_by_role("link", name="Is the use itself permitted?").click()
    settled(page)
    expect(page.get_by_role("radiogroup", name="Is the use itself permitted?")).to_be_in_viewport()
