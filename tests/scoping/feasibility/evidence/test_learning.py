"""The learning curve: what is known in closed form comes out, and intervals hold what was measured later."""

from __future__ import annotations

import json
from collections import defaultdict
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping.document.evidence import LearningCurve
from scoping.feasibility.evidence.learning import FittedCurve, bounds_of, fitted, with_prediction

# Measured with scikit-learn 1.9 on its digits, breast cancer and diabetes data and on make_classification (two kinds)
# and make_friedman1: four repetitions at seven sizes, and the mean of three at four times the largest ("held").
MEASURED = json.loads((Path(__file__).parent / "measured_curves.json").read_text())
SIZES = (50, 100, 200, 400, 800, 1600)


def curve(scores: dict[int, list[float]], metric: str = "roc_auc", *, test_rows: int = 10_000) -> LearningCurve:
    points = [{"rows": rows, "scores": each} for rows, each in scores.items()]
    better = metric not in ("rmse", "mape")
    content = {"metric": metric, "higher_is_better": better, "model": "linear", "points": points}
    return LearningCurve.model_validate({**content, "test_rows": test_rows})


def power_law(asymptote: float, scale: float, exponent: float, noise: float = 0.0) -> dict[int, list[float]]:
    luck = np.random.default_rng(7).normal(size=(len(SIZES), 5))
    return {
        size: [asymptote - scale * size**-exponent + noise * float(each) for each in luck[row]]
        for row, size in enumerate(SIZES)
    }


def fit_of(found: LearningCurve) -> FittedCurve:
    fit = fitted(found)
    assert fit is not None
    return fit


def of_measured(case: dict[str, Any]) -> LearningCurve:
    known = ("metric", "higher_is_better", "points", "test_rows")
    return LearningCurve.model_validate({**{name: case[name] for name in known}, "model": "any"})


def test_scores_at_four_times_the_largest_size_lie_within_the_interval() -> None:
    inside: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case in MEASURED:
        fit = fit_of(of_measured(case))
        told = [fit.interval_at(4 * fit.largest, level) for level in (0.95, 0.8)]
        inside[case["data"]].append(tuple(each.low <= case["held"] <= each.high for each in told))  # type: ignore[arg-type]
    assert len(inside) >= 5
    every = np.array([each for cases in inside.values() for each in cases], float)
    assert len(every) >= 50
    assert every[:, 0].mean() >= 0.9
    assert every[:, 1].mean() >= 0.8
    for name, cases in inside.items():
        assert np.mean([each[0] for each in cases]) >= 0.75, name


def test_an_interval_is_no_wider_than_what_is_known() -> None:
    """At four times the size, half the intervals are narrower than the whole rise of the curve so far."""
    widths = []
    for case in MEASURED:
        fit = fit_of(of_measured(case))
        told = fit.interval_at(4 * fit.largest)
        means = [float(np.mean(point["scores"])) for point in case["points"]]
        widths.append((told.high - told.low) / (max(means) - min(means)))
    assert np.median(widths) < 1.0


@pytest.mark.parametrize("asymptote", [0.9, 0.75])
@pytest.mark.parametrize("exponent", [0.5, 0.8])
def test_a_power_law_comes_out_with_its_asymptote(asymptote: float, exponent: float) -> None:
    fit = fit_of(curve(power_law(asymptote, 1.0, exponent, noise=0.001)))
    told = fit.asymptote()
    assert told.low <= asymptote <= told.high
    assert told.value == pytest.approx(asymptote, abs=0.03)
    exact = asymptote - (4 * SIZES[-1]) ** -exponent
    assert float(fit.expected_at(4 * SIZES[-1])) == pytest.approx(exact, abs=0.01)


def test_where_it_was_measured_the_curve_is_what_was_measured() -> None:
    found = power_law(0.9, 2.0, 0.6)
    fit = fit_of(curve(found))
    assert float(fit.expected_at(1600)) == pytest.approx(found[1600][0], abs=0.005)


