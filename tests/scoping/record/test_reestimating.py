"""NPV with what is known by now: the same as that of a document that says so, and moved by what moved."""

from __future__ import annotations

import numpy as np
import pytest

from scoping import Estimate, Proposal, appraise, assess, read, to_dict
from scoping.document.fields import MONEY, MONTHS, SHARE
from scoping.document.paths import with_value
from scoping.examples import load
from scoping.record import GAIN, reestimated, restated
from scoping.record.restating import around, at_least
from scoping.value.figures import Figure
from tests.scoping.record.samples import BUILD, INDEX, OWN, RECALL, SIGNED, actuals

HORIZON = SIGNED.returns.horizon_months or 0
COST = f"{OWN}.costs.0.amount"


def test_with_nothing_recorded_npv_is_what_was_signed() -> None:
    found = reestimated(SIGNED, actuals())
    assert found is not None
    assert found.now == found.signed
    assert found.moved == ()
    assert found.signed == _as_assessed(SIGNED)


def test_what_was_signed_is_the_figure_of_the_assessment_whatever_stands_beside_it() -> None:
    # Other alternatives draw numbers of their own: whether they do must not move this one.
    proposal = load("pump_maintenance")
    found = assess(proposal).alternatives
    uncertain = [each for each in found if each.outcome is not None]
    assert len(uncertain) > 1
    for each in uncertain:
        known = actuals().model_copy(update={"alternative": each.name})
        again = reestimated(proposal, known)
        assert again is not None
        assert each.outcome is not None
        assert again.signed == each.outcome.npv


def _as_assessed(proposal: Proposal) -> Figure:
    outcome = assess(proposal).alternatives[INDEX].outcome
    assert outcome is not None
    return outcome.npv


def test_a_level_known_to_the_horizon_is_one_number_of_the_document() -> None:
    months = range(12, HORIZON + 1)
    found = reestimated(SIGNED, actuals((BUILD, 11, 11.0), *((RECALL, month, 0.9) for month in months)))
    document = to_dict(SIGNED)
    for path, value in ((RECALL, 0.9), (BUILD, 11.0), (f"{OWN}.success_probability", 1.0)):
        document = with_value(document, path, value)
    assert found is not None
    expected = appraise(read(document)).alternatives[INDEX].expected
    assert found.now.mean == pytest.approx(expected, rel=0.01)


def test_movements_add_up_to_the_difference_and_the_largest_is_said_first() -> None:
    known = actuals((BUILD, 14, 14.0), (COST, 3, 260_000.0), (RECALL, 15, 0.8), (f"{OWN}.costs", 9, 90_000.0))
    found = reestimated(SIGNED, known)
    assert found is not None
    amounts = [each.amount for each in found.moved]
    assert sum(amounts) == pytest.approx(found.difference, rel=1e-9)
    assert [abs(each) for each in amounts] == sorted(map(abs, amounts), reverse=True)
    moved = {each.path: each.amount for each in found.moved}
    assert moved[COST] < 0
    assert moved[RECALL] < 0
    assert moved[f"{OWN}.success_probability"] > 0
    assert moved[f"{OWN}.costs"] < 0


def test_the_range_narrows_as_more_becomes_known() -> None:
    recall = [(RECALL, month, 0.93) for month in range(12, HORIZON + 1)]
    known = actuals((BUILD, 11, 11.0), *recall)
    widths = []
    for month in (12, 30, HORIZON):
        found = restated(SIGNED, known, month).alternatives[INDEX].metrics["recall"]
        widths.append(found.p90 - found.p10)
    assert widths[0] > widths[1] > widths[2] == 0


def test_an_earlier_month_knows_nothing_of_later_ones() -> None:
    known = actuals((BUILD, 14, 14.0), (RECALL, 15, 0.5))
    found, alone = reestimated(SIGNED, known, 14), reestimated(SIGNED, actuals((BUILD, 14, 14.0)))
    assert found is not None and alone is not None  # noqa: PT018
    assert found.now == alone.now


def test_more_gain_in_a_month_is_worth_its_present_value() -> None:
    start = (BUILD, 11, 11.0)
    one = reestimated(SIGNED, actuals(start, (str(GAIN), 24, 10_000.0)))
    more = reestimated(SIGNED, actuals(start, (str(GAIN), 24, 11_000.0)))
    assert one is not None and more is not None  # noqa: PT018
    assert more.difference - one.difference == pytest.approx(1_000 / 1.09**2, rel=1e-6)


def test_a_stop_before_production_leaves_the_money_that_was_spent() -> None:
    spent = [(f"{OWN}.costs.{number}.amount", 2, 10_000.0) for number in range(6)]
    found = reestimated(SIGNED, actuals(*spent, stopped_month=2))
    assert found is not None
    rate = 1.09 ** (1 / 12)
    assert found.now.mean == pytest.approx(-30_000 / rate - 30_000 / rate**2, rel=1e-3)
    assert found.now.p10 == pytest.approx(found.now.p90)


@pytest.mark.parametrize("quantity", [MONEY, MONTHS])
def test_given_that_it_is_more_the_distribution_is_cut_below(quantity: object) -> None:
    estimate = Estimate.of(10, 20, 70)
    assert at_least(estimate, MONEY, 0.0).p50 == pytest.approx(20, rel=0.01)
    found = at_least(estimate, MONEY, 20.0)
    # Of the upper half, the tenth, the half and nine tenths are 55 %, 75 % and 95 % of all.
    assert found.p10 > 20
    assert found.p50 < 70 < found.p90
    beyond = at_least(estimate, MONEY, 1e9)
    assert (beyond.p10, beyond.p90) == (1e9, 1e9)


def test_a_cut_distribution_is_that_of_the_draws_that_are_left() -> None:
    estimate = Estimate.of(10, 20, 70)
    from scoping.document.estimate import quantile_function

    draws = quantile_function(estimate, 0, None)(np.random.default_rng(1).random(200_000))
    found, kept = at_least(estimate, MONEY, 30.0), draws[draws >= 30]
    assert [found.p10, found.p50, found.p90] == pytest.approx(list(np.quantile(kept, [0.1, 0.5, 0.9])), rel=0.02)


def test_what_was_measured_moves_the_range_and_the_share_known_narrows_it() -> None:
    signed = Estimate.of(0.7, 0.8, 0.9)
    assert around(signed, SHARE, 0.8, 0.0).quantiles == pytest.approx(signed.quantiles)
    assert around(signed, SHARE, 0.6, 1.0).quantiles == pytest.approx({"p10": 0.6, "p50": 0.6, "p90": 0.6})
    half = around(signed, SHARE, 0.97, 0.5)
    assert half.p10 < half.p50 == pytest.approx(0.97)
    assert half.p90 < 1
    assert around(signed, SHARE, 1.0, 0.5).p90 == 1.0
