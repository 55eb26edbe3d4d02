"""The document: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import contextlib
import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import (
    DocumentRefused,
    content_hash,
    examples,
    read,
    schema,
    to_dict,
    write,
)
from scoping.document.paths import with_value
from scoping.document.upgrades import newest, upgraded
from tests.documents import CERTAIN, as_given
from tests.schemas import published

HOSTILE = [
    "x" * 10_000,
    "<script>alert(1)</script>",
    "=1+1",
    "'; drop table proposals; --",
    "\u202eright to left\u202c مرحبا",
    "🦄" * 50,
    "| a | b |\n|---|---|",
    "{{ 7 * 7 }}",
]


def refusal(document: Any) -> list[str]:
    with pytest.raises(DocumentRefused) as refused:
        read(document)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("name", examples.NAMES)
def test_examples_come_back_as_they_were_written(name: str) -> None:
    document = examples.load(name)
    assert read(write(document)) == document
    assert write(read(write(document))) == write(document)
    # What was said is written again; what else is there, the form has filled in: without it, the document is the same.
    said = upgraded(json.loads(examples.text(name)))
    assert as_given(to_dict(document), said) == said


@pytest.mark.parametrize("name", examples.NAMES)
def test_examples_satisfy_the_published_schema(name: str) -> None:
    published().validate(upgraded(json.loads(examples.text(name))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("bridge.prevalence", 1.5),
        ("alternatives.1.costs.0.amount", -1),
        ("nonsense", 1),
        ("currency", 5),
        ("returns.horizon_months", 7.5),
        ("pilot.labelled_cases", 10.5),
        ("finance.fiscal_year_starts", 7.5),
        ("finance.starts", "2027-13"),
        ("finance.starts", "March 2027"),
    ],
)
def test_the_published_schema_refuses_what_the_document_refuses(path: str, value: Any) -> None:
    document = with_value(CERTAIN, path, value)
    assert refusal(document)
    assert not published().is_valid(document)


@pytest.mark.parametrize(
    ("path", "value"), [("finance.starts", ""), ("finance.starts", "2027-03"), ("returns.horizon_months", 36.0)]
)
def test_the_published_schema_takes_what_the_document_takes(path: str, value: Any) -> None:
    document = with_value(CERTAIN, path, value)
    read(document)
    published().validate(document)


def test_every_field_of_the_schema_has_words() -> None:
    def walk(node: Any) -> None:
        for name, field in node.get("properties", {}).items():
            inner = [field, *field.get("anyOf", []), *field.get("allOf", [])]
            assert any("title" in each or "$ref" in each for each in inner), name
            assert any("description" in each or "$ref" in each or "const" in each for each in inner), name

    full = schema()
    for model in [full, *full["$defs"].values()]:
        if model.get("title") != "Estimate":
            walk(model)


def test_only_the_title_is_required() -> None:
    assert to_dict(read({"title": "t"})) == {"schema_version": newest(), "title": "t", "currency": "EUR"} | to_dict(
        read({"title": "t"})
    )
    assert refusal({}) == ["title: is required"]
    assert refusal({"title": ""}) == ["title: must not be empty"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("bridge.prevalence", 1.4, "bridge.prevalence: 1.4: must be a number from 0 to 1 (0% to 100%)"),
        ("bridge.value_of_catch", {"p10": 3, "p50": 2, "p90": 1}, "Likely (P50) is 2 and Low (P10) is 3"),
        ("bridge.value_of_catch", -1, "must be a number from 0 to 1,000,000,000,000,000"),
        ("bridge.value_of_catch", 1e308, "must be a number from 0 to"),
        ("bridge.value_of_catch", math.nan, "must be a finite number"),
        ("bridge.value_of_catch", math.inf, "must be a finite number"),
        ("bridge.value_of_catch", "12", "must be a number, or an object with p10, p50 and p90"),
        ("bridge.value_of_catch", True, "must be a number, or an object"),
        (
            "bridge.prevalance",
            0.1,
            "bridge.prevalance: 0.1: is not a field here; allowed: kind, cases_per_month, prevalence",
        ),
        ("bridge.kind", "magic", "kind must be one of assistance, automation, curve, detection"),
        ("bridge", {"prevalence": 0.1}, "kind must be one of"),
        ("alternatives.1.kind", "status_quo", "exactly one alternative may be the status quo"),
        ("alternatives.1.kind", "hope", "allowed: 'status_quo', 'process_change'"),
        ("alternatives.1.name", "Today", "each alternative needs a name of its own"),
        ("alternatives.1.costs.0.amount", -5, "alternatives.1.costs.0.amount: -5: must be a number from 0"),
        ("alternatives.1.costs.0.timing", "weekly", "allowed: 'one_off', 'at_start', 'each_build_month', "),
        ("alternatives.1.metrics.recall", 1.1, "alternatives.1.metrics.recall: 1.1: must be a number from 0 to 1"),
        ("alternatives.1.build_months", -1, "must be a number from 0 to 600"),
        ("returns.horizon_months", 36.5, "must be a whole number"),
        ("returns.horizon_months", 0, "must be a number from 1 to 240"),
        ("returns.retrain_every_months", math.inf, "must be a finite number"),
        ("currency", "XYZ1", "ISO 4217"),
        ("schema_version", newest() + 1, f"written by a newer Groundwork; this one reads versions up to {newest()}"),
        ("schema_version", 0, f"must be a whole number from 1 to {newest()}"),
        ("schema_version", "1", "must be a whole number"),
        ("tags", "one", "must be a list"),
        ("title", 5, "must be text"),
        ("summary", "x" * 20_001, "must have at most 20,000 characters"),
        ("feasibility.answers", {"nope": {"choice": "yes"}}, "is not a question of the catalogue"),
        ("feasibility.answers", {"acted_on": {"choice": "maybe"}}, "allowed: yes, probably, no"),
        ("feasibility.ceilings", {"recall": 2}, "feasibility.ceilings.recall: 2.0: must be a number from 0 to 1"),
    ],
)
def test_a_refusal_names_the_path_the_value_and_what_is_allowed(path: str, value: Any, said: str) -> None:
    found = refusal(with_value(copy.deepcopy(CERTAIN), path, value))
    assert any(said in line for line in found), found
    assert any(line.startswith(path.split(".")[0]) for line in found)


@pytest.mark.parametrize(
    ("alternatives", "costs", "said"),
    [
        (49, 1, None),
        (50, 1, "alternatives: 51 entries: must have at most 50 entries"),
        (1, 51, "alternatives.1.costs: 51 entries: must have at most 50 entries"),
        (10, 50, None),
        (11, 50, "alternatives: 550 costs: must have at most 500 costs in all"),
    ],
)
def test_as_many_alternatives_and_costs_as_can_be_assessed(alternatives: int, costs: int, said: str | None) -> None:
    if said is None:
        assert len(read(many(alternatives, costs)).alternatives) == alternatives + 1
        return
    with pytest.raises(DocumentRefused, match=said):
        read(many(alternatives, costs))


def many(alternatives: int, costs: int) -> dict[str, Any]:
    """A document with so many alternatives to the status quo, each with so many costs."""
    status_quo, model = (CERTAIN["alternatives"][0], CERTAIN["alternatives"][-1])
    own = [{"name": f"Cost {number}", "timing": "monthly", "amount": 1} for number in range(costs)]
    others = [{**model, "name": f"Model {number}", "costs": own} for number in range(alternatives)]
    return {**CERTAIN, "alternatives": [{**status_quo, "costs": []}, *others]}


def test_a_training_that_costs_something_cannot_take_place_all_the_time() -> None:
    assert read(trained_all_the_time(cost=0)).returns.retrain_every_months == 0
    with pytest.raises(DocumentRefused, match=r"retrain_every_months: 0\.0: must be more than 0 where a training"):
        read(trained_all_the_time(cost=100))


@pytest.mark.parametrize("months", [5e-324, 1e-12, 0.029])
def test_nobody_trains_more_often_than_each_day(months: float) -> None:
    returns = {**CERTAIN["returns"], "retrain_every_months": months}
    with pytest.raises(DocumentRefused, match=r"retrain_every_months: .*: must be 0 \(all the time\), or at least"):
        read({**CERTAIN, "returns": returns})
    assert read({**CERTAIN, "returns": {**returns, "retrain_every_months": 0.03}}).returns.retrain_every_months == 0.03


def trained_all_the_time(cost: float) -> dict[str, Any]:
    return {**CERTAIN, "returns": {**CERTAIN["returns"], "retrain_every_months": 0, "retraining_cost": cost}}


def test_all_problems_are_told_at_once() -> None:
    assert len(refusal({"title": 1, "bridge": {"kind": "detection", "prevalence": 2}, "x": 1})) == 3


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", "null", "[" * 100_000, '{"title": "a"', b"\xff\xfe"])
def test_what_is_no_document_is_refused(text: str | bytes) -> None:
    assert len(refusal(text)) == 1


def test_json_with_nan_is_refused() -> None:
    assert "finite" in refusal('{"title": "t", "bridge": {"kind": "detection", "prevalence": NaN}}')[0]
    assert "finite" in refusal('{"title": "t", "bridge": {"kind": "detection", "prevalence": 1e999}}')[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_kept_as_it_was_typed(text: str) -> None:
    document = read({"title": text, "summary": text, "alternatives": [{"name": text}], "risks": [{"name": text}]})
    again = read(write(document))
    assert (again.title, again.summary, again.alternatives[0].name, again.risks[0].name) == (text,) * 4


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["title", "bridge", "alternatives", "returns", "data", "pilot", "risks"]), json_values
    )
)
def test_any_json_is_taken_or_refused_never_a_crash(document: dict[str, Any]) -> None:
    with contextlib.suppress(DocumentRefused):
        taken = read(document)
        assert read(write(taken)) == taken


def test_the_hash_names_the_content() -> None:
    assert content_hash(read(CERTAIN)) == content_hash(read(json.loads(json.dumps(CERTAIN))))
    assert content_hash(read(CERTAIN)) != content_hash(read({**CERTAIN, "title": "other"}))


def test_bare_sentences_are_rows() -> None:
    document = read({"title": "t", "risks": ["It rains"], "resources": ["A desk"], "data": {"sources": ["Ledger"]}})
    assert (document.risks[0].name, document.resources[0].name, document.data.sources[0].name) == (
        "It rains",
        "A desk",
        "Ledger",
    )