def test_a_curve_that_is_flat_stays_flat() -> None:
    fit = fit_of(curve({size: [0.7, 0.701, 0.699] for size in SIZES}, test_rows=100_000))
    assert fit.asymptote().value == pytest.approx(0.7, abs=0.003)
    assert fit.chance_at(inf, 0.75) == pytest.approx(0.0, abs=0.01)
    assert fit.rows_for(0.75, 0.5) is None


def test_labels_that_it_takes_are_those_of_the_power_law() -> None:
    """0.9 - n^-0.5 is 0.88 at n = 2,500."""
    fit = fit_of(curve(power_law(0.9, 1.0, 0.5)))
    likely = fit.rows_for(0.88, 0.5)
    assert likely is not None
    assert 1_800 < likely < 3_500
    sure = fit.rows_for(0.88, 0.8)
    assert sure is None or sure >= likely
    assert fit.chance_at(likely, 0.88) >= 0.5 > fit.chance_at(likely - 2, 0.88)


def test_errors_fall_to_their_asymptote_and_never_below_nothing() -> None:
    scores = {size: [30 + 400 * size**-0.5, 31 + 400 * size**-0.5] for size in SIZES}
    fit = fit_of(curve(scores, "rmse"))
    told = fit.asymptote()
    assert told.low <= 30.5 <= told.high
    assert told.low >= 0
    assert fit.chance_at(inf, 35) > fit.chance_at(inf, 28)


def test_a_share_never_passes_its_bounds() -> None:
    fit = fit_of(curve(power_law(0.999, 0.5, 0.4, noise=0.01), "accuracy"))
    assert fit.asymptotes.max() <= 1
    assert fit.asymptote().high <= 1
    assert bounds_of("rmse") == (0, inf)


def test_fewer_than_three_sizes_tell_no_curve() -> None:
    found = curve({100: [0.7], 200: [0.8]})
    assert fitted(found) is None
    assert with_prediction(found) == found


def test_the_prediction_stands_in_the_document() -> None:
    found = with_prediction(curve(power_law(0.9, 1.0, 0.5)))
    assert found.asymptote is not None
    assert found.at_four_times is not None
    assert found.at_four_times.low <= 0.9 - 6400**-0.5 <= found.at_four_times.high


def test_the_same_scores_give_the_same_curve_in_any_order() -> None:
    found = power_law(0.9, 1.0, 0.5, noise=0.01)
    again = dict(reversed([*found.items()]))
    first, second = fit_of(curve(found)), fit_of(curve(again))
    assert np.array_equal(first.weights, second.weights)
    assert first.asymptote() == second.asymptote()


@settings(max_examples=20, deadline=None)
@given(
    st.floats(0.6, 0.95), st.floats(0.2, 2.0), st.floats(0.2, 1.0), st.floats(0.0, 0.03), st.sampled_from([2.0, 1000.0])
)
def test_more_labels_are_never_worse_and_units_do_not_matter(
    asymptote: float, scale: float, exponent: float, noise: float, unit: float
) -> None:
    scores = {
        size: [abs(2 - each) for each in row] for size, row in power_law(asymptote, scale, exponent, noise).items()
    }
    fit = fit_of(curve(scores, "rmse"))
    rows = np.geomspace(10, 1e9, 40)
    assert (np.diff(fit.score_at(rows), axis=1) <= 1e-12).all()
    chances = [fit.chance_at(each, 2 - asymptote) for each in (*rows, inf)]
    assert (np.diff(chances) >= -1e-12).all()
    scaled = fit_of(curve({size: [unit * each for each in row] for size, row in scores.items()}, "rmse"))
    assert scaled.asymptote().value == pytest.approx(unit * fit.asymptote().value, rel=1e-6)
    assert scaled.interval_at(5e3).high == pytest.approx(unit * fit.interval_at(5e3).high, rel=1e-6)


def test_fewer_rows_in_the_test_make_it_less_sure() -> None:
    found = power_law(0.9, 1.0, 0.5, noise=0.002)
    few, many = (fit_of(curve(found, test_rows=rows)).asymptote() for rows in (100, 100_000))
    assert few.high - few.low > many.high - many.low
