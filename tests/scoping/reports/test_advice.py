"""What functions advise stands in every format of the memo: under review as a part, and beside the decision it led to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoping import assess
from scoping.reports import (
    AdviceNote,
    DecisionNote,
    Edition,
    ReviewNote,
    Summary,
    formats,
    formats_of_memo,
    render,
    summarise,
)
from scoping.text.languages import ENGLISH, Language
from tests.documents import UNCERTAIN, proposal
from tests.scoping.reports.readers import READERS
from tests.scoping.reports.samples import FEW, HOSTILE

pytestmark = pytest.mark.long

DAY = date(2026, 11, 26)
ADVICE = (
    AdviceNote("finance", "agree if", "The licence costs at most 40,000 a year.", "Fay Marini", DAY),
    AdviceNote("legal", "disagree", "No lawful basis is named.", "Leo", DAY, is_verified=False),
    AdviceNote("Works council", None),
)
REVIEW = ReviewNote(2, 7, "Ana Prado", DAY, ADVICE)


def told(
    decision: DecisionNote | None = None, review: ReviewNote | None = None, language: Language = ENGLISH
) -> Summary:
    document = proposal(UNCERTAIN)
    decisions = [decision] if decision else []
    return summarise(document, assess(document, FEW), decisions, language, Edition(DAY, 9, review))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\N{WORD JOINER}", "")


def words(summary: Summary, format_: str) -> str:
    return squeezed(READERS[formats()[format_].file_type](render(summary, format_)).words)


@pytest.mark.parametrize("format_", formats_of_memo())
def test_what_is_under_review_is_in_every_format(format_: str) -> None:
    found = words(told(review=REVIEW), format_)
    for text in (
        "Round 2: version 7, submitted by Ana Prado on November 26, 2026.",
        "Agrees if",
        "The licence costs at most 40,000 a year.",
        "Disagrees",
        "Leo (name typed)",
        "Works council",
        "Has not spoken",
    ):
        assert squeezed(text) in found, text


@pytest.mark.parametrize("format_", formats_of_memo())
def test_the_advice_that_a_decision_had_is_in_every_format(format_: str) -> None:
    note = DecisionNote("build", "Sofia", DAY, "We carry that risk.", advice=ADVICE)
    found = words(told(note), format_)
    for text in ("Finance: Agrees if The licence costs", "Legal: Disagrees No lawful basis", "council: Has not spoken"):
        assert squeezed(text) in found, text


def test_without_a_round_nothing_is_longer() -> None:
    assert told().memo.advice is None
    assert told(review=replace(REVIEW, advice=())).memo.advice is None
    assert "advice" not in [section.id for section in told().memo.sections]


def test_a_round_that_ended_with_changes_says_which() -> None:
    part = told(review=replace(REVIEW, changes="Name the lawful basis")).memo.advice
    assert part is not None
    assert part.lead.endswith("Changes are requested: Name the lawful basis")


def test_stances_and_usual_functions_are_told_in_the_language_and_typed_ones_as_they_are() -> None:
    part = told(review=REVIEW, language=Language("de")).memo.advice
    assert part is not None
    assert [row[:2] for row in part.table.rows] == [
        ("Finanzen", "Stimmt zu, wenn"),
        ("Recht", "Lehnt ab"),
        ("Works council", "Hat sich nicht geäußert"),
    ]


@pytest.mark.parametrize("format_", formats_of_memo())
def test_hostile_advice_is_data(format_: str) -> None:
    advice = tuple(AdviceNote(text[:60], "disagree", text, text, DAY) for text in HOSTILE)
    assert words(told(review=replace(REVIEW, advice=advice)), format_)
