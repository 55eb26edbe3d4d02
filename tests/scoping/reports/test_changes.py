"""What changed between two versions is told in words: the field, both values, with their units."""

from __future__ import annotations

from typing import Any

import pytest

from scoping import examples, read, to_dict
from scoping.document.editing import change
from scoping.document.paths import Path, with_value
from scoping.reports.changes import Change, changes_between, value_told
from scoping.text.languages import Language, say
from tests.documents import proposal

BEFORE = proposal()


def only(path: str, value: Any) -> Change:
    (found,) = changes_between(BEFORE, change(BEFORE, path, value))
    return found


def test_not_knowing_is_told_as_an_answer() -> None:
    assert only("feasibility.answers.acted_on", {"choice": "dont_know"}).new == "We do not know yet"


@pytest.mark.parametrize(
    ("path", "value", "label", "old", "new"),
    [
        ("owner", "Ana", "Owner", "", "Ana"),
        ("bridge.prevalence", 0.0415, "Prevalence", "5%", "4.15%"),
        ("bridge.value_of_catch", 1234.56, "Value of a catch", "120 EUR", "1,234.56 EUR"),
        ("alternatives.2.build_months", 1, "Model: Build time", "4 months", "1 month"),
        ("alternatives.2.metrics.recall", 0.85, "Model: Recall", "80%", "85%"),
        ("alternatives.2.costs.1.amount", 900, "Model: Run: Amount", "800 EUR", "900 EUR"),
        ("alternatives.1.kind", "buy", "Rule: Kind", "Rules", "Buy"),
        (
            "returns.adoption",
            {"p10": 0.5, "p50": 0.6, "p90": 0.7},
            "Returns: Adoption",
            "80%",
            "P10 50%, P50 60%, P90 70%",
        ),
        (
            "returns.volume_growth",
            {"minimum": -0.02, "likely": 0.05, "maximum": 0.1},
            "Returns: Volume growth",
            "6%",
            "at least −2%, likely 5%, at most 10%",
        ),
        ("tags", ["a", "b"], "Tags", "", "a, b"),
        ("returns.benefits_by_year", [0.2, 1.1025], "Returns: Benefits by year", "", "20%; 110.25%"),
    ],
)
def test_a_change_names_the_field_and_both_values(path: str, value: Any, label: str, old: str, new: str) -> None:
    found = only(path, value)
    assert (found.label, found.old, found.new) == (label, old, new)


def test_the_same_numbers_as_something_else_are_a_change() -> None:
    numbers = (80.0, 120.0, 300.0)
    before = change(BEFORE, "bridge.value_of_catch", dict(zip(("p10", "p50", "p90"), numbers, strict=True)))
    after = change(before, "bridge.value_of_catch", dict(zip(("minimum", "likely", "maximum"), numbers, strict=True)))
    (found,) = changes_between(before, after)
    assert (found.label, found.old, found.new) == (
        "Value of a catch",
        "P10 80 EUR, P50 120 EUR, P90 300 EUR",
        "at least 80 EUR, likely 120 EUR, at most 300 EUR",
    )
    assert say(found.new, Language("de")) == "mindestens 80 EUR, wahrscheinlich 120 EUR, höchstens 300 EUR"


def test_amounts_by_year_take_the_place_of_the_amount_and_both_are_told() -> None:
    found = changes_between(BEFORE, change(BEFORE, "alternatives.2.costs.1.by_year", [9_000, 6_000.5]))
    assert [(each.label, each.old, each.new) for each in found] == [
        ("Model: Run: Amounts by year", "", "9,000 EUR; 6,000.5 EUR"),
        ("Model: Run: Amount", "800 EUR", ""),
    ]


def test_values_are_told_in_the_language_that_is_asked_for() -> None:
    found = only("bridge.value_of_catch", 1234.56)
    assert say(found.new, Language("de")) == "1.234,56 EUR"
    assert say(only("bridge.prevalence", 0.0415).new, Language("de")).startswith("4,15")


def test_small_differences_are_not_rounded_away() -> None:
    found = only("bridge.value_of_catch", 120.0001)
    assert found.old != found.new


def test_a_row_that_is_gone_is_named_and_later_rows_are_not() -> None:
    document = to_dict(BEFORE)
    document["alternatives"].pop(1)
    (found,) = changes_between(BEFORE, read(document))
    assert (found.label, str(found.kind), found.new) == ("Rule", "removed", "")
    assert found.loses


def test_another_kind_of_task_is_said_by_its_title() -> None:
    found = only("bridge", {"kind": "curve"})
    assert found.label == "Kind of task"
    assert found.loses
    assert "{" not in found.old + found.new


def test_answers_are_told_by_their_question_and_choice() -> None:
    before = examples.load("visual_inspection")
    document = to_dict(before)
    identity, answer = next(iter(document["feasibility"]["answers"].items()))
    document = with_value(document, Path.of("feasibility", "answers", identity, "note"), "Seen on site")
    (found,) = changes_between(before, read(document))
    assert found.label.endswith("?: Note")
    assert found.new == "Seen on site"
    told = value_told(before, Path.of("feasibility", "answers", identity), answer)
    assert told
    assert told != answer["choice"]


@pytest.mark.parametrize("name", examples.NAMES)
def test_every_field_of_every_example_can_be_told(name: str) -> None:
    after = examples.load(name)
    found = changes_between(read({"title": "Empty"}), after)
    assert found
    for each in found:
        assert each.label.strip()
        assert say(each.label, Language("de")).strip()
        assert each.new or each.old


def test_what_people_agreed_on_is_told_like_the_estimate_that_it_is() -> None:
    judged = {"judgements": [{"by": "Ana", "p10": 0.02, "p50": 0.05, "p90": 0.1}]}
    first = change(BEFORE, "bridge.prevalence", judged)
    agreed = change(first, "bridge.prevalence", {**judged, "consensus": {"p10": 0.03, "p50": 0.05, "p90": 0.08}})
    (added,) = changes_between(first, agreed)
    assert (added.label, added.old, added.new) == (
        "Prevalence: agreed in discussion",
        "",
        "P10 3%, P50 5%, P90 8%",
    )
    (whole,) = changes_between(BEFORE, agreed)
    assert (whole.label, whole.new) == ("Prevalence", "P10 3%, P50 5%, P90 8% (agreed, 1 judgement: Ana)")


def test_a_metric_that_is_called_consensus_is_a_metric() -> None:
    curve = {"kind": "curve", "metric": "consensus", "cases_per_month": 10, "points": [[0, 0], [1, 5]]}
    model = {"name": "Model", "kind": "rules", "metrics": {"consensus": 0.5}}
    before = read({"title": "x", "bridge": curve, "alternatives": [{"name": "Now", "kind": "status_quo"}, model]})
    (found,) = changes_between(before, change(before, "alternatives.1.metrics.consensus", 0.7))
    assert (found.label, found.old, found.new) == ("Model: consensus", "0.5", "0.7")
