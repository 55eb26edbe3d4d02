"""What the cash flow counts: drift, committed money, costs of today that end, trainings. All by hand or closed form."""

from __future__ import annotations

import copy
from dataclasses import MISSING, fields
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from scoping import assess, read
from scoping.document.paths import with_value
from scoping.value import npv as discounted
from scoping.value.cashflow import Recurring, Terms, unroll
from tests.documents import case


def model_of(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = assess(read(document)).to_dict()["alternatives"][1]
    return found


def worth(document: dict[str, Any]) -> float:
    return float(model_of(document)["npv"]["mean"])


def terms(**changes: Any) -> Terms:
    needed = [each.name for each in fields(Terms) if each.default is MISSING]
    plain: dict[str, Any] = dict.fromkeys(needed, 0.0)
    return Terms(
        **plain
        | {"steady": Recurring(), "cases": 10.0, "adoption": 1.0, "success": 1.0, "chance": 1.0, "gain_per_case": 1.0}
        | changes
    )


def run(horizon: int, **changes: Any) -> float:
    return float(unroll(terms(**changes), horizon, 1).present.npv[0])


def test_drift_never_helps_a_model_that_does_harm() -> None:
    # 1,000 cases: 0.05 x 0.5 x 95 caught less 0.95 x 0.6 x 5 wasted is -0.475 a case: -17,100 in 36 months.
    assert worth(case("drift_helps_harmful_model", returns__drift=0)) == pytest.approx(-17_100)
    assert worth(case("drift_helps_harmful_model")) == pytest.approx(-17_100)


@settings(max_examples=40)
@given(st.floats(-5, 5), st.floats(0, 1), st.floats(0, 1), st.sampled_from([None, 3.0, 7.5]), st.floats(0, 30))
def test_more_drift_is_never_worth_more(
    gain: float, drift: float, more: float, every: float | None, build: float
) -> None:
    low, high = sorted((drift, more))
    less, most = (
        run(24, gain_per_case=gain, drift=each, retrain_every_months=every, build_months=build) for each in (high, low)
    )
    assert less <= most + 1e-9


def test_each_draw_drifts_by_the_sign_of_its_own_gain() -> None:
    gains = np.array([2.0, -2.0])
    present = unroll(terms(gain_per_case=gains, drift=0.5, retrain_every_months=None), 12, 2).present
    # Over a year without training, the mean of 0.5^t is (1 - 0.5) / ln 2.
    assert present.npv == pytest.approx([240 * 0.5 / np.log(2), -240])


def kept_at(age: float, drift: float) -> float:
    return float((1 - drift) ** (age / 12))


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 0.95), st.floats(0, 9), st.sampled_from([None, 1.0, 2.5, 6.0]))
def test_drift_is_averaged_over_the_part_of_each_month_that_is_live(
    drift: float, build: float, every: float | None
) -> None:
    # Without ramp, growth and discount the sum is 10 times the integral over the time live, cycle by cycle.
    length = 12 - build
    cycles = np.append(np.arange(0, length, every or length + 1), length)
    exact = sum(quad(kept_at, 0, end - start, args=(drift,))[0] for start, end in pairwise(cycles))
    assert run(12, drift=drift, build_months=build, retrain_every_months=every) == pytest.approx(10 * exact, rel=1e-9)


def test_value_is_continuous_in_build_months() -> None:
    # 300 a month over 32 months live, 10 cycles of 3 months and 2 months: with c = -ln(0.5) / 12,
    # 300 (10 (1 - exp(-3c)) + (1 - exp(-2c))) / c = 8,830.
    decay = np.log(2) / 12
    exact = 300 * (10 * (1 - np.exp(-3 * decay)) + (1 - np.exp(-2 * decay))) / decay
    found = [worth(case("drift_jump_build_4", alternatives__1__build_months=build)) for build in (3.999, 4, 4.001)]
    assert found[1] == pytest.approx(exact)
    assert np.diff(found) == pytest.approx([-0.27, -0.27], abs=0.02)


