"""From a sample to the sponsor's page: it is measured, attached, taken over, and shown; nothing of it stays."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scoping import Proposal, examples, read, to_dict
from tests.browser.acting import choose, no_sideways_scroll, settled, visit
from tests.browser.running import RunningApp
from tests.browser.test_every_page import serious_findings

HOSTILE = "<img src=x onerror='window.hacked=1'>|`![a](b)` '; DROP TABLE x; --"
ROWS = 900


def write_sample(path: Path) -> None:
    """A small sample with signal in two columns; the name of one is an attack, and one is personal."""
    rng = random.Random(3)
    lines = [f'"{HOSTILE}",hour,who,is_fraud']
    for row in range(ROWS):
        amount, hour = rng.gauss(0, 1), rng.randrange(24)
        is_fraud = rng.gauss(0, 0.7) < amount + (0.5 if hour < 6 else -0.5)
        lines.append(f"{amount:.3f},{hour},Person {row},{'yes' if is_fraud else 'no'}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def without_evidence() -> Proposal:
    """The example about fraud as its team had it before anything was measured."""
    document = {key: value for key, value in to_dict(examples.load("payment_fraud")).items() if key != "evidence"}
    for each in document["alternatives"]:
        each.pop("measured_by", None)
    return read(document)


def pick(page: Page, field: str, option: str) -> None:
    choose(page, page.get_by_role("combobox", name=field), option)


def upload(page: Page, path: Path) -> None:
    page.get_by_text("Measure a sample of your data").click()
    settled(page)
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_role("combobox", name="Column to predict")).to_be_visible(timeout=60_000)
    settled(page)


@pytest.fixture
def samples(tmp_path: Path, app: RunningApp) -> Path:
    """A sample of data, on the disk of whoever uploads it."""
    write_sample(tmp_path / "payments.csv")
    return tmp_path / "payments.csv"


def left_on_the_server() -> list[Path]:
    import tempfile

    places = Path(tempfile.gettempdir()).glob("groundwork-*")
    return [each for place in places for each in place.rglob("*") if each.is_file()]


def test_a_sample_becomes_evidence_an_estimate_and_a_chart(app: RunningApp, page: Page, samples: Path) -> None:
    saved = app.create(without_evidence())
    visit(page, app, f"proposal?proposal={saved.id}&step=data")
    upload(page, samples)
    assert page.evaluate("() => window.hacked") is None
    pick(page, "Column to predict", "is_fraud")
    expect(page.get_by_role("combobox", name="Class that counts")).to_have_value(re.compile(r"^(yes|no) \(\d+ rows\)$"))
    page.get_by_role("button", name="Measure", exact=True).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    expect(page.get_by_role("button", name="Attach to the proposal")).to_be_visible(timeout=150_000)
    expect(page.get_by_text("There is signal").first).to_be_visible()
    settled(page)
    assert serious_findings(page) == []
    page.get_by_role("button", name="Attach to the proposal").click()
    expect(page.get_by_text("payments.csv,")).to_be_visible()
    settled(page)
    assert not [each for each in left_on_the_server() if each.name == "payments.csv"]

    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    page.get_by_text("Own gradient boosting", exact=True).first.click()
    settled(page)
    pick(page, "Measured by", "payments.csv")
    page.get_by_text("What the evidence shows, in money").click()
    page.get_by_role("button", name="Take over as the estimate").first.click()
    expect(page.get_by_text("Taken over").first).to_be_visible()
    grounds = app.saved(saved.id).proposal.grounds
    assert [each.kind.value for each in grounds] == ["measured"]

    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_role("heading", name="Evidence from data")).to_be_visible()
    expect(page.get_by_text("Expected NPV once live by the number of labelled rows")).to_be_visible()
    assert page.evaluate("() => window.hacked") is None
    assert "payments" not in app.log


def test_what_is_under_way_can_be_cancelled_and_leaves_nothing(app: RunningApp, page: Page, samples: Path) -> None:
    saved = app.create(without_evidence())
    visit(page, app, f"proposal?proposal={saved.id}&step=data")
    upload(page, samples)
    pick(page, "Column to predict", "is_fraud")
    page.get_by_role("button", name="Measure", exact=True).click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Measure a sample of your data")).to_be_visible()
    settled(page)
    assert not [each for each in left_on_the_server() if each.name == "payments.csv"]


def test_a_file_that_is_no_table_is_refused_in_words(app: RunningApp, page: Page, tmp_path: Path) -> None:
    saved = app.create(without_evidence())
    (tmp_path / "table.parquet").write_bytes(b"\x80\x04\x95\x10\x00\x00\x00cposix\nsystem\n")
    visit(page, app, f"proposal?proposal={saved.id}&step=data")
    page.get_by_text("Measure a sample of your data").click()
    settled(page)
    page.locator("input[type=file]").first.set_input_files(tmp_path / "table.parquet")
    expect(page.get_by_text("is a Python pickle")).to_be_visible(timeout=60_000)
    settled(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_account_fits_a_phone_in_german_in_light_and_dark(
    scheme: str, app: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    saved = app.create(examples.load("payment_fraud"))
    phone = new_context(viewport={"width": 400, "height": 900}, color_scheme=scheme, locale="de-DE").new_page()
    visit(phone, app, f"proposal?proposal={saved.id}&step=data")
    phone.get_by_text("card_payments.csv,").click()
    settled(phone)
    expect(phone.get_by_text("Es gibt ein Signal").first).to_be_visible()
    no_sideways_scroll(phone)
    assert serious_findings(phone) == []
    visit(phone, app, f"review?proposal={saved.id}")
    expect(phone.get_by_role("heading", name="Belege aus Daten")).to_be_visible()
    no_sideways_scroll(phone)
