"""Rows of costs, judgements and pairs, as a person types them: fast, by keyboard, in a fresh browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from scoping import examples
from tests.browser.acting import (
    LIKELY,
    choose,
    nothing_broke,
    saved_version,
    settled,
    strip,
    strip_text,
    type_into,
    visit,
)
from tests.browser.running import RunningApp

_OWN_MODEL = 3
_AMOUNT = f"Amount (EUR), {LIKELY}"


def open_costs(page: Page, app: RunningApp, identity: str) -> None:
    """The costs of the last alternative."""
    visit(page, app, f"proposal?proposal={identity}&step=costs")
    page.get_by_role("radio", name="Own model").click()
    settled(page)


def open_row(page: Page, name: str) -> None:
    """Open the line of a row on its fields."""
    page.locator("[class*=card]").filter(has_text=name).get_by_role("button", name="Edit").click()
    settled(page)


def open_panel(page: Page, title: str) -> None:
    """Open a panel that is closed at first."""
    page.get_by_text(title, exact=True).click()
    settled(page)


def press_keys(box: Locator, text: str, pause: int = 20) -> None:
    """Type as people do who know the keyboard: a key at a time, with no wait for the page."""
    box.click()
    box.page.keyboard.type(text, delay=pause)
    box.page.keyboard.press("Tab")


def test_costs_are_edited_in_their_row(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    cost = saved.proposal.alternatives[_OWN_MODEL].costs[0]
    assert cost.amount is not None
    dearer = (cost.amount.p50 + cost.amount.p90) / 2
    open_costs(page, app, saved.id)
    before = strip_text(page)
    open_row(page, cost.name)
    type_into(page, _AMOUNT, "-500")
    expect(page.get_by_text("Not saved yet.").last).to_be_visible()
    nothing_broke(page)
    assert app.saved(saved.id).version == 1
    open_costs(page, app, saved.id)
    expect(page.get_by_text("Not saved yet.").last).to_be_visible()
    type_into(page, _AMOUNT, str(dearer))
    saved_version(page, 2)
    expect(strip(page)).not_to_have_text(before, use_inner_text=True)
    cost = app.saved(saved.id).proposal.alternatives[_OWN_MODEL].costs[0]
    assert cost.amount is not None
    assert cost.amount.p50 == dearer


@pytest.mark.parametrize("pause", [20, 40])
def test_the_first_row_of_a_fresh_browser_keeps_every_digit(app: RunningApp, page: Page, pause: int) -> None:
    saved = app.create(examples.load("invoice_routing"))
    open_costs(page, app, saved.id)
    count = len(saved.proposal.alternatives[_OWN_MODEL].costs)
    page.get_by_role("button", name="Add: Cost").click()
    name = page.get_by_label("Cost", exact=True).last
    expect(name).to_be_visible()
    press_keys(name, "Hosting of the model", pause)
    press_keys(page.get_by_label(_AMOUNT).last, "12500", pause)
    settled(page)
    cost = app.saved(saved.id).proposal.alternatives[_OWN_MODEL].costs[count]
    assert cost.amount is not None
    assert (cost.name, cost.amount.p50) == ("Hosting of the model", 12_500)
    # What was picked from a list does not swallow the click that follows.
    page.get_by_label("When", exact=True).last.click()
    page.get_by_role("option", name="Every month").click()
    page.get_by_role("button", name="Add: Cost").click()
    expect(page.get_by_text("New: Cost")).to_be_visible()
    settled(page)
    assert app.saved(saved.id).proposal.alternatives[_OWN_MODEL].costs[count].timing == "monthly"


def test_tab_leads_from_a_field_to_the_next_one(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    visit(page, app, f"proposal?proposal={saved.id}&step=problem")
    page.get_by_label("Owner", exact=True).click()
    for text in ("Ada", "Bea"):
        page.keyboard.press("Control+a")
        page.keyboard.type(text, delay=20)
        page.keyboard.press("Tab")
    settled(page)
    now = app.saved(saved.id).proposal
    assert (now.owner, now.sponsor) == ("Ada", "Bea")


def test_several_people_judge_one_number(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    page.set_viewport_size({"width": 1280, "height": 1700})
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    open_panel(page, "Several people judge a number")
    expect(page.get_by_label("Number", exact=True)).to_be_visible()
    settled(page)
    choose(page, page.get_by_label("Number", exact=True), re.compile("^Prevalence"))
    for row, numbers in enumerate((("Ana", "1.2 %", "1.8 %", "2.6 %"), ("Bo", "2 %", "3 %", "4 %"))):
        page.get_by_role("button", name="Add: Judgement").click()
        settled(page)
        expect(page.get_by_label("By", exact=True)).to_have_count(row + 1)
        press_keys(page.get_by_label("By", exact=True).last, numbers[0])
        for number in numbers[1:]:
            page.keyboard.type(number, delay=20)
            page.keyboard.press("Tab")
        settled(page)
    expect(page.get_by_text("Average of 2: Ana, Bo")).to_be_visible()
    expect(page.get_by_label(f"Prevalence (%), {LIKELY}", exact=True)).to_be_disabled()
    prevalence = app.saved(saved.id).proposal.bridge.prevalence  # type: ignore[union-attr]
    assert [each.by for each in prevalence.judgements] == ["Ana", "Bo"]
    assert (prevalence.p10, prevalence.p50) == (0.016, 0.024)
    # Without the last judgement its numbers stay, as the team's own.
    for left in (1, 0):
        page.get_by_role("button", name="Remove").last.click()
        settled(page)
        expect(page.get_by_label("By", exact=True)).to_have_count(left)
    expect(page.get_by_text("Judged by")).to_be_hidden()
    kept = app.saved(saved.id).proposal.bridge.prevalence  # type: ignore[union-attr]
    assert (kept.p10, kept.p50, kept.p90, kept.judgements) == (0.012, 0.018, 0.026, ())


def test_two_inputs_move_together(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    page.set_viewport_size({"width": 1280, "height": 1700})
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    open_panel(page, "Inputs that move together")
    page.get_by_role("button", name="Add: Pair of inputs").click()
    settled(page)
    for field, option in (("One input", "Prevalence"), ("Another input", "Cost of a miss")):
        choose(page, page.get_by_label(field, exact=True), option)
    type_into(page, "Rank correlation", "7")
    expect(page.get_by_text("must be a number from -1 to 1").first).to_be_visible()
    type_into(page, "Rank correlation", "0.4")
    saved_version(page, 2)
    pair = app.saved(saved.id).proposal.correlations[0]
    assert (pair.first, pair.second, pair.rank_correlation) == ("bridge.prevalence", "bridge.miss_cost", 0.4)
