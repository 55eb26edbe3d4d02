"""The outside view in words: whose class it is, on how many projects, how much they count, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from scoping import appraise, assess, read, to_dict
from scoping.assess import outside_view_of
from scoping.document.merging import merge
from scoping.document.own_classes import OwnFactor
from scoping.reports import formats, render, summarise
from scoping.reports.changes import changes_between
from scoping.reports.outside import outside_said
from scoping.text.languages import Language, say
from scoping.text.reference_classes import factor_line, projects_said
from scoping.value.outside_view import REFERENCE_CLASSES
from tests.documents import UNCERTAIN, with_value
from tests.scoping.reports.readers import READERS
from tests.scoping.reports.samples import FEW

pytestmark = pytest.mark.long

COST: dict[str, Any] = {
    "what": "cost", "count": 12, "weight": 0.81, "mean_log": 0.2, "deviation": 0.4, "blended_with": "green_book_lower",
    "as_of": "2026-03-01",
}  # fmt: skip
TIME = {**COST, "what": "time", "count": 25, "weight": 1, "mean_log": 0.1}
del TIME["blended_with"]
GAIN = {**TIME, "what": "benefit", "count": 4, "weight": 0.4, "mean_log": -0.2}


def told(*own: dict[str, Any], **more: Any) -> str:
    document = read(
        with_value({**UNCERTAIN, "returns": {**UNCERTAIN["returns"], **more}}, "returns.own_classes", [*own])
    )
    section = summarise(document, assess(document, FEW)).memo.outside_view
    assert section is not None
    return "\n".join(map(repr, section.section().blocks))


def test_it_says_whose_class_it_is_on_how_many_projects_and_how_much_they_count() -> None:
    words = told(COST, TIME, GAIN)
    assert "The organisation's own projects, as of" in words
    for said in ("12", "81%", "UK Green Book", "25", "alone", "nothing published", "Simulation error", "0.73", "2.04"):
        assert said in words
    assert REFERENCE_CLASSES["green_book_lower"].source in words
    assert "The verdict rests on your own figures." in words


def test_a_published_class_speaks_only_for_what_own_projects_do_not() -> None:
    assert "Build time alone by IT projects" in told(COST, outside_view="it_projects")
    assert "Build cost alone by IT projects" in told(TIME, outside_view="it_projects")
    assert "IT projects" not in told(COST, TIME, outside_view="it_projects")
    both = told(GAIN, outside_view="it_projects")
    assert "IT projects, 1 in 6 a black swan: One build in 6" in both


@pytest.mark.parametrize("format_", sorted(formats()))
def test_every_file_can_be_made_of_it(format_: str) -> None:
    document = read(with_value(UNCERTAIN, "returns.own_classes", [COST, TIME, GAIN]))
    summary = summarise(document, assess(document, FEW), language=Language("de"))
    assert READERS[formats()[format_].file_type](render(summary, format_)).words


def test_a_step_says_it_in_one_sentence_with_the_figures_of_the_assessment() -> None:
    document = read(with_value(UNCERTAIN, "returns.own_classes", [COST, GAIN]))
    alone, full = outside_view_of(document, FEW), assess(document, FEW).outside_view
    assert alone is not None
    assert full is not None
    assert alone.npv == full.npv
    assert "which stay as they are" in str(outside_said(appraise(document, FEW), alone))
    assert outside_view_of(read(UNCERTAIN)) is None
    assert outside_view_of(read({"title": "Empty"})) is None


def test_what_differs_is_told_and_two_who_take_over_another_class_are_asked() -> None:
    before = read(with_value(UNCERTAIN, "returns.own_classes", [COST]))
    mine = read(with_value(UNCERTAIN, "returns.own_classes", [{**COST, "count": 13, "mean_log": 0.3}]))
    theirs = read(with_value(UNCERTAIN, "returns.own_classes", [{**COST, "count": 14, "mean_log": 0.4}]))
    labels = [say(each.label, Language("en")) for each in changes_between(before, mine)]
    assert any("Own projects" in label for label in labels)
    found = merge(to_dict(before), to_dict(mine), to_dict(theirs))
    assert found.clashes
    added = merge(to_dict(before), to_dict(before), {**to_dict(mine), "title": "Mine"})
    assert read(added.document).returns.own_classes == mine.returns.own_classes


def test_projects_that_did_not_finish_are_said_to_count_beside_those_that_did() -> None:
    factor = {"what": "cost", "count": 12, "weight": 0.8, "mean_log": 0.1, "deviation": 0.2, "as_of": "2026-03-01"}
    finished, more = (OwnFactor.model_validate({**factor, "unfinished": many}) for many in (0, 3))
    assert (projects_said(finished), projects_said(more)) == ("12", "12, and 3 not finished")
    assert "12 own projects;" in factor_line(finished)
    assert "12 own projects, and the least of 3 that were given up or go on;" in factor_line(more)
