"""A real OpenID provider as a process of its own, and people who sign in there."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import httpx2
from playwright.sync_api import Page

from tests.browser.acting import settled, visit
from tests.browser.running import RunningApp, free_port

_PATIENCE_SECONDS = 60
SECRET = "a secret of more than thirty-two characters, for tests alone"


@contextmanager
def running_provider() -> Iterator[str]:
    """An OpenID provider on loopback: its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            httpx2.get(f"{url}/.well-known/openid-configuration").raise_for_status()
            break
        except httpx2.HTTPError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait()


def guarded_by(provider: str, app: RunningApp, roles: str) -> dict[str, str]:
    """The settings with which people sign in at the provider."""
    return {
        "GROUNDWORK_PUBLIC_URL": app.url,
        "GROUNDWORK_OIDC_CLIENT_ID": "groundwork",
        "GROUNDWORK_OIDC_CLIENT_SECRET": "secret",
        "GROUNDWORK_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "GROUNDWORK_COOKIE_SECRET": SECRET,
        "GROUNDWORK_ROLES": roles,
        "GROUNDWORK_ADMINISTRATORS": "admin@example.org",
    }


def signed_in(page: Page, provider: str, app: RunningApp, name: str, groups: tuple[str, ...], path: str = "") -> Page:
    """Somebody goes through the provider's page, and is led back to where they wanted to go."""
    email = f"{name.lower()}@example.org"
    claims = {"email": email, "email_verified": True, "name": name, "groups": list(groups)}
    httpx2.put(f"{provider}/users/{quote(email)}", json=claims).raise_for_status()
    visit(page, app, path)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{provider}/**")
    page.get_by_placeholder("sub").fill(email)
    page.get_by_role("button", name=re.compile("Authorize|Continue|Sign in")).first.click()
    page.wait_for_url(f"{app.url}/**")
    settled(page)
    return page
