"""What no form, file or database could hold is refused at the door, quickly and in readable words."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from scoping import DocumentRefused, examples, read, to_dict, write
from scoping.document.reading import read_saved
from scoping.document.walk import field_at
from tests.documents import CERTAIN, proposal
from tests.schemas import published

NUL, HALF = "a\x00b", "a\ud800b"


def problems(document: Any) -> list[str]:
    with pytest.raises(DocumentRefused) as refused:
        read(document)
    for problem in refused.value.problems:
        # Every message can be written to any file or terminal.
        str(problem).encode("utf-8")
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("text", [NUL, HALF])
@pytest.mark.parametrize(
    "place",
    [
        lambda text: {"title": text},
        lambda text: {"title": "t", "tags": ["fine", text]},
        lambda text: {"title": "t", "alternatives": [{"name": "A", "evidence": [text]}]},
        lambda text: {"title": "t", "alternatives": [{"name": "A", "metrics": {text: 1}}]},
        lambda text: {"title": "t", "feasibility": {"ceilings": {text: 0.5}}},
        lambda text: {"title": "t", "feasibility": {"answers": {text: {"choice": "yes"}}}},
        lambda text: {"title": "t", "risks": [text]},
        lambda text: {
            "title": "t",
            "returns": {"adoption": {"judgements": [{"by": text, "p10": 0.1, "p50": 0.2, "p90": 0.3}]}},
        },
        lambda text: {"title": "t", "bridge": {"kind": "curve", "metric": text}},
        lambda text: {"title": "t", text: 1},
    ],
)
def test_characters_that_no_file_can_hold_are_refused_wherever_they_stand(place: Any, text: str) -> None:
    assert any("no file can hold" in line for line in problems(place(text)))
    assert problems(json.dumps(place(text)))


def test_a_title_of_spaces_is_empty() -> None:
    for title in (" ", "\t\n", "\u2003 \u00a0"):
        (line,) = problems({"title": title})
        assert line.startswith("title: ")
        assert line.endswith("must not be empty")


def test_a_key_that_stands_twice_is_refused() -> None:
    assert problems('{"title": "a", "title": "b"}') == ["title: stands twice in the same object; keep one"]
    nested = '{"title": "a", "returns": {"horizon_months": 12, "horizon_months": 36}}'
    assert problems(nested) == ["horizon_months: stands twice in the same object; keep one"]


def test_a_whole_number_may_be_written_with_a_point() -> None:
    document = read({"title": "t", "returns": {"horizon_months": 36.0}, "pilot": {"labelled_cases": 300.0}})
    assert (document.returns.horizon_months, document.pilot.labelled_cases) == (36, 300)
    assert isinstance(document.returns.horizon_months, int)
    assert "must be a whole number" in problems({"title": "t", "returns": {"horizon_months": 36.5}})[0]
    assert "must be a whole number" in problems({"title": "t", "returns": {"horizon_months": True}})[0]


def test_integers_of_thousands_of_digits_are_refused_in_readable_text() -> None:
    huge = "9" * 5_000
    (line,) = problems(f'{{"title": "t", "bridge": {{"kind": "detection", "prevalence": {huge}}}}}')
    assert "4,300 digits" in line
    assert len(line) < 200
    for value in (10**400, int("9" * 4_000)):
        found = problems({"title": "t", "bridge": {"kind": "detection", "prevalence": value}})
        assert "must be a finite number" in found[0]
        assert all(len(each) < 250 for each in found)
    assert all(len(each) < 250 for each in problems({"title": "t", "returns": {"horizon_months": 10**5_000}}))


@pytest.mark.long
def test_half_a_million_unknown_keys_are_told_by_the_first_twenty_and_their_number() -> None:
    document = {"title": "t", **{f"key {number}": number for number in range(450_000)}}
    with pytest.raises(DocumentRefused) as refused:
        read(document)
    assert refused.value.total == 450_000
    assert len(refused.value.problems) == 20
    assert str(refused.value.problems[0]).startswith("key 0: is not a field here; allowed: schema_version, title")
    assert str(refused.value).endswith("and 449,980 more problems")


@pytest.mark.parametrize(
    "document",
    [
        {"title": "t", "feasibility": {"answers": {f"q{n}": {"choice": "yes"} for n in range(50_000)}}},
        {"title": "t", "feasibility": {"ceilings": dict.fromkeys(map(str, range(50_000)), 0.5)}},
        {"title": "t", "alternatives": [{"metrics": dict.fromkeys(map(str, range(50_000)), 0.5)}]},
    ],
)
def test_names_by_the_thousand_are_one_problem(document: dict[str, Any]) -> None:
    (line,) = problems(document)
    assert "50,000 entries: must have at most 1,000 entries" in line


def test_a_list_without_end_is_refused_before_it_is_read() -> None:
    """Half a million judgements took nine seconds, half a million segments eight: each was read, then one refused."""
    many = 450_000
    judgements = [{"by": str(number)} for number in range(many)]
    segments = [{"id": str(number), "inputs": {str(number): 1}} for number in range(many)]
    start = time.process_time()
    (line,) = problems({"title": "t", "returns": {"adoption": {"judgements": judgements}}})
    assert line == "returns.adoption.judgements: 450,000 entries: must have at most 20 entries"
    (line,) = problems({"title": "t", "bridge": {"kind": "segments", "segments": segments}})
    assert "kind must be one of" in line
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "place", [lambda key: {key: 1}, lambda key: {"returns": {key: 1}}, lambda key: {"own": {key: 1}}]
)
def test_a_key_of_thousands_of_letters_is_told_by_its_beginning(place: Any) -> None:
    for line in problems({"title": "t", **place("9" * 100_000)}):
        assert "9" * 50 in line
        assert len(line) < 600


def test_a_few_unknown_keys_are_told_beside_all_other_problems() -> None:
    found = problems({"titel": "t", "title": 5, "sumary": "s"})
    assert len(found) == 3


def test_all_answers_of_the_catalogue_are_no_unknown_keys() -> None:
    full = examples.load("visual_inspection")
    assert len(full.feasibility.answers) > 25
    assert read(write(full)) == full


def test_what_was_saved_under_laxer_rules_is_still_read() -> None:
    lax = {"title": "t\x00", "tags": ["a\ud800"], "alternatives": [{"name": "A", "evidence": ["x\x00y"]}]}
    saved = read_saved(lax)
    assert (saved.title, saved.tags, saved.alternatives[0].evidence) == ("t", ["a"], ["xy"])


def test_a_metric_whose_name_holds_a_point_works_everywhere() -> None:
    document = {
        "title": "t",
        "bridge": {"kind": "curve", "cases_per_month": 10, "metric": "F1.score v2", "points": [[0.2, 0], [0.9, 30]]},
        "alternatives": [
            {"name": "Now", "kind": "status_quo", "metrics": {"F1.score v2": 0.3}},
            {"name": "M", "metrics": {"F1.score v2": {"p10": 0.4, "p50": 0.5, "p90": 0.7}}},
        ],
        "correlations": [
            {"first": "alternatives.1.metrics.F1.score v2", "second": "bridge.cases_per_month", "rank_correlation": 0.2}
        ],
    }
    taken = read(document)
    path = next(path for path in taken.inputs() if path.keys[:3] == ("alternatives", "1", "metrics"))
    assert path.last == "F1.score v2"
    assert taken.correlated()[0].first == str(path)
    assert read(to_dict(taken)) == taken


def test_the_reader_and_the_schema_agree_on_every_example() -> None:
    for document in (CERTAIN, {**CERTAIN, "returns": {**CERTAIN["returns"], "horizon_months": 36.0}}):
        published().validate(document)
        read(document)


def test_the_walker_follows_lists_and_kinds() -> None:
    taken = proposal()
    info = field_at(taken, ("alternatives", "1", "costs", "0", "amount"))
    assert info is not None
    assert info.title == "Amount"
    assert field_at(taken, ("alternatives", "9", "name")) is None
    assert field_at(taken, ("bridge", "manual_cost")) is None
    declared = field_at(type(taken), ("bridge", "manual_cost"))
    assert declared is not None
