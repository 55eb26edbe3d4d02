"""The handoff and the document: what machines read follows the schema and comes back as it was."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from scoping import assess, examples, read
from scoping.reports import render
from scoping.reports.data_formats.handoff import handoff_schema
from tests.documents import UNCERTAIN, as_given, proposal
from tests.scoping.reports.samples import HOSTILE, LIKE_DATA, summarised, summary_of

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", examples.NAMES)
def test_the_handoff_follows_its_schema_and_the_assessment(name: str) -> None:
    document = examples.load(name)
    assessment = assess(document)
    summary = summarised(document, assessment)
    content = json.loads(render(summary, "handoff"))
    jsonschema.validate(content, handoff_schema())
    assert yaml.safe_load(render(summary, "handoff-yaml")) == content
    own = [each for each in assessment.break_even if each.index == assessment.leading]
    for told, even in zip(content["target_metrics"], own, strict=True):
        assert told["break_even"] == (None if even.value is None else pytest.approx(even.value, rel=1e-11))
        assert told["target"] == pytest.approx(even.expected, rel=1e-11)
    assert content["serving"]["latency_ms"]["budget"] == document.operations.latency_ms.budget
    assert content["guardrails"] == document.problem.business_metric.guardrails
    assert len(content["milestones"]) == len(document.milestones)


@pytest.mark.parametrize("text", [*HOSTILE, *LIKE_DATA])
def test_what_people_typed_comes_back_from_the_handoff_as_typed(text: str) -> None:
    document = proposal(UNCERTAIN, title=text, data__labels=text, operations__features_at_risk=[text])
    for name, load in (("handoff", json.loads), ("handoff-yaml", yaml.safe_load)):
        content = load(render(summarised(document), name))
        assert content["proposal"] == content["data"]["labels"] == content["serving"]["features_at_risk"][0] == text


def test_an_empty_proposal_hands_over_what_is_missing() -> None:
    content = json.loads(render(summarised(read({"title": "Only a title"})), "handoff"))
    jsonschema.validate(content, handoff_schema())
    assert content["target_metrics"] == []
    assert "bridge" in content["missing"]


def test_json_is_the_document() -> None:
    example = json.loads(examples.text("stock_price"))
    assert as_given(json.loads(render(summary_of("stock_price"), "json")), example) == example
