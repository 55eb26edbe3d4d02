"""Languages: every text of a summary is in every catalogue, and nothing but what people typed stays English."""

from __future__ import annotations

import copy
import io
import pickle
import re
from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from babel.messages.pofile import read_po
from pptx import Presentation

from scoping import DocumentRefused, Proposal, assess, examples, read, to_dict
from scoping.document.refusal import problem_said
from scoping.reports import DecisionNote, Summary, render, summarise
from scoping.reports.portfolio import PortfolioLine, render_portfolio
from scoping.text.languages import (
    ENGLISH,
    Language,
    UnknownLanguage,
    counted,
    language_of,
    message,
    offered_languages,
    say,
)
from scoping.text.wording import (
    compact_money,
    day,
    metric_value,
    money,
    months,
    number,
    percent,
)
from tests import texts
from tests.documents import proposal
from tests.marked import GERMAN, MONTHS, without_marked

pytestmark = pytest.mark.long

CATALOGUES = sorted(texts.LANGUAGES.glob("*.po"))


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_there_is_a_catalogue_of_german() -> None:
    assert "de" in [path.stem for path in CATALOGUES]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_text_and_no_other(path: Any) -> None:
    written = {each.id: each.string for each in read_po(path.open("rb"), locale=path.stem) if each.id}
    wanted = {each.id for each in texts.collected() if each.id}
    assert wanted - set(written) == set(), "run python -m tests.texts, and translate"
    assert set(written) - wanted == set(), "run python -m tests.texts"
    for said in written.values():
        assert all(said if isinstance(said, tuple) else [said]), "a text without a translation"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_has_the_same_places(path: Any) -> None:
    for each in read_po(path.open("rb"), locale=path.stem):
        sources, targets = (part if isinstance(part, tuple) else (part,) for part in (each.id, each.string))
        for source, target in zip(sources, targets, strict=True):
            if source:
                assert places(source) == places(target), source


# What people read ----------------------------------------------------------------------------------


# Symbols that are the same in every language.
_SYMBOLS = re.compile(r"\b(P10|P50|P90|EUR|USD|GBP|SEK|Mio|Mrd|I{1,3}|[0-9a-f]{12})\b")


def unmarked(text: str, typed: list[str]) -> str:
    """The letters of a text that are neither in a catalogue nor typed by a person."""
    for each in typed:
        text = text.replace(each, "")
    return "".join(filter(str.isalpha, MONTHS.sub("", _SYMBOLS.sub("", without_marked(text)))))


# Fields of the document that hold the name of a choice, not a text of people.
_CHOICES = {
    *("kind", "timing", "component", "direction", "likelihood", "impact"),
    *("choice", "structure", "system", "currency", "outside_view"),
}


