"""What is clicked after rights were taken away does nothing and says so: some of it on every page, and each deed."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.door.settings import door
from app.session.navigation import pages
from app.views.parts.step import steps
from db import Store
from tests.app.acting import open_page, press, said
from tests.app.conftest import start
from tests.app.rights import SAYS, WAYS, Open, controls, opened, pretend, work, wrong_after

pytestmark = pytest.mark.long
PLACES = [*((page.url, "") for page in pages()), *(("proposal", step) for step in steps())]
Show = Callable[..., AppTest]


@pytest.fixture
def here(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Somebody who works on somebody else's proposal, by the sign-in of a proxy."""
    monkeypatch.setenv("GROUNDWORK_PROXY_USER_HEADER", "x-user")
    door.cache_clear()
    found = opened(pages_store)
    pretend(monkeypatch, found)
    return found


@pytest.fixture(autouse=True)
def other_door() -> object:
    """The next test asks for the settings anew."""
    yield
    door.cache_clear()


def show(here: Open, url: str, step: str = "") -> AppTest:
    """Somebody opens a page."""
    test = start()
    test.query_params["proposal"] = here.proposal
    if step:
        test.query_params["step"] = step
    return open_page(test, url)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("url", "step"), PLACES)
def test_the_next_click_does_nothing(here: Open, url: str, step: str, way: str) -> None:
    test = show(here, url, step)
    assert not test.exception
    # Settings and published cases are about no proposal.
    found = [] if way == "restricted" and url in ("settings", "gallery") else [*controls(test)]
    if found:
        kind, key = random.Random(f"{url}{step}{way}").choice(found)
        assert wrong_after(here, way, test, kind, key) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("url", "step", "label"),
    [
        ("review", "", "Check and sign"),
        ("review", "", "Sign the decision"),
        ("portfolio", "", "New proposal"),
        ("proposal", "costs", "Add:"),
    ],
)
def test_no_deed_is_done(here: Open, url: str, step: str, label: str, way: str) -> None:
    test = show(here, url, step)
    if label == "Sign the decision":
        test = press(test, "Check and sign")
    key = next(str(each.key) for each in test.button if each.label.replace("\\", "").startswith(label))
    assert wrong_after(here, way, test, "button", key) == []
    if label.startswith("Sign"):
        assert (SAYS[way] if way != "viewer" else "your role does not") in said(test)


def test_before_it_the_same_click_does_it(here: Open) -> None:
    """Otherwise the others would prove nothing."""
    test = press(show(here, "review"), "Check and sign")
    before = here.kept()
    work(test, "button", next(str(each.key) for each in test.button if each.label == "Sign the decision"))
    assert here.kept() != before
