"""Every page and every step that is declared, in light and dark: accessible, within its window, unmoved by a title."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from scoping import examples
from scoping.document.editing import change
from tests.browser.acting import addresses, no_sideways_scroll, settled, visit
from tests.browser.running import RunningApp

_BAD = ("serious", "critical")
_OF_THE_FRAMEWORK = {
    # The empty mark that it draws into the small chart of a metric; the chart itself has a label.
    "svg-img-alt": "metric_chart_",
    # A formula that is wider than the page can be scrolled, but not by keyboard.
    "scrollable-region-focusable": "katex-display",
}
"""What the framework draws in its own way, by rule, and the sign by which it is known."""
HOSTILE = (
    "<img src=http://localhost:1/x.png onerror='window.hacked = 1'><script>window.hacked = 1</script> "
    "![x](http://localhost:1/y.png) [l](javascript:window.hacked=1) :red[r] $x^2$ {{7*7}} '; -- \u202e"
)
ADDRESSES = addresses("{id}")
GROUND: dict[Literal["light", "dark"], str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 24, 28)"}
"""The colour of the page, in light and in dark."""
_IS_ON = "ground => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor === ground"
_RESIZED = 400


@pytest.fixture(scope="module")
def identity(app: RunningApp) -> str:
    """A complete proposal with a hostile title."""
    return app.create(change(examples.load("visual_inspection"), "title", HOSTILE)).id


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of a person who goes from page to page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_accessible_fits_and_stays_with_its_server_whatever_a_title_says(
    address: str, app: RunningApp, identity: str, profile: BrowserContext
) -> None:
    page = profile.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, app, address.format(id=identity))
    for scheme, ground in GROUND.items():
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(_IS_ON, arg=ground)
        settled(page)
        assert serious_findings(page) == [], scheme
    if "step=" in address or address.startswith("settings"):
        assert headings_skip_nothing(page)
    # Charts of the Review page are wider than a phone.
    for width in (800, 1280) if address.startswith("review") else (400, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(_RESIZED)
        no_sideways_scroll(page)
    assert page.evaluate("() => window.hacked") is None
    assert errors == []
    # Nothing comes from another server: no font, no icon, no count of visits.
    assert [url for url in asked if not url.startswith((app.url, "data:", "blob:"))] == []
    page.close()


def headings_skip_nothing(page: Page) -> bool:
    """One h1 first, and each heading at most one level below the one before."""
    levels = [
        int(each)
        for each in page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map(e => e.tagName[1])")
    ]
    return levels[:1] == [1] and all(after <= before + 1 for before, after in pairwise(levels))


def serious_findings(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds that keeps people out, by rule and element, without what is the framework's own."""
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in _BAD]
    return [(each["id"], node["html"]) for each in found for node in each["nodes"] if is_ours(each["id"], node)]


def is_ours(rule: str, node: dict[str, Any]) -> bool:
    """Not something that the framework draws in its own way."""
    sign = _OF_THE_FRAMEWORK.get(rule)
    return sign is None or sign not in f"{node['html']} {node['target']}"