def typed_in(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        for name, each in document.items():
            yield from () if name in _CHOICES else typed_in(each)
    elif isinstance(document, list):
        for each in document:
            yield from typed_in(each)
    elif isinstance(document, str):
        yield document
        yield from document.split("\n")


NOTES = [
    DecisionNote("stop", "Ana", date(2026, 5, 1), "No signal.", "build", ("None",), date(2027, 5, 1), 3),
    DecisionNote("build", "Bo", date(2026, 6, 1), "Go."),
]


def typed(document: Proposal) -> list[str]:
    own = ["Ana", "Bo", "No signal.", "None", "Go.", document.title]
    found = {each for each in [*typed_in(to_dict(document)), *own] if each.strip()}
    return sorted(found, key=len, reverse=True)


def lines(summary: Summary, format_: str) -> Iterator[str]:
    """All texts of an exported file, as a reader meets them."""
    content = render(summary, format_)
    if format_ == "md":
        yield from re.sub(r"\\(.)", r"\1", content.decode()).split("\n")
    elif format_ == "docx":
        document = docx.Document(io.BytesIO(content))
        yield from (paragraph.text for paragraph in document.paragraphs)
        yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    elif format_ == "pptx":
        yield from _of_slides(content)
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        yield from book.sheetnames
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        yield from (value for value in cells if isinstance(value, str) and not value.startswith("="))


def _of_slides(content: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(content)).slides:
        yield from slide.notes_slide.notes_text_frame.text.split("\n")
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart:
                plot = shape.chart.plots[0]
                yield from (series.name for series in plot.series)
                yield shape.chart.chart_title.text_frame.text
                yield from (
                    axis.axis_title.text_frame.text for axis in (shape.chart.category_axis, shape.chart.value_axis)
                )


UNFINISHED = {"title": "Only a title"}


@pytest.mark.parametrize("format_", ["md", "docx", "xlsx"])
@pytest.mark.parametrize("name", [*examples.NAMES, "unfinished", "judged"])
def test_everything_is_in_the_catalogue_or_typed(name: str, format_: str, marked: Language) -> None:
    document = {"unfinished": lambda: read(UNFINISHED), "judged": judged}.get(name, lambda: examples.load(name))()
    summary = summarise(document, assess(document, draws=1_024), NOTES, marked)
    own = typed(document)
    left = {line: found for line in lines(summary, format_) if (found := unmarked(line, own))}
    assert left == {}


@pytest.mark.parametrize("name", ["visual_inspection", "stock_price"])
def test_slides_are_in_the_catalogue_or_typed(name: str, marked: Language) -> None:
    document = examples.load(name)
    summary = summarise(document, assess(document, draws=1_024), NOTES, marked)
    # Slides cut long texts short: then what is left has an ellipsis, and its beginning is marked.
    whole = [line for line in lines(summary, "pptx") if "…" not in line]
    assert len(whole) > 30
    own = typed(document)
    assert {line for line in whole if unmarked(line, own)} == set()


def judged() -> Proposal:
    """Several judgements, correlations and an outside view."""
    both = {
        "judgements": [
            {"by": "Ana", "p10": 0.03, "p50": 0.05, "p90": 0.09},
            {"by": "Bo", "p10": 0.05, "p50": 0.07, "p90": 0.11},
        ]
    }
    pair = {"first": "bridge.prevalence", "second": "bridge.value_of_catch", "rank_correlation": 0.4}
    worth = {"p10": 100, "p50": 120, "p90": 150}
    document = to_dict(proposal(**{"bridge.prevalence": both, "bridge.value_of_catch": worth, "correlations": [pair]}))
    document["returns"]["outside_view"] = "it_projects"
    document["operations"] = {"latency_ms": {"budget": 20, "expected": 30}}
    return read(document)


def test_the_portfolio_report_is_in_the_catalogue_or_typed(marked: Language) -> None:
    row = PortfolioLine("T1", "T2", "T3", "EUR", "build", "T4", 1e6, -1e6, 2e6, 0.2, 0.8, "stop", "2026-01-01")
    for format_ in ("csv", "xlsx"):
        content = render_portfolio([row], format_, marked)
        if format_ == "csv":
            found = content.decode("utf-8-sig").split("\n")
        else:
            sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
            found = [
                sheet.title,
                *(str(cell.value) for cells in sheet.iter_rows() for cell in cells if cell.value is not None),
            ]
        assert [line for line in found if unmarked(line, ["T1", "T2", "T3", "T4"])] == []


def test_the_pdf_speaks_german() -> None:
    document = examples.load("visual_inspection")
    content = render(summarise(document, assess(document), NOTES, GERMAN), "pdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages).replace("\xa0", " ")
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert len(reader.pages) > 1
    for said in ("Erst pilotieren", "Erwarteter Kapitalwert", "891.724 €", "76 %", "1. Mai 2026"):
        assert said in text
    for english in ("Expected", "Key figures", "Risks", "Chance of"):
        assert english not in text


def test_the_page_names_its_language() -> None:
    document = examples.load("stock_price")
    html = render(summarise(document, assess(document), (), Language("de_CH")), "html").decode()
    assert '<html lang="de-CH">' in html
    assert "Muss-Kriterien" in html


def test_figures_do_not_depend_on_the_language() -> None:
    document = examples.load("payment_fraud")
    assessment = assess(document)
    german = summarise(document, assessment, (), GERMAN)
    assert german.assessment is assessment
    assert [each.id for each in german.memo.sections] == [
        each.id for each in summarise(document, assessment).memo.sections
    ]


# Words and numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        (money(-1234567.4, "EUR"), "−€1,234,567", "−1.234.567 €"),
        (money(12.5, "EUR"), "€12.50", "12,50 €"),
        (compact_money(123_456, "USD"), "$123K", "123.000 $"),
        (compact_money(-2_345_678, "EUR"), "−€2.3M", "−2,3 Mio. €"),
        (percent(0.1234, 1), "12.3%", "12,3 %"),
        (percent(1), "100%", "100 %"),
        (number(1234.567), "1,234.57", "1.234,57"),
        (months(1), "1 month", "1 Monat"),
        (months(12.5), "12.5 months", "12,5 Monate"),
        (months(None), "none", "entfällt"),
        (metric_value(0.759, "share"), "75.9%", "75,9 %"),
        (day(date(2026, 11, 25)), "November 25, 2026", "25. November 2026"),
    ],
)
def test_numbers_follow_the_language(text: str, english: str, german: str) -> None:
    assert text == english
    assert say(text, GERMAN).replace("\xa0", " ") == german


