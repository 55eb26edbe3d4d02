"""A decision is judged by what was known; what came of it is said apart, and so is what stopping saved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoping import appraise, examples
from scoping.record.ledger import Case, Stop, savings, totals
from scoping.record.places import GAIN
from scoping.record.reestimating import as_known, npv_as_known, reestimated
from scoping.record.replaying import Decided, Hindsight, replayed, was_right_then
from scoping.reports.measured.learned import seen_again
from scoping.vocabulary import Recommendation
from tests.scoping.record.samples import BUILD, NAME, OWN, RECALL, SIGNED, actuals

THEN = appraise(SIGNED)
HORIZON = SIGNED.returns.horizon_months or 0
LIFE = range(12, HORIZON + 1)


def history(recall: float, false_alarms: float) -> list[tuple[str, int, float]]:
    rate = f"{OWN}.metrics.false_positive_rate"
    return [
        (BUILD, 11, 11.0),
        *((RECALL, month, recall) for month in LIFE),
        *((rate, month, false_alarms) for month in LIFE),
    ]


def test_a_decision_that_the_figures_spoke_for_was_right_whatever_came_of_it() -> None:
    decided = Decided(THEN.verdict.recommendation)
    assert was_right_then(decided, THEN)
    others = [each for each in Recommendation if each is not THEN.verdict.recommendation]
    assert not any(was_right_then(Decided(each), THEN) for each in others) or THEN.verdict.is_tie


def test_a_good_outcome_makes_no_good_decision_of_a_bad_one() -> None:
    decided = Decided(Recommendation.BUILD, NAME)
    is_right = was_right_then(decided, THEN)
    good = replayed(SIGNED, decided, actuals(*history(0.97, 0.01)), appraisal=THEN)
    bad = replayed(SIGNED, decided, actuals(*history(0.6, 0.1)), appraisal=THEN)
    assert (good.was_right_then, bad.was_right_then) == (is_right, is_right)
    assert good.was_right_now is True
    assert bad.was_right_now is False
    assert good.hindsight is (Hindsight.GOOD_AND_LUCKY if is_right else Hindsight.BAD_AND_LUCKY)
    assert bad.hindsight is (Hindsight.GOOD_AND_UNLUCKY if is_right else Hindsight.BAD_AND_UNLUCKY)
    assert "does not pay" in bad.reason


def test_while_the_range_holds_zero_the_outcome_is_open_and_what_was_not_done_cannot_be_seen() -> None:
    early = replayed(SIGNED, Decided(Recommendation.BUILD, NAME), actuals(through_month=1), appraisal=THEN)
    assert early.was_right_now is None
    stopped = replayed(SIGNED, Decided(Recommendation.STOP), actuals(), appraisal=THEN)
    assert stopped.was_right_now is None
    assert "cannot be seen" in stopped.reason


def test_what_came_of_it_is_told_of_what_was_measured_though_another_way_was_decided() -> None:
    """Decided was a rule; built and measured was the model, which is bad: nothing is known of the rule."""
    other = next(each.name for each in SIGNED.alternatives if not each.is_status_quo and each.name != NAME)
    measured = actuals(*history(0.6, 0.1))
    found = replayed(SIGNED, Decided(Recommendation.SIMPLER, other), measured, appraisal=THEN)
    of_the_model = reestimated(SIGNED, measured)
    assert of_the_model is not None
    assert found.value_now == of_the_model.now
    assert found.was_right_now is False


def test_the_verdict_with_hindsight_is_that_of_the_same_document_with_what_is_known() -> None:
    found = replayed(SIGNED, Decided(Recommendation.BUILD, NAME), actuals(*history(0.3, 0.3)), appraisal=THEN)
    assert found.recommended is THEN.verdict.recommendation
    assert found.recommended_now is not Recommendation.BUILD


def test_that_it_was_stopped_is_no_reason_why_it_should_have_been() -> None:
    """All went well until somebody stopped it: what is known still speaks for the model, and not against it."""
    decided, well = Decided(Recommendation.BUILD, NAME), (RECALL, 2, 0.99)
    for how in ({"through_month": 3}, {"stopped_month": 3}):
        found = replayed(SIGNED, decided, actuals(well, **how), appraisal=THEN)
        assert found.recommended_now is Recommendation.BUILD, how


def test_what_was_stopped_before_the_work_saved_the_loss_that_was_signed() -> None:
    proposal = examples.load("stock_price")
    leader = appraise(proposal).leader()
    assert leader is not None and leader.outcome is not None  # noqa: PT018
    (entry,) = savings([Case("a", proposal, Decided(Recommendation.STOP))])
    assert entry.stop is Stop.BEFORE
    assert entry.saved.mean == pytest.approx(-(leader.outcome.npv.mean or 0.0))
    assert entry.saved.p10 == pytest.approx(-(leader.outcome.npv.p90 or 0.0))
    assert "signed figures" in entry.rests_on


def test_what_was_stopped_on_the_way_saved_the_loss_of_going_on_and_not_what_was_spent() -> None:
    spent = [(f"{OWN}.costs.0.amount", 2, 50_000.0), (RECALL, 2, 0.4)]
    stopped = actuals(*spent, stopped_month=3)
    (entry,) = savings([Case("a", SIGNED, Decided(Recommendation.PILOT, NAME), stopped)])
    went_on = reestimated(SIGNED, actuals(*spent, through_month=3))
    assert went_on is not None
    assert entry.stop is Stop.AFTER_PILOT
    assert entry.spent == pytest.approx(-50_000, rel=0.03)
    assert entry.saved.mean == pytest.approx(entry.spent - (went_on.now.mean or 0.0))
    assert (entry.saved.mean or 0.0) > 0
    assert "month 3" in entry.rests_on


def test_a_project_that_goes_on_saved_nothing_and_sums_keep_currencies_apart() -> None:
    assert not savings([Case("a", SIGNED, Decided(Recommendation.BUILD, NAME), actuals())])
    proposal = examples.load("stock_price")
    case = Case("a", proposal, Decided(Recommendation.STOP))
    dollars = Case("b", proposal.model_copy(update={"currency": "CHF"}), Decided(Recommendation.STOP))
    entries = savings([case, case, dollars])
    found = {each.currency: each for each in totals(entries)}
    assert {name: each.count for name, each in found.items()} == {proposal.currency: 2, "CHF": 1}
    width, alone = (found[name].p90 - found[name].p10 for name in (proposal.currency, "CHF"))
    assert alone < width < 2 * alone


def test_the_total_of_one_stop_is_that_stop() -> None:
    entries = savings([Case("a", examples.load("stock_price"), Decided(Recommendation.STOP))])
    ((saved, total),) = zip((each.saved for each in entries), totals(entries), strict=True)
    assert (total.p10, total.p50, total.p90) == (saved.p10, saved.p50, saved.p90)


def test_the_total_of_several_is_that_of_independent_draws_whatever_their_shape() -> None:
    (entry,) = savings([Case("a", SIGNED, Decided(Recommendation.STOP))])
    draws, numbers = -THEN.leader().outcome.draws, np.random.default_rng(3)  # type: ignore[union-attr]
    summed = sum(numbers.permutation(draws) for _ in range(3))
    (total,) = totals([entry] * 3)
    spread = float(np.std(summed))
    for ours, independent in zip((total.p10, total.p50, total.p90), np.quantile(summed, (0.1, 0.5, 0.9)), strict=True):
        assert ours == pytest.approx(independent, abs=0.04 * spread)


def test_what_happened_until_the_stop_was_neither_saved_nor_lost() -> None:
    """Stopped in the last month that counts, nothing is left to save, however little is known of what was."""
    seldom = [(BUILD, 11, 11.0), (RECALL, 20, 0.6)]
    (at_the_end,) = savings(
        [Case("a", SIGNED, Decided(Recommendation.BUILD, NAME), actuals(*seldom, stopped_month=HORIZON))]
    )
    figures = at_the_end.saved
    assert (figures.p10, figures.p50, figures.p90, figures.mean) == pytest.approx((0, 0, 0, 0), abs=0.01)
    (earlier,) = savings(
        [Case("a", SIGNED, Decided(Recommendation.BUILD, NAME), actuals(*seldom, stopped_month=HORIZON - 1))]
    )
    known = actuals(*seldom, through_month=HORIZON - 1)
    went_on = reestimated(SIGNED, known)
    assert went_on is not None
    width = (went_on.now.p90 or 0.0) - (went_on.now.p10 or 0.0)
    assert 0 < (earlier.saved.p90 or 0.0) - (earlier.saved.p10 or 0.0) < width / 5


def test_a_tie_makes_right_what_is_level_and_nothing_else() -> None:
    """A model and a rule that are worth the same, a lot each, speak for neither a pilot nor for a stop."""
    verdict = replace(THEN.verdict, recommendation=Recommendation.BUILD, level_with=(Recommendation.SIMPLER,))
    level = replace(THEN, verdict=verdict)
    right = {each for each in Recommendation if was_right_then(Decided(each), level)}
    assert right == {Recommendation.BUILD, Recommendation.SIMPLER}
    best, far_behind = (
        str(each.name) for each in THEN.best_first() if each.expected and not each.kind.is_machine_learning
    )
    assert was_right_then(Decided(Recommendation.SIMPLER, best), level)
    assert not was_right_then(Decided(Recommendation.SIMPLER, far_behind), level)


def gained(amount: float) -> list[tuple[str, int, float]]:
    return [*history(0.6, 0.1), *((str(GAIN), month, amount) for month in LIFE)]


def test_a_gain_that_was_recorded_counts_in_the_recommendation_as_in_the_npv_beside_it() -> None:
    """By its metrics the model loses money, and its gain says otherwise; by both, what is told is one and the same."""
    poor, rich = (actuals(*gained(amount)) for amount in (0.0, 200_000.0))
    for known, is_worth_it in ((poor, False), (rich, True)):
        found = replayed(SIGNED, Decided(Recommendation.BUILD, NAME), known, appraisal=THEN)
        assert found.value_now is not None
        assert ((found.value_now.mean or 0.0) > 0) is is_worth_it
        assert (found.recommended_now is Recommendation.BUILD) is is_worth_it
        again = {str(each.name): each.expected for each in appraise(as_known(SIGNED, known)).alternatives}
        assert again[NAME] == pytest.approx(found.value_now.mean, abs=5 * (found.value_now.standard_error or 0.0))


def test_where_nothing_was_in_use_a_recorded_gain_still_counts() -> None:
    known = actuals((str(GAIN), 2, 500_000.0), stopped_month=3)
    now = npv_as_known(SIGNED, known)
    again = {str(each.name): each.expected for each in appraise(as_known(SIGNED, known)).alternatives}
    assert now is not None
    assert again[NAME] == pytest.approx(now.mean, abs=5 * (now.standard_error or 0.0) + 1)


def test_what_was_stopped_is_said_to_be_seen_as_if_it_had_gone_on() -> None:
    decided = Decided(Recommendation.BUILD, NAME)
    stopped = seen_again(replayed(SIGNED, decided, actuals((RECALL, 2, 0.99), stopped_month=3), appraisal=THEN))
    going_on = seen_again(replayed(SIGNED, decided, actuals((RECALL, 2, 0.99)), appraisal=THEN))
    never_begun = seen_again(replayed(SIGNED, Decided(Recommendation.STOP), actuals(), appraisal=THEN))
    assert "stopped it in month 3" in str(stopped)
    assert "against the other ways" in str(going_on)
    assert "With what is known now” " not in str(never_begun)
