"""Someone types, and then clicks: the click arrives at the first try, the text is saved, the proposal stays open."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from app.session.navigation import pages
from scoping import Proposal, read
from tests.browser.acting import settled, visit
from tests.browser.running import RunningApp

_HELD_MILLISECONDS = (0, 90)
"""How long the button of the mouse is held down: by a machine, and by a hand."""
_BETWEEN_KEYS = 15
_NUMBERS = count(21)

FIELDS: dict[str, tuple[str, str, Callable[[Proposal], object]]] = {
    "text": ("problem", "Owner", lambda proposal: proposal.owner),
    "text area": ("problem", "Problem", lambda proposal: proposal.problem.statement),
    "number": ("costs", "Horizon (months)", lambda proposal: proposal.returns.horizon_months),
}
ONE_OF_EACH_KIND = ("Portfolio", "Review and export", "a step", "Next")
MENU = {page.title: page.url if index else "" for index, page in enumerate(pages()) if page.in_menu}


def targets(page: Page) -> dict[str, tuple[Locator, str]]:
    """What may be clicked from any step, and the address to which it leads."""
    menu = {
        title: (page.get_by_test_id("stTopNavLink").filter(has_text=title), rf"/{url}\?proposal=ID")
        for title, url in MENU.items()
        if url != "proposal"
    }
    return menu | {
        "Review and export": (page.get_by_role("link", name="Review and export"), r"/review\?proposal=ID"),
        "a step": (page.get_by_role("radio", name="Risks"), r"/proposal\?proposal=ID&step=risks"),
        "Next": (
            page.get_by_role("button", name=re.compile("^Next: ")),
            r"/proposal\?proposal=ID&step=(value|feasibility)",
        ),
    }


@pytest.fixture(scope="module")
def identity(app: RunningApp) -> str:
    """A proposal that has only begun."""
    return app.create(read({"title": "Claims fraud"})).id


@pytest.mark.parametrize(("field", "held"), [("text", 0), ("text", 90), ("text area", 0), ("number", 90)])
def test_every_click_arrives_after_typing(field: str, held: int, app: RunningApp, page: Page, identity: str) -> None:
    step, label, saved = FIELDS[field]
    lost = []
    # By a hand that leaves a text, all that can be clicked; otherwise one of each kind.
    for name in targets(page) if (field, held) == ("text", 90) else ONE_OF_EACH_KIND:
        visit(page, app, f"proposal?proposal={identity}&step={step}")
        typed = str(next(_NUMBERS))
        type_keys(page, label, typed)
        target, address = targets(page)[name]
        press(page, target, held)
        expected = re.compile(address.replace("ID", identity))
        try:
            expect(page).to_have_url(expected, timeout=10_000)
        except AssertionError:
            lost.append(f"{name}: {page.url}")
        settled(page)
        # It is still there, and what was typed with it.
        if expected.search(page.url) is None or str(saved(app.saved(identity).proposal)) != typed:
            lost.append(f"{name}: {page.url}, saved {saved(app.saved(identity).proposal)}, typed {typed}")
    assert lost == []


def test_a_click_on_next_arrives_although_what_was_typed_is_refused(app: RunningApp, page: Page, identity: str) -> None:
    """What is said about the entry moves the page below it, but not the button."""
    for held in _HELD_MILLISECONDS:
        visit(page, app, f"proposal?proposal={identity}&step=costs")
        type_keys(page, "Horizon (months)", "no number")
        press(page, page.get_by_role("button", name=re.compile("^Next: ")), held)
        expect(page).to_have_url(re.compile("step=feasibility"))


def type_keys(page: Page, label: str, text: str) -> None:
    """Type into a field key by key, and stay in it."""
    box = page.get_by_role("textbox", name=label, exact=True)
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text, delay=_BETWEEN_KEYS)


def press(page: Page, target: Locator, held: int) -> None:
    """Move the mouse there, press its button and let it go."""
    # Nobody clicks what is out of sight.
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    if held:
        page.wait_for_timeout(held)
    page.mouse.up()
