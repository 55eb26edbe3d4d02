"""Evidence of one stream or segment of a proposal that has several: what it shows is held against an assessment."""

from __future__ import annotations

from typing import Any

import pytest

from scoping import DocumentRefused, Proposal, assess, examples, read, to_dict
from scoping.document.editing import with_evidence, without_unknown
from scoping.document.paths import with_value
from scoping.document.restructuring import with_kind, without_part
from scoping.feasibility.evidence.chances import chances_of_reaching
from scoping.feasibility.evidence.reach import Reach, reach_of
from scoping.feasibility.evidence.resting import Grounds
from scoping.text.reach import reach_said
from scoping.value.places import place_of
from scoping.vocabulary import GroundKind
from tests.evidences import detected

MODEL, FLAGS = 2, "invented"
PART = f"alternatives.{MODEL}.measured_part"


def measured(part: str = FLAGS, **changes: Any) -> Proposal:
    """The example with three streams; its model is measured by what was detected in one of them."""
    document = to_dict(examples.load("claims_assistant"))
    document = with_value(document, f"alternatives.{MODEL}.measured_part", part or None)
    for path, value in changes.items():
        document = with_value(document, path.replace("__", "."), value)
    return with_evidence(read(document), detected(0.85), str(document["alternatives"][MODEL]["name"]))


def reach(proposal: Proposal) -> Reach:
    found = reach_of(proposal, MODEL)
    assert found is not None
    return found


def test_the_stream_that_is_named_is_worth_what_an_assessment_says_of_these_metrics() -> None:
    found = reach(measured())
    assert found.part is not None
    assert found.part.id == FLAGS
    document = to_dict(examples.load("claims_assistant"))
    metrics = {
        name: value
        for name, value in document["alternatives"][MODEL]["metrics"].items()
        if not name.startswith(f"{FLAGS}/")
    }
    shown = {found.metric_of(each.metric.name): each.measured.value for each in found.shown}
    assert set(shown) == {f"{FLAGS}/recall", f"{FLAGS}/precision"}
    document = with_value(document, f"alternatives.{MODEL}.metrics", {**metrics, **shown})
    document = with_value(document, f"alternatives.{MODEL}.success_probability", 1)
    document.pop("correlations", None)
    assessed = assess(read(document), 2_048).alternatives[MODEL].expected
    assert found.worth == pytest.approx(assessed, rel=0.02)


def test_without_a_name_it_is_the_first_stream_that_is_not_left_as_today() -> None:
    assert reach_of(measured(""), MODEL) is None, "mail is sorted, and nothing was counted that sorting reads"
    left = {f"alternatives__{MODEL}__left_as_today": ["mail", "answers"]}
    found = reach(measured("", **left))
    assert found.part is not None
    assert found.part.id == FLAGS


def test_what_it_shows_is_said_of_that_stream_alone() -> None:
    proposal = measured()
    found = reach(proposal)
    assert found.part is not None
    assert f"({found.part.title})" in reach_said(found, "EUR")[0]
    chances = chances_of_reaching(proposal, MODEL, found)
    without = chances_of_reaching(proposal, MODEL, None)
    assert f"{FLAGS}/recall" in chances
    assert {name: chances[name] for name in without if not name.startswith(FLAGS)} == {
        name: chance for name, chance in without.items() if not name.startswith(FLAGS)
    }
    shown = found.shown[0]
    place = place_of(MODEL, "metrics", found.metric_of(shown.metric.name))
    assert Grounds(proposal, [found]).of(place, shown.estimate) is GroundKind.MEASURED


def test_a_part_that_is_not_there_is_refused_by_those_that_are() -> None:
    with pytest.raises(DocumentRefused) as refused:
        measured("nothing")
    (problem,) = refused.value.problems
    assert problem.path == PART
    assert "allowed: mail, answers, invented" in problem.allowed


def test_evidence_of_a_stream_that_is_taken_out_speaks_of_none() -> None:
    document = to_dict(measured())
    assert not read(without_unknown(without_part(document, 2))).alternatives[MODEL].measured_part
    assert read(without_unknown(without_part(document, 0))).alternatives[MODEL].measured_part == FLAGS
    assert "measured_part" not in with_kind(document, "detection")["alternatives"][MODEL]


def test_a_segment_may_be_measured_and_without_a_name_all_of_them_are() -> None:
    document = to_dict(examples.load("retention_by_segment"))
    model = next(at for at, each in enumerate(document["alternatives"]) if each["kind"] == "classical_ml")
    name = str(document["alternatives"][model]["name"])
    segment = document["bridge"]["segments"][1]["id"]
    whole = reach_of(with_evidence(read(document), detected(0.85), name), model)
    part = with_value(document, f"alternatives.{model}.measured_part", segment)
    one = reach_of(with_evidence(read(part), detected(0.85), name), model)
    assert whole is not None
    assert one is not None
    assert whole.part is None
    assert one.part is not None
    assert one.part.id == segment
    assert one.worth != pytest.approx(whole.worth, rel=0.02)
