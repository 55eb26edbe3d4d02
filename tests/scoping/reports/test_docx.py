"""The memo in Word: its figures, headings, contents, tables and described pictures."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

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
    # The contents name every heading, with a field that is the number of its page.
    marks = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    fields = [field.text for field in document.element.iter(qn("w:instrText"))]
    contents = [paragraph.text.split("\t")[0] for paragraph in document.paragraphs if "\t" in paragraph.text]
    assert contents == headings
    assert [f" PAGEREF {mark} \\h " for mark in marks] == fields[: len(marks)]
    assert document.tables[0].rows[0].cells[0].text == "Figure"
    assert all(picture._inline.docPr.get("descr") for picture in document.inline_shapes)
    assert len(document.inline_shapes) >= 6


def test_the_memo_of_an_empty_proposal_says_what_is_missing() -> None:
    assert "Figures are missing" in word(render(summarised(read({"title": "Only a title"})), "docx")).words
