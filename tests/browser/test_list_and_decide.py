"""What a portfolio owner and a sponsor do: find, send a link, compare, sign once, undo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scoping import examples
from tests.browser.acting import choose, no_sideways_scroll, saved_version, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import proposal

Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def filled(app: RunningApp) -> RunningApp:
    """Two pages of proposals of two teams."""
    for number in range(24):
        app.create(proposal(title=f"Proposal {number:02}", team="Odd" if number % 2 else "Even"))
    return app


def first_title(page: Page) -> str:
    return page.get_by_role("link", name=re.compile(r"Proposal \d\d")).first.inner_text().split("\n")[-1]


def test_a_filtered_list_survives_reload_back_and_being_sent(
    filled: RunningApp, page: Page, new_context: Contexts
) -> None:
    visit(page, filled)
    choose(page, page.get_by_label("Team", exact=True).first, "Odd")
    choose(page, page.get_by_label("Sort by"), "Title")
    page.get_by_test_id("stPagination").get_by_text("2", exact=True).click()
    settled(page)
    expect(page.get_by_role("link", name="Proposal 21")).to_be_visible()
    address = page.url
    assert {"team=Odd", "sort=title", "page=2"} <= {*address.split("?")[1].split("&")}
    page.reload()
    settled(page)
    assert first_title(page) == "Proposal 21"
    page.get_by_role("link", name="Proposal 23").click()
    settled(page)
    expect(page.get_by_role("heading", name="Proposal 23")).to_be_visible()
    assert "/review?" in page.url, "a title opens the review"
    page.go_back()
    settled(page)
    expect(page.get_by_role("link", name="Proposal 21")).to_be_visible()
    assert {"team=Odd", "sort=title", "page=2"} <= {*page.url.split("?")[1].split("&")}
    sent = new_context(locale="de-DE").new_page()
    sent.goto(address)
    settled(sent)
    expect(sent.get_by_role("link", name="Proposal 21")).to_be_visible()
    expect(sent.get_by_role("link", name=re.compile(r"Proposal \d\d"))).to_have_count(2)


def test_two_proposals_stand_side_by_side_and_back_leads_to_the_same_list(filled: RunningApp, page: Page) -> None:
    visit(page, filled, "?sort=title&team=Even")
    for number in range(2):
        page.get_by_text("Compare", exact=True).nth(number).click()
        settled(page)
    page.get_by_role("link", name="Compare (2 of 4 ticked)").click()
    settled(page)
    expect(page.get_by_role("heading", name="Compare proposals")).to_be_visible()
    expect(page.get_by_text("Break-even and headroom")).to_be_visible()
    for width in (400, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        no_sideways_scroll(page)
    page.go_back()
    settled(page)
    expect(page.get_by_role("link", name="Proposal 00")).to_be_visible()


def test_archiving_is_undone_with_one_click(filled: RunningApp, page: Page) -> None:
    visit(page, filled, "?sort=title&search=Proposal+04")
    page.get_by_role("button", name="More").first.click()
    page.get_by_text("Archive", exact=True).click()
    settled(page)
    expect(page.get_by_text("“Proposal 04” is in the archive now.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    settled(page)
    expect(page.get_by_role("link", name="Proposal 04")).to_be_visible()


def test_a_removed_alternative_comes_back_with_its_costs(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    page.get_by_role("radio", name="Rule-based machine vision").click()
    settled(page)
    page.get_by_role("button", name="Remove this alternative").click()
    saved_version(page, 2)
    assert len(app.saved(saved.id).proposal.alternatives) == len(saved.proposal.alternatives) - 1
    expect(page.get_by_text("Taken out: Rule-based machine vision.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    saved_version(page, 3)
    assert app.saved(saved.id).proposal == saved.proposal


def test_a_version_is_restored_from_the_history(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"proposal?proposal={saved.id}")
    type_into(page, "Owner", "Someone new")
    saved_version(page, 2)
    page.get_by_role("link", name="History").click()
    settled(page)
    expect(page.get_by_text("Someone new").last).to_be_visible()
    page.get_by_role("button", name="Restore version 1").click()
    settled(page)
    expect(page.get_by_text("Version 1 was restored.")).to_be_visible()
    assert (app.saved(saved.id).version, app.saved(saved.id).proposal.owner) == (3, saved.proposal.owner)


def test_a_decision_is_confirmed_and_a_double_click_and_a_second_tab_store_it_once(
    app: RunningApp, page: Page, new_context: Contexts
) -> None:
    saved = app.create(examples.load("visual_inspection"))
    other = new_context().new_page()
    for tab in (page, other):
        visit(tab, app, f"review?proposal={saved.id}")
        type_into(tab, "Decided by", "Sofia Marini")
    for tab in (page, other):
        tab.get_by_role("button", name="Check and sign").click()
        settled(tab)
        dialog = tab.get_by_role("dialog")
        expect(dialog.get_by_text("Deep learning on the line").first).to_be_visible()
        expect(dialog.get_by_text("A decision is never changed or deleted.")).to_be_visible()
        assert app.store().decisions(saved.id).total == (0 if tab is page else 1)
        tab.get_by_role("button", name="Sign the decision").dblclick()
        settled(tab)
        expect(tab.get_by_text("as recommended, on version 1").first).to_be_visible()
    assert app.store().decisions(saved.id).total == 1
    assert app.store().decisions(saved.id).rows[0].alternative == "Deep learning on the line"


def test_on_a_phone_every_figure_keeps_its_label(filled: RunningApp, new_context: Contexts) -> None:
    page = new_context(viewport={"width": 400, "height": 900}).new_page()
    visit(page, filled, "?sort=title&search=Proposal+07")
    for label in ("Expected NPV", "P10 to P90", "Chance of loss", "Feasibility", "Decision"):
        expect(page.get_by_text(label, exact=True).last).to_be_visible()
    no_sideways_scroll(page)
