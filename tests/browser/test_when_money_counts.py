"""A published business case as finance counts it, entered by hand: time 0, year ends, steps, a cost that grows."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scoping import assess, read
from tests.browser.acting import LIKELY, choose, settled, strip, strip_text, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import case

MORE = "More: How many, How likely, Grows by, Amounts by year, Booked as"


def pick(page: Page, label: str, option: str) -> None:
    """Pick from the last list of that name."""
    choose(page, page.get_by_label(label, exact=True).last, option)


def open_row(page: Page, name: str) -> None:
    page.locator("[class*=card]").filter(has_text=name).get_by_role("button", name="Edit").click()
    settled(page)


def test_azure_mls_viability_sheet_comes_out_as_published(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("azureml")))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_role("radio", name="Azure ML").click()
    settled(page)
    # Nobody who does not need them sees the fields of finance.
    expect(page.get_by_label("When money counts", exact=True)).to_be_hidden()
    open_row(page, "Development")
    pick(page, "When", "Once, on the first day")
    page.get_by_role("button", name="Close").click()
    settled(page)
    open_row(page, "Operations")
    page.get_by_role("button", name=MORE).click()
    settled(page)
    type_into(page, f"Grows by (% a year), {LIKELY}", "10 %")
    page.get_by_text("When money counts, how growth comes, benefits by year").click()
    expect(page.get_by_label("How growth comes", exact=True)).to_be_visible()
    settled(page)
    pick(page, "When money counts", "At the end of each year")
    pick(page, "How growth comes", "A step each year")
    # The published sheet: 842,577 US dollars before it rounds.
    assert "$843K" in strip_text(page)
    found = app.saved(saved.id).proposal
    assert round(assess(found).alternatives[1].expected or 0) == 842_577
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_text("$842,577").first).to_be_visible()


def test_a_growth_of_what_is_paid_once_is_refused_in_its_place(app: RunningApp, page: Page) -> None:
    saved = app.create(read(case("azureml")))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_role("radio", name="Azure ML").click()
    settled(page)
    before = strip_text(page)
    open_row(page, "Development")
    page.get_by_role("button", name=MORE).click()
    settled(page)
    type_into(page, f"Grows by (% a year), {LIKELY}", "10 %")
    expect(page.get_by_text("nothing grows in a day").first).to_be_visible()
    expect(strip(page)).to_have_text(before, use_inner_text=True)
    assert app.saved(saved.id).version == saved.version


def test_the_same_sheet_typed_as_rows_of_years(app: RunningApp, page: Page) -> None:
    conventions = {"returns__cash_convention": "year_end", "returns__volume_growth": 0}
    saved = app.create(read(case("azureml", alternatives__1__costs__0__timing="at_start", **conventions)))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_role("radio", name="Azure ML").click()
    settled(page)
    expect(page.get_by_label("Benefits by year (%), year 1; year 2; …", exact=True)).to_be_hidden()
    page.get_by_text("When money counts, how growth comes, benefits by year").click()
    settled(page)
    benefits = type_into(page, "Benefits by year (%), year 1; year 2; …", "100% 105% 110.25%")
    expect(benefits).to_have_value("100%; 105%; 110.25%")
    open_row(page, "Operations")
    page.get_by_role("button", name=MORE).click()
    settled(page)
    type_into(page, "Amounts by year (USD), year 1; year 2; …", "71,820\t79,002\t86,902.2")
    # One amount gives way to amounts by year.
    expect(page.get_by_label(f"Amount (USD), {LIKELY}", exact=True)).to_have_value("")
    assert "$843K" in strip_text(page)
    found = app.saved(saved.id).proposal
    assert found.alternatives[1].costs[1].by_year == [71_820, 79_002, 86_902.2]
    assert round(assess(found).alternatives[1].expected or 0) == 842_577
