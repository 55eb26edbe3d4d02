"""A product owner submits, finance and legal advise, changes are requested and made, and the next round is decided."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from scoping import examples
from scoping.vocabulary import Stance
from tests.browser.acting import no_sideways_scroll, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.browser.test_every_page import headings_skip_nothing, serious_findings

HOSTILE = "<img src=x onerror='window.hacked=1'> **b** :red[r]"


@pytest.fixture
def identity(app: RunningApp) -> str:
    """A proposal that nobody has submitted."""
    return app.create(examples.load("visual_inspection")).id


def press(page: Page, label: str) -> None:
    """Click a button."""
    page.get_by_role("button", name=label, exact=True).click()
    settled(page)


def submit(page: Page, version: int, *functions: str) -> None:
    """From the head of the proposal."""
    page.get_by_role("button", name="Submit").first.click()
    settled(page)
    for name in functions:
        page.get_by_role("button", name=name, exact=True).click()
        settled(page)
    type_into(page, "Your name", "Ana")
    press(page, f"Submit version {version}")


def advise(page: Page, function: str, stance: str, said: str, by: str) -> None:
    """Speak for a function."""
    for label in (function, stance):
        page.get_by_role("radio", name=label, exact=True).click()
        settled(page)
    type_into(page, "On which condition, or why", said)
    type_into(page, "Your name", by)
    press(page, "Give this advice")


def test_two_rounds_lead_to_a_decision(app: RunningApp, identity: str, page: Page) -> None:
    visit(page, app, f"proposal?proposal={identity}")
    submit(page, 1, "Finance", "Legal")
    expect(page.get_by_text("Version 1 is under review.")).to_be_visible()
    visit(page, app, f"review?proposal={identity}")
    advise(page, "Finance", "I agree if", HOSTILE, "Fay")
    advise(page, "Legal", "I disagree", "No lawful basis is named", "Leo")
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    _changes_are_requested(page)
    _changed_and_submitted_again(app, identity, page)
    advise(page, "Legal", "I agree", "", "Leo")
    _decided(page)
    rounds = app.store().reviewing.rounds(identity)
    assert [(each.version, each.state) for each in rounds] == [(2, "decided"), (1, "changes requested")]
    [decision] = app.store().decisions(identity).rows
    assert [(each.function, each.stance) for each in decision.advice] == [("finance", None), ("legal", Stance.AGREE)]
    assert page.evaluate("() => window.hacked") is None


def _changes_are_requested(page: Page) -> None:
    page.get_by_role("button", name="Request changes", exact=True).click()
    type_into(page, "What must change", "Name the lawful basis")
    press(page, "Request these changes")
    expect(page.get_by_text("Ended: changes requested, Leo")).to_be_visible()
    # What the framework says in passing has no name of its own.
    expect(page.get_by_test_id("stToast")).to_have_count(0)
    assert serious_findings(page) == []
    assert headings_skip_nothing(page)


def _changed_and_submitted_again(app: RunningApp, identity: str, page: Page) -> None:
    """Who was asked before is asked again; what changed since is told field by field."""
    visit(page, app, f"proposal?proposal={identity}&step=data")
    type_into(page, "Privacy", "Works agreement of 2024")
    submit(page, 2)
    visit(page, app, f"review?proposal={identity}")
    expect(page.get_by_text("No lawful basis is named")).to_be_visible()
    page.get_by_text("What changed since Legal spoke (version 1 to 2)").click()
    settled(page)
    expect(page.get_by_text("→ Works agreement of 2024")).to_be_visible()
    page.set_viewport_size({"width": 400, "height": 900})
    no_sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def _decided(page: Page) -> None:
    expect(page.get_by_text("Not heard yet: Finance. To decide all the same, give the reason.")).to_be_visible()
    type_into(page, "Decided by", "Chief")
    type_into(page, "Reason", "The cap stands in the contract")
    press(page, "Check and sign")
    press(page, "Sign the decision")
    expect(page.get_by_text("Legal: Agrees (Leo (name typed)")).to_be_visible()
