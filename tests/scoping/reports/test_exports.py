"""PDF, Excel, Word and PowerPoint: the figures are the assessment's, text is data, and the spreadsheet calculates the same model."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pypdf
import pytest
import yaml
from pptx import Presentation

from scoping import (
    Assessment,
    Proposal,
    UnknownFormat,
    assess,
    examples,
    read,
    to_dict,
)
from scoping.document.paths import with_value
from scoping.reports import DecisionNote, render, summarise
from scoping.reports.archive import Archive
from scoping.reports.data_formats.handoff import handoff_schema
from scoping.reports.renderers.pdf import render as render_pdf
from scoping.reports.summarising.key_figures import key_figures
from scoping.text.languages import ENGLISH, Language
from tests.documents import UNCERTAIN, proposal

KINDS = (
    "visual_inspection",
    "invoice_routing",
    "payment_fraud",
    "demand_forecast",
    "search_ranking",
    "donor_mailing",
    "support_assistant",
    "heat_pump_scheduling",
)
NOTES = (
    DecisionNote(
        "pilot", "Sofia Marini", date(2026, 5, 1), "It pays to know.", None, ("A test line",), date(2027, 5, 1), 3
    ),
    DecisionNote("stop", "Sofia Marini", date(2026, 4, 1), "Too early.", "build"),
)
GERMAN = "visual_inspection_de"
HOSTILE = (
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "#set text(red)",
    '$x^2$ #image("/etc/passwd")',
    "<script>alert(1)</script>",
    "https://example.org",
    "*bold* _it_ `code` [a](b)",
    "{{ 7*7 }}",
    "\u0000\u0007bell",
    "مرحبا بالعالم",
    "Ünïcødé ✓",
    "x" * 3_000,
)


def summarised(document: Proposal, assessment: Assessment | None = None) -> Any:
    return summarise(document, assessment or assess(document))


def at_the_middle(value: Any) -> Any:
    """The document with every estimate replaced by its P50."""
    if isinstance(value, dict):
        return (
            value["p50"]
            if set(value) == {"p10", "p50", "p90"}
            else {key: at_the_middle(each) for key, each in value.items()}
        )
    return [at_the_middle(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    """The workbooks of the examples, calculated by LibreOffice."""
    folder = tmp_path_factory.mktemp("sheets")
    for name in KINDS:
        (folder / f"{name}.xlsx").write_bytes(render(summarised(examples.load(name)), "xlsx"))
    document = examples.load(GERMAN[:-3])
    german = summarise(document, assess(document), (), Language("de"))
    (folder / f"{GERMAN}.xlsx").write_bytes(render(german, "xlsx"))
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed: make test installs it where it may"
    command = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), *map(str, folder.glob("*.xlsx"))], check=True, capture_output=True
    )
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in (*KINDS, GERMAN)}


def live(workbook: openpyxl.Workbook) -> dict[str, dict[str, Any]]:
    """The live results: by alternative, then by row title."""
    rows = list(workbook["Results"].iter_rows(min_row=3, max_row=18, values_only=True))
    end = next(number for number, row in enumerate(rows) if str(row[0]).startswith("Simulated"))
    names = [str(name) for name in rows[0][1:] if name is not None]
    return {
        name: {str(row[0]): row[column] for row in rows[1:end] if row[0]} for column, name in enumerate(names, start=1)
    }


@pytest.mark.parametrize("name", KINDS)
def test_the_spreadsheet_calculates_what_assess_does(name: str, recalculated: dict[str, openpyxl.Workbook]) -> None:
    middle = assess(read(at_the_middle(to_dict(examples.load(name)))))
    found = live(recalculated[name])
    for result in middle.alternatives:
        if result.outcome is None:
            continue
        assert found[result.name]["NPV"] == pytest.approx(result.expected, rel=1e-9)
        assert found[result.name]["Gain a month, full adoption"] == pytest.approx(result.gain_per_month, rel=1e-9)
    for each in middle.break_even:
        shown = found[each.alternative][each.title]
        assert shown == "none" if each.value is None else shown == pytest.approx(each.value, rel=1e-9, abs=1e-12)


def test_a_spreadsheet_in_german_calculates_the_same(recalculated: dict[str, openpyxl.Workbook]) -> None:
    english, german = recalculated[GERMAN[:-3]], recalculated[GERMAN]
    assert german.sheetnames == ["Eingaben", "Zahlungsstrom", "Ergebnisse", "Sensitivität", "Break-even", "Notizen"]
    for ours, theirs in (("Results", "Ergebnisse"), ("Cash flow", "Zahlungsstrom")):
        for row, translated in zip(english[ours].iter_rows(), german[theirs].iter_rows(), strict=True):
            numbers = [cell.value for cell in row if isinstance(cell.value, int | float)]
            assert [cell.value for cell in translated if isinstance(cell.value, int | float)] == numbers


def test_return_and_payback_are_those_of_assess_where_production_is_sure(tmp_path: Path) -> None:
    document = to_dict(examples.load("visual_inspection"))
    for index in (1, 2, 3):
        document = with_value(document, f"alternatives.{index}.success_probability", 1)
    certain = read(at_the_middle(document))
    (tmp_path / "sure.xlsx").write_bytes(render(summarised(certain), "xlsx"))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "sure.xlsx")], check=True, capture_output=True
    )
    found = live(openpyxl.load_workbook(tmp_path / "out" / "sure.xlsx", data_only=True))
    for result in assess(certain).alternatives[1:]:
        assert result.outcome is not None
        assert found[result.name]["Return on cost"] == pytest.approx(result.outcome.roi.mean, rel=1e-9)
        assert found[result.name]["Payback, months"] == result.outcome.payback_months.p50


def test_no_formula_is_longer_than_excel_allows() -> None:
    points = [[round(number / 49, 3), (number / 49) ** 2 * 12.345678901234] for number in range(50)]
    document = to_dict(examples.load("heat_pump_scheduling"))
    document["bridge"]["points"] = points
    low, high = points[1][0], points[-2][0]
    for alternative in document["alternatives"]:
        alternative["metrics"] = {"r2 of the day-ahead load": (low + high) / 2}
    document["feasibility"]["ceilings"] = {}
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(read(document)), "xlsx")))
    formulas = [
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert 5_000 < max(map(len, formulas)) <= 8_192


def test_inputs_are_named_unlocked_and_at_their_middle() -> None:
    document = examples.load("visual_inspection")
    workbook = openpyxl.load_workbook(io.BytesIO(render(summarised(document), "xlsx")))
    assert workbook.sheetnames == ["Inputs", "Cash flow", "Results", "Sensitivity", "Break-even", "Notes"]
    place = workbook.defined_names["prevalence"].attr_text.replace("$", "").split("!")[1]
    cell = workbook["Inputs"][place]
    assert cell.value == 0.018
    assert not cell.protection.locked
    assert all(
        workbook[name].protection.sheet and not workbook[name].protection.password for name in workbook.sheetnames
    )
    assert workbook["Results"]["B6"].value.startswith("=SUMPRODUCT(")
    assert workbook["Results"]["B6"].protection.locked


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_pdf_has_two_tagged_pages_with_the_figures_of_the_assessment(name: str) -> None:
    document = examples.load(name)
    assessment = assess(document)
    reader = pypdf.PdfReader(io.BytesIO(render(summarised(document, assessment), "pdf")))
    assert len(reader.pages) == 2
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for figure in key_figures(assessment):
        assert figure.value in text
    for reason in assessment.verdict.reasons[:5]:
        assert reason[:40] in text


def test_every_font_of_the_pdf_is_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(summarised(examples.load("stock_price")), "pdf")))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_letter_paper_is_letter() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(summarised(examples.load("stock_price")).memo, "us-letter")))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert len(reader.pages) == 2


def test_many_alternatives_and_risks_and_nothing_at_all_still_lay_out() -> None:
    document = to_dict(examples.load("visual_inspection"))
    more = [
        {**document["alternatives"][3], "name": f"Network number {number}, with a rather long name"}
        for number in range(7)
    ]
    document["alternatives"] += more
    document["risks"] = [
        {"name": f"Risk {number} " + "that goes on " * 20, "likelihood": "high"} for number in range(40)
    ]
    document["title"] = "A very long title of a proposal that nobody ever shortened " * 6
    for full in (document, {"title": "Only a title"}):
        assessment = assess(read(full))
        for language in (ENGLISH, Language("de")):
            summary = summarise(read(full), assessment, (), language)
            reader = pypdf.PdfReader(io.BytesIO(render(summary, "pdf")))
            assert len(reader.pages) <= 2
            assert len(reader.pages[-1].extract_text().splitlines()) >= 10
        assert openpyxl.load_workbook(io.BytesIO(render(summary, "xlsx")))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", examples.NAMES)
def test_the_brief_is_two_full_pages_on_either_paper(name: str, language: str) -> None:
    document = examples.load(name)
    summary = summarise(document, assess(document, draws=1_024), NOTES, Language(language))
    for paper in ("a4", "us-letter"):
        pages = pypdf.PdfReader(io.BytesIO(render_pdf(summary.memo, paper))).pages
        assert len(pages) == 2
        assert len(pages[1].extract_text().splitlines()) >= 10
        # The last section is there, whatever had to be cut.
        assert "Sofia" in pages[1].extract_text()


def test_an_archive_holds_every_summary_under_a_name_of_its_own() -> None:
    def made() -> bytes:
        archive = Archive()
        for name in ("stock_price", "stock_price", "invoice_routing"):
            archive.add(summarised(examples.load(name)), ["md", "json"])
        return archive.content()

    content = made()
    assert made() == content
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        stock = "groundwork-predicting-one-stock-s-price-from-its-own-history"
        invoices = "groundwork-routing-and-posting-supplier-invoices"
        stems = (stock, f"{stock}-2", invoices)
        assert opened.namelist() == [f"{stem}.{suffix}" for stem in stems for suffix in ("md", "json")]
        assert read(opened.read(f"{stock}-2.json")) == examples.load("stock_price")


def test_an_archive_refuses_a_format_that_does_not_exist() -> None:
    with pytest.raises(UnknownFormat, match="Allowed: docx"):
        Archive().add(summarised(examples.load("stock_price")), ["odt"])


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_in_pdf_and_excel(text: str) -> None:
    document = proposal(
        UNCERTAIN,
        title=text,
        summary=text,
        owner=text,
        risks=[{"name": text, "response": text}],
        alternatives__2__name=text,
    )
    summary = summarised(document)
    reader = pypdf.PdfReader(io.BytesIO(render(summary, "pdf")))
    assert not any("/Annots" in page for page in reader.pages)
    visible = "".join(character for character in text if character.isprintable())[:40]
    if visible.isascii():
        assert "".join(visible.split()) in "".join("".join(page.extract_text() for page in reader.pages).split())
    content = render(summary, "xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    typed = [
        cell
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and visible[:12] in cell.value
    ]
    assert typed
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in typed)
    assert not any(
        "hyperlink" in name or "externalLink" in name for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )


def words_of_document(content: bytes) -> str:
    """All text of a Word file: paragraphs and cells."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def words_of_slides(content: bytes) -> str:
    """All text of the slides: boxes, cells, notes."""
    found = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
        found.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(found)


