"""The whole path: example, change, review, decision, summary in the sponsor's hands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from scoping import assess, examples, read
from scoping.text.wording import compact_money
from tests.browser.acting import (
    LIKELY,
    nothing_broke,
    open_downloads,
    saved_version,
    settled,
    strip,
    strip_text,
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
    expect(strip(page)).to_contain_text("€1.2M")

    page.get_by_role("radio", name="Value").click()
    page.wait_for_url("**step=value**")
    settled(page)
    type_into(page, f"Manual cost (EUR), {LIKELY}", "4.5")
    saved_version(page, 2)
    changed = app.saved(identity).proposal
    expected = assess(changed)
    npv = expected.leader().outcome.npv  # type: ignore[union-attr]
    expect(strip(page)).to_contain_text(compact_money(npv.mean, "EUR"))

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
    shown = compact_money(npv.mean, "EUR")
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


def test_costs_are_edited_in_their_table(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("invoice_routing"))
    cost = saved.proposal.alternatives[_OWN_MODEL].costs[0]
    assert cost.amount is not None
    dearer = (cost.amount.p50 + cost.amount.p90) / 2
    open_costs(page, app, saved.id)
    before = strip_text(page)
    type_into_cell(page, column=5, text="-500")
    expect(page.get_by_text("Not saved yet.").last).to_be_visible()
    nothing_broke(page)
    assert app.saved(saved.id).version == 1
    open_costs(page, app, saved.id)
    expect(page.get_by_text("Not saved yet.").last).to_be_visible()
    type_into_cell(page, column=5, text=str(dearer))
    saved_version(page, 2)
    expect(strip(page)).not_to_have_text(before, use_inner_text=True)
    cost = app.saved(saved.id).proposal.alternatives[_OWN_MODEL].costs[0]
    assert cost.amount is not None
    assert cost.amount.p50 == dearer


def open_costs(page: Page, app: RunningApp, identity: str) -> None:
    """The table of the last alternative's costs."""
    visit(page, app, f"proposal?proposal={identity}&step=costs")
    page.get_by_role("radio", name="Own model").click()
    settled(page)


def type_into_cell(page: Page, column: int, text: str) -> None:
    """A cell of the first row: the table is a canvas, so walk there by keyboard, type, Enter."""
    page.get_by_test_id("stDataFrame").first.click(position={"x": 120, "y": 55})
    page.keyboard.press("Home")
    for _ in range(column - 1):
        page.keyboard.press("ArrowRight")
    # The cell's editor is fetched when it is first opened.
    page.keyboard.press("Enter")
    editor = page.locator("#portal input, #portal textarea").last
    editor.fill(text)
    editor.press("Enter")
    settled(page)


def test_several_people_judge_one_number(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    page.set_viewport_size({"width": 1280, "height": 1700})
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    page.get_by_text("Several people judge a number").click()
    settled(page)
    expect(page.get_by_label("Number", exact=True)).to_be_visible()
    settled(page)
    page.get_by_label("Number", exact=True).click()
    page.get_by_role("option", name="Prevalence").click()
    settled(page)
    # A click into the empty row begins a new one and opens its first cell.
    page.get_by_test_id("stDataFrame").last.click(position={"x": 120, "y": 55})
    for column, text in enumerate(("Ana", "0.012", "0.018"), start=1):
        if column == 1:
            choose(page, text)
        else:
            choose_in_cell(page, column, text)
    expect(page.get_by_text("Ana, High (P90): is missing Not saved yet.")).to_be_visible()
    choose_in_cell(page, 4, "0.026")
    expect(page.get_by_text("Average of 1: Ana")).to_be_visible()
    expect(page.get_by_label(f"Prevalence (%), {LIKELY}", exact=True)).to_be_disabled()
    prevalence = app.saved(saved.id).proposal.bridge.prevalence  # type: ignore[union-attr]
    assert (prevalence.p10, prevalence.p90, prevalence.judgements[0].by) == (0.012, 0.026, "Ana")
    # Without the last judgement its numbers stay, as the team's own.
    settled(page)
    page.get_by_test_id("stDataFrame").last.click(position={"x": 17, "y": 52})
    page.get_by_role("button", name="Delete row(s): Prevalence").click()
    expect(page.get_by_text("Average of 1: Ana")).to_be_hidden()
    kept = app.saved(saved.id).proposal.bridge.prevalence  # type: ignore[union-attr]
    assert (kept.p10, kept.p50, kept.p90, kept.judgements) == (0.012, 0.018, 0.026, ())


def test_two_inputs_move_together(app: RunningApp, page: Page) -> None:
    saved = app.create(examples.load("visual_inspection"))
    page.set_viewport_size({"width": 1280, "height": 1700})
    visit(page, app, f"proposal?proposal={saved.id}&step=costs")
    page.get_by_text("Inputs that move together").first.click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)
    # A click into the empty row begins a new one and opens its first cell.
    page.get_by_test_id("stDataFrame").last.click(position={"x": 120, "y": 55})
    choose(page, "Prevalence")
    choose_in_cell(page, 2, "Cost of a miss")
    choose_in_cell(page, 3, "7")
    expect(page.get_by_text("Rank correlation: must be a number from -1 to 1")).to_be_visible()
    choose_in_cell(page, 3, "0.4")
    saved_version(page, 2)
    pair = app.saved(saved.id).proposal.correlations[0]
    assert (pair.first, pair.second, pair.rank_correlation) == ("bridge.prevalence", "bridge.miss_cost", 0.4)


def choose_in_cell(page: Page, column: int, text: str) -> None:
    """Open a cell of the last table's first row by keyboard and put something in."""
    page.get_by_test_id("stDataFrame").last.click(position={"x": 120, "y": 55})
    page.keyboard.press("Home")
    for _ in range(column - 1):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    choose(page, text)


def choose(page: Page, text: str) -> None:
    """Type into the open editor of a cell, and take what it offers."""
    editor = page.locator("#portal input, #portal textarea").last
    expect(editor).to_be_visible()
    editor.fill(text)
    editor.press("Enter")
    editor.wait_for(state="detached")
    settled(page)