def test_trained_all_the_time_a_model_is_always_fresh() -> None:
    assert worth(case("retrain_every_0_means_never")) == pytest.approx(3_600)
    almost = worth(case("retrain_every_0_means_never", returns__retrain_every_months=0.03))
    assert almost == pytest.approx(3_600, rel=1e-3)
    never = worth(case("retrain_every_0_means_never", returns__retrain_every_months=None))
    assert never == pytest.approx(300 * 12 * 0.5 / np.log(2))


def test_a_drift_of_everything_leaves_nothing() -> None:
    assert run(24, drift=1.0, retrain_every_months=None) == 0


def test_a_training_costs_what_is_laid_by_for_it() -> None:
    plain = case("drift_jump_build_4")
    paid = case("drift_jump_build_4", returns__retraining_cost=30)
    # 32 months live, a training every 3.
    assert worth(plain) - worth(paid) == pytest.approx(30 * 32 / 3)
    assert model_of(paid)["cost_per_month"] - model_of(plain)["cost_per_month"] == pytest.approx(10)
    rule = with_value(paid, "alternatives.1.kind", "rules")
    assert worth(rule) == pytest.approx(worth(plain)), "a rule is not trained"


def test_committed_money_is_spent_past_the_horizon() -> None:
    assert worth(case("build_beyond_horizon")) == pytest.approx(-100_000)
    found = model_of(case("build_beyond_horizon"))["cash_flow_by_month"]
    assert found[-1]["p50"] == pytest.approx(-100_000)


@given(st.floats(0, 60), st.integers(1, 36), st.floats(0, 0.3))
def test_all_one_off_money_is_spent_whatever_the_horizon(build: float, horizon: int, rate: float) -> None:
    found = unroll(terms(one_off=70.0, cases=0.0, build_months=build, discount_rate=rate), horizon, 1)
    assert -found.flows.sum() == pytest.approx(70)
    assert discounted(found.flows[:, 0], rate) == pytest.approx(float(found.present.npv[0]))


def test_gain_a_month_counts_what_ends_with_adoption() -> None:
    assert model_of(case("gain_omits_saved_costs"))["gain_per_month"] == pytest.approx(1_000)
    half = case("gain_omits_saved_costs", returns__adoption=0.5)
    assert model_of(half)["gain_per_month"] == pytest.approx(500)


def test_a_renewal_that_is_avoided_counts() -> None:
    # 50,000 are not spent today, 10,000 are.
    assert worth(case("status_quo_one_off_ignored")) == pytest.approx(40_000)
    assert worth(case("status_quo_one_off_ignored", returns__adoption=0.5)) == pytest.approx(15_000)
    late = case("status_quo_one_off_ignored", alternatives__1__build_months=4.5, returns__discount_rate=0.1)
    # Half a month of month 5 is live, the rest of the renewal is avoided in month 6.
    spent = sum((10_000 / 4.5) * share / 1.1 ** (month / 12) for month, share in enumerate([1, 1, 1, 1, 0.5], start=1))
    assert worth(late) == pytest.approx(25_000 / 1.1 ** (5 / 12) + 25_000 / 1.1 ** (6 / 12) - spent)
    never = case("status_quo_one_off_ignored", alternatives__1__build_months=12)
    assert worth(never) == pytest.approx(-10_000), "what never goes live replaces nothing"
    failed = case("status_quo_one_off_ignored", alternatives__1__success_probability=0.5)
    assert worth(failed) == pytest.approx(0.5 * 50_000 - 10_000)


def test_futures_that_never_go_live_have_no_payback() -> None:
    found = model_of(case("payback_of_failures"))["payback_months"]
    assert found["share_paying_back"] == pytest.approx(0.3, abs=0.002)
    assert found["p10"] == 1
    assert found["p50"] is None
    beyond = copy.deepcopy(case("payback_of_failures", alternatives__1__build_months=12))
    assert model_of(beyond)["payback_months"]["share_paying_back"] == 0


def test_gain_a_month_is_known_before_todays_costs_are() -> None:
    document = case("gain_omits_saved_costs")
    document["alternatives"][0]["costs"][0].pop("amount")
    assert model_of(document)["gain_per_month"] == pytest.approx(0)
