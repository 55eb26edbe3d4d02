"""The value of a proposal of which some numbers are given as minimum, likely value and maximum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from scoping import Estimate, assess, examples, read, to_dict
from scoping.assess import assess_in_full
from scoping.document.fields import MONEY
from scoping.document.paths import with_value
from scoping.value.inputs import Sampler
from scoping.value.model import ValueModel, value_model
from scoping.value.tails import tails_of
from tests.documents import CERTAIN, UNCERTAIN, best_answers, proposal

Document = dict[str, Any]
# Expected NPV of worked examples from before there were ends.
BEFORE = {
    "payment_fraud": 1477107.0474772998,
    "order_picking": 93701.2645544232,
    "demand_forecast": 4240118.443742204,
}
WORTH, PREVALENCE = "bridge.value_of_catch", "bridge.prevalence"
# Each kind of number that an estimate may stand for, one that touches a bound and one that is skewed downwards.
GIVEN = {
    WORTH: {"minimum": 60, "likely": 110, "maximum": 260},
    PREVALENCE: {"minimum": 0.01, "likely": 0.05, "maximum": 0.08},
    "bridge.cases_per_month": {"minimum": 700, "likely": 1000, "maximum": 1000},
    "alternatives.2.metrics.recall": {"minimum": 0.5, "likely": 0.8, "maximum": 0.9},
    "alternatives.2.build_months": {"minimum": 2, "likely": 4, "maximum": 11},
    "alternatives.2.costs.0.amount": {"minimum": 12_000, "likely": 20_000, "maximum": 55_000},
    "returns.adoption": {"minimum": 0.3, "likely": 0.9, "maximum": 1},
    "returns.volume_growth": {"minimum": -0.2, "likely": 0.05, "maximum": 0.1},
}


def with_ends(given: dict[str, Any] = GIVEN, document: Document = CERTAIN) -> Document:
    for path, value in given.items():
        document = with_value(document, path, value)
    return document


def model_of(document: Document) -> ValueModel:
    found = value_model(read(document))
    assert found is not None
    return found


def npv(document: Document, index: int = 2, draws: int = 1_024) -> float:
    expected = assess(read(document), draws=draws).alternatives[index].expected
    assert expected is not None
    return expected


@pytest.mark.parametrize("worth", [GIVEN[WORTH], {"minimum": 0, "likely": 0, "maximum": 300}])
def test_expected_npv_is_that_at_the_published_mean_where_it_is_linear(worth: dict[str, float]) -> None:
    # (minimum + 4 likely + maximum) / 6: Malcolm et al. 1959.
    mean = (worth["minimum"] + 4 * worth["likely"] + worth["maximum"]) / 6
    drawn = npv(with_ends({WORTH: worth}), draws=16_384)
    # NPV's standard deviation is some 25,000: what is left is a ten-thousandth of it.
    assert drawn == pytest.approx(npv(with_ends({WORTH: mean})), abs=2.5)


def test_draws_lie_between_the_ends_and_have_the_quantiles_that_are_shown() -> None:
    document = read(with_ends())
    model = model_of(to_dict(document))
    values = Sampler(model.inputs, replicates=8, seed=1).block(1_024)
    ends = {each.path: each.estimate for each in model.inputs if each.estimate.ends is not None}
    assert len(ends) == len(GIVEN)
    for path, estimate in ends.items():
        drawn, given_ends = np.asarray(values[path]), estimate.ends
        assert given_ends is not None
        width = given_ends.maximum - given_ends.minimum
        assert given_ends.minimum <= drawn.min() <= drawn.max() <= given_ends.maximum
        assert np.quantile(drawn, [0.1, 0.5, 0.9]) == pytest.approx(
            [estimate.p10, estimate.p50, estimate.p90], abs=2e-3 * width
        )
        assert drawn.mean() == pytest.approx(given_ends.mean, abs=1e-3 * width)


def test_the_tornado_stands_at_the_p10_and_p90_that_follow() -> None:
    found = assess(read(with_ends({WORTH: GIVEN[WORTH]})))
    [swing] = [each.swing for each in found.sensitivity if each.swing.input == WORTH]
    estimate, leader = Estimate.model_validate(GIVEN[WORTH]), found.leader()
    assert leader is not None
    assert swing.npv_at_p10 == pytest.approx(npv(with_ends({WORTH: estimate.p10}), leader.index), rel=1e-9)
    assert swing.npv_at_p90 == pytest.approx(npv(with_ends({WORTH: estimate.p90}), leader.index), rel=1e-9)


def test_no_tail_is_asked_about_where_somebody_said_where_it_ends() -> None:
    open_ended = {"p10": 100, "p50": 1_000, "p90": 100_000}
    closed = {"minimum": 0, "likely": 0, "maximum": 1e9}
    path = "alternatives.2.costs.0.amount"
    assert [each.path for each in tails_of(model_of(with_ends({path: open_ended})))] == [path]
    model = model_of(with_ends({path: closed}))
    assert tails_of(model) == []
    [cost] = [each for each in model.inputs if each.path == path]
    assert cost.end(1_024) is None


@pytest.mark.parametrize("rank", [-0.8, 0.6])
def test_ends_that_move_together_have_the_rank_correlation_that_was_asked_for(rank: float) -> None:
    pair = {"first": PREVALENCE, "second": WORTH, "rank_correlation": rank}
    document = read({**with_ends(), "correlations": [pair]})
    values = Sampler(model_of(to_dict(document)).inputs, [], document.correlations, replicates=8, seed=3).block(1_024)
    assert spearmanr(values[PREVALENCE], values[WORTH])[0] == pytest.approx(rank, abs=0.02)
    assert np.asarray(values[WORTH]).max() <= GIVEN[WORTH]["maximum"]


@settings(max_examples=10, deadline=None)
@given(scale=st.floats(0.01, 100))
def test_so_many_times_the_money_is_so_many_times_the_worth(scale: float) -> None:
    document, model = with_ends(), model_of(with_ends())
    scaled = document
    for each in model.inputs:
        if each.quantity.unit is MONEY.unit:
            numbers = {name: scale * number for name, number in each.estimate.numbers.items()}
            value = numbers if not each.estimate.is_certain else scale * each.estimate.p50
            scaled = with_value(scaled, each.path, value)
    assert npv(scaled) == pytest.approx(scale * npv(document), rel=1e-6)


def test_the_order_of_the_alternatives_changes_no_figure() -> None:
    document = with_ends()
    turned = {**document, "alternatives": document["alternatives"][::-1]}
    assert npv(turned, 0) == pytest.approx(npv(document), rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(values=st.lists(st.floats(10, 400), min_size=3, max_size=3).map(sorted), place=st.integers(0, 2))
def test_an_end_that_is_moved_up_never_makes_what_is_gained_worth_less(values: list[float], place: int) -> None:
    moved = [*values]
    moved[place] = moved[place] + 50 if place == 2 else values[place + 1]
    less, more = (npv(with_ends({WORTH: dict(zip(GIVEN[WORTH], each, strict=True))})) for each in (values, moved))
    assert more >= less - 1e-4 * abs(less)


def test_a_document_without_ends_draws_what_it_always_drew() -> None:
    found = {name: npv(to_dict(examples.load(name))) for name in BEFORE}
    assert found == pytest.approx(BEFORE, rel=1e-12)
    assert npv(UNCERTAIN) == pytest.approx(47021.39668955948, rel=1e-12)


def test_everything_that_reads_quantiles_goes_on() -> None:
    answered = proposal(pilot={"cost": 500, "labelled_cases": 300}, feasibility__answers=best_answers())
    document = read(with_ends(document=to_dict(answered)))
    found = assess_in_full(document, draws=1_024)
    assert found.firmness is not None
    assert not found.missing
    assert len(found.sensitivity) == len(GIVEN)
    assert found.verdict.recommendation
    [recall] = [each for each in found.break_even if (each.index, each.metric) == (2, "recall")]
    assert recall.expected == pytest.approx((0.5 + 4 * 0.8 + 0.9) / 6)