@pytest.mark.parametrize("name", examples.NAMES)
def test_word_and_slides_have_the_figures_of_the_assessment(name: str) -> None:
    document = examples.load(name)
    assessment = assess(document)
    summary = summarised(document, assessment)
    for words in (words_of_document(render(summary, "docx")), words_of_slides(render(summary, "pptx"))):
        plain = words.replace("\N{NO-BREAK SPACE}", " ")
        for figure in key_figures(assessment):
            assert figure.value in plain
        assert all(reason[:60] in plain for reason in assessment.verdict.reasons)


def test_the_slides_are_five_with_native_charts_tables_and_notes() -> None:
    deck = Presentation(io.BytesIO(render(summarised(examples.load("visual_inspection")), "pptx")))
    assert len(deck.slides) == 5
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 4
    outcome = assess(examples.load("visual_inspection")).alternatives[3].outcome
    assert outcome is not None
    assert list(charts[0].plots[0].series[0].values) == pytest.approx(outcome.histogram[0].tolist())
    alternatives = next(chart for chart in charts if "side by side" in chart.chart_title.text_frame.text)
    assert [series.name for series in alternatives.plots[0].series] == ["P10", "Expected", "P90"]
    # Best first.
    assert alternatives.plots[0].series[1].values[0] == pytest.approx(outcome.npv.mean)


