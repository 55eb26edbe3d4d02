"""A range as minimum, likely and maximum: by words, by the menu, by keyboard, in German, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from scoping import read, to_dict
from scoping.document.paths import value_at, with_value
from tests.browser.acting import no_sideways_scroll, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import CERTAIN

VALUE, FIELD = "bridge.value_of_catch", "Value of a catch (EUR)"
QUANTILES = {"p10": 80.0, "p50": 120.0, "p90": 300.0}
ENDS = {"minimum": 80.0, "likely": 120.0, "maximum": 300.0}


def create(app: RunningApp, value: object) -> str:
    return app.create(read(with_value(CERTAIN, VALUE, value))).id


def saved_value(app: RunningApp, identity: str) -> object:
    return value_at(to_dict(app.saved(identity).proposal), VALUE)


def menu(page: Page, name: str = "P10 to P90") -> Locator:
    return page.get_by_role("button", name=name)


def test_the_menu_is_worked_by_keyboard_and_what_it_says_stays(app: RunningApp, page: Page) -> None:
    identity = create(app, QUANTILES)
    visit(page, app, f"proposal?proposal={identity}&step=value")
    expect(menu(page)).to_have_count(1)
    menu(page).press("Enter")
    ends = page.get_by_role("menuitem", name="Minimum to maximum: nothing beyond either end")
    expect(ends).to_be_visible()
    ends.press("Enter")
    expect(page.get_by_label(f"{FIELD}, Minimum", exact=True)).to_have_value("80")
    settled(page)
    assert saved_value(app, identity) == ENDS
    expect(page.get_by_text("One chance in ten to be below 98.1 EUR, one in ten to be above 197 EUR")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_label(f"{FIELD}, Maximum", exact=True)).to_have_value("300")
    visit(page, app, f"history?proposal={identity}&from=1&to=2")
    expect(page.get_by_text("at least 80 EUR, likely 120 EUR, at most 300 EUR").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 400])
def test_words_are_understood_on_a_desk_and_on_a_phone(app: RunningApp, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    identity = create(app, 120)
    visit(page, app, f"proposal?proposal={identity}&step=value")
    expect(menu(page)).to_have_count(0)
    type_into(page, f"{FIELD}, Likely (P50)", "at least 80, likely 120, at most 300")
    expect(page.get_by_label(f"{FIELD}, Minimum", exact=True)).to_have_value("80")
    expect(page.get_by_label(f"{FIELD}, Likely", exact=True)).to_have_value("120")
    settled(page)
    assert saved_value(app, identity) == ENDS
    no_sideways_scroll(page)


def test_in_german_the_menu_and_the_words_are_german(
    app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(locale="de-DE", viewport={"width": 1280, "height": 900}).new_page()
    identity = create(app, 120)
    visit(page, app, f"proposal?proposal={identity}&step=value")
    box = page.locator("[class*=value_of_catch-p50] input")
    box.fill("mindestens 80, wahrscheinlich 120, höchstens 300")
    box.blur()
    settled(page)
    assert saved_value(app, identity) == ENDS
    menu(page, "Minimum bis Maximum").click()
    page.get_by_text("P10 bis P90: an jedem Ende 10 % jenseits").click()
    settled(page)
    assert saved_value(app, identity) == QUANTILES


def test_two_people_who_change_one_range_are_asked_in_words(
    app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    identity = create(app, QUANTILES)
    ana, bo = (new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
    for page in (ana, bo):
        visit(page, app, f"proposal?proposal={identity}&step=value")
    type_into(ana, f"{FIELD}, High (P90)", "250")
    menu(bo).click()
    bo.get_by_text("Minimum to maximum: nothing beyond either end").click()
    settled(bo)
    expect(bo.get_by_text("at least 80 EUR, likely 120 EUR, at most 300 EUR").first).to_be_visible()
    expect(bo.get_by_text("P10 80 EUR, P50 120 EUR, P90 250 EUR").first).to_be_visible()
    assert saved_value(app, identity) == {**QUANTILES, "p90": 250}
