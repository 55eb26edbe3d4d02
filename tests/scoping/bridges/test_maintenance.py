"""Maintenance: against the renewal theory of replacement by age, a simulation of warnings, and by properties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from scoping import DocumentRefused, assess, read
from scoping.bridges import KINDS
from tests.scoping.bridges.test_bridges import value, without_model

share = st.floats(0.01, 1)
money = st.floats(0, 10_000)
INPUTS = {
    "failure_rate": 0.02,
    "unplanned_cost": 10_000.0,
    "planned_cost": 2_000.0,
    "false_alarm_cost": 300.0,
    "lost_life_cost": 0.0,
}


def cost(metrics: dict[str, float], **inputs: float) -> float:
    return -value("maintenance", {**INPUTS, **inputs}, {"in_time": 1.0, **metrics})


class Weibull:
    """Lives of a part that wears out, replaced at an age or when it fails."""

    def __init__(self, shape: float, scale: float) -> None:
        self.shape, self.scale = shape, scale
        self.mean = scale * math.gamma(1 + 1 / shape)

    def survives(self, age: float) -> float:
        return math.exp(-((age / self.scale) ** self.shape))

    def cycle(self, age: float) -> float:
        """Expected length of a life that ends at that age at the latest."""
        return float(quad(self.survives, 0, age)[0])

    def replaced_at(self, age: float) -> dict[str, float]:
        """The policy as metrics: the failures it prevents against running to failure, and its planned replacements."""
        failures = (1 - self.survives(age)) / self.cycle(age)
        return {"recall": 1 - failures * self.mean, "replacements_a_month": self.survives(age) / self.cycle(age)}


def test_replacement_by_age_as_published() -> None:
    # ReliaSoft, "Optimum Replacement Time Example" (reliawiki.org), as the documentation of the Python package
    # reliability has it: Weibull of shape 2.5 and scale 1,000, planned 1, unplanned 5: replaced at an age of 493,
    # at 0.0035 a unit of time.
    life = Weibull(2.5, 1_000)

    def rate(age: float) -> float:
        inputs = {"failure_rate": 1 / life.mean, "unplanned_cost": 5.0, "planned_cost": 1.0}
        return cost(life.replaced_at(age), **inputs)

    best = minimize_scalar(rate, bounds=(50, 3_000), method="bounded", options={"xatol": 1e-6})
    assert best.x == pytest.approx(493.1, abs=0.2)
    assert best.fun == pytest.approx(0.0035, abs=0.00005)


@given(shape=st.floats(1.0, 4), age=st.floats(0.2, 2), planned=st.floats(1, 100), unplanned=st.floats(1, 1_000))
def test_replacement_by_age_costs_the_rate_of_barlow_and_proschan(
    shape: float, age: float, planned: float, unplanned: float
) -> None:
    # Barlow and Proschan 1965, ch. 4: (planned R(T) + unplanned F(T)) / integral of R up to T.
    life = Weibull(shape, 1.0)
    alive = life.survives(age)
    published = (planned * alive + unplanned * (1 - alive)) / life.cycle(age)
    inputs = {"failure_rate": 1 / life.mean, "unplanned_cost": unplanned, "planned_cost": planned}
    assert cost(life.replaced_at(age), **inputs) == pytest.approx(published, rel=1e-6)


def test_nobody_acts_ahead_is_run_to_failure() -> None:
    assert without_model("maintenance", INPUTS) == pytest.approx(-0.02 * 10_000)
    assert cost({"recall": 0.0, "precision": 0.5}) == pytest.approx(200)


def test_warnings_by_hand() -> None:
    # 2 % fail; 80 % are seen, three quarters of them in time: 1.2 % planned at 2,100 with the life cut short, 0.8 %
    # break down at 10,000; half of the warnings are false: 1.6 % at 300.
    metrics = {"recall": 0.8, "precision": 0.5, "in_time": 0.75}
    assert cost(metrics, lost_life_cost=100.0) == pytest.approx(0.012 * 2_100 + 0.008 * 10_000 + 0.016 * 300)
    as_counted = {"recall": 0.8, "false_alarms_a_month": 0.016, "in_time": 0.75}
    assert cost(as_counted, lost_life_cost=100.0) == pytest.approx(cost(metrics, lost_life_cost=100.0))


def test_a_million_asset_months() -> None:
    """Independent of the formula: each asset's month is drawn, and its bill is paid."""
    random, months = np.random.default_rng(3), 1_000_000
    fails = random.random(months) < 0.02
    seen = fails & (random.random(months) < 0.7)
    planned = seen & (random.random(months) < 0.8)
    alarm = ~fails & (random.random(months) < 0.01)
    bill = 10_000 * (fails & ~planned) + 2_150 * planned + 300 * alarm
    metrics = {"recall": 0.7, "in_time": 0.8, "false_alarms_a_month": 0.98 * 0.01}
    assert cost(metrics, lost_life_cost=150.0) == pytest.approx(bill.mean(), abs=3 * bill.std() / 1_000)


