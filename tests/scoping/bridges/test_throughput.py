"""Throughput: time saved for the same work is not more work in the same time; against published trials."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, read
from scoping.bridges import KINDS
from tests.scoping.bridges.test_bridges import value, without_model

gain = st.floats(-0.5, 5)
share = st.floats(0, 1)
money = st.floats(0, 1_000)
INPUTS = {
    "units_per_hour": 2.0,
    "cost_per_hour": 30.0,
    "freed_time_used": 1.0,
    "sold_share": 0.0,
    "margin_per_unit": 0.0,
    "error_rate": 0.0,
    "error_cost": 0.0,
}


def worth(metrics: dict[str, float], **inputs: float) -> float:
    """What the help adds to an hour of today."""
    known = {**INPUTS, **inputs}
    with_help = value("throughput", known, {"errors_against_today": 1.0, **metrics})
    return with_help - without_model("throughput", known)


def document(metrics: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    bridge = {"kind": "throughput", "cases_per_month": 1_000, **INPUTS, **inputs}
    model = {"name": "Help", "kind": "foundation_model", "metrics": metrics}
    return {"title": "x", "bridge": bridge, "alternatives": [{"name": "Now", "kind": "status_quo"}, model]}


def test_fourteen_percent_more_an_hour_frees_twelve_percent_of_the_hours() -> None:
    # Brynjolfsson, Li and Raymond 2023: 0.30 issues an hour more than 2.12 before; 1 - 2.12 / 2.42 = 12.4 %.
    assert worth({"throughput_gain": 0.30 / 2.12}) == pytest.approx(30 * (1 - 2.12 / 2.42))
    assert worth({"throughput_gain": 0.14}) == pytest.approx(30 * 0.1228, abs=0.002)


def test_a_task_in_less_time_is_more_than_that_many_tasks() -> None:
    # Peng et al. 2023: 71.17 minutes instead of 160.89, 55.8 % less time: 2.26 tasks in the time of one.
    saved = 1 - 71.17 / 160.89
    assert saved == pytest.approx(0.558, abs=5e-4)
    assert worth({"time_reduction": saved}) == pytest.approx(30 * saved)
    sold = {"sold_share": 1.0, "margin_per_unit": 10.0}
    assert worth({"time_reduction": saved}, **sold) == pytest.approx(2 * 10 * (160.89 / 71.17 - 1))


@given(change=gain, sold=share, used=share, margin=money)
def test_both_ways_to_say_it_are_worth_the_same(change: float, sold: float, used: float, margin: float) -> None:
    inputs = {"sold_share": sold, "freed_time_used": used, "margin_per_unit": margin}
    by_rate = worth({"throughput_gain": change}, **inputs)
    by_time = worth({"time_reduction": 1 - 1 / (1 + change)}, **inputs)
    assert by_time == pytest.approx(by_rate, rel=1e-9, abs=1e-9)


@given(change=st.floats(0, 5))
def test_hours_freed_and_hours_worked_are_all_the_hours(change: float) -> None:
    """Independent of the formula: the same units at the new rate, and what is left of the hours."""
    hours, before = 1_000.0, 2.0
    needed = hours * before / (before * (1 + change))
    assert hours * worth({"throughput_gain": change}) == pytest.approx(30 * (hours - needed), abs=1e-6)


def test_time_that_nobody_uses_is_worth_nothing_and_lost_time_costs_all_of_it() -> None:
    assert worth({"throughput_gain": 0.5}, freed_time_used=0.0) == 0
    # Becker et al. 2025: tasks take 19 % longer with the help.
    assert worth({"time_reduction": -0.19}, freed_time_used=0.0) == pytest.approx(-0.19 * 30)
    assert worth({"time_reduction": -0.19}, freed_time_used=0.3) == pytest.approx(-0.19 * 30)


def test_errors_by_hand() -> None:
    # 2 units an hour, 5 % with an error at 40: 4 an hour today; a tenth fewer saves 0.4.
    inputs = {"error_rate": 0.05, "error_cost": 40.0}
    assert without_model("throughput", {**INPUTS, **inputs}) == pytest.approx(-4)
    assert worth({"throughput_gain": 0.0, "errors_against_today": 0.9}, **inputs) == pytest.approx(0.4)
    # More than every unit cannot be faulty.
    most = value("throughput", {**INPUTS, **inputs}, {"throughput_gain": 0.0, "errors_against_today": 100.0})
    assert most == pytest.approx(-2 * 40)


@given(low=gain, high=gain, sold=share, used=share, margin=money)
def test_more_throughput_is_never_worth_less(low: float, high: float, sold: float, used: float, margin: float) -> None:
    inputs = {"sold_share": sold, "freed_time_used": used, "margin_per_unit": margin}
    poor, good = (worth({"throughput_gain": each}, **inputs) for each in sorted((low, high)))
    assert good >= poor - 1e-9


@given(change=gain, sold=share, scale=st.floats(0.1, 100))
def test_all_money_scales_the_value(change: float, sold: float, scale: float) -> None:
    amounts = {"cost_per_hour": 30.0, "margin_per_unit": 7.0, "error_cost": 11.0}
    metrics = {"throughput_gain": change, "errors_against_today": 0.8}
    inputs = {"sold_share": sold, "freed_time_used": 0.6, "error_rate": 0.1}
    scaled = worth(metrics, **inputs, **{name: scale * each for name, each in amounts.items()})
    assert scaled == pytest.approx(scale * worth(metrics, **inputs, **amounts), rel=1e-9, abs=1e-9)


def test_through_the_whole_assessment() -> None:
    found = assess(read(document({"throughput_gain": 0.25}, freed_time_used=0.5)))
    assert found.alternatives[1].gain_per_month == pytest.approx(1_000 * 0.5 * 30 * 0.2)
    assert not [path for path in found.missing if "errors_against_today" in path]


@pytest.mark.parametrize(
    ("metrics", "said"),
    [
        ({"throughput_gain": -1}, r"throughput_gain: -1\.0: must be a number from -0\.9 to 10"),
        ({"time_reduction": 1}, r"time_reduction: 1\.0: must be a number from -4 to 0\.95"),
        ({"throughput_gain": 0.1, "time_reduction": 0.1}, "not a mixture"),
    ],
)
def test_what_cannot_be_is_refused(metrics: dict[str, float], said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(document(metrics))


@pytest.mark.parametrize("metric", ["throughput_gain", "time_reduction"])
def test_a_pilot_reads_a_ratio_of_two_counts(metric: str) -> None:
    """Against counts that are drawn: 500 hours with the help, 500 without, at 2 units an hour."""
    bridge = KINDS["throughput"].model_construct(kind="throughput")
    true = {"throughput_gain": 0.25, "time_reduction": 0.2}[metric]
    random = np.random.default_rng(1)
    with_help, without = random.poisson(1_000 * 1.25, 20_000), random.poisson(1_000, 20_000)
    read_off = with_help / without - 1 if metric == "throughput_gain" else 1 - without / with_help
    error = bridge.reading_error(metric, true, 1_000.0, {"units_per_hour": 2.0})
    assert error == pytest.approx(read_off.std(), rel=0.07)
