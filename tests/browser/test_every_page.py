"""Every page and every step that is declared: accessible, alone with its server, and unmoved by a hostile title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from scoping import examples
from scoping.document.editing import change
from tests.browser.acting import addresses, nothing_broke, visit
from tests.browser.running import RunningApp

_BAD = ("serious", "critical")
HOSTILE = (
    "<img src=http://localhost:1/x.png onerror='window.hacked = 1'><script>window.hacked = 1</script> "
    "![x](http://localhost:1/y.png) [l](javascript:window.hacked=1) :red[r] $x^2$ {{7*7}} '; -- \u202e"
)
ADDRESSES = addresses("{id}")


@pytest.fixture(scope="module")
def identity(app: RunningApp) -> str:
    """A complete proposal with a hostile title."""
    return app.create(change(examples.load("visual_inspection"), "title", HOSTILE)).id


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_accessible(
    address: str,
    scheme: Literal["light", "dark"],
    app: RunningApp,
    identity: str,
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()
    visit(page, app, address.format(id=identity))
    found = Axe().run(page).response["violations"]
    bad = [(each["id"], [node["html"][:400] for node in each["nodes"]]) for each in found if each["impact"] in _BAD]
    assert bad == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_stays_with_its_server_whatever_a_title_says(
    address: str, app: RunningApp, identity: str, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, app, address.format(id=identity))
    nothing_broke(page)
    assert page.evaluate("() => window.hacked") is None
    assert [url for url in asked if not url.startswith((app.url, "data:", "blob:"))] == []