@given(recall=share, precision=share, in_time=share, rate=st.floats(0, 3), unplanned=money, planned=money)
def test_costs_scale_with_failures_and_money(
    recall: float, precision: float, in_time: float, rate: float, unplanned: float, planned: float
) -> None:
    metrics = {"recall": recall, "precision": precision, "in_time": in_time}
    inputs = {"failure_rate": rate, "unplanned_cost": unplanned, "planned_cost": planned}
    once = cost(metrics, **inputs)
    assert cost(metrics, **{**inputs, "failure_rate": 2 * rate}) == pytest.approx(2 * once, rel=1e-9)
    amounts = {name: 3 * {**INPUTS, **inputs}[name] for name in INPUTS if name != "failure_rate"}
    assert cost(metrics, **{**inputs, **amounts}) == pytest.approx(3 * once, rel=1e-9)


@given(low=share, high=share, alarms=st.floats(0, 1))
def test_earlier_warnings_are_never_worth_less_where_planned_work_is_cheaper(
    low: float, high: float, alarms: float
) -> None:
    late, early = sorted((low, high))
    for name in ("recall", "in_time"):
        metrics = {"recall": 0.7, "false_alarms_a_month": alarms, "in_time": 0.6}
        assert cost({**metrics, name: early}) <= cost({**metrics, name: late}) + 1e-9


def test_assets_that_fail_less_often_send_as_many_false_alarms() -> None:
    bridge = KINDS["maintenance"].model_construct(kind="maintenance")
    rates = np.array([0.001, 0.02, 0.2])
    given_, middle = {"recall": 0.7, "precision": 0.5}, {"recall": 0.7}
    moved = bridge.carried_along({"failure_rate": rates}, given_, {"failure_rate": 0.02}, middle)
    alarms = rates * 0.7 * (1 - moved["precision"]) / moved["precision"]
    assert alarms == pytest.approx(0.02 * 0.7)


def document(metrics: dict[str, Any], today: dict[str, Any] | None = None) -> dict[str, Any]:
    model = {"name": "Model", "metrics": metrics, "build_months": 2, "success_probability": 1}
    bridge = {"kind": "maintenance", "cases_per_month": 50, **INPUTS}
    return {
        "title": "x",
        "bridge": bridge,
        "alternatives": [{"name": "Now", "kind": "status_quo", "metrics": today or {}}, model],
        "returns": {"horizon_months": 36, "discount_rate": 0.1},
    }


def test_through_the_whole_assessment_against_replacement_by_calendar() -> None:
    today = {"recall": 0.3, "replacements_a_month": 0.03}
    found = assess(read(document({"recall": 0.8, "precision": 0.8}, today)))
    saved = (0.02 * 0.7 * 10_000 + 0.03 * 2_000) - (0.02 * 0.2 * 10_000 + 0.016 * 2_000 + 0.004 * 300)
    assert found.alternatives[1].gain_per_month == pytest.approx(50 * saved)
    assert {each.metric for each in found.break_even} >= {"recall", "precision"}


@pytest.mark.parametrize(
    ("metrics", "said"),
    [
        ({"recall": 0.5, "precision": 0}, r"precision: 0\.0: must be a number from 0\.001 to 1"),
        ({"recall": 0.5, "precision": 0.5, "replacements_a_month": 0.1}, "not a mixture"),
        ({"recall": 1.2, "precision": 0.5}, r"recall: 1\.2: must be a number from 0 to 1"),
    ],
)
def test_what_cannot_be_is_refused(metrics: dict[str, float], said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(document(metrics))
