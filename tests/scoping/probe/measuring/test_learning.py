"""The learning curve, and the counts at each threshold."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_curve

from scoping.probe.measuring.budget import Budget
from scoping.probe.measuring.learning import learning_curve
from scoping.probe.measuring.measuring import quietly
from scoping.probe.measuring.operating import automated_of, errors_of, flagged_of
from scoping.probe.measuring.preparing import prepare
from scoping.probe.measuring.splitting import folds_of, one_split
from tests.scoping.probe.measuring.samples import bundled_sample, days, quiet, sample_of


@pytest.mark.long
def test_a_curve_has_sizes_repetitions_and_a_prediction() -> None:
    problem = prepare(bundled_sample("breast_cancer"), 0).problem
    with quietly():
        curve = learning_curve(problem, "linear", 0, Budget(600, quiet))
    assert curve is not None
    sizes = [each.rows for each in curve.points]
    assert len(sizes) >= 6
    assert sizes == sorted(set(sizes))
    assert sizes[-1] + curve.test_rows == problem.rows
    assert all(len(each.scores) >= 8 for each in curve.points)
    assert np.mean(curve.points[-1].scores) > np.mean(curve.points[0].scores)
    assert curve.asymptote is not None
    assert curve.at_four_times is not None
    assert curve.at_four_times.low <= curve.at_four_times.value <= 1


def test_time_that_is_short_is_said() -> None:
    problem = prepare(bundled_sample("iris"), 0).problem
    ticks = iter(range(10**6))
    budget = Budget(1, quiet, clock=lambda: float(next(ticks)))
    assert learning_curve(problem, "linear", 0, budget) is None
    assert budget.not_done == ["no_time_for_learning_curve"]


def test_by_time_what_is_scored_comes_later() -> None:
    random = np.random.default_rng(0)
    shuffled = random.permutation(days(300))
    columns = {"day": shuffled, "input": random.normal(size=300), "target": random.choice(["a", "b"], 300)}
    problem = prepare(sample_of(columns, "classification", time="day"), 0).problem
    assert problem.times is not None
    for fold in [*folds_of(problem, 0), one_split(problem, 0)]:
        assert problem.times[fold.train].max() < problem.times[fold.test].min()


@given(st.integers(0, 10_000))
def test_flagged_counts_are_those_of_the_precision_recall_curve(seed: int) -> None:
    random = np.random.default_rng(seed)
    target = np.append([0.0, 1.0], random.integers(0, 2, 60))
    score = random.permutation(62) / 62
    precision, recall, _ = precision_recall_curve(target, score)
    known = {round(r * target.sum()): p for p, r in zip(precision, recall, strict=True)}
    for point in flagged_of(target, np.column_stack([1 - score, score]), 0):
        assert point.caught <= point.flagged
        assert known[point.caught] >= point.caught / point.flagged - 1e-9


@given(st.integers(0, 10_000))
def test_more_flagged_is_never_less_caught(seed: int) -> None:
    random = np.random.default_rng(seed)
    target, score = random.integers(0, 2, 80).astype(float), random.random(80).round(1)
    said = np.column_stack([1 - score, score])
    points = flagged_of(target, said, seed)
    assert all(one.caught <= two.caught and one.flagged < two.flagged for one, two in pairwise(points))
    assert points[-1].caught == points[-1].positives == target.sum()
    handled = automated_of(target, said, seed)
    assert all(one.right <= two.right for one, two in pairwise(handled))
    assert handled[-1].right == np.sum(said.argmax(axis=1) == target)


def test_ties_do_not_follow_the_order_of_the_source() -> None:
    """Positives come first in the source, and the model says the same of all rows: half flagged is half caught."""
    target, said = np.repeat([1.0, 0.0], 500), np.full((1_000, 2), 0.5)
    half = next(each for each in flagged_of(target, said, 0) if each.flagged == 500)
    assert half.caught == pytest.approx(250, abs=40)


def test_errors_have_no_share_where_a_value_is_zero() -> None:
    random = np.random.default_rng(0)
    target = np.append(0.0, random.random(99) + 1)
    said = target[:, None] + random.normal(0, 0.1, (100, 1))
    found = errors_of(target, said, [np.full((100, 1), target.mean())], np.arange(100), 0)
    assert found.mape is None
    assert found.rmse == pytest.approx(0.1, rel=0.2)
    assert found.rmse_low < found.rmse < found.rmse_high
    assert found.baseline_rmse == pytest.approx(target.std())
