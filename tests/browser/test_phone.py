"""On a phone: nothing is wider than the window, the strip folds to one line, links lead to their fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.views.parts.step import steps
from scoping import examples, read
from tests.browser.acting import no_sideways_scroll, settled, strip, visit
from tests.browser.running import RunningApp

_TALLEST_STRIP = 210
_VAST = Path(__file__).parents[1] / "scoping" / "cases" / "crash_large_money.json"
_PROPOSALS = {
    **{name: examples.load(name) for name in ("visual_inspection", "payment_fraud", "stock_price")},
    "empty": read({"title": "Empty"}),
    "vast amounts": read(json.loads(_VAST.read_text(encoding="utf-8"))),
    "a word without end": read({"title": "Long", "risks": [{"name": "unbreakable" * 30, "response": "also" * 60}]}),
}


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


@pytest.mark.parametrize("name", _PROPOSALS)
def test_review_never_scrolls_sideways(name: str, app: RunningApp, page: Page) -> None:
    identity = app.create(_PROPOSALS[name]).id
    visit(page, app, f"review?proposal={identity}")
    for width in (1280, 800, 400):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        no_sideways_scroll(page)
        for box in page.get_by_test_id("stMarkdown").filter(has=page.locator("table")).all():
            assert box.evaluate("element => element.scrollWidth <= element.clientWidth + 1"), width


def test_rows_of_a_table_are_cards_on_a_phone(app: RunningApp, phone: Page) -> None:
    identity = app.create(examples.load("visual_inspection")).id
    visit(phone, app, f"review?proposal={identity}")
    expect(phone.get_by_text("Headroom: 20.8%")).to_be_visible()
    expect(phone.get_by_role("columnheader", name="Headroom")).to_have_count(0)
    phone.set_viewport_size({"width": 1280, "height": 900})
    expect(phone.get_by_role("columnheader", name="Headroom")).to_be_visible()
    expect(phone.get_by_text("Headroom: 20.8%")).to_have_count(0)
