"""Forecast, ranking, targeting, assistance and ROC AUC, against published results and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from scoping import DocumentRefused, assess, read
from scoping.bridges import KINDS
from tests.scoping.bridges.test_bridges import detection, value, without_model

pytestmark = pytest.mark.long

share = st.floats(0.01, 0.99)


# Forecast ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("under", "over", "deviation", "expected"),
    [
        # k = 0.5: z = 0, phi = 0.39894 (any table of the standard normal density).
        (1.0, 1.0, 1.0, 0.79788),
        # k = 0.9: z = 1.2816, phi = 0.17550.
        (9.0, 1.0, 1.0, 1.7550),
        # k = 0.95: z = 1.6449, phi = 0.10314.
        (19.0, 1.0, 10.0, 20.627),
        # k = 0.75: z = 0.6745, phi = 0.31778.
        (3.0, 1.0, 100.0, 127.11),
    ],
)
def test_newsvendor_tables(under: float, over: float, deviation: float, expected: float) -> None:
    inputs = {"mean_demand": 100.0, "cost_under": under, "cost_over": over}
    assert value("forecast", inputs, {"rmse": deviation}) == pytest.approx(-expected, rel=2e-4)


@given(under=st.floats(0.1, 20), over=st.floats(0.1, 20), deviation=st.floats(0.1, 50))
def test_newsvendor_is_the_least_expected_cost(under: float, over: float, deviation: float) -> None:
    """Independent of the formula: the cheapest order under normal errors, found by search."""

    def cost(order: float) -> float:
        short = deviation * norm.pdf(order / deviation) - order * norm.sf(order / deviation)
        return float(under * short + over * (order + short))

    best = minimize_scalar(cost, bounds=(-6 * deviation, 6 * deviation), method="bounded", options={"xatol": 1e-9}).fun
    inputs = {"mean_demand": 1.0, "cost_under": under, "cost_over": over}
    assert value("forecast", inputs, {"rmse": deviation}) == pytest.approx(-best, rel=1e-5)


def test_mape_is_a_mean_absolute_error_of_normal_errors() -> None:
    # E|X| = sigma sqrt(2 / pi): a MAPE of 20 % of 50 units is a standard deviation of 12.533.
    inputs = {"mean_demand": 50.0, "cost_under": 2.0, "cost_over": 1.0}
    expected = value("forecast", inputs, {"rmse": 0.2 * 50 * np.sqrt(np.pi / 2)})
    assert value("forecast", inputs, {"mape": 0.2}) == pytest.approx(expected)


def test_a_forecast_needs_todays_figure() -> None:
    document = {
        "title": "x",
        "bridge": {"kind": "forecast", "cases_per_month": 1, "mean_demand": 1, "cost_under": 1, "cost_over": 1},
        "alternatives": [{"name": "Now", "kind": "status_quo"}, {"name": "M", "metrics": {"rmse": 1}}],
    }
    assert "alternatives.0.metrics.rmse" in assess(read(document)).missing


def test_free_units_cost_nothing() -> None:
    inputs = {"mean_demand": 1.0, "cost_under": 0.0, "cost_over": 0.0}
    assert value("forecast", inputs, {"rmse": 5.0}) == 0


# Ranking, targeting, assistance ------------------------------------------------------------------


def test_ranking_by_hand() -> None:
    # 2 % conversion, a gain of 10 % offline of which half shows online, 30 a conversion: 0.02 x 1.05 x 30.
    inputs = {"baseline_conversion": 0.02, "elasticity": 0.5, "margin": 30.0}
    assert value("ranking", inputs, {"lift": 0.1}) == pytest.approx(0.63)
    assert without_model("ranking", inputs) == pytest.approx(0.6)


def test_kdd_cup_1998() -> None:
    # Parsa and Howes 1998 (KDD Cup): 4,873 of 96,367 people gave; mailing everybody earned 10,560 at 0.68 a letter.
    # Lift 1 at depth 1 is mailing everybody.
    rate = 4_873 / 96_367
    inputs = {"depth": 1.0, "response_rate": rate, "value_of_response": 15.6162, "contact_cost": 0.68}
    assert 96_367 * value("targeting", inputs, {"lift_at_depth": 1.0}) == pytest.approx(10_560, rel=0.002)
    assert without_model("targeting", inputs) == 0


def test_no_choice_finds_more_responders_than_there_are() -> None:
    inputs = {"depth": 0.5, "response_rate": 0.1, "value_of_response": 10.0, "contact_cost": 0.0}
    assert value("targeting", inputs, {"lift_at_depth": 5.0}) == value("targeting", inputs, {"lift_at_depth": 2.0})
    document = {
        "title": "x",
        "bridge": {"kind": "targeting", "cases_per_month": 1, **inputs},
        "alternatives": [{"name": "M", "metrics": {"lift_at_depth": 5}}],
    }
    with pytest.raises(DocumentRefused, match="must be at most 2 with depth"):
        read(document)


def test_assistance_by_hand() -> None:
    # 30 an hour, 10 minutes a task, half accepted, 40 % saved, 1 minute of review: 0.5 x (2 - 1) = 0.5,
    # less one error in a hundred at 20: 0.3.
    inputs = {"wage_per_hour": 30.0, "minutes_per_task": 10.0, "review_minutes": 1.0, "error_cost": 20.0}
    metrics = {"acceptance_rate": 0.5, "time_saved": 0.4, "undetected_error_rate": 0.01}
    assert value("assistance", inputs, metrics) == pytest.approx(0.3)
    assert without_model("assistance", inputs) == 0


def test_undetected_errors_may_be_left_out() -> None:
    bridge = {
        "kind": "assistance",
        "cases_per_month": 1,
        "minutes_per_task": 10,
        "wage_per_hour": 30,
        "review_minutes": 1,
    }
    document = {
        "title": "x",
        "bridge": bridge,
        "alternatives": [
            {"name": "Now", "kind": "status_quo"},
            {"name": "M", "metrics": {"acceptance_rate": 0.5, "time_saved": 0.4}},
        ],
    }
    found = assess(read(document))
    assert found.alternatives[1].gain_per_month == pytest.approx(0.5)
    assert not any("undetected" in path for path in found.missing)


# Detection by ROC AUC ----------------------------------------------------------------------------


@given(prevalence=st.floats(0.02, 0.9), auc=st.floats(0.55, 0.98), catch=st.floats(5, 500), action=st.floats(0.5, 20))
def test_the_threshold_of_an_auc_is_the_one_worth_most(
    prevalence: float, auc: float, catch: float, action: float
) -> None:
    """Independent of the closed form: the best threshold on the binormal curve, found by search."""
    inputs = detection(
        prevalence=prevalence, value_of_catch=catch, action_cost=action, false_alarm_cost=1.0, miss_cost=2.0
    )
    distance = np.sqrt(2) * norm.ppf(auc)

    grid = np.linspace(-12, 12, 20_001)
    metrics = {"recall": norm.cdf(distance - grid), "false_positive_rate": norm.cdf(-grid)}
    best = KINDS["detection"].model_construct(kind="detection").value_per_case(inputs, metrics).max()
    found = value("detection", inputs, {"roc_auc": auc})
    assert found >= best - 1e-9
    assert found == pytest.approx(best, rel=1e-4, abs=1e-5)


def test_elkans_threshold() -> None:
    # Elkan 2001, The Foundations of Cost-Sensitive Learning, equation (2):
    # p* = (c10 - c00) / (c10 - c00 + c01 - c11), c10 the cost of a false alarm, c01 of a miss.
    catch, action, alarm, miss, passed, prevalence, auc = 50.0, 3.0, 2.0, 7.0, 1.0, 0.2, 0.85
    inputs = detection(
        prevalence=prevalence, value_of_catch=catch, action_cost=action, false_alarm_cost=alarm, miss_cost=miss,
        correct_pass_value=passed,
    )  # fmt: skip
    c10, c00, c01, c11 = action + alarm, -passed, miss, action - catch
    probability = (c10 - c00) / (c10 - c00 + c01 - c11)
    curve = KINDS["detection"].model_construct(kind="detection").operating_curve(inputs, {"roc_auc": auc})
    assert curve is not None
    threshold, distance = -norm.ppf(curve.best_false_positive_rate), np.sqrt(2) * norm.ppf(auc)
    # The posterior of a positive at the threshold's score.
    odds = prevalence / (1 - prevalence) * norm.pdf(threshold - distance) / norm.pdf(threshold)
    assert odds / (1 + odds) == pytest.approx(probability, rel=1e-9)


@given(auc=st.floats(0.55, 0.99))
def test_the_operating_curve_has_the_area_of_its_auc(auc: float) -> None:
    # Green and Swets 1966: AUC = Phi(d' / sqrt 2).
    distance = np.sqrt(2) * norm.ppf(auc)
    area = quad(lambda rate: norm.cdf(distance + norm.ppf(rate)), 0, 1)[0]
    assert area == pytest.approx(auc, abs=1e-6)


@given(lower=st.floats(0.5, 1), higher=st.floats(0.5, 1), prevalence=share)
def test_a_better_auc_is_never_worth_less(lower: float, higher: float, prevalence: float) -> None:
    inputs = detection(prevalence=prevalence, value_of_catch=80.0, action_cost=5.0)
    low, high = sorted((lower, higher))
    assert value("detection", inputs, {"roc_auc": high}) >= value("detection", inputs, {"roc_auc": low}) - 1e-9


def test_an_auc_that_guesses_flags_nobody_or_everybody() -> None:
    dear = detection(prevalence=0.1, value_of_catch=10.0, action_cost=5.0)
    assert value("detection", dear, {"roc_auc": 0.5}) == pytest.approx(0.0, abs=1e-9)
    cheap = detection(prevalence=0.6, value_of_catch=10.0, action_cost=1.0)
    assert value("detection", cheap, {"roc_auc": 0.5}) == pytest.approx(0.6 * 9 - 0.4 * 1)


def test_hanley_and_mcneil_1982() -> None:
    # Hanley and McNeil 1982, Radiology 143(1), worked example: 51 abnormal, 58 normal, area 0.893, SE 0.032 (their
    # estimate from the rating data; the exponential formula that is used here gives 0.0319).
    bridge = KINDS["detection"].model_construct(kind="detection")
    error = bridge.reading_error("roc_auc", 0.893, 109.0, {"prevalence": 51 / 109})
    assert error == pytest.approx(0.032, abs=0.0006)
