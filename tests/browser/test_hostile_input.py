"""Nothing that a person types breaks a page, is executed, or is lost."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from scoping import examples, read
from tests.browser.acting import LIKELY, saved_version, settled, type_into, visit
from tests.browser.running import RunningApp

HOSTILE = {
    "script": "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>",
    "markdown": "**b** [link](javascript:window.hacked=1) ![x](http://localhost:1/x.png) $x^2$ :red[r] :material/bug:",
    "formula": '=1+1\t+cmd|"/C calc"!A0',
    "sql": "'; DROP TABLE proposals; --",
    "template": "{{ 7*7 }} ${7*7} %(x)s {0.__class__}",
    "emoji": "🧪👩🏽‍🔬 naïve café ﷽ 𝔘𝔫𝔦",
    "right to left": "שלום עולם مرحبا \u202egnp.exe",
    "long": "A long text. " * 770,
    "one word": "W" * 10_000,
    "zero width": "a\u200bb\u2028c\u0007d",
}


# Some texts a walk through the pages: in the title and the summary, in a name, and in a short field.
WALKS = (
    ("script", "formula", "sql"),
    ("markdown", "template", "script"),
    ("long", "emoji", "formula"),
    ("one word", "right to left", "zero width"),
)


@pytest.mark.parametrize(("name", "other", "third"), WALKS)
def test_hostile_text_is_data_on_every_page(app: RunningApp, page: Page, name: str, other: str, third: str) -> None:
    saved = app.create(examples.load("stock_price"))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    visit(page, app, f"proposal?proposal={saved.id}")
    for label, text in (("Title", name), ("Owner", other), ("Team", third), ("Summary", name)):
        type_into(page, label, HOSTILE[text])
    shown = page.get_by_label("Summary", exact=True).input_value()
    stored = app.saved(saved.id).proposal.summary
    assert stored == shown or page.get_by_text("Not saved yet.").count(), "neither saved nor marked as unsaved"
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    type_into(page, "Name", HOSTILE[other])
    for path in (f"review?proposal={saved.id}", f"?search={name}", ""):
        visit(page, app, path)
        assert page.evaluate("() => window.hacked") is None
        expect(page.get_by_label("bug icon")).to_have_count(0)
    visit(page, app, f"proposal?proposal={saved.id}")
    expect(page.get_by_label("Summary", exact=True)).to_have_value(shown)
    assert not [url for url in requests if "localhost:1/" in url]


def test_bad_numbers_are_explained_and_kept(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("customer_retention"))
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    label = f"Value of a catch (USD), {LIKELY}"
    for typed in ("-5", "1e308", "1e999", "nan", "=1+1", "1.2.3", "<b>5</b>", "9" * 400):
        type_into(page, label, typed)
        expect(page.get_by_text("Not saved yet.").last).to_be_visible()
        assert app.saved(saved.id).version == 1
        page.reload()
        settled(page)
        expect(page.get_by_label(label, exact=True)).to_have_value(typed)
    for part in ("Low (P10)", "High (P90)"):
        type_into(page, f"Value of a catch (USD), {part}", "")
    type_into(page, label, "2,300")
    saved_version(page, 2)
    assert page.get_by_text("Not saved yet.").count() == 0


def test_a_decision_is_written_down_as_typed(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("stock_price"))
    visit(page, app, f"review?proposal={saved.id}")
    for label, text in (("Reason", HOSTILE["script"]), ("Decided by", HOSTILE["sql"])):
        box = page.get_by_label(label, exact=True)
        box.fill(text)
        box.blur()
        settled(page)
    page.get_by_role("button", name="Check and sign").click()
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("as recommended, on version 1")).to_be_visible()
    visit(page, app, "decisions")
    expect(page.get_by_text("window.hacked").first).to_be_visible()
    assert page.evaluate("() => window.hacked") is None
    assert app.store().decisions(saved.id).rows[0].decided_by == HOSTILE["sql"]


ADDRESSES = ("http://evil.example/x", "www.evil.example", "![x](http://evil.example/p.png)", "a@evil.example")


def test_no_text_becomes_a_link_or_a_picture(app: RunningApp, page: Page) -> None:
    """The framework makes links of addresses after all marks are read: of what was typed, and of the address itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    saved = app.create(read({"title": " ".join(ADDRESSES), "owner": ADDRESSES[0]}), ADDRESSES[0])
    places = [f"{where}?proposal={saved.id}" for where in ("proposal", "review", "history", "decisions", "")]
    places += [f"{where}?proposal={quote(text)}" for where in ("proposal", "review") for text in ADDRESSES]
    for address in places:
        visit(page, app, address)
        links = [str(link.get_attribute("href")) for link in page.locator("a[href]").all()]
        assert not [link for link in links if "evil" in link and not link.startswith((app.url, "/"))], address
    assert not [url for url in asked if not url.startswith((app.url, app.url.replace("http", "ws"), "data:", "blob:"))]
