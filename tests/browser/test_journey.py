"""The whole path: example, change, review, decision, summary in the sponsor's hands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from scoping import assess, examples, read
from scoping.text.wording import amounts
from tests.browser.acting import (
    LIKELY,
    open_downloads,
    saved_version,
    settled,
    strip,
    type_into,
    visit,
)
from tests.browser.running import RunningApp

_OWN_MODEL = 3


def start_from(page: Page, app: RunningApp, title: str) -> str:
    """Start from an example, whether the portfolio is empty or not; returns the new proposal's id."""
    visit(page, app)
    expect(page.get_by_role("button", name="New proposal")).to_be_visible()
    if page.get_by_text("Is it worth building, and can it be built?").count() == 0:
        page.get_by_role("button", name="New proposal").click()
        settled(page)
    page.get_by_role("button", name="Start from this").nth(_number(title)).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    settled(page)
    return page.url.split("proposal=")[1].split("&")[0]


def _number(title: str) -> int:
    return [examples.load(name).title for name in examples.NAMES].index(title)


def download(page: Page, button: str) -> tuple[Download, bytes]:
    """Press a download button; the file's name and content."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    found = waiting.value
    return found, Path(found.path()).read_bytes()


def test_a_newcomer_scopes_decides_and_hands_over_a_summary(app: RunningApp, page: Page) -> None:
    identity = start_from(page, app, "Routing and posting supplier invoices")
    expect(strip(page)).to_contain_text("€1.23M")

    page.get_by_role("radio", name="Value").click()
    page.wait_for_url("**step=value**")
    settled(page)
    type_into(page, f"Manual cost (EUR), {LIKELY}", "4.5")
    saved_version(page, 2)
    changed = app.saved(identity).proposal
    expected = assess(changed)
    npv = expected.leader().outcome.npv  # type: ignore[union-attr]
    expect(strip(page)).to_contain_text(amounts((npv.mean, npv.p10, npv.p90), "EUR")[0])

    page.get_by_role("link", name="Review and export").click()
    settled(page)
    expect(page.get_by_role("heading", name="Key figures")).to_be_visible()
    expect(page.locator(".js-plotly-plot").nth(4)).to_be_visible()

    page.get_by_text("Overrule it").click()
    settled(page)
    page.get_by_role("button", name="Check and sign").click()
    settled(page)
    expect(page.get_by_role("alert").first).to_contain_text("Who decides?")
    assert app.store().decisions(identity).total == 0

    page.get_by_label("Reason", exact=True).fill("The pilot plant closes in spring; we look again then.")
    page.get_by_label("Decided by", exact=True).fill("Sofia Marini")
    page.get_by_label("Decided by", exact=True).blur()
    settled(page)
    page.get_by_role("button", name="Check and sign").click()
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("on version 2")).to_be_visible()
    decision = app.store().decisions(identity).rows[0]
    assert (decision.decided_by, decision.accepted, decision.version) == ("Sofia Marini", False, 2)
    seen = json.loads(json.dumps(expected.to_dict()))
    assert decision.figures["alternatives"] == seen["alternatives"]

    visit(page, app, "decisions")
    expect(page.get_by_text("Sofia Marini")).to_be_visible()
    expect(page.get_by_text("The pilot plant closes in spring; we look again then.")).to_be_visible()


def test_every_export_carries_the_figures_of_the_page(app: RunningApp, page: Page, tmp_path: Path) -> None:
    identity = start_from(page, app, "Visual inspection of machined parts")
    visit(page, app, f"review?proposal={identity}")
    proposal = app.saved(identity).proposal
    npv = assess(proposal).leader().outcome.npv  # type: ignore[union-attr]
    shown = amounts((npv.mean, npv.p10, npv.p90), "EUR")[0]
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(shown)

    open_downloads(page)
    found, content = download(page, "Proposal document (JSON)")
    assert found.suggested_filename == "groundwork-visual-inspection-of-machined-parts.json"
    assert read(content) == proposal
    found, content = download(page, "Markdown")
    assert found.suggested_filename.endswith(".md")
    assert shown in content.decode()
    found, content = download(page, "Web page (HTML)")
    assert found.suggested_filename.endswith(".html")
    _look_at_html(page, content, tmp_path / "summary.html", shown)


def _look_at_html(page: Page, content: bytes, path: Path, shown: str) -> None:
    """The file stands alone: opened from disk it asks for nothing and shows the figures and charts."""
    path.write_bytes(content)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    assert [url for url in asked if url.startswith("http")] == []
    assert complaints == []
    assert shown in page.locator("body").inner_text()
    assert page.locator("svg").count() >= 5
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_document_goes_out_and_comes_back(app: RunningApp, page: Page, tmp_path: Path) -> None:
    document = tmp_path / "mine.json"
    document.write_text(examples.text("stock_price"), encoding="utf-8")
    visit(page, app)
    page.get_by_role("button", name="New proposal").click()
    settled(page)
    page.get_by_role("radio", name="A JSON file").click()
    settled(page)
    refused = tmp_path / "refused.json"
    refused.write_text('{"title": "T", "colour": "red", "returns": {"drift": 3}}', encoding="utf-8")
    page.locator("input[type=file]").set_input_files(refused)
    expect(page.get_by_role("dialog")).to_contain_text("colour")
    expect(page.get_by_role("dialog")).to_contain_text("from 0 to 1")
    page.locator("input[type=file]").set_input_files(document)
    settled(page)
    page.get_by_role("dialog").get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name=examples.load("stock_price").title)).to_be_visible()
    expect(strip(page)).to_contain_text("Stop")


@pytest.mark.parametrize("action", ["Duplicate", "Archive"])
def test_the_menu_of_a_row(app: RunningApp, page: Page, action: str) -> None:
    saved = app.create(read({"title": f"To {action.lower()}"}))
    visit(page, app, f"?search=To+{action.lower()}")
    page.get_by_role("button", name="More").last.click()
    page.get_by_role("menuitem", name=action).click()
    settled(page)
    if action == "Duplicate":
        expect(page.get_by_role("heading", name="Copy of To duplicate")).to_be_visible()
        return
    expect(page.get_by_text("No proposal matches.")).to_be_visible()
    assert app.saved(saved.id).archived
    page.get_by_text("Archived", exact=True).click()
    settled(page)
    expect(page.get_by_role("link", name="To archive")).to_be_visible()