def test_the_word_memo_has_headings_contents_tables_and_described_pictures() -> None:
    summary = summarised(examples.load("visual_inspection"))
    document = docx.Document(io.BytesIO(render(summary, "docx")))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [section.title for section in summary.memo.sections]
    assert 'TOC \\o "1-2"' in document.element.xml
    assert document.tables[0].rows[0].cells[0].text == "Figure"
    assert all(picture._inline.docPr.get("descr") for picture in document.inline_shapes)
    assert len(document.inline_shapes) >= 6


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_in_word_and_slides(text: str) -> None:
    document = proposal(
        UNCERTAIN,
        title=text,
        summary=text,
        owner=text,
        risks=[{"name": text, "response": text}],
        alternatives__2__name=text,
    )
    summary = summarised(document)
    visible = "".join(character for character in text if character.isprintable())[:40]
    for name, words in (("docx", words_of_document), ("pptx", words_of_slides)):
        content = render(summary, name)
        assert visible in words(content).replace("\N{NO-BREAK SPACE}", " ")
        package = zipfile.ZipFile(io.BytesIO(content))
        relations = "".join(package.read(each).decode() for each in package.namelist() if each.endswith(".rels"))
        assert "relationships/hyperlink" not in relations


def test_slides_and_memo_of_an_empty_proposal_say_what_is_missing() -> None:
    summary = summarised(read({"title": "Only a title"}))
    assert "not complete yet" in words_of_slides(render(summary, "pptx"))
    assert "Figures are missing" in words_of_document(render(summary, "docx"))


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_handoff_follows_its_schema_and_the_assessment(name: str) -> None:
    document = examples.load(name)
    assessment = assess(document)
    summary = summarised(document, assessment)
    content = json.loads(render(summary, "handoff"))
    jsonschema.validate(content, handoff_schema())
    assert yaml.safe_load(render(summary, "handoff-yaml")) == content
    even = next(each for each in assessment.break_even if each.index == assessment.leading)
    assert content["target_metrics"][0]["break_even"] == even.value
    assert content["target_metrics"][0]["target"] == even.expected
    assert content["serving"]["latency_ms"]["budget"] == document.operations.latency_ms.budget
    assert content["guardrails"] == document.problem.business_metric.guardrails
    assert len(content["milestones"]) == len(document.milestones)


@pytest.mark.parametrize("text", [*HOSTILE, "yes", "1e3", "!!python/object:os.system", "- a: b", "null"])
def test_what_people_typed_comes_back_from_the_handoff_as_typed(text: str) -> None:
    document = proposal(UNCERTAIN, title=text, data__labels=text, operations__features_at_risk=[text])
    for name, load in (("handoff", json.loads), ("handoff-yaml", yaml.safe_load)):
        content = load(render(summarised(document), name))
        assert content["proposal"] == content["data"]["labels"] == content["serving"]["features_at_risk"][0] == text


def test_an_empty_proposal_hands_over_what_is_missing() -> None:
    content = json.loads(render(summarised(read({"title": "Only a title"})), "handoff"))
    jsonschema.validate(content, handoff_schema())
    assert content["target_metrics"] == []
    assert "bridge" in content["missing"]
