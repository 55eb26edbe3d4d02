"""From an empty portfolio to a verdict with figures: few entries, little typing, and every one saved as it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from scoping import Proposal, assess, read
from scoping.document.paths import Path, with_value
from scoping.document.reading import to_dict
from scoping.feasibility.catalogue import QUESTIONS
from scoping.text.ranges import QUANTILES
from scoping.text.wording import amounts
from scoping.vocabulary import AlternativeKind, Recommendation
from tests.browser.acting import choose, settled, strip, strip_text, visit
from tests.browser.running import RunningApp

MOST_ENTRIES = 60
MOST_TYPING_SECONDS = 300.0
_SECONDS_A_KEY = 0.015
_BOXES = ("Low (P10)", "Likely (P50)", "High (P90)")
_LIKELY = 1
_TITLE = "Fraud in motor claims, for the claims desk"

_GATES: Mapping[str, str] = {
    "acted_on": "yes",
    "lawful_access": "granted",
    "beats_guessing": "people_and_models",
    "latency": "expected",
    "permitted_use": "regulated",
}


@dataclass
class Entries:
    """What a person entered, one box, choice or answer at a time, and the document that should come of it."""

    document: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    keys: int = 0

    def add(self, path: str, meant: object, typed: str = "") -> None:
        """One entry: where it belongs, what is meant by it, and the keys it took."""
        self.count += 1
        self.keys += len(typed)
        self.document = with_value(self.document, path, meant)

    def add_row(self, path: str, meant: Mapping[str, object], *, is_entry: bool) -> Path:
        """A row that was added: picked from a list, which is an entry, or opened empty, which is none."""
        rows = [*self._rows(path), dict(meant)]
        self.count += is_entry
        self.document = with_value(self.document, path, rows)
        return Path(path) / (len(rows) - 1)

    def _rows(self, path: str) -> list[object]:
        here: Any = self.document
        for key in Path(path).keys:
            here = here[int(key)] if isinstance(here, list) else here.get(key, [])
        return list(here)

    @property
    def typing_seconds(self) -> float:
        """How long the keys take somebody who types fast."""
        return self.keys * _SECONDS_A_KEY


@dataclass
class Person:
    """Somebody at the keyboard and the mouse, who notes each entry."""

    page: Page
    entries: Entries = field(default_factory=Entries)

    def types(self, box: Locator, path: str, typed: str, meant: object) -> None:
        """Type into an empty box, key by key, and leave it."""
        self._goes_to(box)
        expect(box).to_have_value("")
        self._keys(typed)
        self.entries.add(path, meant, typed)

    def estimates(self, label: str, path: str, typed: str, meant: float | tuple[float, ...]) -> None:
        """One number into the middle box; or three, from left to right."""
        if not isinstance(meant, tuple):
            return self.types(self._box(label, _LIKELY), path, typed, meant)
        self._goes_to(self._box(label, 0))
        for quantile, text, number in zip(QUANTILES, typed.split(), meant, strict=True):
            self._keys(text)
            self.entries.add(Path(path) / quantile, number, text)
        return None

    def picks(self, label: str, option: str | re.Pattern[str], path: str, meant: str) -> None:
        """Choose from a list."""
        choose(self.page, self.page.get_by_label(label, exact=True).last, option)
        self.entries.add(path, meant)

    def presses(self, name: str | re.Pattern[str]) -> None:
        """Press a button; that enters nothing."""
        self.page.get_by_role("button", name=name).click()
        settled(self.page)

    def turns_to(self, name: str) -> None:
        """Show one of several alternatives; that enters nothing."""
        self.page.get_by_role("radio", name=name, exact=True).click()
        settled(self.page)

    def _box(self, label: str, place: int) -> Locator:
        return self.page.get_by_label(f"{label}, {_BOXES[place]}", exact=True).last

    def _goes_to(self, box: Locator) -> None:
        """Click into a box and see the cursor there: what is said about an entry moves the boxes below it."""
        settled(self.page)
        box.click()
        expect(box).to_be_focused()

    def _keys(self, text: str) -> None:
        self.page.keyboard.type(text, delay=_SECONDS_A_KEY * 1_000)
        self.page.keyboard.press("Tab")


def test_a_product_owner_gets_from_an_empty_portfolio_to_a_verdict(app: RunningApp, page: Page) -> None:
    person = Person(page)
    visit(page, app)
    identity = _begins(person)
    _says_what_a_case_is_worth(person)
    _adds_the_alternatives(person)
    _adds_costs_and_returns(person)
    _answers_the_gates(person)

    entries = person.entries
    assert entries.count <= MOST_ENTRIES
    assert entries.typing_seconds < MOST_TYPING_SECONDS
    expect(page.get_by_text("All changes saved")).to_be_visible()
    saved, meant = app.saved(identity).proposal, read(entries.document)
    assert to_dict(saved) == to_dict(meant)
    _sees_the_verdict(page, meant)


def _begins(person: Person) -> str:
    """A blank proposal, although there is none to copy; returns its id."""
    page = person.page
    person.presses("New proposal")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Blank").click()
    person.types(dialog.get_by_label("Title of a blank proposal"), "title", _TITLE, _TITLE)
    dialog.get_by_role("button", name="Create blank proposal").click()
    expect(page.get_by_role("heading", name=_TITLE)).to_be_visible()
    settled(page)
    expect(strip(page)).to_contain_text("Not yet assessed")
    return page.url.split("proposal=")[1].split("&")[0]


def _says_what_a_case_is_worth(person: Person) -> None:
    person.presses("Next: Value")
    person.picks("Kind of task", re.compile("^Detection"), "bridge.kind", "detection")
    person.estimates("Cases a month", "bridge.cases_per_month", "12,000", 12_000)
    person.estimates("Prevalence (%)", "bridge.prevalence", "2 3 4.5", (0.02, 0.03, 0.045))
    person.estimates("Value of a catch (EUR)", "bridge.value_of_catch", "1500 2100 3k", (1_500, 2_100, 3_000))
    person.estimates("Cost of the action (EUR)", "bridge.action_cost", "120", 120)
    person.estimates("Recall (%)", "feasibility.ceilings.recall", "85", 0.85)
    person.estimates("Precision (%)", "feasibility.ceilings.precision", "80 %", 0.8)
    settled(person.page)


def _adds_the_alternatives(person: Person) -> None:
    person.presses("Next: Alternatives")
    today = _adds(person, "Status quo", AlternativeKind.STATUS_QUO)
    person.page.get_by_text("Some, as measured", exact=True).click()
    settled(person.page)
    person.estimates("Recall (%)", today / "metrics" / "recall", "20", 0.2)
    person.estimates("Precision (%)", today / "metrics" / "precision", "25", 0.25)
    rules = _adds(person, "Rules", AlternativeKind.RULES)
    person.estimates("Recall (%)", rules / "metrics" / "recall", "35", 0.35)
    person.estimates("Precision (%)", rules / "metrics" / "precision", "20", 0.2)
    _says_how_it_is_built(person, rules, months="3", chance="95")
    model = _adds(person, "Classical ML", AlternativeKind.CLASSICAL_ML)
    person.estimates("Recall (%)", model / "metrics" / "recall", "50 60 70", (0.5, 0.6, 0.7))
    person.estimates("Precision (%)", model / "metrics" / "precision", "25 35 45", (0.25, 0.35, 0.45))
    _says_how_it_is_built(person, model, months="8", chance="70")


def _adds(person: Person, title: str, kind: AlternativeKind) -> Path:
    """Pick what sort of alternative it is, from the menu: it gets that name."""
    settled(person.page)
    person.presses("Add an alternative")
    person.page.get_by_role("menuitem", name=title, exact=True).click()
    settled(person.page)
    expect(person.page.get_by_label("Name", exact=True)).to_have_value(title)
    return person.entries.add_row("alternatives", {"name": title, "kind": str(kind)}, is_entry=True)


def _says_how_it_is_built(person: Person, path: Path, months: str, chance: str) -> None:
    person.estimates("Build time (months)", path / "build_months", months, float(months))
    person.estimates("Chance of reaching production (%)", path / "success_probability", chance, float(chance) / 100)
    settled(person.page)


def _adds_costs_and_returns(person: Person) -> None:
    person.presses("Next: Costs and returns")
    person.turns_to("Rules")
    _adds_a_cost(person, 1, "Rule engine", "60000", 60_000)
    _adds_a_cost(person, 1, "Upkeep of the rules", "4000", 4_000, every_month=True)
    person.turns_to("Classical ML")
    _adds_a_cost(person, 2, "Data, model and link to the claims system", "250k 350k 600k", (250_000, 350_000, 600_000))
    _adds_a_cost(person, 2, "Serving, monitoring, retraining", "15,000", 15_000, every_month=True)
    horizon = person.page.get_by_label("Horizon (months)", exact=True)
    person.types(horizon, "returns.horizon_months", "36", 36)
    person.estimates("Discount rate (% a year)", "returns.discount_rate", "8", 0.08)
    settled(person.page)


def _adds_a_cost(
    person: Person,
    alternative: int,
    name: str,
    typed: str,
    meant: float | tuple[float, ...],
    *,
    every_month: bool = False,
) -> None:
    """A row of costs; once is what the form has already, and says."""
    page, costs = person.page, Path.of("alternatives", alternative, "costs")
    person.presses("Add: Cost")
    row = person.entries.add_row(costs, {}, is_entry=False)
    person.types(page.get_by_label("Cost", exact=True).last, row / "name", name, name)
    person.estimates("Amount (EUR)", row / "amount", typed, meant)
    settled(page)
    if every_month:
        person.picks("When", "Every month", row / "timing", "monthly")
    else:
        expect(page.get_by_role("combobox", name="When").last).to_have_value("Once")


def _answers_the_gates(person: Person) -> None:
    """The first part of the step holds what can stop the project, and nothing else needs an answer."""
    page = person.page
    person.presses(re.compile("^Next: Gates"))
    for identity, label in _picked_answers():
        group = page.get_by_role("radiogroup", name=QUESTIONS[identity].text)
        group.get_by_text(label, exact=True).click()
        settled(page)
        person.entries.add(Path.of("feasibility", "answers", identity, "choice"), _GATES[identity])


def _picked_answers() -> Iterator[tuple[str, str]]:
    """Each gate that there is, with the words of the answer."""
    for identity, question in QUESTIONS.items():
        if question.is_gate and not (question.once or question.waits):
            yield identity, question.labels[_GATES[identity]]


def _sees_the_verdict(page: Page, proposal: Proposal) -> None:
    """The strip says what follows from what was typed: a verdict, an NPV and a chance of loss."""
    found = assess(proposal)
    assert found.verdict.recommendation is Recommendation.BUILD
    outcome = found.leader().outcome  # type: ignore[union-attr]
    assert outcome is not None
    text = strip_text(page)
    assert "Not yet assessed" not in text
    assert "Build" in text
    assert amounts((outcome.npv.mean, outcome.npv.p10, outcome.npv.p90), "EUR")[0] in text
    assert re.search(r"Chance of loss\s+\d+", text)
