"""The organisation's own overruns: few are blended with what is published, enough of them stand alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from scoping import Estimate
from scoping.document.estimate import quantile_function
from scoping.document.fields import MONEY, SHARE, Quantity
from scoping.record import GAIN, compared
from scoping.record.overruns import Ratio, ratios
from scoping.record.own_classes import ENOUGH, FEWEST, class_said, own_class, to_take_over
from scoping.record.recalibrating import recalibration, suggested
from scoping.record.reestimating import gains_as_signed
from scoping.value.outside_view import REFERENCE_CLASSES
from scoping.vocabulary import OutsideViewClass, Overrun, Unit
from tests.scoping.record.samples import BUILD, INDEX, OWN, SIGNED, actuals
from tests.scoping.record.test_scores import judge

DAY = date(2026, 3, 1)


def projects(*values: float) -> list[Ratio]:
    return [Ratio(str(number), Overrun.COST, value) for number, value in enumerate(values)]


def test_with_few_own_projects_nothing_is_said_and_with_enough_they_stand_alone() -> None:
    assert own_class(Overrun.COST, projects(*[1.5] * (FEWEST - 1))) is None
    many = own_class(Overrun.COST, projects(*[1.4, 1.6] * (ENOUGH // 2)))
    assert many is not None
    assert (many.is_alone, many.weight, many.source) == (True, 1.0, "")
    assert many.factors[1] == pytest.approx((1.4 * 1.6) ** 0.5)
    assert "alone" in class_said(many)


def test_between_them_the_factor_lies_between_the_published_and_the_own_and_moves_with_each_project() -> None:
    published = own_class(Overrun.COST, projects(2.0, 2.0, 2.0))
    assert published is not None and published.published is not None  # noqa: PT018
    weights, factors = [], []
    for count in range(FEWEST, ENOUGH):
        found = own_class(Overrun.COST, projects(*[2.0] * count))
        assert found is not None
        weights.append(found.weight)
        factors.append(found.factors[1])
        assert published.published < found.factors[1] < 2.0
    assert weights == sorted(weights)
    assert factors == sorted(factors)


def test_the_weight_is_buehlmanns() -> None:
    """Buehlmann 1967: n / (n + k), k the variance within over the variance between."""
    logs = np.log([1.2, 1.5, 2.4, 1.1])
    found = own_class(Overrun.COST, projects(1.2, 1.5, 2.4, 1.1))
    it, upper, lower = (REFERENCE_CLASSES[each] for each in OutsideViewClass)
    of_it = (5 * np.log(it.cost) + np.log(3)) / 6
    between = np.var([of_it, np.log(upper.cost), np.log(lower.cost)], ddof=1)
    single = 5 / 36 * np.log(3 / it.cost) ** 2
    within = (3 * logs.var(ddof=1) + 3 * single) / 6
    assert found is not None
    assert found.weight == pytest.approx(4 / (4 + within / between))
    assert found.mean_log == pytest.approx(found.weight * logs.mean() + (1 - found.weight) * of_it)


def test_the_blend_is_nearer_the_truth_than_either_alone_over_many_organisations() -> None:
    draws = np.random.default_rng(3)
    errors = []
    for _ in range(400):
        truth = draws.normal(0.117, 0.5)
        found = own_class(Overrun.COST, projects(*np.exp(draws.normal(truth, 0.45, 4))))
        assert found is not None and found.published is not None  # noqa: PT018
        errors.append(np.array([found.mean_log, np.log(found.own), np.log(found.published)]) - truth)
    blended, own, published = (np.array(errors) ** 2).mean(axis=0)
    assert blended < own < published


def test_a_finished_build_gives_its_ratios() -> None:
    once = [(f"{OWN}.costs.{n}.amount", 3, 2 * SIGNED.alternatives[INDEX].costs[n].amount.p50) for n in range(6)]  # type: ignore[union-attr]
    known = actuals((BUILD, 14, 16.5), *once)
    found = {each.what: each.value for each in ratios("id", SIGNED, known)}
    assert found == {Overrun.COST: pytest.approx(2.0), Overrun.TIME: pytest.approx(16.5 / 11)}
    assert all(each.at_least for each in ratios("id", SIGNED, actuals(once[0])))


def test_half_the_gain_that_was_signed_is_a_ratio_of_one_half() -> None:
    start = (BUILD, 11, 11.0)
    months = [24, 25, 26]
    expected = gains_as_signed(SIGNED, actuals(start), months)
    assert expected is not None
    known = actuals(start, *((str(GAIN), month, expected / 6) for month in months))
    assert {each.what: each.value for each in ratios("id", SIGNED, known)}[Overrun.BENEFIT] == pytest.approx(0.5)
    assert next(each for each in compared(SIGNED, known) if each.path == GAIN).actual == pytest.approx(expected / 2)


def test_what_a_proposal_takes_over_is_the_class_with_its_day_and_what_it_was_blended_with() -> None:
    few = to_take_over(projects(1.2, 1.5, 2.4, 1.1), OutsideViewClass.GREEN_BOOK_LOWER, as_of=DAY)
    own = own_class(Overrun.COST, projects(1.2, 1.5, 2.4, 1.1), OutsideViewClass.GREEN_BOOK_LOWER)
    assert own is not None
    assert [(each.what, each.count, each.blended_with, each.as_of) for each in few] == [
        (Overrun.COST, 4, OutsideViewClass.GREEN_BOOK_LOWER, DAY)
    ]
    assert few[0].factors == pytest.approx(own.factors, rel=1e-5)
    (many,) = to_take_over(projects(*[1.4, 1.6] * (ENOUGH // 2)), as_of=DAY)
    assert (many.weight, many.blended_with) == (1.0, None)


def test_too_few_give_nothing_to_take_over_and_neither_does_a_class_without_any_order() -> None:
    assert to_take_over(projects(1.2, 1.5), as_of=DAY) == []
    assert to_take_over(projects(*[0.001, 1000.0] * ENOUGH), as_of=DAY) == []


def test_of_gains_nobody_published_a_class() -> None:
    gains = [Ratio(str(number), Overrun.BENEFIT, value) for number, value in enumerate((0.6, 0.7, 0.9))]
    (own,) = to_take_over(gains, as_of=DAY)
    assert own.blended_with is None
    assert 0.72 < own.factors[1] < 1


def test_a_calibrated_past_suggests_nothing_and_a_narrow_one_wider_ranges() -> None:
    assert recalibration(judge(2, 60)) is None
    assert recalibration(judge(2, 5, 0.5)) is None
    found = recalibration(judge(2, 200, 0.5))
    assert found is not None
    assert found.widening == pytest.approx(2.0, rel=0.15)
    given = Estimate.of(80, 100, 125)
    new = suggested(given, MONEY, found)
    assert new is not None
    assert new.suggested.p10 < 80 < 125 < new.suggested.p90
    assert "200 past ranges" in new.reason
    assert suggested(Estimate.of(5), MONEY, found) is None


def test_recalibrated_ranges_of_the_same_judge_hold_what_they_should() -> None:
    found = recalibration(judge(5, 150, 0.5, 0.4))
    assert found is not None
    later = judge(6, 400, 0.5, 0.4)
    new = [suggested(each.signed, MONEY, found) for each in later]
    pairs = [(each.suggested, truth.actual) for each, truth in zip(new, later, strict=True) if each is not None]
    held = [each.p10 <= actual <= each.p90 for each, actual in pairs]
    assert np.mean(held) == pytest.approx(0.8, abs=0.07)


def test_a_suggestion_stays_within_the_bounds_of_its_field() -> None:
    found = recalibration(judge(2, 200, 0.3, 1.0))
    assert found is not None
    new = suggested(Estimate.of(0.9, 0.95, 0.99), SHARE, found)
    assert new is not None
    assert 0 <= new.suggested.p10 <= new.suggested.p90 <= 1


@pytest.mark.parametrize(("low", "likely", "high"), [(0, 300, 594), (71, 128, 377), (6, 300, 600), (0.0006, 6, 600)])
@pytest.mark.parametrize(("shift", "widening"), [(0.7, 3.6), (-0.7, 7.1), (2.4, 1.3), (0.1, 30.0)])
def test_a_suggestion_for_a_field_that_ends_before_its_distribution_does_is_a_range(
    low: float, likely: float, high: float, shift: float, widening: float
) -> None:
    """Months end at 600 and their distribution nowhere: what lies beyond must not take the digits of what does not."""
    found = recalibration(judge(2, 200, 0.5))
    assert found is not None
    given, months = Estimate.of(low, likely, high), Quantity(Unit.MONTHS, 0, 600)
    past = replace(found, shift=shift, widening=widening)
    new = suggested(given, months, past)
    exact = quantile_function(given, *months.support)(ndtr(shift + widening * ndtri([0.1, 0.5, 0.9])))
    wanted = np.clip(exact, 0, 600)
    assert new is not None
    told = np.array([new.suggested.p10, new.suggested.p50, new.suggested.p90])
    assert np.abs(told - wanted).max() <= (wanted[2] - wanted[0]) / 20
    assert not np.signbit(told).any()


def test_where_all_of_it_would_lie_on_the_bound_of_a_field_there_is_no_suggestion() -> None:
    found = recalibration(judge(2, 200, 0.5))
    assert found is not None
    past = replace(found, shift=6.0, widening=1.1)
    assert suggested(Estimate.of(400, 500, 590), Quantity(Unit.MONTHS, 0, 600), past) is None
