"""The brief on paper: the decision on the first page, nothing cut, tagged, every letter shown or named."""

from __future__ import annotations

import io
import re
from datetime import date

import numpy as np
import pypdf
import pypdfium2
import pytest

from scoping import assess, examples, read, to_dict
from scoping.reports import DecisionNote, Edition, render, summarise
from scoping.reports.paper import A4, US_LETTER
from scoping.reports.renderers.pdf import render as render_pdf
from scoping.reports.summarising.key_figures import key_figures
from scoping.text.languages import ENGLISH, Language
from tests.documents import UNCERTAIN, proposal
from tests.scoping.reports.readers import squeezed
from tests.scoping.reports.samples import FEW, NOTES, rendered, summarised, summary_of

pytestmark = pytest.mark.long

SCRIPTS = "客户流失预测 顧客離反 고객 이탈 तपशील العملاء שימור 🚀 Ελληνικά Česká ลูกค้าออก 👩‍💻"


def pages_of(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def without_feet(pages: list[str], footnote: str) -> str:
    """The text without what stands at the foot of every page, and without spaces: a sentence may go over two pages."""
    return re.sub(rf"{re.escape(squeezed(footnote))}(\d+/\d+)?", "", squeezed("".join(pages)))


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_pdf_is_tagged_and_has_the_figures_of_the_assessment(name: str) -> None:
    document, assessment = examples.load(name), summary_of(name).assessment
    reader = pypdf.PdfReader(io.BytesIO(rendered(name, "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for figure in key_figures(assessment):
        assert squeezed(figure.value) in text
    for reason in assessment.verdict.reasons:
        assert squeezed(reason) in text


@pytest.mark.parametrize("paper", [A4, US_LETTER])
@pytest.mark.parametrize("language", ["en", "de"])
def test_problem_verdict_and_decision_stand_on_the_first_page(language: str, paper: str) -> None:
    for name in examples.NAMES[:4]:
        document = examples.load(name)
        summary = summarise(document, assess(document, FEW), NOTES, Language(language), Edition(date(2026, 11, 26), 7))
        first, *others = pages_of(render_pdf(summary.memo, paper))
        assert squeezed(document.problem.statement) in squeezed(first)
        assert squeezed(summary.memo.verdict.reasons[0]) in squeezed(first)
        assert "Sofia Marini" in first
        assert "A test line" in first
        assert squeezed(summary.memo.standing.line) in squeezed(first)
        for page in others:
            # No page but the last may be nearly empty, and that one is filled too where smaller type does it.
            assert len(page.splitlines()) >= 8


def filled(content: bytes) -> list[float]:
    """How far down each page there is ink above the foot, as a share of the page."""
    pages = [np.asarray(page.render().to_pil().convert("L")) < 200 for page in pypdfium2.PdfDocument(content)]
    return [np.flatnonzero(page[: int(len(page) * 0.94)].any(axis=1)).max() / len(page) for page in pages]


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_page_is_left_half_empty(language: str) -> None:
    for name in examples.NAMES:
        document = examples.load(name)
        summary = summarise(document, assess(document, FEW), (), Language(language))
        *pages, last = filled(render(summary, "pdf"))
        assert min(pages) > 0.8, name
        assert last > 0.2, name


def test_every_font_of_the_pdf_is_embedded() -> None:
    for content in (rendered("stock_price", "pdf"), in_scripts()):
        for page in pypdf.PdfReader(io.BytesIO(content)).pages:
            for font in page["/Resources"]["/Font"].values():
                described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(described)


def in_scripts() -> bytes:
    """A brief of a team that writes in many scripts."""
    document = proposal(UNCERTAIN, title=SCRIPTS, alternatives__2__name="客户 🚀 ลูกค้า")
    return render(summarise(document, assess(document, FEW)), "pdf")


def test_scripts_are_shown_by_fonts_that_have_them() -> None:
    content = in_scripts()
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    for script in ("CJK", "Devanagari", "Thai", "Emoji"):
        assert any(script in font for font in fonts), script
    text = squeezed("".join(pages_of(content)))
    for word in ("客户流失预测", "顧客離反", "고객", "Česká", "🚀"):
        assert word in text
    assert "U+" not in text


def test_a_letter_that_no_font_has_is_named_and_not_a_box() -> None:
    document = proposal(UNCERTAIN, title="Rare 𒀀 sign", summary="And \ue000 too")
    text = "".join(pages_of(render(summarise(document, assess(document, FEW)), "pdf")))
    assert "Rare [U+12000] sign" in text
    assert "And [U+E000] too" in text
    assert "written as codes: U+E000, U+12000" in " ".join(text.split())


def test_the_pdf_says_no_day_in_its_properties() -> None:
    reader = pypdf.PdfReader(io.BytesIO(rendered("stock_price", "pdf")))
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata or {})
    described = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "InstanceID" in described
    assert not re.search(r"CreateDate|ModifyDate|MetadataDate|\b20\d\d-\d\d-\d\d", described)


def test_letter_paper_is_letter() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(summarised(examples.load("stock_price")).memo, US_LETTER)))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]


def test_many_alternatives_and_risks_long_conditions_and_nothing_at_all_lay_out() -> None:
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
    long = tuple(f"Condition {number}: " + "the contract must be signed first, " * 20 for number in range(8))
    note = DecisionNote("build", "Sofia Marini", date(2026, 5, 1), "It pays. " * 80, None, long)
    for full in (document, {"title": "Only a title"}):
        assessment = assess(read(full), FEW)
        for language in (ENGLISH, Language("de")):
            summary = summarise(read(full), assessment, [note], language)
            pages = pages_of(render(summary, "pdf"))
            text = without_feet(pages, summary.memo.footnote)
            assert "Sofia Marini" in pages[0]
            assert all(squeezed(condition) in text for condition in long)
            assert all(squeezed(each.get("name", "")) in text for each in full.get("risks", []))
            assert "…" not in "".join(pages)
