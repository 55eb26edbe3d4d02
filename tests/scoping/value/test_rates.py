"""Internal rates of return: the number of roots against polynomials that are made of their roots."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial import polynomial

from scoping import assess, read
from scoping.value import irr
from scoping.value.rates import Finding, rates_of_months
from scoping.value.roots import changes_of_sign, roots_between
from tests.documents import CERTAIN, case

LOW, HIGH = 0.2, 100 ** (1 / 12)


def with_rates(*rates: float, sign: float = 1.0) -> np.ndarray:
    """Flows that have exactly these yearly rates; the first one spends where sign is that of (-1)^(number + 1)."""
    factors = [(1 + rate) ** (-1 / 12) for rate in rates]
    return sign * polynomial.polyfromroots(factors)


def finding(flows: Any) -> Finding:
    return Finding(rates_of_months(np.asarray(flows, float)[:, None]).finding[0])


def test_three_rates_close_together_are_three() -> None:
    flows = with_rates(0.10, 0.11, 0.12)
    assert np.isnan(irr(flows))
    roots, _ = roots_between(flows[:, None], LOW, HIGH)
    found = np.sort(roots[~np.isnan(roots)] ** -12.0 - 1)
    assert found == pytest.approx([0.10, 0.11, 0.12], abs=1e-6)


@pytest.mark.parametrize("edge", [-0.99, 5.0**12 - 1])
def test_a_rate_at_the_edge_of_the_range_is_a_rate(edge: float) -> None:
    assert irr(with_rates(edge)) == pytest.approx(edge, rel=1e-9)
    assert np.isnan(irr(with_rates(edge, 0.5, sign=-1)))


@pytest.mark.parametrize(("beyond", "said"), [(5.1**12, Finding.ABOVE), (-0.991, Finding.NOT_ONE)])
def test_beyond_the_range_no_figure_is_given(beyond: float, said: Finding) -> None:
    assert finding(with_rates(beyond)) == said
    assert not np.isfinite(irr(with_rates(beyond)))


@pytest.mark.parametrize(("rate", "said"), [(9.99, Finding.RATE), (10.01, Finding.ABOVE)])
def test_a_rate_above_1000_percent_is_found_and_not_told(rate: float, said: Finding) -> None:
    found = rates_of_months(with_rates(rate)[:, None])
    assert found.rate == pytest.approx([rate], rel=1e-6)
    assert found.finding == [said]
    assert np.isfinite(found.told).all() == (said == Finding.RATE)


def test_zero_is_a_rate() -> None:
    assert irr([-100, 60, 40]) == pytest.approx(0, abs=1e-9)
    # -1 + 2 - 1: NPV only touches zero, at 0 %, and no rate makes it a gain.
    assert finding([-1, 2, -1]) == Finding.NOT_ONE
    # (1 - v)(0.9 - v)(1.1 - v) and its mirror image: 0 % is one rate of three.
    assert np.isnan(irr(polynomial.polyfromroots([0.9, 1.0, 1.1])))


def test_money_that_comes_first_has_no_rate() -> None:
    assert finding([100, -60, -60]) == Finding.GAINS_FIRST
    assert finding([100, -1]) == Finding.GAINS_FIRST
    assert finding([-100, 60, 60]) == Finding.RATE
    # The mirror image solves the same equation, at 13 % a month.
    assert np.isnan(irr([100, -60, -60]))
    assert (1 + irr([-100, 60, 60])) ** (1 / 12) - 1 == pytest.approx(0.1307, abs=5e-5)


def test_a_flow_without_either_side_says_which() -> None:
    assert finding([-1, 0]) == Finding.NEVER_EARNED
    assert finding([0, 1]) == Finding.NEVER_SPENT
    assert finding([0, 0]) == Finding.NOT_ONE


rates_drawn = st.lists(st.floats(-0.95, 8), min_size=1, max_size=5, unique_by=lambda rate: round((1 + rate) ** -0.5, 1))


@settings(max_examples=60)
@given(rates_drawn, st.floats(0.02, 0.15), st.floats(1.6, 4), st.booleans())
def test_every_root_is_counted_once(rates: list[float], below: float, above: float, complex_too: bool) -> None:
    factors = [(1 + rate) ** (-1 / 12) for rate in rates]
    outside = polynomial.polyfromroots([below, above])
    rotating = np.array([1.0, 0.4, 0.9]) if complex_too else np.array([1.0])
    flows = polynomial.polymul(polynomial.polymul(polynomial.polyfromroots(factors), outside), rotating)
    roots, _ = roots_between(flows[:, None], LOW, HIGH)
    found = np.sort(roots[~np.isnan(roots)])
    assert found == pytest.approx(sorted(factors), abs=1e-6)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 24))
def test_many_columns_agree_with_the_roots_of_numpy(seed: int, months: int) -> None:
    flows = np.random.default_rng(seed).normal(size=(months, 12)).cumsum(axis=0)
    counts = (~np.isnan(roots_between(flows, LOW, HIGH)[0])).sum(axis=0)
    for column, count in zip(flows.T, counts, strict=True):
        roots = polynomial.polyroots(column)
        real = roots[np.abs(roots.imag) < 1e-7].real
        near = np.abs(roots.imag[(roots.imag != 0)]).min(initial=1.0) < 1e-3
        gaps = np.diff(np.sort(real)).min(initial=1.0)
        edge = np.abs(np.concatenate([real - LOW, real - HIGH])).min(initial=1.0)
        if not near and gaps > 1e-4 and edge > 1e-6:
            assert count == ((real > LOW) & (real < HIGH)).sum()


def test_a_change_of_sign_counts_across_zeros() -> None:
    assert changes_of_sign(np.array([[1.0], [0.0], [-1.0], [0.0], [-2.0], [3.0]])).tolist() == [2]


def irr_of(document: dict[str, Any], alternative: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = assess(read(document)).to_dict()["alternatives"][alternative]
    return found


def test_a_certain_loss_that_gains_first_has_no_rate() -> None:
    found = irr_of(case("irr_gains_first"))
    assert found["probability_of_loss"] == 1
    assert [found["irr"][part] for part in ("p10", "p50", "p90", "mean")] == [None] * 4
    assert "money comes before it is spent" in found["irr"]["reason"]


def varied(**model: Any) -> dict[str, Any]:
    returns = {"horizon_months": 24, "discount_rate": 0.1}
    status_quo = {"name": "Today", "kind": "status_quo"}
    return {
        **CERTAIN,
        "alternatives": [status_quo, {**CERTAIN["alternatives"][2], "build_months": 0, **model}],
        "returns": returns,
    }


def test_a_very_large_rate_is_said_to_be_above_1000_percent() -> None:
    found = irr_of(varied(costs=[{"timing": "one_off", "amount": 5_000}]))
    assert found["irr"]["p50"] is None
    assert found["irr"]["reason"] == "In 100% of the futures it is above 1,000%."


def test_nothing_is_ever_spent_is_said_only_where_it_is_true() -> None:
    free = irr_of(varied(costs=[]))
    paid = irr_of(varied(costs=[{"timing": "monthly", "amount": 10}]))
    assert "nothing is ever spent" in free["irr"]["reason"]
    assert "nothing is ever spent" not in paid["irr"]["reason"]
    assert "no month costs more than it brings in" in paid["irr"]["reason"]
