"""How ready for production: the ML Test Score in brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..document.answers import Answer
from ..text.languages import message
from .catalogue import QUESTIONS
from .checklist import is_answered

SECTIONS: Mapping[str, str] = {
    "data_tests": message("data"),
    "model_tests": message("model"),
    "infrastructure_tests": message("infrastructure"),
    "monitoring_tests": message("monitoring"),
}
"""The four sections, by the question that asks about each."""


@dataclass(frozen=True)
class Readiness:
    """The share of the tests that would stand at the launch, in the weakest of the sections, and which those are."""

    share: float
    weakest: tuple[str, ...]


def readiness(answers: Mapping[str, Answer]) -> Readiness | None:
    """The ML Test Score as a share 0..1: the least of its four sections, a test by hand counts half. None if one is open.

    Source: Breck, Cai, Nielsen, Salib and Sculley 2017, The ML Test Score, IEEE Big Data, section VI.
    """
    if not all(is_answered(each, answers) for each in SECTIONS):
        return None
    shares = {each: QUESTIONS[each].choices_by_id[answers[each].choice].score for each in SECTIONS}
    least = min(shares.values())
    return Readiness(least, tuple(SECTIONS[each] for each, share in shares.items() if share == least))
