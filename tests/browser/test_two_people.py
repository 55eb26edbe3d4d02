"""Two browsers on one proposal: different fields are merged without a question; only the same field asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scoping import examples
from tests.browser.acting import nothing_broke, saved_version, settled, type_into, visit
from tests.browser.running import RunningApp

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def two_pages(app: RunningApp, new_context: Contexts) -> tuple[str, Page, Page]:
    """One proposal, open in two browsers at its first step."""
    saved = app.create(examples.load("customer_retention"))
    first, second = (new_context().new_page() for _ in range(2))
    for page in (first, second):
        visit(page, app, f"proposal?proposal={saved.id}")
    return saved.id, first, second


def conflict(two_pages: tuple[str, Page, Page]) -> Page:
    """Both change the owner; the second to save is asked."""
    _, first, second = two_pages
    type_into(first, "Owner", "Mine of the first")
    saved_version(first, 2)
    type_into(second, "Owner", "Mine of the second")
    expect(second.get_by_text("Two versions of one field")).to_be_visible()
    expect(second.get_by_text("Mine of the first")).to_be_visible()
    expect(second.get_by_text("Mine of the second")).to_be_visible()
    return second


def test_different_fields_are_merged_without_a_question(app: RunningApp, two_pages: tuple[str, Page, Page]) -> None:
    identity, first, second = two_pages
    type_into(first, "Sponsor", "A new sponsor")
    type_into(first, "Team", "A new team")
    saved_version(first, 3)
    type_into(second, "Owner", "Another owner")
    saved_version(second, 4)
    expect(second.get_by_text("saved meanwhile: Team; Sponsor. Your change was added to theirs.").first).to_be_visible()
    expect(second.get_by_label("Sponsor", exact=True)).to_have_value("A new sponsor")
    expect(second.get_by_label("Owner", exact=True)).to_have_value("Another owner")
    assert second.get_by_text("Two versions of one field").count() == 0
    found = app.saved(identity).proposal
    assert (found.sponsor, found.team, found.owner) == ("A new sponsor", "A new team", "Another owner")


def test_what_is_being_typed_elsewhere_stays_when_someone_else_s_field_changes(
    app: RunningApp, two_pages: tuple[str, Page, Page]
) -> None:
    identity, first, second = two_pages
    type_into(first, "Sponsor", "A new sponsor")
    saved_version(first, 2)
    # From one field into the next without a pause: the save of the first brings the sponsor's change.
    second.get_by_label("Team", exact=True).fill("Second's team")
    second.keyboard.press("Tab")
    second.get_by_label("Owner", exact=True).click()
    second.keyboard.press("Control+A")
    second.keyboard.type("Second's owner", delay=60)
    second.keyboard.press("Tab")
    saved_version(second, 4)
    found = app.saved(identity).proposal
    assert (found.team, found.owner, found.sponsor) == ("Second's team", "Second's owner", "A new sponsor")


def test_only_the_same_field_asks_and_only_for_that_field(app: RunningApp, two_pages: tuple[str, Page, Page]) -> None:
    _, first, second = two_pages
    type_into(first, "Sponsor", "A new sponsor")
    type_into(first, "Owner", "Mine of the first")
    saved_version(first, 3)
    type_into(second, "Owner", "Mine of the second")
    expect(second.get_by_text("Two versions of one field")).to_be_visible()
    expect(second.get_by_role("radiogroup")).to_have_count(1)
    expect(second.get_by_text("in everything else: Sponsor")).to_be_visible()
    second.get_by_role("button", name="Save the chosen version").click()
    saved_version(second, 4)
    found = app.saved(two_pages[0]).proposal
    assert (found.owner, found.sponsor) == ("Mine of the second", "A new sponsor")


def test_the_stale_save_overwrites_nothing(app: RunningApp, two_pages: tuple[str, Page, Page]) -> None:
    conflict(two_pages)
    saved = app.saved(two_pages[0])
    assert (saved.version, saved.proposal.owner) == (2, "Mine of the first")


def test_mine_can_be_chosen(app: RunningApp, two_pages: tuple[str, Page, Page]) -> None:
    page = conflict(two_pages)
    page.get_by_role("button", name="Save the chosen version").click()
    saved_version(page, 3)
    assert app.saved(two_pages[0]).proposal.owner == "Mine of the second"
    expect(page.get_by_label("Owner", exact=True)).to_have_value("Mine of the second")


def test_theirs_can_be_chosen(app: RunningApp, two_pages: tuple[str, Page, Page]) -> None:
    page = conflict(two_pages)
    page.get_by_role("button", name="Take all of theirs").click()
    settled(page)
    expect(page.get_by_label("Owner", exact=True)).to_have_value("Mine of the first")
    assert app.saved(two_pages[0]).proposal.owner == "Mine of the first"


def test_what_was_typed_survives_a_reload_in_the_middle_of_the_question(
    app: RunningApp, two_pages: tuple[str, Page, Page]
) -> None:
    page = conflict(two_pages)
    page.reload()
    settled(page)
    expect(page.get_by_label("Owner", exact=True)).to_have_value("Mine of the second")
    expect(page.get_by_text("Not saved yet.").last).to_be_visible()


def test_a_newer_version_is_taken_over(app: RunningApp, two_pages: tuple[str, Page, Page]) -> None:
    identity, first, second = two_pages
    type_into(first, "Sponsor", "A new sponsor")
    saved_version(first, 2)
    second.get_by_role("radio", name="Risks").click()
    settled(second)
    second.get_by_role("radio", name="Problem").click()
    settled(second)
    expect(second.get_by_label("Sponsor", exact=True)).to_have_value("A new sponsor")
    type_into(second, "Team", "Another team")
    saved_version(second, 3)
    nothing_broke(second)
    assert app.saved(identity).proposal.sponsor == "A new sponsor"
