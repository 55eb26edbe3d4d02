"""A proposal as a candidate: the figures of its assessment, and its plan."""

from __future__ import annotations

import numpy as np
import pytest

from scoping import assess, examples, read
from scoping.portfolio import Limits, Risk, candidate_of, choose, with_common_causes
from scoping.portfolio.proposals import by_quarter, people_by_month
from tests.documents import CERTAIN

_SOME = ("visual_inspection", "invoice_routing", "customer_retention")


@pytest.mark.parametrize("name", _SOME)
def test_values_are_those_of_the_assessment(name: str) -> None:
    proposal = examples.load(name)
    found = {each.name: each for each in candidate_of(proposal).options if not each.is_pilot}
    results = [each for each in assess(proposal).alternatives if not each.is_reference and each.outcome]
    assert set(found) == {each.name for each in results}
    for each in results:
        option = found[each.name]
        assert option.value == pytest.approx(each.expected)
        assert option.draws is not None
        assert each.outcome is not None
        assert option.draws.mean() == pytest.approx(
            each.outcome.draws.mean() if len(each.outcome.draws) else option.value
        )


def test_money_is_what_a_notebook_adds_up() -> None:
    """Build costs are spread over the build, running costs come month by month after it."""
    document = {
        **CERTAIN,
        "returns": {**CERTAIN["returns"], "horizon_months": 7},
        "alternatives": [
            CERTAIN["alternatives"][0],
            {
                **CERTAIN["alternatives"][-1],
                "build_months": 2,
                "success_probability": 1,
                "costs": [
                    {"name": "Licence", "amount": 100, "timing": "at_start"},
                    {"name": "Build", "amount": 600, "timing": "one_off"},
                    {"name": "Hosting", "amount": 10, "timing": "monthly"},
                ],
            },
        ],
    }
    (option,) = candidate_of(read(document)).options
    assert option.money == pytest.approx([100 + 600 + 10, 30, 10])
    assert option.end == 2
    (in_other_money,) = candidate_of(read(document), rate=2.0).options
    assert in_other_money.money == pytest.approx([2 * each for each in option.money])
    assert in_other_money.value == pytest.approx(2 * option.value)


def test_people_are_those_of_the_plan() -> None:
    plan = [
        {"name": "Data  engineer", "share": 0.5, "months": 2.5},
        {"name": "data engineer", "months": 1},
        {"name": "Owner", "share": 0.2},
    ]
    found = people_by_month(read({**CERTAIN, "resources": plan}), build_months=2)
    assert found == {"data engineer": [1.5, 0.5, 0.25], "owner": [0.2, 0.2]}


def test_the_first_day_belongs_to_the_first_quarter() -> None:
    assert by_quarter(np.array([5.0, 1, 1, 1, 2])).tolist() == [8.0, 2.0]


def test_proposals_are_chosen_under_a_budget_and_with_their_risk() -> None:
    candidates = with_common_causes([candidate_of(examples.load(name)) for name in _SOME], [frozenset()], 0.5)
    free = choose(candidates)
    assert free.value == pytest.approx(sum(max(0.0, *(way.value for way in each.options)) for each in candidates))
    none = choose(candidates, Limits(budget=[0.0] * 40))
    assert none.value <= free.value
    careful = choose(candidates, risk=Risk(0.5, 0.1))
    assert careful.shortfall is not None
    assert free.shortfall is not None
    assert careful.shortfall >= free.shortfall


def test_a_proposal_that_cannot_be_valued_offers_nothing_to_choose() -> None:
    assert candidate_of(read({"title": "Only begun"})).options == ()
