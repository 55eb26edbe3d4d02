"""Two people judge in browsers of their own; a third reveals and records. Nobody sees another one's number before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scoping import examples, to_dict
from tests.browser.acting import choose, no_sideways_scroll, settled, type_into, visit
from tests.browser.running import RunningApp
from tests.browser.test_every_page import headings_skip_nothing, serious_findings

Contexts = Callable[..., BrowserContext]
LOW, HIGH, LIKELY = "Lowest plausible (P10)", "Highest plausible (P90)", "Likely (P50)"
NIEDRIG, HOCH = "Niedrigster plausibler Wert (P10)", "Höchster plausibler Wert (P90)"
HOSTILE = "<img src=x onerror='window.hacked=1'> **b** :red[r]"


@pytest.fixture
def identity(app: RunningApp) -> str:
    """A proposal whose adoption and prevalence are to be judged."""
    return app.create(examples.load("visual_inspection")).id


def ask(page: Page, app: RunningApp, identity: str, *numbers: str) -> str:
    """Choose numbers, and make the link."""
    visit(page, app, f"elicit?proposal={identity}")
    type_into(page, "Your name", "Fay")
    for name in numbers:
        choose(page, page.get_by_role("combobox", name="Numbers"), name)
    type_into(page, "What all should know", HOSTILE)
    page.get_by_role("button", name="Make the link").click()
    settled(page)
    return page.get_by_test_id("stCode").inner_text().strip()


def judge(page: Page, *texts: str) -> None:
    """Type the two ends, then the middle."""
    for label, text in zip((LOW, HIGH, LIKELY), texts, strict=True):
        type_into(page, label, text)


def test_judges_see_nothing_of_each_other_until_all_is_revealed(
    app: RunningApp, identity: str, new_context: Contexts
) -> None:
    fay, ana, ben = (
        new_context(viewport={"width": width, "height": 900}, locale=locale).new_page()
        for width, locale in ((1280, "en"), (1280, "en"), (400, "de"))
    )
    link = ask(fay, app, identity, "Prevalence", "Adoption")
    _ana_judges(ana, link)
    _ben_judges(ben, link)
    fay.get_by_role("button", name="Look again").click()
    expect(fay.get_by_text("Ana: 1 of 2")).to_be_visible()
    expect(fay.get_by_text("Ben: 1 of 2")).to_be_visible()
    for number in ("3.17", "5,91"):
        assert number not in fay.locator("body").inner_text()
    _reveal(fay)
    _record(fay, app, identity)
    ben.reload()
    settled(ben)
    expect(ben.get_by_text("Alle Urteile sind aufgedeckt")).to_be_visible()
    expect(ben.get_by_text("Counted last year")).to_be_visible()
    assert ben.get_by_label(NIEDRIG, exact=True).count() == 0
    no_sideways_scroll(ben)
    _close(fay, ana, link)
    assert [page.evaluate("() => window.hacked") for page in (fay, ana, ben)] == [None] * 3


def _ana_judges(page: Page, link: str) -> None:
    """Says her name, crosses her numbers, mends that, and finds it all again after a reload."""
    page.goto(link)
    settled(page)
    assert HOSTILE in page.locator("body").inner_text()
    # Today's value is 1.8 %: who has not asked to show it does not.
    assert "1.8" not in page.get_by_test_id("stMain").inner_text()
    expect(page.get_by_text("Write your name first")).to_be_visible()
    type_into(page, "Your name", "Ana")
    judge(page, "1%", "3.17%", "7%")
    expect(page.get_by_text("likely, 7%, is above the highest, 3.17%")).to_be_visible()
    type_into(page, LIKELY, "2%")
    expect(page.get_by_text("one chance in ten that it is above 3.17%")).to_be_visible()
    type_into(page, "Why", "Counted last year")
    page.reload()
    settled(page)
    expect(page.get_by_label(HIGH, exact=True)).to_have_value("3.17%")
    assert serious_findings(page) == []
    expect(page.get_by_label("Your name", exact=True)).to_have_value("Ana")


def _ben_judges(page: Page, link: str) -> None:
    """On a phone, in German, by the keyboard alone; sees nothing of Ana's."""
    page.goto(link)
    settled(page)
    assert "3,17" not in page.locator("body").inner_text()
    page.get_by_label("Ihr Name", exact=True).focus()
    page.keyboard.type("Ben")
    page.keyboard.press("Tab")
    settled(page)
    assert page.get_by_label(HOCH, exact=True).input_value() == ""
    page.get_by_label(NIEDRIG, exact=True).focus()
    for text in ("4 %", "9 %", "5,91 %"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        settled(page)
        if text != "5,91 %":
            _tab_to_a_box(page)
    expect(page.get_by_text("In einem von zehn Fällen liegt es unter 4 %")).to_be_visible()
    no_sideways_scroll(page)


def _tab_to_a_box(page: Page) -> None:
    """Past the help beside a label, which can be reached by the keyboard too."""
    for _ in range(3):
        if page.evaluate("() => document.activeElement.tagName") == "INPUT":
            return
        page.keyboard.press("Tab")
    raise AssertionError("no box is reached by the keyboard")


def _reveal(page: Page) -> None:
    page.get_by_role("button", name="Reveal", exact=True).click()
    page.get_by_role("button", name="Reveal now").click()
    settled(page)
    expect(page.get_by_text("The ranges of Ana and Ben do not overlap")).to_be_visible()
    expect(page.get_by_text("Counted last year")).to_be_visible()
    assert serious_findings(page) == []
    assert headings_skip_nothing(page)


def _record(page: Page, app: RunningApp, identity: str) -> None:
    """First the average; then, after a discussion, what was agreed."""
    page.get_by_role("button", name="Record the average").click()
    settled(page)
    found = to_dict(app.saved(identity).proposal)["bridge"]["prevalence"]
    assert [(each["by"], each["p10"], each["p90"]) for each in found["judgements"]] == [
        ("Ana", 0.01, 0.0317),
        ("Ben", 0.04, 0.09),
    ]
    judge(page, "1.5%", "8%", "4%")
    page.get_by_role("button", name="Record what you agreed on").click()
    settled(page)
    expect(page.get_by_text("The proposal holds: P10 1.5%, P50 4%, P90 8%")).to_be_visible()
    agreed = to_dict(app.saved(identity).proposal)["bridge"]["prevalence"]
    assert agreed == {**found, "consensus": {"p10": 0.015, "p50": 0.04, "p90": 0.08}}


def _close(page: Page, judge_page: Page, link: str) -> None:
    page.get_by_role("button", name="Close this round").click()
    settled(page)
    judge_page.goto(link)
    settled(judge_page)
    expect(judge_page.get_by_text("This link asks nobody anything")).to_be_visible()


def test_a_judgement_that_is_not_complete_outlives_a_reload(
    app: RunningApp, identity: str, new_context: Contexts
) -> None:
    fay, ana = (new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
    ana.goto(ask(fay, app, identity, "Adoption"))
    settled(ana)
    type_into(ana, "Your name", "Ana")
    type_into(ana, LOW, "20%")
    expect(ana.get_by_text("Still open: the highest plausible value")).to_be_visible()
    ana.reload()
    settled(ana)
    expect(ana.get_by_label(LOW, exact=True)).to_have_value("20%")


def test_people_who_judge_one_after_the_other_at_one_screen_see_nothing_of_each_other(
    app: RunningApp, identity: str, new_context: Contexts
) -> None:
    """Where nobody signs in the app is often reached from one machine alone."""
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    link = ask(page, app, identity, "Prevalence", "Adoption")
    page.goto(link)
    settled(page)
    type_into(page, "Your name", "Ana")
    judge(page, "1%", "3.17%", "2%")
    page.get_by_role("button", name="Next: Adoption").click()
    settled(page)
    type_into(page, LOW, "41.3%")
    page.get_by_role("button", name="Somebody else judges now").click()
    settled(page)
    _sees_nothing(page, "3.17", "41.3")
    type_into(page, "Your name", "Ana")
    judge(page, "4%", "9%", "5.91%")
    expect(page.get_by_text("Somebody has judged under the name Ana")).to_be_visible()
    type_into(page, "Your name", "Ben")
    type_into(page, "Why", "Counted")
    page.reload()
    settled(page)
    expect(page.get_by_label(LIKELY, exact=True)).to_have_value("5.91%")
    page.get_by_role("button", name="Next: Adoption").click()
    settled(page)
    _sees_nothing(page, "3.17", "41.3")
    rounds = app.store().elicitation
    [asked] = rounds.rounds(identity)
    assert [(each.name, each.count) for each in asked.judged] == [("Ana", 1), ("Ben", 1)]
    rounds.reveal(identity, asked.id)
    assert [(each.by, each.p90, each.rationale) for each in rounds.answers(identity, asked.id)] == [
        ("Ana", 0.0317, ""),
        ("Ben", 0.09, "Counted"),
    ]


def _sees_nothing(page: Page, *numbers: str) -> None:
    boxes = page.locator("input, textarea").evaluate_all("boxes => boxes.map((box) => box.value)")
    shown = " ".join([page.locator("body").inner_text(), *boxes])
    assert [number for number in numbers if number in shown] == []
