"""A demo portfolio is loaded, a figure is entered and stands against its range; the track record tells and teaches."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.acting import no_sideways_scroll, settled, visit
from tests.browser.running import RunningApp

_LOADS_MS = 180_000


def test_a_figure_is_entered_in_the_demo_and_seen_against_its_range_and_in_the_record(
    own_app: RunningApp, page: Page
) -> None:
    visit(page, own_app)
    page.get_by_role("button", name="Load the demo portfolio").click()
    expect(page.get_by_text("The demo portfolio is here")).to_be_visible(timeout=_LOADS_MS)
    settled(page)
    running = (each for each in own_app.store().actuals.every(is_demo=True) if each.version and _goes_on(each.actuals))
    measured = next(running)
    month = measured.actuals.months
    visit(page, own_app, f"actuals?proposal={measured.proposal_id}&view=enter&month={month}")
    page.get_by_label("Adoption (%)", exact=True).fill("11 %")
    page.get_by_label("Source of these figures", exact=True).fill("Dashboard")
    page.get_by_role("button", name="Save these figures").click()
    settled(page)
    now = own_app.store().actuals.current(measured.proposal_id)
    assert now is not None
    assert (now.version, [each.value for each in now.actuals.entries if each.source == "Dashboard"]) == (2, [0.11])
    page.get_by_text("Against what was signed").click()
    settled(page)
    expect(page.get_by_text("Expected NPV now")).to_be_visible()
    expect(page.get_by_role("heading", name="Each actual beside the range that was signed")).to_be_visible()
    page.get_by_role("link", name="Track record").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Do the ranges hold what comes?")).to_be_visible()
    expect(page.get_by_text("Decided proposals")).to_be_visible()
    for width in (400, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        no_sideways_scroll(page)
    visit(page, own_app, f"proposal?proposal={measured.proposal_id}&step=costs")
    page.get_by_role("button", name="Take over the own classes").click()
    settled(page)
    expect(page.get_by_text("by your own figures")).to_be_visible()
    own = own_app.store().get(measured.proposal_id).proposal.returns.own_classes
    assert [str(each.what) for each in own] == ["cost", "time", "benefit"]
    visit(page, own_app)
    page.get_by_role("button", name="Remove the demo portfolio").click()
    expect(page.get_by_text("In 1 of them somebody changed")).to_be_visible()
    page.get_by_role("button", name="Remove it").click()
    settled(page)
    expect(page.get_by_role("button", name="Load the demo portfolio")).to_be_visible()
    assert own_app.store().is_empty()


def _goes_on(actuals: object) -> bool:
    return getattr(actuals, "stopped_month", None) is None
