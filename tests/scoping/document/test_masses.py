"""Ranges that touch a bound, or whose quantiles are equal: honoured exactly, with a mass where no density can."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import expon, lognorm, norm, uniform

from scoping import assess, read
from scoping.document.estimate import Estimate, mean_of, quantile_function
from tests.documents import CERTAIN, proposal

QUANTILES = np.array([0.1, 0.5, 0.9])
FINE = np.linspace(1e-9, 1 - 1e-9, 2_001)
# Round numbers touch bounds and one another as often as people's numbers do.
amounts = st.sampled_from([0.0, 0.5, 1.0, 2.0, 10.0, 1e3, 1e6, 5e7])
shares = st.sampled_from([0.0, 0.001, 0.2, 0.5, 0.6, 0.8, 0.999, 1.0])


@given(st.lists(amounts, min_size=3, max_size=3))
def test_amounts_are_honoured_whatever_they_touch(values: list[float]) -> None:
    _honours(sorted(values), 0.0, None)


@given(st.lists(shares, min_size=3, max_size=3))
def test_shares_are_honoured_whatever_they_touch(values: list[float]) -> None:
    _honours(sorted(values), 0.0, 1.0)


_STEPS = st.sampled_from([0.0, 1e-17, 3e-16, 1e-15, 1e-13, 9e-13, 2e-12, 1e-10, 1e-6, 0.1, 1.0, 50.0])


@pytest.mark.long
@settings(max_examples=1_000)
@given(st.floats(1e-12, 1e12), _STEPS, _STEPS)
def test_amounts_that_only_rounding_tells_apart_are_honoured(start: float, first: float, second: float) -> None:
    middle = start * (1 + first)
    _honours([start, middle, middle * (1 + second)], 0.0, None)


@pytest.mark.long
@settings(max_examples=1_000)
@given(st.floats(1e-9, 1 - 1e-9), _STEPS, _STEPS)
def test_shares_that_only_rounding_tells_apart_are_honoured(middle: float, first: float, second: float) -> None:
    _honours([middle * (1 - min(first, 1.0)), middle, middle + (1 - middle) * min(second, 1.0)], 0.0, 1.0)


def _honours(values: list[float], lower: float, upper: float | None) -> None:
    quantile = quantile_function(Estimate.of(*values), lower, upper)
    assert quantile(QUANTILES) == pytest.approx(values, rel=1e-9, abs=1e-12)
    found = quantile(FINE)
    assert np.all(np.isfinite(found))
    assert np.all(np.diff(found) >= -1e-12 * max(1.0, abs(values[2])))
    assert found.min() >= lower
    assert upper is None or found.max() <= upper


def test_an_amount_that_may_be_nothing_is_a_mass_and_a_lognormal() -> None:
    """Aitchison 1955: the mean of the delta-lognormal is (1 - theta) exp(mu + sigma^2 / 2)."""
    theta, low, high = 0.1, 100.0, 400.0
    normal = norm.ppf((np.array([0.5, 0.9]) - theta) / (1 - theta))
    sigma = np.log(high / low) / (normal[1] - normal[0])
    mu = np.log(low) - sigma * normal[0]
    estimate = Estimate.of(0.0, low, high)
    assert mean_of(estimate, 0.0, None) == pytest.approx((1 - theta) * np.exp(mu + sigma**2 / 2), rel=2e-3)
    beyond = lognorm(s=sigma, scale=np.exp(mu)).ppf((FINE[300:1900] - theta) / (1 - theta))
    assert quantile_function(estimate, 0.0, None)(FINE[300:1900]) == pytest.approx(beyond, rel=1e-9)


def test_at_least_so_much_is_a_mass_and_an_exponential() -> None:
    estimate = Estimate.of(100.0, 100.0, 300.0)
    scale = 200 / -np.log(0.2)
    beyond = expon(loc=100, scale=scale).ppf((FINE[1200:1900] - 0.5) / 0.5)
    assert quantile_function(estimate, 0.0, None)(FINE[1200:1900]) == pytest.approx(beyond, rel=1e-9)
    assert mean_of(estimate, 0.0, None) == pytest.approx(100 + 0.5 * scale, rel=1e-3)


def test_between_two_masses_that_touch_both_bounds_all_is_even() -> None:
    found = quantile_function(Estimate.of(0.0, 0.5, 1.0), 0.0, 1.0)(FINE)
    assert found == pytest.approx(uniform(0.0, 1.0).ppf(np.clip((FINE - 0.1) / 0.8, 0, 1)), abs=1e-9)


@pytest.mark.parametrize("values", [(0.0, 0.2, 0.5), (0.0, 0.0, 0.4), (0.2, 0.2, 0.9), (0.0, 0.3, 1.0)])
def test_a_share_and_what_it_leaves_are_mirrored(values: tuple[float, float, float]) -> None:
    own = quantile_function(Estimate.of(*values), 0.0, 1.0)(FINE)
    rest = quantile_function(Estimate.of(*(1 - each for each in reversed(values))), 0.0, 1.0)(1 - FINE)
    assert own == pytest.approx(1 - rest, abs=1e-6)


def test_full_adoption_once_in_ten_times() -> None:
    """A published valuation of flats: adoption of 60, 80 and 100 %, which three quantiles within bounds refused."""
    adoption = {"p10": 0.6, "p50": 0.8, "p90": 1.0}
    drawn = quantile_function(Estimate.model_validate(adoption), 0.0, 1.0)(FINE)
    assert np.mean(drawn == 1.0) == pytest.approx(0.1, abs=1e-3)
    found = assess(proposal(CERTAIN, returns__adoption=adoption)).alternatives[2].outcome
    certain = [assess(proposal(CERTAIN, returns__adoption=each)).alternatives[2].outcome for each in (0.6, 0.8, 1.0)]
    assert found is not None
    p10, p50, p90 = (each.npv.mean for each in certain if each is not None)
    assert (found.npv.p10, found.npv.p50) == pytest.approx((p10, p50), rel=1e-3)
    # At the edge of a mass a sample quantile falls just short of it.
    assert found.npv.p90 == pytest.approx(p90, rel=2e-2)


def test_a_cost_that_may_not_come_at_all() -> None:
    """A fine that is paid in less than every second future: its expected value is what NPV loses."""
    costs = [*CERTAIN["alternatives"][2]["costs"], {"name": "Fine", "timing": "one_off", "amount": 0}]
    fine = {"p10": 0.0, "p50": 0.0, "p90": 50_000.0}
    without = assess(proposal(CERTAIN, alternatives__2__costs=costs, returns__discount_rate=0.0)).alternatives[2]
    costs[-1] = {**costs[-1], "amount": fine}
    with_it = assess(proposal(CERTAIN, alternatives__2__costs=costs, returns__discount_rate=0.0)).alternatives[2]
    lost = (without.expected or 0.0) - (with_it.expected or 0.0)
    assert lost == pytest.approx(mean_of(Estimate.model_validate(fine), 0.0, None), rel=2e-3)
    assert with_it.outcome is not None
    assert with_it.outcome.npv.p90 == pytest.approx(without.expected, rel=1e-9)


def test_a_range_that_falls_is_no_range() -> None:
    with pytest.raises(Exception, match="may be below the one before it"):
        read({"title": "x", "returns": {"adoption": {"p10": 0.9, "p50": 0.8, "p90": 1.0}}})
