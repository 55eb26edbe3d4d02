"""What finance adds, entered by hand: folded until wanted, refused in its place, told on Review and on a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scoping import read
from tests.browser.acting import settled, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import case

PANEL = "For finance: tax, prices, soft benefits, fiscal years"
MACHINE = {"alternatives__1__costs__0__timing": "at_start", "returns__cash_convention": "year_end"}


def test_npv_after_tax_comes_out_as_in_closed_form(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("mslearn_1", **MACHINE, alternatives__1__costs__0__treatment="capital")))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_role("radio", name="Agent").click()
    settled(page)
    expect(page.get_by_label("Tax rate (%)", exact=True)).to_have_count(0)
    # What nobody gave is not said of a cost.
    expect(page.get_by_text("Booked as: Capital")).to_have_count(1)
    expect(page.get_by_text("Booked as: Operating cost")).to_have_count(0)
    page.get_by_text(PANEL).click()
    settled(page)
    type_into(page, "Tax rate (%)", "30")
    type_into(page, "Depreciation period (months)", "60")
    type_into(page, "Month in which the work starts", "2027-07")
    type_into(page, "First month of the fiscal year", "7")
    finance = app.saved(saved.id).proposal.finance
    assert (finance.tax_rate, finance.depreciation_months, finance.starts) == (0.3, 60, "2027-07")
    visit(page, app, f"review?proposal={saved.id}")
    # 60,000 now, 21,000 a year for five years at 8 %, 30 % tax, written off over five years: 13,067.
    expect(page.get_by_text("$13,067").first).to_be_visible()
    expect(page.get_by_role("columnheader", name="FY 2031/32")).to_be_visible()


def test_what_cannot_be_read_is_refused_beside_its_field_and_stays_in_sight(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("mslearn_1")))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_text(PANEL).click()
    settled(page)
    type_into(page, "Month in which the work starts", "March 2027")
    expect(page.get_by_text("must be a year and a month such as 2027-03, or empty")).to_be_visible()
    assert app.saved(saved.id).proposal.finance.starts == ""
    # The panel is open when somebody comes back to what is not saved.
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    expect(page.get_by_text("must be a year and a month such as 2027-03, or empty")).to_be_visible()


def test_the_statement_fits_a_phone(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("mslearn_1", **MACHINE, finance={"tax_rate": 0.3})))
    page.set_viewport_size({"width": 400, "height": 800})
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_role("heading", name="As finance sees it")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
