"""The memo in Word: its figures, headings, contents, tables and described pictures."""

from __future__ import annotations

import io

import docx
import pytest

from scoping import assess, examples, read
from scoping.reports import render
from scoping.reports.summarising.key_figures import key_figures
from tests.scoping.reports.readers import word
from tests.scoping.reports.samples import summarised

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", examples.NAMES)
def test_it_has_the_figures_of_the_assessment(name: str) -> None:
    document = examples.load(name)
    assessment = assess(document)
    plain = word(render(summarised(document, assessment), "docx")).words.replace("\N{NO-BREAK SPACE}", " ")
    for figure in key_figures(assessment):
        assert figure.value in plain
    assert all(reason[:60] in plain for reason in assessment.verdict.reasons)


def test_the_word_memo_has_headings_contents_tables_and_described_pictures() -> None:
    summary = summarised(examples.load("visual_inspection"))
    document = docx.Document(io.BytesIO(render(summary, "docx")))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [section.title for section in summary.memo.sections]
    assert 'TOC \\o "1-2"' in document.element.xml
    assert document.tables[0].rows[0].cells[0].text == "Figure"
    assert all(picture._inline.docPr.get("descr") for picture in document.inline_shapes)
    assert len(document.inline_shapes) >= 6


def test_the_memo_of_an_empty_proposal_says_what_is_missing() -> None:
    assert "Figures are missing" in word(render(summarised(read({"title": "Only a title"})), "docx")).words
