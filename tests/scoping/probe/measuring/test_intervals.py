"""Scores and their intervals against independent computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from scoping.probe.measuring import intervals, scoring
from scoping.probe.measuring.agreement import kappa_of


@given(st.integers(0, 10_000), st.booleans())
def test_scores_with_weights_are_those_of_scikit_learn(seed: int, ties: bool) -> None:
    random = np.random.default_rng(seed)
    target = np.append([0.0, 1.0], random.integers(0, 2, 40))
    score = random.random(42).round(1 if ties else 9)
    weights = np.append([1.0, 1.0], random.integers(0, 4, 40))
    said = np.column_stack([1 - score, score])
    assert scoring.roc_auc(target, score, weights) == pytest.approx(
        metrics.roc_auc_score(target, score, sample_weight=weights)
    )
    assert scoring.average_precision(target, score, weights) == pytest.approx(
        metrics.average_precision_score(target, score, sample_weight=weights)
    )
    assert scoring.brier(target, said, weights) == pytest.approx(
        metrics.brier_score_loss(target, score, sample_weight=weights)
    )


@given(st.integers(0, 10_000))
def test_scores_of_classes_and_numbers_are_those_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    target = np.append([0.0, 1.0, 2.0], random.integers(0, 3, 30))
    said = random.dirichlet(np.ones(3), 33)
    weights = np.append(np.ones(3), random.integers(0, 3, 30))
    answers = said.argmax(axis=1)
    assert scoring.balanced_accuracy(target, said, weights) == pytest.approx(
        metrics.balanced_accuracy_score(target, answers, sample_weight=weights)
    )
    assert scoring.log_loss(target, said, weights) == pytest.approx(
        metrics.log_loss(target, said, sample_weight=weights, labels=[0, 1, 2])
    )
    numbers = random.normal(size=33) + 10
    assert scoring.r2(target, numbers[:, None], weights) == pytest.approx(
        metrics.r2_score(target, numbers, sample_weight=weights)
    )
    assert scoring.mape(numbers, said, weights) == pytest.approx(
        metrics.mean_absolute_percentage_error(numbers, said[:, 0], sample_weight=weights)
    )


def test_delong_s_variance_is_that_of_its_definition() -> None:
    """DeLong, DeLong and Clarke-Pearson 1988, equations 4 and 5: over all pairs, not by ranks."""
    random = np.random.default_rng(3)
    positives, negatives = random.normal(1, 1, 40).round(1), random.normal(0, 1, 55).round(1)
    pairs = (positives[:, None] > negatives) + 0.5 * (positives[:, None] == negatives)
    variance = np.var(pairs.mean(axis=1), ddof=1) / 40 + np.var(pairs.mean(axis=0), ddof=1) / 55
    assert intervals._delong_variance(positives, negatives) == pytest.approx(variance, rel=1e-12)


def test_an_interval_of_an_area_holds_the_truth_as_often_as_it_says() -> None:
    """Two normal distributions one apart: the area is Phi(1 / sqrt 2) = 0.7602."""
    random = np.random.default_rng(0)
    target = np.repeat([0.0, 1.0], 60)
    held = 0
    for _ in range(400):
        score = random.normal(size=120) + target
        value = scoring.roc_auc(target, score, np.ones(120))
        found = intervals.auc_interval(target, score, value)
        held += found.low <= 0.7602 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_a_perfect_score_is_not_certain() -> None:
    target = np.repeat([0.0, 1.0], 30)
    area = intervals.auc_interval(target, target, 1.0)
    assert area.value == 1
    assert 0.8 < area.low < 1
    assert intervals.wilson(10, 10).low == pytest.approx(0.7225, abs=1e-4)  # Wilson 1927, by hand: 10 / (10 + z^2)


def test_rows_of_a_group_are_drawn_together() -> None:
    """Fifty groups whose rows all say the same tell as much as fifty rows, not as five hundred."""
    random = np.random.default_rng(1)
    right = np.repeat(random.integers(0, 2, 50), 10)
    target, said = np.ones(500), np.column_stack([1 - right, right]).astype(np.float64)
    groups = np.repeat(np.arange(50), 10)
    together = intervals.resampled(scoring.accuracy, target, said, groups, 0)
    apart = intervals.resampled(scoring.accuracy, target, said, np.arange(500), 0)
    assert together.std() / apart.std() == pytest.approx(np.sqrt(10), rel=0.15)


def test_kappa_and_its_error() -> None:
    """Kappa of Cohen's definition; its error by the delta method, worked out by differences instead of the formula."""
    table = np.array([[20, 5, 1], [10, 15, 3], [2, 4, 40]])
    found = kappa_of(table)
    assert found is not None
    shares, rows = table / table.sum(), table.sum()
    gradient = np.array([_slope(shares, place) for place in np.ndindex(3, 3)])
    flat = shares.ravel()
    variance = (np.sum(flat * gradient**2) - np.sum(flat * gradient) ** 2) / rows
    assert found.value == pytest.approx(_kappa(shares))
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * np.sqrt(variance), rel=1e-5)


def test_kappa_of_two_by_two() -> None:
    """Both say yes 20 times, no 15 times, and differ 15 times: kappa is 0.4."""
    found = kappa_of(np.array([[20, 5], [10, 15]]))
    assert found is not None
    assert found.value == pytest.approx(0.4)


def test_kappa_of_one_class_does_not_exist() -> None:
    assert kappa_of(np.array([[12, 0], [0, 0]])) is None


def _kappa(shares: np.ndarray) -> float:
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0) / shares.sum() ** 2)
    return (float(np.trace(shares) / shares.sum()) - chance) / (1 - chance)


def _slope(shares: np.ndarray, place: tuple[int, ...]) -> float:
    step = np.zeros((3, 3))
    step[place] = 1e-6
    return (_kappa(shares + step) - _kappa(shares - step)) / 2e-6
