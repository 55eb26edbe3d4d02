"""Looking at an export before it is sent, and taking many at once."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdf
from playwright.sync_api import Locator, Page, expect

from scoping import examples
from tests.browser.acting import choose, open_downloads, settled, visit
from tests.browser.running import RunningApp


def pick(page: Page, field: str, option: str) -> None:
    """Pick from the last list of that name."""
    choose(page, page.get_by_role("combobox", name=field).last, option)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def look_at(page: Page, format_: str) -> None:
    dialog(page).get_by_role("radio", name=format_).click()
    settled(page)


def test_every_format_is_seen_before_it_is_sent(app: RunningApp, page: Page) -> None:
    identity = app.create(examples.load("visual_inspection")).id
    visit(page, app, f"review?proposal={identity}")
    page.get_by_role("button", name="Preview").click()
    settled(page)
    expect(dialog(page).get_by_role("img", name=re.compile("PDF, A4: page 2 of"))).to_be_visible()

    look_at(page, "PowerPoint, five slides")
    expect(dialog(page).get_by_role("img", name=re.compile("page 5 of"))).to_be_attached()
    look_at(page, "Web page (HTML)")
    inside = dialog(page).locator("iframe").content_frame
    expect(inside.get_by_role("heading", name="Visual inspection of machined parts")).to_be_visible()
    # The page in the frame has no part in the app's own origin.
    assert dialog(page).locator("iframe").get_attribute("src").startswith("data:text/html")  # type: ignore[union-attr]
    look_at(page, "Handoff to the build (YAML)")
    expect(dialog(page)).to_contain_text("handoff_version: 1")

    with page.expect_download() as waiting:
        dialog(page).get_by_role("button", name="Handoff to the build (YAML)").click()
    assert waiting.value.suggested_filename.endswith(".handoff.yaml")


def test_the_memo_and_its_files_change_their_language(app: RunningApp, page: Page) -> None:
    identity = app.create(examples.load("visual_inspection")).id
    visit(page, app, f"review?proposal={identity}")
    pick(page, "Language", "Deutsch")
    expect(page.get_by_role("heading", name="Kennzahlen")).to_be_visible()
    open_downloads(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF, A4").click()
    text = pypdf.PdfReader(waiting.value.path()).pages[0].extract_text()
    assert "Erwarteter Kapitalwert" in text
    # It holds for other pages of the session too.
    page.get_by_role("link", name="Ideen").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Ideen")).to_be_visible()


def test_many_summaries_come_in_one_file(app: RunningApp, page: Page) -> None:
    for name in ("stock_price", "invoice_routing", "search_ranking"):
        app.create(examples.load(name))
    visit(page, app)
    total = app.store().list(size=100).total
    page.get_by_role("button", name="Summaries as ZIP").click()
    settled(page)
    expect(dialog(page)).to_contain_text(f"{total} proposals in the list")
    pick(page, "Only these", examples.load("invoice_routing").title)
    dialog(page).get_by_role("button", name="Markdown").click()
    settled(page)
    dialog(page).get_by_role("button", name="Make 2 files").click()
    settled(page)
    expect(dialog(page)).to_contain_text("Done")
    with page.expect_download() as waiting:
        dialog(page).get_by_role("button", name=re.compile("Download groundwork-summaries")).click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as opened:
        stem = "groundwork-routing-and-posting-supplier-invoices"
        assert opened.namelist() == [f"{stem}.pdf", f"{stem}.md"]
        assert opened.read(f"{stem}.pdf").startswith(b"%PDF")
