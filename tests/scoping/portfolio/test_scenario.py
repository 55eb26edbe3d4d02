"""What is set for a choice: the same document as a TOML file and as saved, and refused in words where it is wrong."""

from __future__ import annotations

import json
from math import inf

import pytest

from scoping.errors import DocumentRefused
from scoping.portfolio import PortfolioRefused, Prior, Scenario, read_scenario, scenario_of, with_ids
from scoping.portfolio.reading import as_far_as_it_goes, place_said

_FILE = b"""
budget = [100, inf, 50.5]
at_once = 3
must = ["Churn"]
needs = [["Route", "Read"]]
either_or = [["Churn", "Rule"]]
risk_weight = 0.3
latest_start = 9
groups = [["Churn", "Route"]]
correlation = 0.4
shared_inputs = ["Power  price"]
prior = {mean = 0.1, deviation = 0.3}
[people]
"Data engineer" = [2, 1.5]
"""


def test_a_file_says_all_that_a_choice_is_made_of() -> None:
    found = read_scenario(_FILE)
    assert list(found.limits().budget) == [100, inf, 50.5]
    assert dict(found.limits().people) == {"data engineer": [2, 1.5]}
    assert found.limits().needs == (("Route", "Read"),)
    assert (found.risk().weight, found.risk().share) == (0.3, 0.1)
    settings = found.settings()
    assert (settings.latest_start, settings.correlation, settings.pilots) == (9, 0.4, True)
    assert settings.shared_inputs == {"power price"}
    assert settings.prior == Prior(0.1, 0.3)


def test_what_is_saved_as_json_says_the_same() -> None:
    found = read_scenario(_FILE)
    saved = json.dumps(found.model_dump(mode="json"), allow_nan=False)
    assert scenario_of(json.loads(saved)) == found
    assert scenario_of({}) == Scenario()


def test_every_field_says_what_it_is() -> None:
    assert all(info.title and info.description for info in Scenario.model_fields.values())


@pytest.mark.parametrize(
    ("raw", "place", "said"),
    [
        ({"budget": [-1.0]}, "budget.0", "from 0 to"),
        ({"budget": [float("nan")]}, "budget.0", "finite"),
        ({"people": {"analyst": [-2.0]}}, "people.analyst.0", "from 0 to"),
        ({"at_once": 1.5}, "at_once", "whole number"),
        ({"risk_weight": 1.5}, "risk_weight", "from 0 to 1"),
        ({"worst_share": 0.0}, "worst_share", "0.001"),
        ({"latest_start": 61}, "latest_start", "to 60"),
        ({"needs": [["A"]]}, "needs.0", "at least 2"),
        ({"needs": [["A", "A"]]}, "needs.0", "another proposal"),
        ({"groups": [["A", "B"], ["B", "C"]]}, "groups.1", "one set only"),
        ({"prior": {"mean": 0.2}}, "prior", "both"),
        ({"prior": {"mean": 2.0, "deviation": 1.0}}, "prior.mean", "-1"),
        ({"prior": {"mean": 0.2, "deviation": 1.0, "origin": "track record"}}, "prior", "how many decided"),
        ({"prior": {"mean": 0.2, "deviation": 1.0, "origin": "hearsay"}}, "prior.origin", "track record"),
        ({"pilots": "yes"}, "pilots", "true or false"),
        ({"budgets": []}, "budgets", "budget"),
        ({"must": [""]}, "must.0", "empty"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(raw: dict[str, object], place: str, said: str) -> None:
    with pytest.raises(DocumentRefused) as why:
        scenario_of(raw)
    (problem,) = why.value.problems
    assert problem.path == place
    assert said in problem.allowed


def test_titles_become_ids_and_one_that_several_have_is_refused() -> None:
    titles = {"id-1": "Churn", "id-2": "Route", "id-3": "Read", "id-4": "Rule"}
    found = with_ids(read_scenario(_FILE), titles)
    assert (found.must, found.needs, found.groups) == (["id-1"], [["id-2", "id-3"]], [["id-1", "id-2"]])
    with pytest.raises(PortfolioRefused, match="several"):
        with_ids(read_scenario(_FILE), {**titles, "id-5": "Churn"})


@pytest.mark.parametrize(
    ("bad", "kept", "place", "value"),
    [
        ({"budget": [5, -1, 7]}, {"budget": [5, None, 7]}, "Budget of each quarter, quarter 2", "-1"),
        ({"people": {"A": [1, "x"]}}, {"people": {"A": [1, None]}}, "People of each role, A, month 2", "x"),
        ({"people": {"": [1]}}, {}, "People of each role, ", ""),
        ({"at_once": "two"}, {}, "At most so many at once", "two"),
        ({"risk_weight": 7}, {}, "How much risk counts", "7"),
        ({"must": ["A", 3, "B"]}, {"must": ["A", "B"]}, "Must be done, entry 2", "3"),
        ({"needs": [["A", "A"], ["A", "B"]]}, {"needs": [["A", "B"]]}, "Only after another one, entry 1", "A"),
        ({"groups": [["A", "B"], ["B", "C"]]}, {"groups": [["A", "B"]]}, "Do well and badly together, entry 2", "B"),
        ({"prior": {"mean": 9}}, {}, "What such proposals are worth, Mean", "9"),
        ({"colour": "red"}, {}, "colour", "red"),
    ],
)  # fmt: skip
def test_of_what_cannot_be_the_place_is_named_and_the_rest_stays(
    bad: dict[str, object], kept: dict[str, object], place: str, value: str
) -> None:
    found, left_out = as_far_as_it_goes({**bad, "must_not": ["Z"], "latest_start": 3})
    assert found.model_dump(exclude_defaults=True) == {**kept, "must_not": ["Z"], "latest_start": 3}
    assert [(str(place_said(each.path)), each.value) for each in left_out] == [(place, value)]


def test_very_much_that_cannot_be_is_left_out_in_one_go() -> None:
    found, left_out = as_far_as_it_goes({"must": [1] * 9_000 + ["A"], "at_once": 2})
    assert (found.must, found.at_once) == (["A"], 2)
    assert left_out
