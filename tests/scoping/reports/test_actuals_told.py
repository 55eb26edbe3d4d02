"""What came of a decision, in every paper that people or programs get; and nothing of it where nothing was measured."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from functools import cache

import openpyxl
import pytest

from scoping import Proposal, assess, read
from scoping.document.paths import Path
from scoping.record.actuals import Actuals, read_actuals
from scoping.record.reestimating import Movement, reestimated
from scoping.record.watching import watched
from scoping.reports import ActualsNote, DecisionNote, Edition, Summary, formats, render, summarise
from scoping.reports.measured.beside import comparison_of
from scoping.text.languages import ENGLISH, Language
from tests.documents import UNCERTAIN, proposal
from tests.scoping.reports.readers import READERS, squeezed
from tests.scoping.reports.samples import FEW

pytestmark = pytest.mark.long

CONDITIONS = ("The works council agrees",)
CATCH = "bridge.value_of_catch"
RECALL = "alternatives.2.metrics.recall"
DAY, SIGNED_ON = date(2026, 11, 26), date(2025, 2, 1)
# The document is what was proposed, and is read back as such; what came of it has a document of its own.
WITHOUT = {"json"}


def entered(**others: object) -> Actuals:
    entries = [
        {"about": "alternatives.2.build_months", "month": 3, "value": 3},
        *({"about": CATCH, "month": month, "value": 31} for month in (4, 5, 6)),
        *({"about": RECALL, "month": month, "value": 0.11} for month in (4, 5, 6)),
        {"about": "conditions.0", "month": 6, "value": 0},
    ]
    content = {"actuals_version": 1, "alternative": "Model", "entries": entries, **others}
    return read_actuals(content, proposal(UNCERTAIN), CONDITIONS)


def note(signed: Proposal, actuals: Actuals, by: str = "Ana Lee", *, is_verified: bool = True) -> ActualsNote:
    beside = comparison_of(signed, actuals, CONDITIONS, reestimated(signed, actuals))
    signals = tuple(watched(signed, actuals, None, CONDITIONS))
    return ActualsNote(beside, signals, 4, by, date(2026, 5, 3), 2, SIGNED_ON, is_verified)


@cache
def told(version: int = 2, language: Language = ENGLISH, *, has_actuals: bool = True) -> Summary:
    signed = proposal(UNCERTAIN)
    found = note(signed, entered()) if has_actuals else None
    taken = DecisionNote("build", "Sofia Marini", SIGNED_ON, "Yes", None, CONDITIONS, None, 2, "Model")
    return summarise(signed, assess(signed, FEW), [taken], language, Edition(DAY, version), actuals=found)


def words(format_: str, summary: Summary) -> str:
    return squeezed(READERS[formats()[format_].file_type](render(summary, format_)).words)


@pytest.mark.parametrize("format_", [name for name in formats() if name not in WITHOUT])
def test_every_format_tells_what_came_of_a_decision_and_none_has_an_empty_heading(format_: str) -> None:
    """A new format that forgets it fails here, by its name."""
    with_it, without = words(format_, told()), words(format_, told(has_actuals=False))
    broken = squeezed("A condition of the decision is broken: The works council agrees")
    assert broken in with_it
    assert broken not in without
    assert squeezed("What came of it") not in without
    assert squeezed("Ana Lee") in with_it


@pytest.mark.parametrize("format_", WITHOUT)
def test_the_document_stays_what_was_proposed(format_: str) -> None:
    assert read(render(told(), format_)) == proposal(UNCERTAIN)
    assert render(told(), format_) == render(told(has_actuals=False), format_)


@pytest.mark.parametrize("format_", formats())
def test_it_is_the_same_file_twice(format_: str) -> None:
    assert render(told(), format_) == render(told(), format_)


def test_it_says_which_version_as_of_when_by_whom_and_to_which_decision_it_belongs() -> None:
    part = told().memo.actuals
    assert part is not None
    for said in ("Version 4 of the actuals", "up to month 6", "Ana Lee on May 3, 2026", "decision of February 1, 2025",
                 "against version 2"):  # fmt: skip
        assert said in part.about
    assert "as it was signed" not in part.about


def test_a_paper_of_another_version_than_the_signed_one_says_so() -> None:
    part = told(version=5).memo.actuals
    assert part is not None
    assert "All other parts of this paper tell of the proposal as it is here, not as it was signed." in part.about


def test_the_figures_are_those_of_the_record() -> None:
    signed = proposal(UNCERTAIN)
    estimate = reestimated(signed, entered())
    assert estimate is not None
    content = json.loads(render(told(), "handoff"))["actuals"]
    assert content["npv_now"]["mean"] == pytest.approx(estimate.now.mean)
    assert content["npv_signed"]["p90"] == pytest.approx(estimate.signed.p90)
    assert sum(each["amount"] for each in content["moved"]) == pytest.approx(estimate.difference)
    by_place = {each["about"]: each for each in content["measured"]}
    assert (by_place[CATCH]["actual"], by_place[CATCH]["is_settled"]) == (31, True)
    assert {each["watch"] for each in content["attention"] if each["opens_again"]} >= {"condition"}
    assert json.loads(render(told(has_actuals=False), "handoff"))["actuals"] is None


def test_what_moved_npv_least_is_told_as_one_sum() -> None:
    signed = proposal(UNCERTAIN)
    found = note(signed, entered())
    assert found.comparison.estimate is not None
    moved = tuple(Movement(Path(CATCH), f"Input {number}", 1000.0 * (14 - number)) for number in range(13))
    many = replace(found.comparison, estimate=replace(found.comparison.estimate, moved=moved))
    summary = summarise(signed, assess(signed, FEW), actuals=replace(found, comparison=many))
    part = summary.memo.actuals
    assert part is not None
    assert part.moved is not None
    assert len(part.moved.rows) == 11
    # 4,000, 3,000 and 2,000 are not among the ten.
    assert part.moved.rows[-1] == ("All others", "€9,000")


def test_the_sheet_of_actuals_holds_numbers_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(told(), "xlsx")))
    cells = [cell for row in book["Actuals"].iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert 31 in [cell.value for cell in cells]
    assert "Actuals" not in openpyxl.load_workbook(io.BytesIO(render(told(has_actuals=False), "xlsx"))).sheetnames


def test_a_name_that_was_typed_is_said_to_be_one_and_stays_text() -> None:
    hostile = "=1+1 <b>Ana</b> | x"
    signed = proposal(UNCERTAIN)
    found = note(signed, entered(), hostile, is_verified=False)
    summary = summarise(signed, assess(signed, FEW), edition=Edition(DAY, 2), actuals=found)
    for name in formats():
        if name not in WITHOUT:
            read_back = READERS[formats()[name].file_type](render(summary, name))
            assert read_back.acts == []
            assert squeezed(hostile) in squeezed(read_back.words)
    assert squeezed("(name typed)") in words("md", summary)


def test_it_is_told_in_the_language_of_the_paper() -> None:
    section = told(language=Language("de")).memo.section("actuals")
    assert section.title == "Was dabei herauskam"
    assert "Istwerte in Version 4, erfasst bis Monat 6" in section.blocks[0].text  # type: ignore[union-attr]
