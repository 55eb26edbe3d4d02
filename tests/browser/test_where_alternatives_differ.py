"""One alternative that differs from the others, and a cause of failure that two share, entered by hand."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scoping import assess, read
from tests.browser.acting import LIKELY, choose, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import case, varied

DIFFERS = "Where it differs from the others"


def two_models() -> dict[str, object]:
    """Two models with a half chance each, on the same data."""
    document = case("pilot_blind_to_success")
    model = document["alternatives"][1]
    return {**document, "alternatives": [*document["alternatives"], {**model, "name": "Second"}]}


def open_differences(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)
    page.get_by_role("button", name=DIFFERS).click()
    settled(page)


def test_an_end_of_use_and_what_is_left_then(app: RunningApp, page: Page) -> None:
    saved = app.create(read(two_models()))
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    page.get_by_role("radio", name="Second", exact=True).click()
    settled(page)
    # Nobody who does not need them sees these fields.
    expect(page.get_by_label(f"Time of use (months), {LIKELY}", exact=True)).to_have_count(0)
    page.get_by_role("button", name=DIFFERS).click()
    settled(page)
    type_into(page, f"Time of use (months), {LIKELY}", "6")
    type_into(page, f"Adoption (%), {LIKELY}", "50 %")
    type_into(page, f"Residual value (USD), {LIKELY}", "400")
    # 300 a month for six months at half of the cases, and 400: all with a half chance, less what the build costs.
    found = assess(app.saved(saved.id).proposal)
    assert found.alternatives[2].expected == 0.5 * (6 * 150 + 400) - 1_700
    type_into(page, f"Time of use (months), {LIKELY}", "0")
    expect(page.get_by_text("must be a number from 1 to 600").first).to_be_visible()
    assert app.saved(saved.id).proposal == read(
        varied(
            two_models(),
            alternatives__2__months_of_use=6,
            alternatives__2__adoption=0.5,
            alternatives__2__residual_value=400,
        )
    )
    # What is given is in sight when one comes back, and the rest is folded.
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    page.get_by_role("radio", name="Second", exact=True).click()
    settled(page)
    expect(page.get_by_label(f"Adoption (%), {LIKELY}", exact=True)).to_have_value("50%")
    expect(page.get_by_label(f"Drift (%), {LIKELY}", exact=True)).to_have_count(0)


def test_a_cause_is_named_once_and_chosen_by_those_that_rest_on_it(app: RunningApp, page: Page) -> None:
    saved = app.create(read(two_models()))
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_text("What makes alternatives fail together").click()
    page.get_by_role("button", name="Add: Shared cause").click()
    settled(page)
    type_into(page, "Shared cause", "Data arrive")
    type_into(page, "How likely it comes true (%)", "80")
    # It stays open while causes are named.
    expect(page.get_by_label("Dependence of fates (%)", exact=True)).to_be_visible()
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    for name in ("Model", "Second"):
        open_differences(page, name)
        choose(page, page.get_by_label("Rests on", exact=True), "Data arrive")
    found = app.saved(saved.id).proposal
    assert [each.rests_on for each in found.alternatives] == [[], ["Data arrive"], ["Data arrive"]]
    # Higher than the cause allows: refused in its place, with the name of the cause.
    type_into(page, f"Chance of reaching production (%), {LIKELY}", "90")
    expect(page.get_by_text("must be at most 80%").first).to_be_visible()
    assert app.saved(saved.id).proposal == found
    # Renamed in its place, it keeps those that rest on it.
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.locator("[class*=card]").filter(has_text="Data arrive").get_by_role("button", name="Edit").click()
    settled(page)
    type_into(page, "Shared cause", "The sensor data arrive")
    renamed = app.saved(saved.id).proposal
    assert [each.rests_on for each in renamed.alternatives[1:]] == [["The sensor data arrive"]] * 2
