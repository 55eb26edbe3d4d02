"""A person makes a token on the page, and a program of theirs comes in with it until it is revoked."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

from playwright.sync_api import Page, expect

from tests.browser.acting import nothing_broke, settled, type_into, visit
from tests.browser.running import RunningApp


def test_a_program_comes_in_with_a_token_until_it_is_revoked(app: RunningApp, page: Page) -> None:
    visit(page, app, "settings")
    type_into(page, "What it is for", "From the browser")
    page.get_by_role("button", name="Make token").click()
    secret = page.get_by_role("dialog").locator("code").inner_text().strip()
    assert asked(app, secret) == 200
    page.get_by_role("button", name="Close").click()
    settled(page)
    expect(page.get_by_text(secret)).to_have_count(0)
    line = page.locator("[data-testid=stVerticalBlock]").filter(has_text=f"{secret[:9]}…").last
    expect(line).to_contain_text("From the browser")
    page.get_by_role("button", name="Revoke").first.click()
    settled(page)
    assert asked(app, secret) == 401
    nothing_broke(page)


def asked(app: RunningApp, secret: str) -> int:
    """The status of an answer to a program that bears it."""
    request = urllib.request.Request(f"{app.url}/api/proposals", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urllib.request.urlopen(request) as answer:
            assert "proposals" in json.load(answer)
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
