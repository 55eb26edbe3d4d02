"""What is still missing, as links that lead to step and field."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from app.views.parts.step import step_of
from scoping import appraise, examples, read
from tests.app.acting import Create, Open, words
from tests.documents import proposal

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("bridge", "value"),
        ("bridge.cases_per_month", "value"),
        ("feasibility.ceilings.recall", "value"),
        ("feasibility.answers.acted_on", "feasibility"),
        ("alternatives.status_quo", "alternatives"),
        ("alternatives.1.metrics.recall", "alternatives"),
        ("alternatives.1.costs.0.amount", "costs"),
        ("returns.discount_rate", "costs"),
        ("operations.throughput", "data"),
        ("problem.statement", "problem"),
        ("milestones.0.name", "plan"),
    ],
)
def test_a_place_of_the_document_is_edited_on_one_step(path: str, step: str) -> None:
    assert step_of(path).name == step


def links(test: object) -> list[dict[str, list[str]]]:
    """Where the links of the page lead, as the fields of their addresses."""
    return [parse_qs(each.proto.query_string) for each in test.get("page_link")]  # type: ignore[attr-defined]


def test_an_empty_proposal_links_everything_that_it_waits_for(create: Create, open_step: Open) -> None:
    document = read({"title": "Empty"})
    test = open_step(create(document))
    fields = {each["field"][0] for each in links(test) if "field" in each}
    assert fields == set(appraise(document).missing)
    assert f"{len(fields)} things are missing" in [each.proto.popover.label for each in test.get("popover")]
    assert "Not yet assessed" in words(test)


def test_a_link_opens_the_alternative_and_the_area_that_it_names(create: Create, open_step: Open) -> None:
    saved = create(examples.load("visual_inspection"))
    test = open_step(saved, "alternatives")
    test.query_params["field"] = "alternatives.2.build_months"
    test.run()
    assert test.session_state["chosen_alternative"] == 2
    assert "field" not in test.query_params
    test.query_params["step"], test.query_params["field"] = "feasibility", "feasibility.answers.label_delay"
    test.run()
    assert "part" in test.query_params
    assert [radio.key for radio in test.radio if "label_delay" in str(radio.key)]


@pytest.mark.parametrize("field", ["", "nonsense", "alternatives.99.name", "feasibility.answers", "a.b.c.<b>", "\\"])
def test_a_link_to_nothing_does_no_harm(field: str, create: Create, open_step: Open) -> None:
    test = open_step(create(proposal()))
    test.query_params["field"] = field
    assert not test.run().exception
