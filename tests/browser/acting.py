"""What a person does and sees on the pages, in words that the tests share."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from app.session.navigation import pages
from app.views.parts.step import steps
from tests.browser.running import RunningApp

_DOWNLOAD = re.compile("^(Download|Herunterladen)$")
LIKELY = "Likely (P50)"
_SIGNS_OF_A_FAULT = ("Something went wrong on our side", "Traceback", "streamlit.errors", "sqlalchemy.exc")
# The first byte of a message that asks for a run: the number of its field, and that it holds a message.
_RERUN = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number << 3 | 2
WATCHED = """(() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0)[0] === RERUN) window.runAskedFor = performance.now();
    return send.call(this, data);
  };
  new MutationObserver((changes) => {
    if (changes.some((each) => each.target.dataset.testScriptState === "running")) window.runAskedFor = 0;
  }).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-test-script-state"]});
})()""".replace("RERUN", str(_RERUN))
"""Notes in a page when it asks the server for a run, until that run begins: a busy server begins late."""
_DONE = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && !(window.runAskedFor && performance.now() - window.runAskedFor < 5000)"""


def visit(page: Page, app: RunningApp, path: str = "") -> None:
    """Open an address and wait until the page is complete."""
    page.goto(f"{app.url}/{path}")
    settled(page)


def addresses(identity: str) -> list[str]:
    """Every page of the app, and every step of the Proposal page, with one proposal open."""
    # The first page is the one without an address of its own.
    shown = ["", *(each.url for each in pages()[1:])]
    return [f"{url}?proposal={identity}" for url in shown] + [
        f"proposal?proposal={identity}&step={step}" for step in steps()
    ]


def settled(page: Page) -> None:
    """Wait until the server has nothing more to say to this page, and nothing went wrong."""
    page.wait_for_function(_DONE)
    page.wait_for_timeout(250)
    page.wait_for_function(_DONE)
    nothing_broke(page)


def nothing_broke(page: Page) -> None:
    """No traceback, no exception box, no error text of the framework."""
    assert page.get_by_test_id("stException").count() == 0
    text = page.locator("body").inner_text()
    for sign in _SIGNS_OF_A_FAULT:
        assert sign not in text


def type_into(page: Page, label: str, text: str) -> Locator:
    """Replace what stands in a field, and leave it."""
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.blur()
    settled(page)
    return box


def open_downloads(page: Page) -> None:
    """Show the list of formats on the Review page, in either language."""
    page.get_by_role("button", name=_DOWNLOAD).click()
    settled(page)


def strip(page: Page) -> Locator:
    """The strip at the bottom."""
    return page.get_by_test_id("stBottom")


def strip_text(page: Page) -> str:
    """What the strip says once it is there."""
    expect(strip(page)).to_contain_text("Chance of loss")
    return strip(page).inner_text()


def saved_version(page: Page, version: int) -> None:
    """The page says that everything is saved, as this version."""
    expect(page.get_by_text(f"All changes saved · version {version}")).to_be_visible()


def no_sideways_scroll(page: Page) -> None:
    """The page fits its window."""
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth + 1")
