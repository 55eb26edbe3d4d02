"""Streams and segments as a person makes them: one task becomes two, a model touches one of them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from scoping import assess, read, to_dict
from tests.browser.acting import LIKELY, choose, nothing_broke, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.documents import CERTAIN

AUTOMATION = {
    **CERTAIN,
    "title": "Letters",
    "bridge": {"kind": "automation", "cases_per_month": 8_000, "manual_cost": 5, "error_cost": 20},
    "alternatives": [
        {"name": "By hand", "kind": "status_quo"},
        {
            "name": "Model",
            "kind": "foundation_model",
            "metrics": {"automation_rate": 0.4, "accuracy": 0.95},
            "build_months": 3,
            "success_probability": 1,
            "costs": [{"name": "Build", "amount": 60_000}],
        },
    ],
    "feasibility": {},
}


def choose_kind(page: Page, title: str) -> None:
    choose(page, page.get_by_label("Kind of task", exact=True).first, re.compile(f"^{title}"))


def show(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def test_a_second_stream_is_added_and_counts(app: RunningApp, page: Page) -> None:
    saved = app.create(read(AUTOMATION))
    alone = assess(saved.proposal).alternatives[1].expected
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    choose_kind(page, "Several streams")
    page.get_by_role("button", name="Add a stream").click()
    page.get_by_role("menuitem", name="Assistance").click()
    settled(page)
    for label, text in (("Cases a month", "2,000"), ("Minutes a task", "12"), ("Wage an hour (EUR)", "40")):
        type_into(page, f"{label}, {LIKELY}", text)
    type_into(page, f"Review minutes, {LIKELY}", "1")
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    show(page, "Model")
    show(page, "Assistance")
    # What an alternative does not touch, it says; otherwise its quality there is asked for.
    page.get_by_text("Leaves this part as it is today").click()
    settled(page)
    found = app.saved(saved.id).proposal
    assert found.alternatives[1].left_as_today == ["assistance"]
    assert set(found.alternatives[1].metrics) == {"automation/automation_rate", "automation/accuracy"}
    assert abs((assess(found).alternatives[1].expected or 0) - (alone or 0)) < 1
    page.get_by_text("Leaves this part as it is today").click()
    settled(page)
    type_into(page, f"Acceptance rate (%), {LIKELY}", "50 %")
    type_into(page, f"Time saved (%), {LIKELY}", "40 %")
    found = app.saved(saved.id).proposal
    assert (assess(found).alternatives[1].expected or 0) > (alone or 0)
    nothing_broke(page)
    visit(page, app, f"review?proposal={saved.id}")
    expect(page.get_by_role("heading", name="Where does the value come from?")).to_be_visible()


def test_segments_differ_in_an_input_and_in_quality(app: RunningApp, page: Page) -> None:
    saved = app.create(read(AUTOMATION))
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    choose_kind(page, "Segments")
    for share in ("70 %", "30 %"):
        page.get_by_role("button", name="Add a segment").click()
        settled(page)
        type_into(page, f"Share of the cases, {LIKELY}", share)
    choose(page, page.get_by_label("What differs here"), re.compile("^Manual cost"))
    # The same input stands above, for all segments.
    box = page.get_by_label(f"Manual cost (EUR), {LIKELY}", exact=True).last
    box.fill("9")
    box.blur()
    settled(page)
    visit(page, app, f"proposal?proposal={saved.id}&step=alternatives")
    show(page, "Model")
    show(page, "Segment 2")
    page.get_by_text("Reaches another quality here than in all segments").click()
    settled(page)
    type_into(page, f"Accuracy (%), {LIKELY}", "80 %")
    document = to_dict(app.saved(saved.id).proposal)
    assert document["bridge"]["segments"][1] == {
        "id": "segment_2",
        "name": "Segment 2",
        "share": 0.3,
        "inputs": {"manual_cost": 9.0},
    }
    metrics = document["alternatives"][1]["metrics"]
    assert metrics["segment_2/accuracy"] == 0.8
    assert metrics["segment_2/automation_rate"] == metrics["automation_rate"] == 0.4
    nothing_broke(page)


def test_a_stream_that_is_removed_comes_back_with_its_metrics(app: RunningApp, page: Page) -> None:
    streams = [
        {"id": "letters", "name": "Letters", "task": AUTOMATION["bridge"]},
        {"id": "mails", "name": "Mails", "task": AUTOMATION["bridge"]},
    ]
    names = ("automation_rate", "accuracy")
    metrics = {f"{each}/{name}": 0.5 for each in ("letters", "mails") for name in names}
    model = {**AUTOMATION["alternatives"][1], "metrics": metrics}
    document = {
        **AUTOMATION,
        "bridge": {"kind": "several", "streams": streams},
        "alternatives": [AUTOMATION["alternatives"][0], model],
    }
    saved = app.create(read(document))
    visit(page, app, f"proposal?proposal={saved.id}&step=value")
    show(page, "Mails")
    page.get_by_role("button", name="Remove this stream").click()
    settled(page)
    left = app.saved(saved.id).proposal
    assert set(left.alternatives[1].metrics) == {"letters/automation_rate", "letters/accuracy"}
    page.get_by_role("button", name="Undo").click()
    settled(page)
    assert to_dict(app.saved(saved.id).proposal) == to_dict(read(document))
    nothing_broke(page)


def test_what_is_missing_of_a_part_is_one_click_away(app: RunningApp, page: Page) -> None:
    """The part that the field belongs to is chosen too: of all parts, one is drawn at a time."""
    task = {name: value for name, value in AUTOMATION["bridge"].items() if name != "error_cost"}
    streams = [
        {"id": each, "name": each.title(), "task": AUTOMATION["bridge"]} for each in ("letters", "mails", "calls")
    ]
    streams[1]["task"] = task
    metrics = {f"{each}/{name}": 0.5 for each in ("letters", "mails") for name in ("automation_rate", "accuracy")}
    model = {**AUTOMATION["alternatives"][1], "metrics": metrics}
    document = {
        **AUTOMATION,
        "bridge": {"kind": "several", "streams": streams},
        "alternatives": [AUTOMATION["alternatives"][0], model],
    }
    saved = app.create(read(document))
    for field, label in (
        ("bridge.streams.1.task.error_cost", "Cost of an error (EUR)"),
        ("alternatives.1.metrics.calls/accuracy", "Accuracy (%)"),
    ):
        assert field in assess(read(document)).missing
        step = field.partition(".")[0].replace("bridge", "value")
        visit(page, app, f"proposal?proposal={saved.id}&step={step}")
        page.get_by_test_id("stBottom").get_by_role("button", name="missing").click()
        settled(page)
        page.locator(f"a[href*='field={field.replace('/', '%2F')}'], a[href*='field={field}']").first.click()
        settled(page)
        expect(page.get_by_label(f"{label}, Low (P10)", exact=True)).to_be_focused()
        expect(page.get_by_label(f"{label}, {LIKELY}", exact=True)).to_have_value("")
