"""Estimates: what is accepted, and the distributions that honour their quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.integrate import quad
from scipy.stats import lognorm, norm

from scoping.document.estimate import Estimate, mean_of, quantile_function
from scoping.document.johnson import Quantiles, bounded, semi_bounded

QUANTILES = np.array([0.1, 0.5, 0.9])
amounts = st.floats(0.01, 1e9)
shares = st.floats(0.001, 0.999)


def triple(values: list[float]) -> Estimate | None:
    low, middle, high = sorted(values)
    # Quantiles closer than rounding are one number, not a distribution.
    separate = middle - low > 1e-6 * middle and high - middle > 1e-6 * high
    return Estimate.of(low, middle, high) if separate else None


def quantiles_of(estimate: Estimate) -> Quantiles:
    return estimate.p10, estimate.p50, estimate.p90


@given(st.lists(amounts, min_size=3, max_size=3))
def test_semi_bounded_honours_every_rising_triple(values: list[float]) -> None:
    estimate = triple(values)
    if estimate:
        found = semi_bounded(quantiles_of(estimate), 0.0)(QUANTILES)
        assert found == pytest.approx([estimate.p10, estimate.p50, estimate.p90], rel=1e-6)


@given(st.lists(shares, min_size=3, max_size=3))
def test_bounded_honours_every_rising_triple(values: list[float]) -> None:
    estimate = triple(values)
    if estimate:
        found = bounded(quantiles_of(estimate), 0.0, 1.0)(QUANTILES)
        assert found == pytest.approx([estimate.p10, estimate.p50, estimate.p90], rel=1e-6)


@given(st.lists(amounts, min_size=3, max_size=3))
def test_quantile_functions_rise_and_stay_inside_their_support(values: list[float]) -> None:
    estimate = triple(values)
    if estimate:
        probabilities = np.linspace(1e-9, 1 - 1e-9, 501)
        found = semi_bounded(quantiles_of(estimate), 0.0)(probabilities)
        assert np.all(np.diff(found) >= 0)
        assert np.all(found >= 0)
        assert np.all(np.isfinite(found))


def test_a_triple_symmetric_in_logarithms_is_the_lognormal() -> None:
    # Hadlock and Bickel 2017: J-QPD-S contains the lognormal as its case without skew.
    sigma = 0.4
    reference = lognorm(s=sigma, scale=50)
    estimate = Estimate.of(*reference.ppf(QUANTILES))
    probabilities = np.linspace(0.001, 0.999, 99)
    assert semi_bounded(quantiles_of(estimate), 0.0)(probabilities) == pytest.approx(
        reference.ppf(probabilities), rel=1e-9
    )


def test_a_triple_symmetric_in_probits_is_the_probit_normal() -> None:
    # J-QPD-B without skew is Phi of a normal variable.
    estimate = Estimate.of(*norm.cdf(0.3 + 0.5 * norm.ppf(QUANTILES)))
    probabilities = np.linspace(0.001, 0.999, 99)
    expected = norm.cdf(0.3 + 0.5 * norm.ppf(probabilities))
    assert bounded(quantiles_of(estimate), 0.0, 1.0)(probabilities) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("moment", "published", "tolerance"),
    [
        # rjqpd 0.2.3, README: jqpd(c(0.32, 0.40, 0.60), lower = 0, upper = 1, alpha = 0.1) and its moments, which
        # that package integrates numerically to some four digits (a direct integral gives 0.4350254 and 6.46999).
        ("mean", 0.4350185, 5e-5),
        ("variance", 0.01604665, 1e-3),
        ("deviation", 0.1266754, 1e-3),
        ("skewness", 1.69221, 5e-3),
        ("kurtosis", 6.464129, 2e-3),
    ],
)
def test_moments_that_rjqpd_documents(moment: str, published: float, tolerance: float) -> None:
    quantile = bounded((0.32, 0.40, 0.60), 0.0, 1.0)
    mean = quad(quantile, 0, 1, limit=500)[0]
    central = {n: quad(lambda p, n=n: (quantile(p) - mean) ** n, 0, 1, limit=500)[0] for n in (2, 3, 4)}
    variance = central[2]
    found = {
        "mean": mean,
        "variance": variance,
        "deviation": variance**0.5,
        "skewness": central[3] / variance**1.5,
        "kurtosis": central[4] / variance**2,
    }
    assert found[moment] == pytest.approx(published, rel=tolerance)


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0])
def test_the_mean_of_a_lognormal_triple(sigma: float) -> None:
    # E[X] = median exp(sigma^2 / 2).
    estimate = Estimate.of(*lognorm(s=sigma, scale=50).ppf(QUANTILES))
    assert mean_of(estimate, 0.0, None) == pytest.approx(50 * np.exp(sigma**2 / 2), rel=2e-3)


@given(st.lists(amounts, min_size=3, max_size=3), st.floats(1e-3, 1e3))
def test_semi_bounded_scales_with_its_unit(values: list[float], scale: float) -> None:
    estimate = triple(values)
    if estimate:
        scaled = Estimate.of(estimate.p10 * scale, estimate.p50 * scale, estimate.p90 * scale)
        probabilities = np.array([0.02, 0.3, 0.77, 0.99])
        expected = semi_bounded(quantiles_of(estimate), 0.0)(probabilities) * scale
        assert semi_bounded(quantiles_of(scaled), 0.0)(probabilities) == pytest.approx(expected, rel=1e-5)


def test_a_number_is_an_estimate_of_zero_width() -> None:
    estimate = Estimate.model_validate(0.8)
    assert estimate.is_certain
    assert estimate.model_dump() == 0.8
    assert quantile_function(estimate, 0, 1)(QUANTILES).tolist() == [0.8, 0.8, 0.8]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"p10": 3, "p50": 2, "p90": 4}, "may be below the one before it"),
        ({"p10": 2, "p50": 5, "p90": 4}, "may be below the one before it"),
        (float("nan"), "finite"),
        (float("inf"), "finite"),
        (10**400, "finite"),
        ("0.8", "must be a number"),
        (True, "must be a number"),
        (None, "must be a number"),
        ([1, 2, 3], "must be a number"),
        ({"p10": 1, "p50": 2}, "required"),
        ({"p10": 1, "p50": 2, "p90": 3, "p99": 4}, "not permitted"),
        ({"p10": "1", "p50": 2, "p90": 3}, "valid number"),
        ({"p10": 1, "p50": 2, "p90": float("inf")}, "finite"),
    ],
)
def test_what_is_no_estimate_is_refused(raw: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Estimate.model_validate(raw)