def test_a_phrase_is_a_string_that_survives_copies() -> None:
    phrase = message("simulation error ±{error}", error=number(3, 0))
    for each in (pickle.loads(pickle.dumps(phrase)), copy.deepcopy(phrase)):
        assert each == "simulation error ±3"
        assert say(each, GERMAN) == "Simulationsfehler ±3"


def test_what_people_typed_is_never_a_template() -> None:
    hostile = "{0} {name} {name.__class__} %s"
    assert say(message("Best by expected value: {name}.", name=hostile), GERMAN).endswith(f"{hostile}.")
    assert say(hostile, GERMAN) == hostile
    assert say("Recall", GERMAN) == "Recall"
    assert message("") == say(message(""), GERMAN) == ""


def test_counts_choose_their_form() -> None:
    said = [counted("{count} proposal", "{count} proposals", count) for count in (0, 1, 2)]
    assert said == ["0 proposals", "1 proposal", "2 proposals"]
    assert [say(each, GERMAN) for each in said] == ["0 Vorschläge", "1 Vorschlag", "2 Vorschläge"]


def test_languages_are_named_in_themselves() -> None:
    assert offered_languages()["en"] == "English"
    assert offered_languages()["de"] == "Deutsch"
    assert language_of("de-CH") == Language("de_CH")
    assert language_of("en") == ENGLISH
    assert [Language(tag).separators for tag in ("en", "de", "de_CH")] == [".,", ",.", ".’"]


@pytest.mark.parametrize("tag", ["cy", "", "xx", "de_XX_yy_zz", "../de", "klingon"])
def test_an_unknown_language_is_refused_with_what_is_allowed(tag: str) -> None:
    assert {"en", "en_GB", "de", "de_AT", "de_CH"} <= set(offered_languages())
    with pytest.raises(UnknownLanguage, match=rf"Allowed: {', '.join(offered_languages())}\."):
        language_of(tag)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "title: ist erforderlich"),
        ({"title": "x", "summry": ""}, "summry: ist hier kein Feld; erlaubt: schema_version"),
        (
            {"title": "x", "returns": {"drift": {"p10": 0.2, "p50": 0.0, "p90": 0.1}}},
            "Schreiben Sie drei steigende Zahlen",
        ),
        ({"title": "x", "returns": {"adoption": 1.5}}, "muss eine Zahl von 0 bis 1 sein (0"),
        ("{", "Dokument: muss ein JSON-Dokument in UTF-8 sein"),
    ],
)
def test_a_refused_document_is_told_in_the_readers_language(document: object, said: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read(document)  # type: ignore[arg-type]
    assert said in say(problem_said(refused.value.problems[0]), language_of("de"))
