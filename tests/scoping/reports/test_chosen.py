"""A scenario in every format: the same figures in each, and what people typed stays text."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest

from scoping import UnknownFormat
from scoping.portfolio import Scenario
from scoping.reports.blocks import Figure, Paragraph, Section, Table
from scoping.reports.chosen import NO_RATE, SCENARIO_FORMATS, ProposalLine, Result, SignedNote, account, render_scenario
from scoping.reports.chosen.account import REJECTED, Account
from scoping.reports.chosen.result import NOT_VALUED, LimitNamed, kept_text, told_text
from scoping.reports.chosen.side_by_side import Shown, side_by_side
from scoping.reports.chosen.tables import counted_as
from scoping.reports.chosen.terms import terms as terms_of
from scoping.reports.drawing import draw
from scoping.text.languages import ENGLISH, Language, message, say
from tests.scoping.reports.chosen_samples import heading, result, whole
from tests.scoping.reports.readers import READERS, plain, squeezed

every_format = pytest.mark.parametrize("name", list(SCENARIO_FORMATS))
EVERY_SETTING: dict[str, Any] = {
    "proposals": ["A"], "budget": [5.0], "people": {"Analyst": [1.0]}, "at_once": 2, "must": ["A"], "must_not": ["B"],
    "needs": [["A", "B"]], "either_or": [["A", "B"]], "risk_weight": 0.3, "worst_share": 0.05,
    "groups": [["A", "B"]], "correlation": 0.4, "same_costs": False, "shared_inputs": ["Power price"],
    "pilots": False, "latest_start": 6, "shrunk": False, "price_step": 10.0,
    "prior": {"mean": 0.1, "deviation": 0.2, "error": 0.05, "decided": 12, "origin": "track record"},
}  # fmt: skip
BESIDE: dict[str, Any] = {"correlation": {"groups": [["A", "B"]]}}
HOSTILE = '=HYPERLINK("http://x.example") <script>alert(1)</script> [l](javascript:1) **b** | $x$ {7*7} #set'


def words(name: str, told: Account) -> str:
    """All words of the file, without the spaces that a page may break lines at."""
    return squeezed(READERS[SCENARIO_FORMATS[name].file_type](render_scenario(told, name)).words)


def test_formats_have_names_and_places_of_their_own() -> None:
    found = list(SCENARIO_FORMATS.values())
    assert set(SCENARIO_FORMATS) == {"pdf", "pptx", "xlsx", "csv", "html", "md"}
    for part in ("name", "place", "suffix", "title"):
        assert len({getattr(each, part) for each in found}) == len(found), part
    with pytest.raises(UnknownFormat):
        render_scenario(account(result(), heading()), "doc")


@pytest.mark.parametrize("name", [name for name in SCENARIO_FORMATS if name != "csv"])
def test_every_format_that_is_read_tells_the_same(name: str) -> None:
    told = account(result(), heading())
    found = words(name, told)
    figures = ("€0.81M", "P10 −€0.12M, P90 €1.90M", "−€0.31M", "€0.16M", "€612K", "€42,000", "€700K", "80%")
    sentences = (
        "Next year",
        "Version 2",
        "As of November 4, 2026",
        "Approved on version 2 by Bo, November 3, 2026: It fits",
        "Before the board meets",
        "Changed since this was computed: Churn.",
        "Proved: no other choice that keeps to the limits is better.",
        "to do it all the same would cost €31,000",
        "Nobody said what the currency is worth; set a rate in Settings: Forecast",
        "€50,000 more in quarter 1 would be worth €120,000.",
        "At most 3 at once",
    )
    assert [each for each in (*figures, *sentences) if squeezed(each) not in found] == []


def test_the_plan_tells_of_all_proposals_also_where_the_first_are_drawn() -> None:
    lines = {f"{n}": ProposalLine(title=f"Number {n}", way="Model", end=3 + n % 12, value=1.0) for n in range(60)}
    found = words("md", account(Result(proposals=lines, whole=whole()), heading()))
    assert squeezed("Work goes on until the end of month 14; up to 60 are worked on at once.") in found
    assert squeezed("The first 40 are drawn.") in found


def test_a_choice_that_counts_risk_says_in_what_its_prices_are_told() -> None:
    plain = result()
    assert plain.whole is not None
    counts = plain.model_copy(update={"whole": plain.whole.model_copy(update={"risk_weight": 0.3})})
    assert squeezed("mix of expected NPV (70%) and expected shortfall (30%)") in words("md", account(counts, heading()))
    assert squeezed("told in that mix") not in words("md", account(plain, heading()))


def test_csv_and_excel_have_figures_in_full() -> None:
    told = account(result(), heading())
    rows = list(csv.DictReader(io.StringIO(render_scenario(told, "csv").decode("utf-8-sig"))))
    assert [row["Proposal"] for row in rows] == ["Inspection", "Churn", "Routing", "Forecast"]
    first, pilot, left, unknown = rows
    assert (first["Expected NPV, as counted"], first["From month"], first["Money"]) == ("612345.5", "1", "130000.0")
    assert (pilot["What is done"], pilot["Source"], left["Is done"]) == ("Rule", "guess", "no")
    assert (unknown["Expected NPV, as counted"], unknown["Money"]) == ("", "")
    book = openpyxl.load_workbook(io.BytesIO(render_scenario(told, "xlsx")))
    assert book.sheetnames == ["Scenario", "Proposals", "By time"]
    cells = dict(
        zip((each.value for each in book["Proposals"][1]), (each.value for each in book["Proposals"][2]), strict=True)
    )
    assert (cells["Expected NPV, as counted"], cells["Share of the scenarios in which it would be chosen"]) == (
        612345.5,
        0.86,
    )
    assert [[each.value for each in row] for row in book["By time"]][1:3] == [
        ["Money (EUR)", 1, 90_000, 100_000],
        ["Money (EUR)", 2, 60_000, 60_000],
    ]


def test_a_whole_number_in_excel_has_no_point_behind_it() -> None:
    """`0.##` writes 1. for the first month; a share keeps its digits."""
    book = openpyxl.load_workbook(io.BytesIO(render_scenario(account(result(), heading()), "xlsx")))
    for sheet in book:
        for cell in (cell for row in sheet for cell in row if isinstance(cell.value, int | float)):
            is_whole = float(cell.value).is_integer()
            assert ("." in cell.number_format) is not is_whole, (sheet.title, cell.coordinate, cell.number_format)
            assert not cell.number_format.endswith(".##"), cell.coordinate


@every_format
def test_it_is_the_same_file_twice(name: str) -> None:
    told = account(result(), heading())
    assert render_scenario(told, name) == render_scenario(told, name)


@pytest.mark.long
@every_format
def test_what_people_typed_is_text_in_every_file(name: str) -> None:
    titles = (f"a {HOSTILE}", f"b {HOSTILE}", f"c {HOSTILE}", HOSTILE)
    notes = (SignedNote(REJECTED, 2, HOSTILE, HOSTILE, heading().as_of or heading().saved_on),)  # type: ignore[arg-type]
    told = account(result(titles), heading(HOSTILE, HOSTILE, terms=(HOSTILE,), changed=(HOSTILE,), decisions=notes))
    found = READERS[SCENARIO_FORMATS[name].file_type](render_scenario(told, name))
    assert found.acts == []
    assert plain(HOSTILE)[:30] in plain(found.words)


@every_format
def test_of_what_is_hidden_no_format_tells_a_figure(name: str) -> None:
    """What the Store leaves out: one proposal, and all that counts it."""
    known = {key: each for key, each in result().proposals.items() if key != "b"}
    told = account(Result(proposals=known), heading(hidden=1, hidden_changed=1, changed=()))
    found = words(name, told)
    assert [each for each in ("Churn", "€0.81M", "€155,000", "€310,000", "€120,000") if squeezed(each) in found] == []
    if name != "csv":
        assert squeezed("1 proposal of this scenario is hidden from you") in found
        assert squeezed("1 hidden proposal has changed since.") in found


@every_format
def test_where_one_is_hidden_no_file_says_what_the_others_were_counted_as(name: str) -> None:
    """What the Store leaves of a line: its own estimate in the place of what was counted."""
    only = (
        result()
        .proposals["a"]
        .model_copy(update={"value": 700_000.0, "weight": None, "right": None, "force": None, "money": (70_000.0,)})
    )
    found = words(name, account(Result(proposals={"a": only}), heading(hidden=1)))
    assert not any(squeezed(each) in found for each in ("€612K", "612345", "Counted as", "86%"))
    if name == "csv":
        (row,) = csv.DictReader(io.StringIO(found_csv(only)))
        assert (row["Its own estimate"], row["Expected NPV, as counted"]) == ("700000.0", "")
    else:
        assert squeezed("What each of the others is worth is its own estimate") in found


def found_csv(line: ProposalLine) -> str:
    return render_scenario(account(Result(proposals={"a": line}), heading(hidden=1)), "csv").decode("utf-8-sig")


@every_format
def test_limits_that_conflict_are_named_and_nothing_else_is_told(name: str) -> None:
    conflict = (LimitNamed(kind="must", about=("c",)), LimitNamed(kind="budget", when=0))
    lines = {key: each.model_copy(update={"way": ""}) for key, each in result().proposals.items()}
    told = account(Result(proposals=lines, whole=whole(conflict=conflict)), heading())
    if name != "csv":
        assert squeezed("Routing must be done") in words(name, told)
        assert squeezed("Nothing is chosen") not in words(name, told)
    assert render_scenario(told, name)


@pytest.mark.long
@every_format
def test_an_empty_scenario_and_a_large_one_lay_out(name: str) -> None:
    assert render_scenario(account(Result(), heading(note="", terms=(), decisions=(), changed=())), name)
    one = result().proposals["a"]
    many = {str(number): one.model_copy(update={"title": f"Proposal {number}"}) for number in range(120)}
    assert render_scenario(account(Result(proposals=many, whole=whole(pilots=None)), heading()), name)


def test_every_chart_is_drawn_in_every_language() -> None:
    for language in (ENGLISH, Language("de")):
        told = account(result(), heading(), language)
        figures = [block for section in told.sections for block in section.blocks if isinstance(block, Figure)]
        assert {each.id for each in figures} >= {
            "gantt",
            "money",
            "people_0",
            "value_by_budget",
            "value_by_risk",
            "often",
        }
        assert all(each.title and each.sentence and each.alt and draw(each).startswith("<svg") for each in figures)


def test_figures_are_kept_and_read_as_they_are() -> None:
    assert Result.read(result().figures()) == result()
    later: dict[str, Any] = {**result().figures(), "of a later version": 1}
    assert Result.read(later) == result()


def test_a_text_is_kept_in_every_language_and_told_in_the_one_that_is_asked_for() -> None:
    kept = kept_text(message("yes"))
    assert (kept["en"], say(told_text(kept), Language("de_AT"))) == ("yes", kept["de"])
    assert say(told_text({"en": "only this"}), Language("de")) == "only this"
    assert (kept_text(""), told_text({})) == ({}, "")


def test_an_older_decision_is_not_one_on_this_version() -> None:
    assert account(result(), heading(version=2)).tag == "Approved"
    assert account(result(), heading(version=3)).tag == "Not decided; version 2: Approved"
    assert account(result(), heading(decisions=())).tag == "Not decided"


def test_side_by_side_tells_what_differs_and_what_does_not() -> None:
    other = result().proposals["b"].model_copy(update={"way": ""})
    second = result(value=500_000.0).model_copy(update={"proposals": {**result().proposals, "b": other}})
    shown = [Shown("A", heading(), result()), Shown("B", heading("With less"), second)]
    worth, apart, alike, terms = side_by_side(shown)
    rows = {row[0]: row[1:] for row in worth.blocks[0].rows}  # type: ignore[union-attr]
    assert rows["Scenario"] == ("Next year", "With less")
    assert rows["Expected NPV"] == ("€0.81M (−€0.12M to €1.90M)", "€0.50M (−€0.12M to €1.90M)")
    assert apart.blocks[0].rows == (("Churn", "Rule, from month 4", "left"),)  # type: ignore[union-attr]
    assert [row[0] for row in alike.blocks[0].rows] == ["Inspection", "Routing", "Forecast"]  # type: ignore[union-attr]
    assert told_in(terms) == "The same was set for all of them."
    hidden = Shown("C", heading(hidden=1), Result(proposals={}))
    assert "hidden" in side_by_side([shown[0], hidden])[0].blocks[0].rows[3]  # type: ignore[union-attr]


def told_in(section: Section) -> str:
    (block,) = section.blocks
    assert isinstance(block, Paragraph)
    return str(block.text)


def test_side_by_side_tells_what_was_set_for_some_and_not_for_all() -> None:
    scarce, plenty = (
        heading(terms=("Pilots are offered.", "Scarce.")),
        heading(terms=("Pilots are offered.", "Plenty.")),
    )
    *_, terms = side_by_side([Shown("A", scarce, result()), Shown("B", plenty, result())])
    (table,) = terms.blocks
    assert isinstance(table, Table)
    assert table.rows == (("Scarce.", "yes", "no"), ("Plenty.", "no", "yes"))


def test_every_setting_is_told_in_words() -> None:
    """What is set away from what holds by itself makes a sentence of its own, or changes one."""
    usual = set(terms_of(Scenario(), "EUR", str))
    for name, value in EVERY_SETTING.items():
        said = set(terms_of(Scenario.model_validate({name: value, **BESIDE.get(name, {})}), "EUR", str))
        assert said - usual, name
    assert set(EVERY_SETTING) == set(Scenario.model_fields)


@pytest.mark.parametrize(
    ("weight", "value", "said"),
    [
        (1.0, 80.0, "as it was estimated"),
        (0.4, 100.0, "as it was estimated"),
        (0.4, 80.0, "40% its own estimate, 60% what such proposals are worth"),
        (0.001, 80.0, "as much as such proposals are worth"),
        (None, None, "—"),
    ],
)
def test_how_an_estimate_is_counted_is_said_in_words(weight: float | None, value: float | None, said: str) -> None:
    assert counted_as(ProposalLine(title="A", estimate=100.0, value=value, weight=weight)) == said


def test_what_is_not_counted_says_why() -> None:
    assert result().not_counted["d"].not_counted == NO_RATE


def test_one_reason_is_told_once_for_all_that_it_is_about() -> None:
    lines = {title: ProposalLine(title=title, not_counted=NO_RATE) for title in ("Yen", "Francs", "Crowns")}
    lines["Empty"] = ProposalLine(title="Empty", not_counted=NOT_VALUED)
    told = account(Result(proposals=lines), heading())
    (part,) = (each for each in told.sections if each.id == "not_counted")
    (block,) = part.blocks
    assert [*block.items] == [
        "Nobody said what the currency is worth; set a rate in Settings: Yen; Francs; Crowns",
        "Nothing can be valued yet: Empty",
    ]
