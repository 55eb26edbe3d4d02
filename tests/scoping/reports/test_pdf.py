"""The brief on paper: two full pages, tagged, with the figures of the assessment and its fonts embedded."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from scoping import assess, examples, read, to_dict
from scoping.reports import render, summarise
from scoping.reports.paper import A4, US_LETTER
from scoping.reports.renderers.pdf import render as render_pdf
from scoping.reports.summarising.key_figures import key_figures
from scoping.text.languages import ENGLISH, Language
from tests.scoping.reports.samples import NOTES, rendered, summarised, summary_of

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_pdf_has_two_tagged_pages_with_the_figures_of_the_assessment(name: str) -> None:
    document, assessment = examples.load(name), summary_of(name).assessment
    reader = pypdf.PdfReader(io.BytesIO(rendered(name, "pdf")))
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
    reader = pypdf.PdfReader(io.BytesIO(rendered("stock_price", "pdf")))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_the_pdf_says_no_day() -> None:
    reader = pypdf.PdfReader(io.BytesIO(rendered("stock_price", "pdf")))
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata or {})
    described = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "InstanceID" in described
    assert not re.search(r"CreateDate|ModifyDate|MetadataDate|\b20\d\d-\d\d-\d\d", described)


def test_letter_paper_is_letter() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(summarised(examples.load("stock_price")).memo, US_LETTER)))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert len(reader.pages) == 2


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", examples.NAMES)
def test_the_brief_is_two_full_pages_on_either_paper(name: str, language: str) -> None:
    document = examples.load(name)
    summary = summarise(document, assess(document, draws=1_024), NOTES, Language(language))
    for paper in (A4, US_LETTER):
        pages = pypdf.PdfReader(io.BytesIO(render_pdf(summary.memo, paper))).pages
        assert len(pages) == 2
        assert len(pages[1].extract_text().splitlines()) >= 10
        # The last section is there, whatever had to be cut.
        assert "Sofia" in pages[1].extract_text()


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
