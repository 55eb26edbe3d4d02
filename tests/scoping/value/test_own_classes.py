"""The organisation's own class in the outside view: in place of the published one, beside the team's figures."""

from __future__ import annotations

import math
from typing import Any

import pytest

from scoping import DocumentRefused, assess, content_hash, read, to_dict
from scoping.document.estimate import Estimate
from scoping.value.figures import Figure
from tests.documents import CERTAIN, UNCERTAIN, with_value

RULE, MODEL = 1, 2
DAY = "2026-03-01"
# The sums of the twenty-four months, undiscounted, make closed forms.
FLAT = with_value(CERTAIN, "returns.discount_rate", 0)


def factor(what: str, mean_log: float = 0.0, deviation: float = 0.0, **more: Any) -> dict[str, Any]:
    return {
        "what": what, "count": 12, "weight": 0.8, "mean_log": mean_log, "deviation": deviation, "as_of": DAY, **more,
    }  # fmt: skip


def outside(document: dict[str, Any], *own: dict[str, Any]) -> dict[int, Figure]:
    found = assess(read(with_value(document, "returns.own_classes", list(own)))).outside_view
    assert found is not None
    return dict(found.npv)


def plain(document: dict[str, Any]) -> dict[int, float]:
    alternatives = assess(read(document)).alternatives
    return {each.index: each.expected or 0.0 for each in alternatives if not each.is_reference}


def test_a_lognormal_factor_on_one_cost_lowers_npv_by_its_mean() -> None:
    """The mean of a lognormal factor is exp(m + s^2 / 2) (Johnson, Kotz and Balakrishnan 1994, ch. 14)."""
    found = outside(FLAT, factor("cost", 0.3, 0.5))[MODEL]
    mean = math.exp(0.3 + 0.5**2 / 2)
    cost = FLAT["alternatives"][MODEL]["costs"][0]["amount"]
    assert found.mean == pytest.approx(plain(FLAT)[MODEL] - cost * (mean - 1), abs=4 * (found.standard_error or 0) + 1)
    assert found.standard_error is not None
    assert 0 < found.standard_error < 0.01 * cost


def test_the_quantiles_of_one_cost_are_those_of_the_factor() -> None:
    found = outside(FLAT, factor("cost", 0.3, 0.5))[MODEL]
    cost, z = FLAT["alternatives"][MODEL]["costs"][0]["amount"], 1.2815515655446004
    worst = plain(FLAT)[MODEL] - cost * (math.exp(0.3 + z * 0.5) - 1)
    assert found.p10 == pytest.approx(worst, rel=0.02)


def test_a_certain_factor_on_the_gain_multiplies_what_is_gained_and_no_cost() -> None:
    without_costs = with_value(FLAT, f"alternatives.{MODEL}.costs", [])
    half = outside(without_costs, factor("benefit", math.log(0.5)))
    assert half[MODEL].mean == pytest.approx(0.5 * plain(without_costs)[MODEL], rel=1e-9)


def test_what_ends_of_todays_costs_is_a_gain_too() -> None:
    saved = {"name": "Licence", "timing": "monthly", "amount": 700}
    document = with_value(FLAT, "alternatives.0.costs", [saved])
    document = with_value(document, f"alternatives.{MODEL}.costs", [])
    half = outside(document, factor("benefit", math.log(0.5)))
    assert half[MODEL].mean == pytest.approx(0.5 * plain(document)[MODEL], rel=1e-9)


def test_where_an_alternative_only_loses_a_small_factor_is_no_gift() -> None:
    document = with_value(FLAT, "bridge.action_cost", 5_000)
    assert plain(document)[MODEL] < 0
    assert outside(document, factor("benefit", math.log(0.5)))[MODEL].mean == pytest.approx(plain(document)[MODEL])


def test_a_certain_factor_on_the_time_is_the_longer_build() -> None:
    longer = with_value(CERTAIN, f"alternatives.{MODEL}.build_months", 4 * 1.5)
    found = outside(CERTAIN, factor("time", math.log(1.5)))[MODEL].mean
    assert found == pytest.approx(plain(longer)[MODEL], rel=1e-9)


