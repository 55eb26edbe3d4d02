"""The memo in Word: its figures, headings, contents, tables and described pictures."""

from __future__ import annotations

import io

import docx
import pytest

from scoping import examples, read
from scoping.reports import render
from tests.scoping.reports.readers import word
from tests.scoping.reports.samples import summarised

pytestmark = pytest.mark.long


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
