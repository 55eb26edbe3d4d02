"""Months that are all alike are worked out once: many draws at a time say the same as each draw alone."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping.value.cashflow import Present, Recurring, Terms, present, unroll

PARTS = [each.name for each in fields(Present) if each.name not in ("gain_per_case", "success", "chance")]
DRAWS = 7


def terms(every: float | None, **drawn: object) -> Terms:
    plain = {
        "cases": 100.0,
        "adoption": 0.8,
        "ramp_months": 3.0,
        "growth": 0.1,
        "drift": 0.2,
        "discount_rate": 0.08,
        "build_months": 4.0,
        "success": 1.0,
        "chance": 1.0,
        "gain_per_case": 5.0,
        "one_off": 10_000.0,
        "steady": Recurring(monthly=60.0, per_case=0.1, saved_monthly=20.0, saved_per_case=0.05),
        "saved_one_off": 500.0,
    }
    return Terms(**{**plain, **drawn}, retrain_every_months=every)  # type: ignore[arg-type]


def one_by_one(many: Terms, horizon: int, name: str) -> list[float]:
    found = []
    for draw in range(DRAWS):
        alone = {
            each.name: float(value[draw])
            for each in fields(Terms)
            if isinstance(value := getattr(many, each.name), np.ndarray)  # the rest is the same for all
        }
        found.append(float(np.asarray(getattr(present(replace(many, **alone), horizon, 1), name))[0]))
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([None, 0, 0.7, 1, 2.5, 6, 11, 30]),
    st.sampled_from([0.0, 0.3, 1.0, "drawn"]),
    st.sampled_from([0.0, 0.5, "drawn"]),
    st.sampled_from([0.0, 1.0, "drawn"]),
    st.integers(1, 40),
)
def test_many_draws_say_the_same_as_each_alone(
    seed: int, every: float | None, drift: object, ramp: object, build: object, horizon: int
) -> None:
    dice = np.random.default_rng(seed)
    given_ = {"drift": drift, "ramp_months": ramp, "build_months": build}
    ends = {"drift": 1.0, "ramp_months": 8.0, "build_months": 20.0}
    drawn = {name: dice.uniform(0, ends[name], DRAWS) if value == "drawn" else value for name, value in given_.items()}
    many = terms(every, cases=dice.uniform(50, 150, DRAWS), **drawn)
    together = present(many, horizon, DRAWS)
    for name in PARTS:
        values = getattr(together, name)
        if values is not None:
            assert np.broadcast_to(values, DRAWS) == pytest.approx(one_by_one(many, horizon, name), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("every", [None, 0, 2.5, 6])
def test_the_flows_by_month_add_up_to_the_present_value(every: float | None) -> None:
    dice = np.random.default_rng(1)
    many = terms(every, build_months=dice.uniform(0, 9, DRAWS), ramp_months=dice.uniform(0, 5, DRAWS))
    unrolled = unroll(many, 48, DRAWS)
    discount = 1.08 ** (-np.arange(1, 49) / 12)
    assert discount @ unrolled.flows == pytest.approx(present(many, 48, DRAWS).npv, rel=1e-9)


def test_money_that_is_spent_at_once_is_not_lost_where_every_month_is_alike() -> None:
    at_once = terms(None, build_months=0.0, ramp_months=0.0, drift=0.0)
    assert present(at_once, 12, 1).build[0] == pytest.approx(10_000 * 1.08 ** (-1 / 12))
