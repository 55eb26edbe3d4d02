"""From the provider's login page to a signature, with a real OpenID provider as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from db import Role, Store
from scoping import examples
from tests.browser.acting import settled, visit
from tests.browser.provider import guarded_by, running_provider, signed_in
from tests.browser.running import RunningApp, new_forked_app


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """An OpenID provider on loopback: its address."""
    with running_provider() as url:
        yield url


@pytest.fixture(scope="module")
def guarded(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app, where people sign in at the provider."""
    running = new_forked_app(tmp_path_factory.mktemp("guarded"))
    running.environment = guarded_by(provider, running, "deciders=approver, makers=contributor, readers=viewer")
    running.start()
    yield running
    running.stop()


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(provider: str, guarded: RunningApp, new_context: Callable[..., BrowserContext]) -> SignIn:
    """Somebody with a browser of their own goes through the provider's page."""

    def run(name: str, *groups: str, path: str = "", role: Role | None = None) -> Page:
        page = new_context(viewport={"width": 1280, "height": 900}).new_page()
        signed_in(page, provider, guarded, name, groups, path)
        if role is not None:
            expect(page.get_by_text(re.compile(f"Signed in as {name} .* · {role.title()}"))).to_be_visible()
        return page

    return run


@pytest.fixture
def everything(guarded: RunningApp) -> Iterator[Store]:
    store = guarded.store()
    yield store
    store.close()


def test_nobody_reads_anything_before_the_sign_in(guarded: RunningApp, page: Page, everything: Store) -> None:
    saved = everything.create(examples.load("stock_price"))
    for path in ("", f"proposal?proposal={saved.id}", f"review?proposal={saved.id}", "decisions", "settings"):
        visit(page, guarded, path)
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert saved.proposal.title not in page.content()
        assert page.get_by_test_id("stTopNavLink").count() == 0
    for path in ("proposals", f"proposals/{saved.id}", f"proposals/{saved.id}/assessment", "schema"):
        answer = httpx2.get(f"{guarded.url}/api/{path}")
        assert (answer.status_code, answer.json()) == (401, {"error": "Sign in to go on."})
    assert httpx2.get(f"{guarded.url}/healthz").status_code == 200


def test_from_the_login_page_to_a_signature(guarded: RunningApp, sign_in: SignIn, everything: Store) -> None:
    saved = everything.create(examples.load("visual_inspection"))
    page = sign_in("Boss", "deciders", path=f"review?proposal={saved.id}", role=Role.APPROVER)
    # The sign-in leads back to where somebody wanted to go.
    assert urlsplit(page.url).path == "/review"
    expect(page.get_by_role("heading", name=re.compile("Verdict"))).to_be_visible()
    assert page.get_by_label("Decided by", exact=True).is_disabled()
    page.get_by_role("button", name="Check and sign").click()
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("Decision recorded")).to_be_visible()
    decision = everything.decisions(saved.id).rows[0]
    assert (decision.decided_by, decision.is_verified) == ("Boss (boss@example.org)", True)
    entry = everything.audit(saved.id).rows[0]
    assert (entry.actor, entry.is_verified) == ("Boss (boss@example.org)", True)
    assert everything.check_trail().is_whole


def test_what_a_role_does_not_allow_is_not_offered(guarded: RunningApp, sign_in: SignIn, everything: Store) -> None:
    saved = everything.create(examples.load("invoice_routing"))
    page = sign_in("Reader", "readers", path=f"proposal?proposal={saved.id}", role=Role.VIEWER)
    expect(page.get_by_text("You may read this proposal, not change it")).to_be_visible()
    assert page.get_by_label("Owner", exact=True).count() == 0
    visit(page, guarded, f"review?proposal={saved.id}")
    expect(page.get_by_text("Approvers sign decisions; your role does not.")).to_be_visible()
    assert page.get_by_role("button", name="Check and sign").count() == 0
    visit(page, guarded, "")
    assert page.get_by_role("button", name="New proposal").count() == 0
    visit(page, guarded, "settings")
    assert page.get_by_role("heading", name="People").count() == 0
    assert "sqlite" not in page.content()


