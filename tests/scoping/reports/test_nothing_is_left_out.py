"""Nothing that a person typed is missing from a file that people read; every file says when, which version, and what was decided."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
import yaml

from scoping import assess, examples, read, to_dict
from scoping.reports import DecisionNote, Edition, Summary, formats, formats_of_memo, render, summarise
from scoping.reports.portfolio import PORTFOLIO_FORMATS, PortfolioLine, render_portfolio
from scoping.text.languages import Language
from tests.documents import UNCERTAIN, proposal
from tests.scoping.reports.readers import READERS, squeezed
from tests.scoping.reports.samples import FEW

pytestmark = pytest.mark.long

DAY = date(2026, 11, 26)
CONDITIONS = ("The works council agrees", "Labels cost less than 2 EUR each")
NOTE = DecisionNote("build", "Sofia Marini", date(2026, 5, 1), "The plant cannot wait", "pilot", CONDITIONS, None, 3)
# What a word of the document's own vocabulary, and no text of a person, stands under.
_WORDS = {
    "kind", "component", "timing", "choice", "likelihood", "impact", "direction", "structure", "system", "currency",
    "reference_class", "outside_view", "cash_convention", "growth_steps", "treatment", "rate_is",
}  # fmt: skip


def typed(value: Any, key: str = "") -> Iterator[str]:
    """Every text that a person typed into a document, names of their own included."""
    if isinstance(value, str):
        if key not in _WORDS:
            yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from typed(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from typed(each, key)


def full_document() -> dict[str, Any]:
    """A document in which every text field is filled, some of them at length."""
    document = to_dict(examples.load("visual_inspection"))
    document["problem"]["statement"] = "Long ago it began. " * 60 + "And this is the end of the statement."
    document["data"]["privacy"] = "Faces may be seen in the background. " * 30 + "Nothing leaves the plant."
    document["operations"]["explainability"] = "The operator sees a frame around the defect, and why."
    document["operations"]["features_at_risk"] = ["Lamp ageing", "New castings"]
    document["resources"] = [{"name": "Ada Weber", "role": "Labels and acceptance", "share": 0.5, "months": 4}]
    document["summary"] = "A summary that goes on. " * 30 + "The very last words of it."
    document["alternatives"][3]["evidence"] = ["Benchmark of 2022 " + "with many details " * 30 + "end of evidence"]
    cause = {"name": "The camera supplier keeps its word", "probability": 0.9}
    document["returns"]["shared_causes"] = [cause]
    for index in (2, 3):
        document["alternatives"][index]["rests_on"] = [cause["name"]]
    # Nobody knows yet, and somebody said why.
    document["feasibility"]["answers"]["acted_on"] = {"choice": "dont_know", "note": "Jonas asks the line manager"}
    return document


def summary() -> Summary:
    document = read(full_document())
    return summarise(document, assess(document, FEW), [NOTE], Language("en"), Edition(DAY, 7))


TOLD = summary()


def words_of(format_: str) -> str:
    """The words of the file, without spaces; of a PDF without what may stand within a text that goes over two pages."""
    words = squeezed(READERS[formats()[format_].file_type](render(TOLD, format_)).words)
    words = words.replace("\N{WORD JOINER}", "")
    if format_ == "pptx":
        return _without_feet_of_slides(words)
    return _without_feet_and_charts(words) if "pdf" in format_ else words


def _without_feet_of_slides(words: str) -> str:
    """The words without what stands between the text of one slide and that of the next: notes, title, foot, number."""
    memo = TOLD.memo
    foot = squeezed("·".join((memo.title, memo.verdict.said, memo.standing.line)))
    return re.sub(
        rf"{re.escape(squeezed(memo.footnote))}(Infull\(\d+of\d+\)|\w+\(continued\)){re.escape(foot)}\d+", "", words
    )


def _without_feet_and_charts(words: str) -> str:
    """The words without the foot of each page, and without the charts, which float to a page's edge."""
    assert TOLD.memo.charts is not None
    floating = [TOLD.memo.charts.section().title]
    floating += [part for figure in TOLD.memo.charts.first_four() for part in (figure.title, figure.sentence)]
    for text in floating:
        words = words.replace(squeezed(text), "", 1)
    return re.sub(rf"{re.escape(squeezed(TOLD.memo.footnote))}\d+/\d+", "", words)


@pytest.mark.parametrize("format_", [*formats_of_memo(), "xlsx"])
def test_every_text_that_was_typed_is_in_the_file(format_: str) -> None:
    words = words_of(format_)
    missing = [text for text in typed(full_document()) if squeezed(text) not in words]
    assert missing == []


@pytest.mark.parametrize("format_", formats_of_memo())
def test_the_reason_and_every_condition_of_the_decision_are_in_the_file(format_: str) -> None:
    words = words_of(format_)
    for text in (NOTE.decided_by, NOTE.reason, *CONDITIONS):
        assert squeezed(text) in words


@pytest.mark.parametrize("format_", [*formats_of_memo(), "xlsx"])
def test_it_says_as_of_when_which_version_and_what_was_decided(format_: str) -> None:
    words = words_of(format_)
    for text in ("As of November 26, 2026", "Version 7", "Decided: Build, by Sofia Marini on May 1, 2026", "version 3"):
        assert squeezed(text) in words


def test_files_for_machines_say_it_too() -> None:
    wanted = {"as_of": "2026-11-26", "version": 7, "decided": True}
    found = json.loads(render(TOLD, "json"))["exported"]
    assert {key: found[key] for key in wanted} == wanted
    assert found["decision"]["conditions"] == list(CONDITIONS)
    for content in (json.loads(render(TOLD, "handoff")), yaml.safe_load(render(TOLD, "handoff-yaml"))):
        assert {key: content["edition"][key] for key in wanted} == wanted
        assert content["edition"]["decision"]["decided_by"] == "Sofia Marini"


def test_an_exported_document_is_read_back_as_it_was() -> None:
    assert read(render(TOLD, "json")) == TOLD.proposal


def test_a_proposal_that_nobody_decided_on_says_so() -> None:
    document = proposal(UNCERTAIN)
    told = summarise(document, assess(document, FEW), (), Language("en"), Edition(DAY))
    words = READERS["md"](render(told, "md")).words
    assert "Not decided yet." in words
    assert "Not a saved version" in words


LINE = PortfolioLine(
    "Claims", "Team", "Ada", "EUR", "pilot", "Model", 0.4, -5.0, 9e6, 0.0004, 0.5, "build", "2026-11-01", 7,
    "Sofia Marini", "2026-05-01", CONDITIONS,
)  # fmt: skip


@pytest.mark.parametrize("format_", PORTFOLIO_FORMATS)
def test_the_portfolio_says_it_too(format_: str) -> None:
    content = render_portfolio([LINE], format_, as_of=DAY)
    if format_ == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert rows[0]["As of"] == "2026-11-26"
        words = content.decode()
    else:
        words = READERS[format_](content).words
    for text in ("7", "Sofia Marini", *CONDITIONS):
        assert squeezed(text) in squeezed(words)


def test_the_portfolio_prints_on_one_page_wide_with_its_day() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_portfolio([LINE] * 90, "xlsx", as_of=DAY))).active
    assert sheet is not None
    # One page wide is what a file says by not saying it.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.orientation == "landscape"
    assert "November 26, 2026" in str(sheet.oddFooter.left.text)
