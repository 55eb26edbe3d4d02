"""Planted label noise is estimated, and where classes overlap nothing is claimed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.datasets import make_classification, make_moons

from scoping.probe.measuring.labels import Contradicted, contradicted
from scoping.probe.measuring.measuring import quietly
from scoping.probe.measuring.preparing import prepare
from scoping.probe.sample import Sample
from tests.scoping.probe.measuring.samples import bundled, bundled_sample, named, sample_of

SHARES = (0.05, 0.1, 0.2)


def wrong_labels(target: NDArray[np.int64], share: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The target with so many labels of other classes, and their rows."""
    random = np.random.default_rng(seed)
    rows = random.choice(len(target), round(share * len(target)), replace=False)
    classes = int(target.max()) + 1
    noisy = target.copy()
    noisy[rows] = (target[rows] + random.integers(1, classes, len(rows))) % classes
    return noisy, rows


def judged(sample: Sample) -> Contradicted | None:
    with quietly():
        return contradicted(prepare(sample, 0).problem, 0)


@pytest.mark.long
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", ["wine", "breast_cancer"])
def test_planted_noise_is_estimated_within_three_points(name: str, share: float) -> None:
    noisy, rows = wrong_labels(bundled(name)[1], share, seed=1)
    found = judged(bundled_sample(name, noisy))
    assert found is not None
    assert found.share.value == pytest.approx(share, abs=0.03)
    assert found.share.low <= share + 0.02
    looked_at = found.rows[: len(rows)]
    assert np.isin(looked_at, rows).mean() > 0.75


@pytest.mark.long
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("classes", [2, 4])
def test_planted_noise_of_made_classes_is_estimated_too(classes: int, share: float) -> None:
    inputs, target = make_classification(
        1_500, 15, n_informative=8, n_classes=classes, n_clusters_per_class=1, class_sep=2, flip_y=0, random_state=5
    )
    noisy, _ = wrong_labels(target, share, seed=2)
    words = np.array([f"kind {each}" for each in noisy])
    found = judged(sample_of({**named(inputs), "target": words}, "classification"))
    assert found is not None
    assert found.share.value == pytest.approx(share, abs=0.03)


@pytest.mark.long
def test_clean_labels_are_hardly_contradicted() -> None:
    found = judged(bundled_sample("wine"))
    assert found is not None
    assert found.share.value < 0.01


@pytest.mark.long
def test_where_classes_overlap_nothing_is_claimed() -> None:
    random = np.random.default_rng(0)
    inputs = random.normal(size=(1_500, 4))
    label = np.where(inputs[:, 0] + random.logistic(size=1_500) > 0, "a", "b")
    assert judged(sample_of({**named(inputs), "target": label}, "classification")) is None


@pytest.mark.long
@pytest.mark.parametrize("share", [0.0, *SHARES])
@pytest.mark.parametrize("made", ["clusters", "moons"])
def test_where_classes_overlap_somewhat_the_share_is_right_or_not_told(made: str, share: float) -> None:
    if made == "clusters":
        inputs, target = make_classification(2_000, 10, n_informative=6, class_sep=0.8, flip_y=0, random_state=1)
    else:
        inputs, target = make_moons(2_000, noise=0.3, random_state=1)
    noisy, _ = wrong_labels(target, share, seed=2)
    found = judged(sample_of({**named(inputs), "target": np.array(["a", "b"])[noisy]}, "classification"))
    assert found is None or found.share.value == pytest.approx(share, abs=0.03)


def test_a_weak_signal_is_not_taken_for_wrong_labels() -> None:
    """Answers that are hardly better than chance are contradicted nearly as often where they are sure."""
    random = np.random.default_rng(5)
    label = random.integers(0, 2, 1_500)
    columns = {"only": random.normal(size=1_500) + 0.8 * label, "target": np.array(["a", "b"])[label]}
    assert judged(sample_of(columns, "classification")) is None
