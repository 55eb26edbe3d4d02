"""A published case by hand: calls to everybody as today's way, and people who can make so many calls a month."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scoping import assess, read
from tests.browser.acting import LIKELY, settled, strip_text, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import case


def test_the_ranked_fifth_is_worth_what_it_saves_on_calling_everybody(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("bank_target")))
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    assert "€1.2M" in strip_text(page)
    page.get_by_text("Everybody", exact=True).click()
    settled(page)
    # 12 months of 38,825, not of 98,575.
    assert "€466K" in strip_text(page)
    page.get_by_text("Some, as measured", exact=True).click()
    settled(page)
    expect(page.get_by_label(f"Lift at depth, {LIKELY}")).to_be_visible()
    page.get_by_text("Nobody", exact=True).click()
    settled(page)
    assert "€1.2M" in strip_text(page)


def test_a_limit_on_the_calls_is_said_in_the_review(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("bank_target")))
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    box = page.get_by_label(f"Most actions a month, {LIKELY}", exact=True)
    expect(box).to_be_hidden()
    page.get_by_text("More: Most actions a month").click()
    expect(box).to_be_visible()
    settled(page)
    type_into(page, f"Most actions a month, {LIKELY}", "4,000")
    type_into(page, f"Would respond anyway (%), {LIKELY}", "1 %")
    found = assess(app.saved(saved.id).proposal).alternatives[1].expected
    limited = case("bank_target", bridge__most_actions_per_month=4_000, bridge__respond_anyway=0.01)
    assert found == assess(read(limited)).alternatives[1].expected
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_text("at most 4,000 of 4,500 cases a month").first).to_be_visible()