def test_a_restricted_proposal_is_as_if_it_were_not_there(
    guarded: RunningApp, sign_in: SignIn, everything: Store
) -> None:
    maker = sign_in("Maker", "makers", role=Role.CONTRIBUTOR)
    maker.get_by_role("button", name="New proposal").click()
    settled(maker)
    maker.get_by_role("button", name="Start from this").first.click()
    maker.wait_for_url("**/proposal?**")
    settled(maker)
    identity = maker.url.split("proposal=")[1].split("&")[0]
    maker.get_by_role("button", name="Share").click()
    maker.get_by_text("Only these people").click()
    settled(maker)
    expect(maker.get_by_text("only these people and administrators see it")).to_be_visible()
    assert everything.sharing.of(identity).is_restricted

    other = sign_in("Other", "deciders", path=f"review?proposal={identity}", role=Role.APPROVER)
    expect(other.get_by_text(f"There is no proposal {identity}.")).to_be_visible()
    visit(other, guarded, "review?proposal=never-was")
    expect(other.get_by_text("There is no proposal never-was.")).to_be_visible()
    cookies = {each["name"]: each["value"] for each in other.context.cookies()}
    there = httpx2.get(f"{guarded.url}/api/proposals/{identity}", cookies=cookies)
    nowhere = httpx2.get(f"{guarded.url}/api/proposals/never-was", cookies=cookies)
    assert there.status_code == nowhere.status_code == 404
    assert there.text == nowhere.text.replace("never-was", identity)
    assert httpx2.get(f"{guarded.url}/api/proposals", cookies=cookies).status_code == 200


def test_who_is_removed_is_out_with_the_next_click(guarded: RunningApp, sign_in: SignIn, everything: Store) -> None:
    page = sign_in("Leaver", "makers", role=Role.CONTRIBUTOR)
    admin = sign_in("Admin", path="settings", role=Role.ADMINISTRATOR)
    line = admin.get_by_text(re.compile(r"^Leaver \(leaver@")).first
    expect(line).to_be_visible()
    row = admin.locator("[data-testid=stHorizontalBlock], [data-testid=stLayoutWrapper]").filter(has=line).last
    row.get_by_role("button", name="Remove").click()
    settled(admin)
    expect(admin.get_by_text("Removed: no longer let in")).to_be_visible()
    page.get_by_role("button", name="New proposal").click()
    settled(page)
    expect(page.get_by_text("You no longer belong here")).to_be_visible()
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    assert httpx2.get(f"{guarded.url}/api/proposals", cookies=cookies).status_code == 403


def test_signing_out_ends_every_session(guarded: RunningApp, sign_in: SignIn) -> None:
    page = sign_in("Ada", "makers", role=Role.CONTRIBUTOR)
    stolen = {each["name"]: each["value"] for each in page.context.cookies()}
    assert httpx2.get(f"{guarded.url}/api/proposals", cookies=stolen).status_code == 200
    with page.expect_response(re.compile("/auth/logout")):
        page.get_by_role("button", name="Sign out").click()
    # The browser goes on to the provider, which ends its own session.
    page.wait_for_url(re.compile("/oauth2/end_session"))
    answer = httpx2.get(f"{guarded.url}/api/proposals", cookies=stolen)
    assert (answer.status_code, answer.json()["error"]) == (403, "You have signed out. Sign in again.")
    visit(page, guarded, "")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_stranger_is_told_whom_to_ask(sign_in: SignIn) -> None:
    page = sign_in("Stranger")
    expect(page.get_by_text("has no role here. Ask an administrator for one.")).to_be_visible()
    assert page.get_by_test_id("stTopNavLink").count() == 0


@pytest.mark.parametrize("cookie", ["forged", "eyJhbGciOiJub25lIn0.e30.", "", "a" * 3000, "\"'><script>"])
def test_a_forged_cookie_is_nobody(guarded: RunningApp, cookie: str) -> None:
    answer = httpx2.get(f"{guarded.url}/api/proposals", headers={"Cookie": f"_streamlit_user={cookie}"})
    assert answer.status_code == 401


def test_the_server_does_not_start_half_configured(tmp_path: Path) -> None:
    environment = {**os.environ, "GROUNDWORK_OIDC_CLIENT_ID": "groundwork", "GROUNDWORK_PUBLIC_URL": "http://x"}
    ran = subprocess.run(
        [sys.executable, "-m", "app.cli", "serve"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode != 0
    assert "GROUNDWORK_COOKIE_SECRET is missing" in ran.stderr
    assert "Traceback" not in ran.stderr