def test_where_own_projects_say_nothing_the_published_class_counts() -> None:
    """Own costs alone: months are stretched by the published class, and costs by the own one alone."""
    document = with_value(CERTAIN, "returns.outside_view", "green_book_lower")
    longer = with_value(CERTAIN, f"alternatives.{MODEL}.build_months", 4 * 1.1)
    assert outside(document, factor("cost"))[MODEL].mean == pytest.approx(plain(longer)[MODEL], rel=1e-9)
    both = outside(document, factor("cost"), factor("time"))
    assert both[MODEL].mean == pytest.approx(plain(CERTAIN)[MODEL], rel=1e-9)


def test_factors_without_any_change_leave_the_expected_value_where_it_is() -> None:
    neutral = outside(UNCERTAIN, factor("cost"), factor("time"), factor("benefit"))
    before = assess(read(UNCERTAIN))
    for index, expected in plain(UNCERTAIN).items():
        outcome = before.alternatives[index].outcome
        assert outcome is not None
        error = math.hypot(outcome.npv.standard_error or 0, neutral[index].standard_error or 0)
        assert neutral[index].mean == pytest.approx(expected, abs=4 * error + 1)


def test_it_stands_beside_figures_and_a_verdict_that_it_does_not_change() -> None:
    own = with_value(UNCERTAIN, "returns.own_classes", [factor("cost", 0.4, 0.3), factor("benefit", -0.3, 0.3)])
    without, with_it = (assess(read(each)).to_dict() for each in (UNCERTAIN, own))
    changed = {name for name in without if without[name] != with_it[name]}
    assert changed == {"outside_view"}
    assert with_it["outside_view"]["own_classes"][0]["own_projects"] == 12


def test_the_order_of_the_alternatives_changes_nothing() -> None:
    own = [factor("cost", 0.2, 0.3), factor("benefit", -0.2, 0.4)]
    first, second = (UNCERTAIN["alternatives"][each] for each in (RULE, MODEL))
    turned = with_value(UNCERTAIN, "alternatives", [UNCERTAIN["alternatives"][0], second, first])
    assert outside(UNCERTAIN, *own)[MODEL].mean == pytest.approx(outside(turned, *own)[RULE].mean)


def test_an_older_document_says_nothing_of_it_and_keeps_its_hash() -> None:
    assert content_hash(read(CERTAIN)) == content_hash(read(with_value(CERTAIN, "returns.own_classes", [])))
    assert "own_classes" not in to_dict(read(CERTAIN))["returns"]


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({"count": 0}, "from 1 to"),
        ({"weight": 1.2}, "from 0 to 1"),
        ({"mean_log": 9}, "from -4.6 to 4.6"),
        ({"deviation": -0.1}, "from 0 to 2"),
        ({"what": "luck"}, "cost"),
        ({"as_of": "yesterday"}, ""),
        ({"hidden": 3}, ""),
        ({"count": 2.5}, ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(changed: dict[str, Any], allowed: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read(with_value(CERTAIN, "returns.own_classes", [{**factor("cost"), **changed}]))
    (problem,) = refused.value.problems
    assert problem.path == f"returns.own_classes.0.{next(iter(changed))}"
    assert allowed in str(problem.allowed)


def test_a_factor_stands_once_on_each_thing_and_is_complete() -> None:
    with pytest.raises(DocumentRefused, match="one factor on each thing"):
        read(with_value(CERTAIN, "returns.own_classes", [factor("cost"), factor("cost", 0.1)]))
    half = {key: value for key, value in factor("cost").items() if key != "deviation"}
    with pytest.raises(DocumentRefused, match="deviation"):
        read(with_value(CERTAIN, "returns.own_classes", [half]))


def test_the_factors_are_those_of_a_lognormal() -> None:
    own = read(with_value(CERTAIN, "returns.own_classes", [factor("cost", 0.2, 0.4)])).returns.own_classes[0]
    low, middle, high = own.factors
    assert middle == pytest.approx(math.exp(0.2))
    assert high / middle == pytest.approx(middle / low)
    assert Estimate.of(low, middle, high).p90 == pytest.approx(math.exp(0.2 + 0.4 * 1.2815515655446004))
