"""NPV, payback and IRR against an independent library, spreadsheet documentation and closed forms."""

from __future__ import annotations

import numpy as np
import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.value import irr, npv, payback

flows = st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=60)


def yearly(monthly: float) -> float:
    return (1 + monthly) ** 12 - 1


@given(flows, st.floats(-0.05, 0.1))
def test_npv_agrees_with_numpy_financial(values: list[float], monthly: float) -> None:
    # numpy_financial.npv puts the first flow at time 0; ours are at the end of months 1, 2, ...
    expected = numpy_financial.npv(monthly, [0.0, *values])
    assert npv(values, yearly(monthly)) == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_npv_of_microsofts_example() -> None:
    # Microsoft Excel documentation of NPV, example 1: 10 %, -10000, 3000, 4200, 6800 gives 1188.44
    # (flows at the end of each period; a period is a month here).
    assert npv([-10_000, 3_000, 4_200, 6_800], yearly(0.10)) == pytest.approx(1188.44, abs=0.005)


def test_irr_of_microsofts_example() -> None:
    # Microsoft Excel documentation of IRR: -70000, 12000, 15000, 18000, 21000, 26000 gives 8.7 % a period.
    monthly = (1 + irr([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000])) ** (1 / 12) - 1
    assert monthly == pytest.approx(0.0866, abs=0.00005)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # numpy-financial, tests/test_financial.py, TestIrr.
        ([-150000, 15000, 25000, 35000, 45000, 60000], 0.0524),
        ([-100, 0, 0, 74], -0.0955),
        ([-100, 39, 59, 55, 20], 0.28095),
        ([-100, 100, 0, -7], -0.0833),
        ([-100, 100, 0, 7], 0.06206),
        ([-5, 10.5, 1, -8, 1], 0.0886),
    ],
)
def test_irr_of_numpy_financials_tests(values: list[float], expected: float) -> None:
    found = irr(values)
    roots = [root.real for root in np.roots(values[::-1]) if abs(root.imag) < 1e-9 and 0.2 < root.real < 1.4678]
    if len(roots) > 1:
        assert np.isnan(found), "a flow with several rates has no rate that describes it"
    else:
        assert (1 + found) ** (1 / 12) - 1 == pytest.approx(expected, abs=0.0001)


@given(st.floats(1, 1e5), st.lists(st.floats(0, 1e5), min_size=2, max_size=59))
def test_npv_at_the_irr_is_zero(spent: float, earned: list[float]) -> None:
    values = [-spent, *earned]
    rate = float(irr(values))
    if np.isfinite(rate):
        assert abs(npv(values, rate)) <= 1e-6 * (abs(npv([spent], rate)) + float(npv(earned, rate)) + 1)


def test_flows_without_a_rate_say_so() -> None:
    assert irr([-1.0, -2.0]) == -np.inf
    assert irr([1.0, 2.0]) == np.inf
    assert np.isnan(irr([0.0, 0.0]))
    # -1 + 2.5 v - 1.5 v^2 has the roots v = 1 and v = 2/3: two rates.
    assert np.isnan(irr([-1.0, 2.5, -1.5]))


def test_payback_is_the_first_month_from_which_the_sum_stays_up() -> None:
    assert payback([-10, 4, 4, 4]) == 4
    assert payback([-10, 20, -15, 20]) == 4, "up in month 2, but down again in month 3"
    assert payback([-10, 5, 4]) == np.inf
    assert payback([0, 0]) == 1
    assert payback([[-1, 1], [-1, 0.5]]).tolist() == [2, np.inf]


def test_shapes_are_kept() -> None:
    many = np.tile([-100.0, 60.0, 70.0], (2, 3, 1))
    assert npv(many, 0.1).shape == irr(many).shape == payback(many).shape == (2, 3)
    assert npv(many, np.full((2, 3), 0.1)) == pytest.approx(npv(many, 0.1))
