"""Where too little is known for any figure, there is no verdict to tell yet."""

from __future__ import annotations

import pytest

from scoping import Proposal, appraise, assess, examples, read
from scoping.document.editing import change
from scoping.reports import summarise
from scoping.reports.headline import headline
from scoping.verdict import NOT_ASSESSED, RECOMMENDATIONS, called
from scoping.vocabulary import Recommendation

EMPTY = read({"title": "Empty"})
FORBIDDEN = read({"title": "t", "feasibility": {"answers": {"permitted_use": {"choice": "banned"}}}})
UNANSWERED = change(examples.load("visual_inspection"), "feasibility.answers.lawful_access", None)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (EMPTY, NOT_ASSESSED),
        # A gate stops what has no figures too, and a verdict with figures stands.
        (FORBIDDEN, RECOMMENDATIONS[Recommendation.STOP]),
        (UNANSWERED, RECOMMENDATIONS[Recommendation.REWORK]),
    ],
)
def test_strip_and_memo_say_the_same(document: Proposal, said: str) -> None:
    assert headline(document, appraise(document)).verdict == said
    assert summarise(document, assess(document)).memo.verdict.said == said
    assert headline(document, appraise(document)).is_assessed is (said != NOT_ASSESSED)


def test_for_machines_the_word_stays() -> None:
    assert assess(EMPTY).to_dict()["verdict"]["recommendation"] == "rework"


@pytest.mark.parametrize("recommendation", Recommendation)
def test_with_figures_every_verdict_keeps_its_name(recommendation: Recommendation) -> None:
    assert called(recommendation, has_figures=True) == RECOMMENDATIONS[recommendation]
