"""What a portfolio owner and an approver do: choose under limits, keep two scenarios, compare, approve, take out."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.acting import choose, no_sideways_scroll, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import CERTAIN, proposal

BUDGET = "Budget of each quarter, in EUR"


def keep(page: Page, name: str) -> None:
    type_into(page, "Name of the scenario", name)
    page.get_by_role("button", name="Save as a new scenario").click()
    settled(page)
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_two_scenarios_are_made_compared_approved_and_taken_out(app: RunningApp, page: Page) -> None:
    for title in ("Kiln", "Ferry"):
        app.create(proposal(CERTAIN, title=title))
    visit(page, app, "choose")
    type_into(page, BUDGET, "100k; 100k")
    expect(page.get_by_text("2 proposals to choose among.")).to_be_visible()
    keep(page, "Plenty")
    page.get_by_role("button", name="Change it, or try others").click()
    settled(page)
    expect(page.get_by_label(BUDGET, exact=True)).to_have_value("100,000; 100,000")
    type_into(page, BUDGET, "30k")
    keep(page, "Scarce")
    page.get_by_role("button", name="Compare it").click()
    settled(page)
    choose(page, page.get_by_role("combobox", name="Scenarios to compare"), re.compile("Plenty"))
    expect(page.get_by_role("heading", name="Where they differ")).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("radio", name="Saved scenarios").click()
    settled(page)
    page.get_by_role("button", name="Scarce").click()
    settled(page)
    page.get_by_role("radio", name="Approved").click()
    settled(page)
    type_into(page, "Reason", "There is no more money")
    type_into(page, "Who decides", "Ada")
    page.get_by_role("button", name="Check and sign").click()
    settled(page)
    page.get_by_role("button", name="Sign the decision").click()
    settled(page)
    expect(page.get_by_text("There is no more money").first).to_be_visible()
    page.get_by_role("button", name="Download").click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Scenario as CSV").click()
    assert "Kiln" in download.value.path().read_text(encoding="utf-8-sig")
    page.go_back()
    settled(page)
    expect(page.get_by_role("radio", name="Saved scenarios")).to_be_visible()


def test_what_is_seldom_set_is_there_after_a_reload(app: RunningApp, page: Page) -> None:
    worst = "Scenarios that count as the worst"
    app.create(proposal(CERTAIN, title="Kiln"))
    visit(page, app, "choose")
    page.get_by_text("Seldom needed").click()
    type_into(page, worst, "5")
    expect(page.get_by_text("in the worst 5% of the scenarios").first).to_be_visible()
    page.reload()
    settled(page)
    page.get_by_text("Seldom needed").click()
    expect(page.get_by_label(worst, exact=True)).to_have_value("5%")
    no_sideways_scroll(page)
