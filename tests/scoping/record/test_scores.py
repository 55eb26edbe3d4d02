"""Scores of ranges, against published figures and independent libraries: do they find out who is calibrated?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, norm
from sklearn.metrics import mean_pinball_loss

from scoping import Estimate
from scoping.document.fields import MONEY
from scoping.document.paths import Path
from scoping.record.comparing import percentile_of
from scoping.record.intervals import wilson
from scoping.record.judged import Judged, judged, signed_alone
from scoping.record.scores import (
    FEWEST,
    Calibration,
    at_most,
    counted_as,
    dependence,
    pinball,
    scores,
    scores_by,
    verdict_of,
)
from scoping.vocabulary import ActualKind, Better
from tests.scoping.record.samples import BUILD, OWN, RECALL, SIGNED, actuals

Z90 = float(norm.ppf(0.9))


def one(signed: tuple[float, float, float], actual: float, proposal: str = "p", **more: str) -> Judged:
    estimate = Estimate.of(*signed)
    lies = percentile_of(estimate, MONEY, actual) or 0.5
    return Judged(proposal, Path("x"), ActualKind.COST, estimate, MONEY, actual, lies, Better.DOWN, **more)


def judge(
    seed: int, count: int, width: float = 1.0, shift: float = 0.0, shared: float = 0.0, each: int = 1
) -> list[Judged]:
    """Ranges of a judge whose own are so many times as wide as they should be, and lognormal truths.

    `shared` is how much of the truth the `each` ranges of one proposal have in common, as a correlation.
    """
    draws = np.random.default_rng([17, seed])
    common = np.repeat(draws.standard_normal(-(-count // each)), each)[:count]
    truth = np.sqrt(shared) * common + np.sqrt(1 - shared) * draws.standard_normal(count) + shift
    middle, spread = np.exp(draws.normal(10, 1, count)), draws.uniform(0.1, 0.6, count)
    found = []
    for number in range(count):
        low, high = (middle[number] * np.exp(sign * width * spread[number] * Z90) for sign in (-1, 1))
        estimate = Estimate.of(float(low), float(middle[number]), float(high))
        actual = float(middle[number] * np.exp(spread[number] * truth[number]))
        lies = float(norm.cdf(truth[number] / width))
        owner = f"proposal {number // each}"
        found.append(Judged(owner, Path("x"), ActualKind.COST, estimate, MONEY, actual, lies, Better.DOWN))
    return found


def verdicts(runs: int, *options: float, **more: float) -> Sequence[Calibration]:
    return [verdict_of(judge(seed, *options, **more)) for seed in range(runs)]  # type: ignore[arg-type]


def share_of(found: Sequence[Calibration], verdict: Calibration) -> float:
    return float(np.mean([each is verdict for each in found]))


def test_the_quantile_score_is_that_of_an_independent_library() -> None:
    ranges = judge(1, 40)
    truth = [each.actual for each in ranges]
    expected = np.mean(
        [
            mean_pinball_loss(truth, [getattr(each.signed, name) for each in ranges], alpha=alpha)
            for name, alpha in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))
        ]
    )
    assert np.mean([pinball(each) for each in ranges]) == pytest.approx(expected, rel=1e-12)


@given(st.integers(1, 200), st.floats(0, 1))
def test_the_interval_is_that_of_an_independent_library(of: int, share: float) -> None:
    hits = round(share * of)
    theirs = binomtest(hits, of).proportion_ci(method="wilson")
    assert wilson(hits, of) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.integers(1, 100), st.floats(0, 1), st.floats(0.01, 0.99))
def test_the_binomial_chance_is_exact_for_whole_numbers(of: int, share: float, chance: float) -> None:
    hits = round(share * of)
    assert at_most(hits, of, chance) == pytest.approx(float(binom.cdf(hits, of, chance)), abs=1e-12)


def test_dependence_is_none_among_proposals_of_one_range_and_all_where_each_proposal_is_of_one_mind() -> None:
    alone = [str(number) for number in range(10)]
    hits = np.array([1.0, 0.0] * 5)
    assert dependence(hits, alone) == 0.0
    assert counted_as(hits, alone) == 10
    together = [str(number // 2) for number in range(10)]
    alike = np.array([1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0])
    assert dependence(alike, together) == 1.0
    assert counted_as(alike, together) == pytest.approx(5)


def test_the_verdict_needs_enough_estimates_of_enough_proposals() -> None:
    assert scores(judge(1, FEWEST - 1)).verdict is Calibration.TOO_FEW
    assert scores(judge(1, 40, each=10)).verdict is Calibration.TOO_FEW
    assert scores([]).verdict is Calibration.TOO_FEW


def test_a_calibrated_judge_is_called_so_and_one_of_half_the_width_is_found_out() -> None:
    assert share_of(verdicts(100, 30), Calibration.CALIBRATED) >= 0.93
    assert share_of(verdicts(100, 30, 0.5), Calibration.TOO_NARROW) >= 0.87


@pytest.mark.long
@pytest.mark.parametrize("count", [10, 30, 100])
def test_a_calibrated_judge_is_called_calibrated_in_95_of_100_runs(count: int) -> None:
    assert share_of(verdicts(2_000, count), Calibration.CALIBRATED) >= 0.95


@pytest.mark.long
def test_half_the_width_is_found_out_by_30_estimates_in_90_of_100_runs() -> None:
    assert share_of(verdicts(2_000, 30, 0.5), Calibration.TOO_NARROW) >= 0.9


@pytest.mark.long
def test_ranges_that_hang_together_within_proposals_do_not_make_a_calibrated_judge_look_otherwise() -> None:
    found = verdicts(1_000, 120, shared=0.5, each=4)
    assert share_of(found, Calibration.CALIBRATED) >= 0.93


def test_twice_the_width_and_a_lean_to_one_side_are_told_apart() -> None:
    assert share_of(verdicts(50, 60, 2.0), Calibration.TOO_WIDE) >= 0.8
    assert share_of(verdicts(50, 40, 1.0, 1.0), Calibration.BIASED) >= 0.9


def test_coverage_bias_and_ratio_are_counted_as_anybody_would() -> None:
    found = scores([one((10, 20, 40), 20), one((10, 20, 40), 40), one((10, 20, 40), 80), one((10, 20, 40), 5)])
    assert found.coverage is not None
    assert found.coverage.value == 0.5
    assert found.above is not None
    assert found.above.value == pytest.approx(2.5 / 4)
    assert found.ratio == pytest.approx((1 * 2 * 4 * 0.25) ** 0.25)
    assert found.width == pytest.approx(1.5)


def test_points_of_the_diagram_lie_near_the_diagonal_for_a_calibrated_judge_and_rise() -> None:
    points = scores(judge(3, 400)).points
    assert [each.nominal for each in points] == pytest.approx([tenth / 10 for tenth in range(1, 10)])
    assert all(each.low - 0.03 <= each.nominal <= each.high + 0.03 for each in points)
    assert [each.observed for each in points] == sorted(each.observed for each in points)


def test_scores_by_group_leave_out_what_has_no_group() -> None:
    ranges = [one((10, 20, 40), 20, team="A"), one((10, 20, 40), 90, team="B"), one((10, 20, 40), 20)]
    found = scores_by(ranges, lambda each: each.team)
    assert {name: each.count for name, each in found.items()} == {"A": 1, "B": 1}


def test_only_ranges_that_were_settled_are_scored_and_numbers_without_doubt_are_not() -> None:
    known = actuals(
        (BUILD, 11, 11.0),
        (RECALL, 12, 0.9),
        (f"{OWN}.costs.0.amount", 1, 150_000.0),
        ("bridge.value_of_catch", 12, 3.0),
    )
    found = judged("id", SIGNED, known)
    assert {each.path for each in found} == {BUILD, f"{OWN}.costs.0.amount"}
    assert {each.team for each in found} == {SIGNED.team}
    assert found[0].task == "detection"


def test_each_persons_own_range_is_scored_under_the_own_name() -> None:
    both = {
        "judgements": [{"by": "Ada", "p10": 8, "p50": 10, "p90": 12}, {"by": "Ben", "p10": 9, "p50": 14, "p90": 20}]
    }
    alternatives = list(SIGNED.alternatives)
    index = int(OWN.split(".")[1])
    alternatives[index] = alternatives[index].model_copy(update={"build_months": Estimate.model_validate(both)})
    proposal = SIGNED.model_copy(update={"alternatives": alternatives})
    found = judged("id", proposal, actuals((BUILD, 13, 13.0)))
    assert {each.judge: each.is_inside for each in found} == {"": True, "Ada": False, "Ben": True}
    assert [each.judge for each in signed_alone(found)] == [""]
