"""The person's name is asked once, beside the work; name and language are kept by the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scoping import read
from tests.browser.acting import choose, nothing_broke, saved_version, settled, type_into, visit
from tests.browser.running import RunningApp

_ASKED = "Your name, to stand beside what you save"


def test_the_name_is_asked_when_something_was_saved_and_kept_by_the_browser(
    app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    identity = app.create(read({"title": "Named"}), "").id
    context = new_context()
    page = context.new_page()
    visit(page, app, f"proposal?proposal={identity}")
    expect(page.get_by_label(_ASKED)).to_have_count(0)
    type_into(page, "Owner", "Mine")
    type_into(page, _ASKED, "  Ana   Ortiz ")
    expect(page.get_by_label(_ASKED)).to_have_count(0)
    type_into(page, "Team", "Claims")
    assert app.saved(identity).saved_by == "Ana Ortiz"

    page.reload()
    settled(page)
    type_into(page, "Team", "Claims, again")
    assert app.saved(identity).saved_by == "Ana Ortiz"
    # Another session of the same browser, on another day.
    later = context.new_page()
    visit(later, app, f"proposal?proposal={identity}")
    type_into(later, "Team", "Claims, later")
    assert app.saved(identity).saved_by == "Ana Ortiz"
    kept = {each["name"]: each for each in context.cookies()}["groundwork_name"]
    assert kept["sameSite"] == "Lax"


def test_who_does_not_want_to_say_is_not_asked_again(app: RunningApp, page: Page) -> None:
    identity = app.create(read({"title": "Unnamed"}), "").id
    visit(page, app, f"proposal?proposal={identity}")
    type_into(page, "Owner", "Mine")
    page.get_by_role("button", name="Not now").click()
    settled(page)
    page.reload()
    settled(page)
    type_into(page, "Owner", "Mine again")
    saved_version(page, 3)
    expect(page.get_by_label(_ASKED)).to_have_count(0)


@pytest.mark.parametrize("value", ["%3Cb%3E%0D%0Ax" + "y" * 3_000, "%ff%fe", "%E2%80%AE", ""])
def test_a_cookie_is_input_like_any_other(
    value: str, app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    cookies = [{"name": f"groundwork_{name}", "value": value, "url": app.url} for name in ("name", "language")]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    identity = app.create(read({"title": "Hostile"}), "").id
    visit(page, app, f"proposal?proposal={identity}")
    type_into(page, "Owner", "Mine")
    nothing_broke(page)
    by = app.saved(identity).saved_by
    assert len(by) <= 80
    assert by == "".join(sign for sign in by if sign.isprintable())


def test_the_language_is_the_browsers_until_somebody_chooses(
    app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(locale="de-CH")
    page = context.new_page()
    visit(page, app, "settings")
    language = page.get_by_role("combobox", name=re.compile("Language|Sprache"))
    expect(language).to_have_value("Deutsch (Schweiz)")
    choose(page, language, "English")
    later = context.new_page()
    visit(later, app, "settings")
    expect(later.get_by_role("combobox", name="Language")).to_have_value("English")
