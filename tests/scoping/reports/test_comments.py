"""What people wrote about a proposal, in the files of those who ask for it."""

from __future__ import annotations

from datetime import date

import pytest

from scoping import assess, examples
from scoping.reports import CommentNote, ThreadNote, formats_of_memo, render, summarise
from scoping.text.languages import Language
from scoping.text.places import SECTIONS, is_of_memo, is_place, memo_title, section_place
from tests.scoping.reports.readers import READERS, squeezed
from tests.scoping.reports.samples import FEW, NOTES, summary_of

THREADS = (
    ThreadNote(
        "Risks: Drift",
        is_open=True,
        comments=(
            CommentNote("Ana", date(2026, 5, 2), 3, "Who watches it?\n\nNobody is named."),
            CommentNote("Bo", date(2026, 5, 3), 4, "", is_taken_back=True, is_verified=False),
        ),
    ),
    ThreadNote("Title", is_open=False, comments=(CommentNote("Cy", date(2026, 5, 1), 1, "Say it shorter"),)),
)


@pytest.mark.long
@pytest.mark.parametrize("format_", formats_of_memo())
def test_every_format_of_the_memo_tells_them_on_request(format_: str) -> None:
    document = examples.load("visual_inspection")
    told = summarise(document, assess(document, FEW), NOTES, threads=THREADS)
    read = READERS[formats_of_memo()[format_].file_type]
    words = squeezed(read(render(told, format_)).words)
    for part in ("Who watches it?", "Nobody is named.", "Say it shorter", "Risks: Drift", "taken back", "name typed"):
        assert squeezed(part) in words, part
    assert squeezed("Who watches it?") not in squeezed(read(render(summary_of("visual_inspection"), format_)).words)


def test_the_memo_has_no_such_part_where_nobody_asked() -> None:
    memo = summary_of("visual_inspection").memo
    assert memo.comments is None
    assert "comments" not in {section.id for section in memo.sections}


def test_they_are_told_in_the_language_of_the_memo() -> None:
    document = examples.load("visual_inspection")
    section = summarise(document, assess(document, FEW), language=Language("de"), threads=THREADS).memo.section(
        "comments"
    )
    assert section.title == "Kommentare"
    said = [getattr(block, "text", "") for block in section.blocks]
    assert said[0] == "Zu „Risks: Drift“, offen"
    assert said[2].endswith("Bo (Name selbst eingetragen), zu Version 4: zurückgenommen")


@pytest.mark.long
def test_each_section_of_a_memo_is_a_place_by_the_name_that_it_has_there() -> None:
    for name in examples.NAMES:
        for section in summary_of(name).memo.sections:
            place = section_place(section.id)
            assert is_of_memo(place)
            assert is_place(examples.load(name), place)
            assert section.title == memo_title(place) or section.id == "verdict"
    assert all(SECTIONS.values())
