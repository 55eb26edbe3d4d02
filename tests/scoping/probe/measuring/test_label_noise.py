"""The share of wrong labels comes out of how often answers are contradicted, from the surest to the least sure."""

from __future__ import annotations

import numpy as np
import pytest

from scoping.probe.measuring.label_noise import Contradictions, contradictions_of, share_wrong

PARTS = 32


def drawn(wrong: float, overlap: float, shape: float, rows: int = 4_000, seed: int = 0) -> Contradictions:
    """Answers that are contradicted by the law itself."""
    place = (np.arange(PARTS) + 0.5) / PARTS
    answers = np.full(PARTS, rows / PARTS)
    chances = wrong + overlap * place**shape
    return Contradictions(answers, np.random.default_rng(seed).binomial(rows // PARTS, chances).astype(float), 0.5)


@pytest.mark.parametrize("wrong", [0.0, 0.05, 0.1, 0.2])
@pytest.mark.parametrize(("overlap", "shape"), [(0.0, 1.0), (0.3, 4.0), (0.3, 8.0)])
def test_what_was_put_in_comes_out(wrong: float, overlap: float, shape: float) -> None:
    found = share_wrong(drawn(wrong, overlap, shape))
    assert found is not None
    assert found.value == pytest.approx(wrong, abs=0.02)


@pytest.mark.long
def test_the_interval_holds_what_was_put_in_as_often_as_it_says() -> None:
    told = [found for seed in range(200) if (found := share_wrong(drawn(0.1, 0.3, 5.0, seed=seed)))]
    assert len(told) > 150
    assert np.mean([each.low <= 0.1 <= each.high for each in told]) >= 0.9


def test_overlap_that_begins_among_the_surest_answers_is_not_told_from_wrong_labels() -> None:
    assert share_wrong(drawn(0.05, 0.45, 1.0)) is None


def test_answers_that_chance_would_give_as_well_tell_nothing() -> None:
    assert share_wrong(drawn(0.35, 0.1, 2.0)) is None


def test_sure_answers_come_first_for_each_class() -> None:
    said = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.45, 0.55]] * 40)
    target = np.array([0, 1, 1, 0] * 40)
    found = contradictions_of(target, said)
    assert found.contradicted[: PARTS // 2].sum() == 0
    assert found.contradicted[PARTS // 2 :].sum() == 80
    assert found.by_chance == pytest.approx(0.5)
