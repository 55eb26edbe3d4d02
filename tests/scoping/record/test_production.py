"""Signed chances of reaching production, scored: closed forms, an independent library, and what is not scored."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from scoping.record.actuals import Actuals
from scoping.record.production import FEWEST_FATES, Fate, fate, fate_of_stopped, production
from scoping.reports.measured.production import reaching
from tests.scoping.record.samples import BUILD, INDEX, OWN, SIGNED, actuals

CHANCE = SIGNED.alternatives[INDEX].success_probability


def fates(*pairs: tuple[float, int]) -> list[Fate]:
    return [Fate(str(number), chance, bool(came)) for number, (chance, came) in enumerate(pairs)]


PAIRS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=FEWEST_FATES, max_size=60)


@given(PAIRS)
def test_the_score_is_that_of_an_independent_library_and_the_sum_of_its_parts(pairs: list[tuple[float, int]]) -> None:
    found = production(fates(*pairs))
    said, came = zip(*pairs, strict=True)
    assert found.brier == pytest.approx(brier_score_loss(came, said, labels=[0, 1]), abs=1e-12)
    parts = found.parts
    assert parts is not None
    assert found.brier == pytest.approx(parts.uncertainty - parts.resolution + parts.reliability + parts.within)
    assert min(parts.uncertainty, parts.resolution, parts.reliability) >= 0
    assert sum(each.count for each in found.tenths) == found.count == len(pairs)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1)), min_size=FEWEST_FATES, max_size=60))
def test_with_one_chance_in_each_tenth_it_is_murphys_three_parts(pairs: list[tuple[int, int]]) -> None:
    """Murphy 1973: the score of classes of equal forecasts is uncertainty - resolution + reliability, nothing else."""
    parts = production(fates(*((tenth / 10 + 0.05, came) for tenth, came in pairs))).parts
    assert parts is not None
    assert parts.within == pytest.approx(0, abs=1e-12)


def test_chances_that_mean_what_they_say_score_their_own_variance() -> None:
    """Said p, and came true in a share p: the score is p (1 - p), and nothing of it is unreliable."""
    found = production(fates(*[(0.8, 1)] * 8, *[(0.8, 0)] * 2))
    assert found.brier == pytest.approx(0.8 * 0.2)
    assert found.parts is not None
    assert (found.parts.reliability, found.parts.resolution) == (pytest.approx(0), pytest.approx(0))
    assert found.parts.uncertainty == pytest.approx(0.16)


def test_who_knows_it_all_scores_nothing_and_who_is_always_wrong_scores_one() -> None:
    right = production(fates(*[(1.0, 1)] * 6, *[(0.0, 0)] * 6))
    wrong = production(fates(*[(0.0, 1)] * 6, *[(1.0, 0)] * 6))
    assert (right.brier, right.interval) == (0, (0, 0))
    assert (wrong.brier, wrong.interval) == (1, (1, 1))
    assert [(each.least, each.observed) for each in right.tenths] == [(0.0, 0.0), (0.9, 1.0)]


def test_a_chance_on_the_end_of_a_tenth_belongs_to_the_one_above() -> None:
    found = production(fates(*((number / 10, 1) for number in range(10))))
    assert [(each.least, each.count) for each in found.tenths] == [(number / 10, 1) for number in range(10)]


def test_what_is_open_or_was_never_given_a_chance_is_counted_and_not_scored() -> None:
    known = fates(*[(0.7, 1)] * FEWEST_FATES)
    found = production([*known, Fate("open", 0.1, None), Fate("unsaid", None, True), Fate("both", None, None)])
    assert (found.count, found.open, found.unsaid) == (FEWEST_FATES, 2, 1)
    assert found.brier == pytest.approx(0.09)


def test_of_few_nothing_is_said() -> None:
    found = production(fates(*[(0.7, 1)] * (FEWEST_FATES - 1)))
    assert (found.count, found.is_enough, found.tenths) == (FEWEST_FATES - 1, False, ())
    (said,) = reaching(found).blocks
    assert "Too few to say" in str(said.text)  # type: ignore[union-attr]
    assert not production([]).is_enough


@pytest.mark.parametrize(
    ("known", "reached"),
    [
        (actuals((BUILD, 11, 11.0)), True),
        (actuals((f"{OWN}.success_probability", 8, 0)), False),
        (actuals((f"{OWN}.costs.0.amount", 2, 10.0), stopped_month=6), False),
        (actuals((BUILD, 11, 11.0), stopped_month=20), True),
        (actuals((f"{OWN}.costs.0.amount", 2, 10.0)), None),
    ],
)
def test_the_fate_follows_from_what_was_recorded(known: object, reached: bool | None) -> None:
    found = fate("id", SIGNED, known)  # type: ignore[arg-type]
    assert found.reached is reached
    assert CHANCE is not None
    assert found.chance == pytest.approx(CHANCE.p50, abs=0.05)


def test_what_a_later_decision_stopped_did_not_go_live_unless_it_had() -> None:
    begun = fate_of_stopped("id", SIGNED, actuals((f"{OWN}.costs.0.amount", 2, 10.0)))
    live = fate_of_stopped("id", SIGNED, actuals((BUILD, 11, 11.0)))
    assert begun is not None
    assert live is not None
    assert (begun.reached, live.reached) == (False, True)
    assert fate_of_stopped("id", SIGNED, Actuals(alternative="Nobody knows")) is None


@pytest.mark.long
def test_the_interval_holds_the_true_score_in_nineteen_of_twenty_cases() -> None:
    draws, held = np.random.default_rng(7), 0
    for _ in range(2_000):
        said = draws.uniform(0.3, 0.95, 40)
        truth = float(np.mean(said * (1 - said)))
        came = (draws.uniform(size=40) < said).astype(float)
        interval = production(fates(*zip(said, came.astype(int), strict=True))).interval
        assert interval is not None
        held += interval[0] <= truth <= interval[1]
    assert held / 2_000 == pytest.approx(0.95, abs=0.04)


def test_it_says_whether_production_came_as_often_as_was_signed() -> None:
    def verdict(pairs: list[tuple[float, int]]) -> str:
        return " ".join(str(getattr(each, "text", "")) for each in reaching(production(fates(*pairs))).blocks)

    assert "more seldom than was signed" in verdict([(0.9, 1)] * 10 + [(0.9, 0)] * 10)
    assert "more often than was signed" in verdict([(0.2, 1)] * 15 + [(0.2, 0)] * 5)
    assert "As often as was signed" in verdict([(0.8, 1)] * 8 + [(0.8, 0)] * 2)
