"""A proxy signs people in and says who they are: believed from its address alone, from the page to a signature."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx2
import pytest
from playwright.sync_api import Page, expect

from scoping import examples
from tests.browser.acting import settled
from tests.browser.running import RunningApp, free_port, new_app

_PATIENCE_SECONDS = 60
# The proxy names no address, so what tells two of the same name apart is the account.
ADA = "Ada Müller (ada@example.org)"


@dataclass
class Proxied:
    """The app, and the address of a proxy that signed Ada in."""

    app: RunningApp
    url: str


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    app, port = new_app(tmp_path_factory.mktemp("proxied")), free_port()
    app.environment = {
        "GROUNDWORK_PROXY_USER_HEADER": "X-User",
        "GROUNDWORK_PROXY_NAME_HEADER": "X-Name",
        "GROUNDWORK_PROXY_GROUPS_HEADER": "X-Groups",
        "GROUNDWORK_ROLES": "deciders=approver",
    }
    app.start()
    said = ["X-User: ada@example.org", "X-Name: Ada Müller", "X-Groups: staff, deciders"]
    command = [sys.executable, "-m", "tests.browser.signing_proxy", str(port), str(app.port), *said]
    proxy = subprocess.Popen(command)
    url, until = f"http://localhost:{port}", time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            httpx2.get(f"{url}/healthz").raise_for_status()
            break
        except httpx2.HTTPError:
            time.sleep(0.1)
    yield Proxied(app, url)
    proxy.terminate()
    proxy.wait()
    app.stop()


def test_from_the_proxy_to_a_signature(proxied: Proxied, page: Page) -> None:
    saved = proxied.app.create(examples.load("visual_inspection"), "Somebody")
    page.goto(f"{proxied.url}/review?proposal={saved.id}")
    settled(page)
    expect(page.get_by_text(re.compile(r"Signed in as Ada Müller \(ada@.?example\.org\) · Approver"))).to_be_visible()
    page.get_by_role("button", name="Check and sign").click()
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("Decision recorded")).to_be_visible()
    store = proxied.app.store()
    decision = store.decisions(saved.id).rows[0]
    store.close()
    assert (decision.decided_by, decision.is_verified) == (ADA, True)


def test_who_comes_past_the_proxys_word_is_nobody(proxied: Proxied, page: Page) -> None:
    """From the proxy's machine, yet without its headers; and with what a browser made up."""
    page.goto(f"{proxied.app.url}/")
    settled(page)
    expect(page.get_by_text("Sign in to go on.")).to_be_visible()
    assert page.get_by_test_id("stTopNavLink").count() == 0
    made_up = {"X-User": "admin", "X-Groundwork-Identity": "e30=", "X-Groundwork-Seal": "x"}
    listed = httpx2.get(f"{proxied.url}/api/proposals", headers=made_up)
    assert listed.status_code == 200
    store = proxied.app.store()
    assert [each.name for each in store.people.all()] == [ADA]
    store.close()
