"""What a person does and sees on the pages, in words that the tests share."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.session.navigation import pages
from app.views.parts.step import steps
from tests.browser.running import RunningApp

_DOWNLOAD = re.compile("^(Download|Herunterladen)$")
LIKELY = "Likely (P50)"
_DRAWN_MS = 250
"""Until the page has drawn what the server said, and the browser has written its address into its history."""
_TIMES_OPENED, _LIST_OPENS_MS = 4, 5000
_SIGNS_OF_A_FAULT = ("Something went wrong on our side", "Traceback", "streamlit.errors", "sqlalchemy.exc")
# What the page and its server say to each other, by the numbers of their fields: a run is asked for, begins and ends.
_ASKS = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number
_BEGINS = ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number
_ENDS = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number
WATCHED = (
    """(() => {
  const fields = (data) => {
    const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength)
    const found = new Set()
    let at = 0
    const number = () => {
      let value = 0
      for (let scale = 1; ; scale *= 128) {
        const each = bytes[at++]
        value += (each & 127) * scale
        if (!(each & 128)) return value
      }
    }
    while (at < bytes.length) {
      const tag = number()
      found.add(tag >> 3)
      const kind = tag & 7
      if (kind === 2) { const length = number(); at += length }
      else if (kind === 0) number()
      else at += kind === 1 ? 8 : 4
    }
    return found
  }
  window.runs = {asked: 0, going: false}
  window.timesAsked = 0
  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address)
      this.addEventListener("message", (event) => {
        const said = fields(event.data)
        if (said.has(BEGINS)) window.runs = {asked: 0, going: true}
        if (said.has(ENDS)) window.runs.going = false
      })
      this.addEventListener("close", () => { window.runs = {asked: 0, going: false} })
    }
    send(data) {
      if (fields(data).has(ASKS)) {
        window.runs.asked = performance.now()
        window.timesAsked += 1
      }
      return super.send(data)
    }
  }
})()""".replace("ASKS", str(_ASKS))
    .replace("BEGINS", str(_BEGINS))
    .replace("ENDS", str(_ENDS))
)
"""Notes in a page when it asks the server for a run, and when one begins and ends: a busy server begins late."""
_DONE = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && !window.runs?.going && !(window.runs?.asked && performance.now() - window.runs.asked < 15000)"""

_FITS = """() => document.documentElement.scrollWidth <= window.innerWidth
  && (main => main.scrollWidth <= main.clientWidth + 1)(document.querySelector('[data-testid=stMain]'))"""


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
    page.wait_for_timeout(_DRAWN_MS)
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


def choose(page: Page, box: Locator, option: str | re.Pattern[str], exact: bool = True) -> None:
    """Open a list, pick from it, and leave it.

    What moves the page closes an open list, and a list that is drawn anew under a pressed button takes no click: one
    opens it again. It is left by leaving its field: Escape would empty a list of several that has closed by itself.
    """
    wanted = page.get_by_role("option", name=option, exact=exact).first
    for _ in range(_TIMES_OPENED):
        box.scroll_into_view_if_needed()
        before = page.evaluate("() => window.timesAsked")
        box.click()
        try:
            wanted.click(timeout=_LIST_OPENS_MS)
            page.wait_for_function("before => window.timesAsked > before", arg=before, timeout=_LIST_OPENS_MS)
        except TimeoutError:
            box.blur()
            continue
        box.blur()
        settled(page)
        return
    raise AssertionError(f"{option!r} was not chosen")


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
    """The page fits its window, once charts and tables have taken its width."""
    page.wait_for_function(_FITS)
