"""Charts say what to see; everything can be reached by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scoping import examples, read
from tests.browser.acting import LIKELY, saved_version, settled, visit
from tests.browser.running import RunningApp

_LONGEST_WALK = 120
_LINES_OF_A_NAME = 2


def test_charts_say_in_words_what_to_see(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.locator(".js-plotly-plot").nth(4)).to_be_visible()
    expect(page.get_by_text("In four cases out of five")).to_be_visible()
    expect(page.get_by_text("is expected on average, the ceiling is").first).to_be_visible()


def test_a_proposal_is_started_filled_in_and_decided_by_keyboard_alone(app: RunningApp, page: Page) -> None:
    app.create(read({"title": "Somebody else's"}))
    visit(page, app)
    walk_to(page, "New proposal")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page)
    walk_to(page, "Start from this")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=examples.load("visual_inspection").title)).to_be_visible()
    settled(page)
    walk_to(page, "Next: Value")
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Cost of the action (EUR), {LIKELY}", exact=True)).to_be_visible()
    settled(page)
    walk_to(page, f"Cost of the action (EUR), {LIKELY}")
    page.keyboard.press("Control+A")
    page.keyboard.type("1.8")
    page.keyboard.press("Tab")
    saved_version(page, 2)
    walk_to(page, "Review and export", backwards=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Key figures")).to_be_visible()
    settled(page)
    walk_to(page, "Decided by")
    page.keyboard.type("Ana Ortiz")
    walk_to(page, "Check and sign")
    settled(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page)
    walk_to(page, "Sign the decision")
    page.keyboard.press("Enter")
    # The dialog names her too: the decision stands once it has closed.
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("Ana Ortiz").last).to_be_visible()
    assert app.store().decisions().rows[0].decided_by == "Ana Ortiz"


def walk_to(page: Page, name: str, *, backwards: bool = False) -> None:
    """Press Tab until the named element has the focus."""
    for _ in range(_LONGEST_WALK):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        # An icon may stand before the name. More than that is what can be scrolled, which has the focus too.
        lines = [line for line in focused(page).splitlines() if line.strip()]
        if lines[-1:] == [name] and len(lines) <= _LINES_OF_A_NAME:
            return
    raise AssertionError(f"{name!r} cannot be reached by keyboard; the last focus was {focused(page)!r}")


def focused(page: Page) -> str:
    """What a screen reader would call the element that has the focus."""
    return str(
        page.evaluate(
            "() => { const e = document.activeElement; return e.getAttribute('aria-label') || e.labels?.[0]?.innerText "
            "|| e.innerText || '' }"
        )
    )
