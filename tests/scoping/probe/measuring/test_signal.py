"""Is there signal? Where there is, it is found with the score that others find; where there is none, it is not."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scoping.document.evidence import Signal
from scoping.probe.measuring.budget import Budget
from scoping.probe.measuring.measuring import quietly
from scoping.probe.measuring.preparing import prepare
from scoping.probe.measuring.signal import find_signal
from scoping.probe.sample import Sample
from tests.scoping.probe.measuring.samples import BUNDLED, bundled, bundled_sample, days, quiet, sample_of

pytestmark = pytest.mark.long


def signal_of(sample: Sample, seed: int = 0) -> Signal:
    with quietly():
        return find_signal(prepare(sample, seed).problem, seed, Budget(600, quiet)).signal


@pytest.mark.long
@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_data_has_signal_and_the_score_of_an_independent_pipeline(name: str) -> None:
    found = signal_of(bundled_sample(name))
    low, high = found.interval
    assert found.found
    assert found.baseline < low
    assert found.permuted < low
    assert low <= independent(name) <= high


def independent(name: str) -> float:
    """A plain cross-validation by another model than ours."""
    inputs, target = bundled(name)
    if name == "diabetes":
        return float(cross_val_score(LinearRegression(), inputs, target, cv=10, scoring="r2").mean())
    folds = StratifiedKFold(5, shuffle=True, random_state=9)
    if name == "breast_cancer":
        forest = RandomForestClassifier(100, random_state=1)
        return float(cross_val_score(forest, inputs, target, cv=folds, scoring="roc_auc").mean())
    line = make_pipeline(StandardScaler(), LogisticRegression(C=2, max_iter=500))
    answers = cross_val_predict(line, inputs, target, cv=folds)
    return float(np.mean([np.mean(answers[target == each] == each) for each in np.unique(target)]))


@pytest.mark.long
def test_shuffled_targets_have_no_signal() -> None:
    inputs, target = bundled("wine")
    found = [
        signal_of(bundled_sample("wine", np.random.default_rng(seed).permutation(target)), seed).found
        for seed in range(20)
    ]
    assert sum(found) <= 1
    assert len(inputs) == len(target)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_a_random_walk_is_no_better_than_yesterday(seed: int) -> None:
    walk = 100 + np.cumsum(np.random.default_rng(seed).normal(size=400))
    found = signal_of(sample_of({"day": days(400), "target": walk}, "regression", time="day"))
    assert not found.found
    assert found.baseline == found.baselines["last_value"]
    assert found.split == "by_time"


def test_a_price_of_its_own_past_is_no_better_than_yesterday_s() -> None:
    """A geometric walk, whose steps grow with the price."""
    price = 50 * np.exp(np.cumsum(np.random.default_rng(5).normal(0, 0.02, 700)))
    found = signal_of(sample_of({"day": days(700), "close": price}, "regression", "close", time="day"))
    assert not found.found
    assert found.score == pytest.approx(found.baseline, abs=0.02)


def test_weeks_that_repeat_are_found() -> None:
    place = np.arange(420)
    target = 10 + 5 * np.sin(2 * np.pi * place / 7) + np.random.default_rng(1).normal(size=420)
    found = signal_of(sample_of({"day": days(420), "target": target}, "regression", time="day"))
    assert found.found
    assert found.score > found.baselines["seasonal_last_value"] > found.baselines["last_value"]
    assert found.score == pytest.approx(1 - 1 / 13.5, abs=0.02)  # what the noise leaves: 1 of 12.5 + 1


def test_rows_of_a_group_are_on_one_side() -> None:
    """Each group has a level of its own that says nothing of another group's: by group there is no signal."""
    random = np.random.default_rng(2)
    groups = np.repeat(np.arange(40), 15)
    trait = random.normal(size=40)[groups]
    label = np.where(random.random(40)[groups] > 0.5, "yes", "no")
    columns = {"trait": trait, "who": groups, "target": label}
    assert signal_of(sample_of(columns, "classification")).found
    by_group = signal_of(sample_of(columns, "classification", group="who"))
    assert not by_group.found
    assert by_group.split == "by_group"


def test_the_named_class_is_the_positive_one() -> None:
    sample = bundled_sample("breast_cancer")
    assert signal_of(sample).score == pytest.approx(0.995, abs=0.004)
    assert signal_of(sample).metric == "roc_auc"
