"""Who is counted in the track record: once each, whatever was decided after what was begun."""

from __future__ import annotations

import pytest

from app.session.tracked import Tracked, tracked
from db import DecisionRequest, Store
from scoping.record.actuals import read_actuals
from scoping.record.ledger import Stop
from scoping.record.overruns import one_each
from scoping.vocabulary import Outcome, Overrun, Recommendation
from tests.documents import UNCERTAIN, proposal, varied

OWN = "alternatives.2"
PAID, LIVE = f"{OWN}.costs.0.amount", f"{OWN}.build_months"
SIGNED = varied(
    UNCERTAIN,
    **{LIVE: {"p10": 3, "p50": 4, "p90": 6}, PAID: {"p10": 15_000, "p50": 20_000, "p90": 40_000}},
)
PILOT, BUILD, REWORK, STOP = Outcome.PILOT, Outcome.BUILD, Outcome.REWORK, Outcome.STOP


def decided(store: Store, identity: str, *outcomes: Outcome) -> None:
    for outcome in outcomes:
        # What is said in the same words is the same decision.
        why = f"Because of {len(store.decisions(identity).rows)}"
        store.decide(
            identity, DecisionRequest(1, Recommendation.BUILD, outcome, "Ana", reason=why, alternative="Model")
        )


def measured(store: Store, identity: str, *entries: tuple[str, int, float]) -> None:
    now = store.actuals.current(identity)
    assert now is not None
    lines = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    document = {"actuals_version": 1, "alternative": "Model", "entries": lines}
    store.actuals.save(identity, read_actuals(document, now.signed), now.decision.id, now.version)


def told(
    store: Store, before: tuple[Outcome, ...], *entries: tuple[str, int, float], after: tuple[Outcome, ...] = ()
) -> str:
    saved = store.create(proposal(SIGNED))
    decided(store, saved.id, *before)
    measured(store, saved.id, *entries)
    decided(store, saved.id, *after)
    return saved.id


def costs(found: Tracked) -> list[tuple[float, bool]]:
    return [(each.value * 20_000, each.at_least) for each in one_each(found.overruns, Overrun.COST)]


@pytest.mark.parametrize("after", [(STOP,), (REWORK, STOP), (STOP, STOP)])
@pytest.mark.parametrize(("begun", "stop"), [(PILOT, Stop.AFTER_PILOT), (BUILD, Stop.ON_THE_WAY)])
def test_what_a_later_decision_stopped_is_in_the_ledger_with_what_was_measured(
    pages_store: Store, after: tuple[Outcome, ...], begun: Outcome, stop: Stop
) -> None:
    told(pages_store, (begun,), (PAID, 3, 9_000.0), after=after)
    found = tracked(is_demo=False)
    (saving,) = found.saved
    assert saving.stop is stop
    assert saving.spent == pytest.approx(-9_000, rel=0.05)
    assert "month 3" in saving.rests_on
    assert [each.reached for each in found.fates] == [False]
    assert costs(found) == [(pytest.approx(9_000), True)]


def test_what_was_begun_and_stopped_with_nothing_recorded_was_not_stopped_before_the_work(pages_store: Store) -> None:
    saved = pages_store.create(proposal(SIGNED))
    decided(pages_store, saved.id, PILOT, STOP)
    (saving,) = tracked(is_demo=False).saved
    assert (saving.stop, saving.spent) == (Stop.AFTER_PILOT, 0.0)
    assert "nothing of it was ever measured" in saving.rests_on


def test_what_went_live_before_it_was_stopped_is_a_finished_build(pages_store: Store) -> None:
    told(pages_store, (BUILD,), (PAID, 3, 30_000.0), (LIVE, 6, 6.0), after=(STOP,))
    found = tracked(is_demo=False)
    assert [each.reached for each in found.fates] == [True]
    assert costs(found) == [(pytest.approx(30_000), False)]
    assert {str(each.path) for each in found.ranges if not each.judge} >= {PAID, LIVE}


def test_what_was_decided_anew_on_other_figures_is_one_project_and_no_stop(pages_store: Store) -> None:
    identity = told(pages_store, (BUILD,), (PAID, 3, 30_000.0), (LIVE, 6, 6.0), after=(BUILD,))
    measured(pages_store, identity, (PAID, 3, 31_000.0), (LIVE, 6, 7.0))
    found = tracked(is_demo=False)
    assert (found.saved, len(found.fates)) == ([], 1)
    assert costs(found) == [(pytest.approx(31_000), False)]
    # The revision is the same, so each range was signed once, and the later outcome counts.
    assert [each.actual for each in found.ranges if str(each.path) == LIVE and not each.judge] == [7.0]


def test_what_was_taken_back_counts_nowhere(pages_store: Store) -> None:
    identity = told(pages_store, (BUILD,), (PAID, 3, 30_000.0))
    first = pages_store.actuals.current(identity)
    assert first is not None
    pages_store.withdrawing.withdraw(identity, first.decision.id, "Signed by mistake", "Ana")
    assert tracked(is_demo=False) == Tracked((), (), ())
    decided(pages_store, identity, STOP)
    found = tracked(is_demo=False)
    assert (found.superseded, [each.stop for each in found.saved], found.fates) == ((), [Stop.BEFORE], [])


def test_a_stop_on_the_way_is_worth_what_the_loss_of_going_on_was(pages_store: Store) -> None:
    """As if the month of the stop had been entered by hand: a decision to stop says the same."""
    told(pages_store, (BUILD,), (PAID, 3, 9_000.0), after=(STOP,))
    identity = told(pages_store, (BUILD,), (PAID, 3, 9_000.0))
    now = pages_store.actuals.current(identity)
    assert now is not None
    by_hand = now.actuals.model_copy(update={"stopped_month": 3})
    pages_store.actuals.save(identity, by_hand, now.decision.id, now.version)
    one, other = tracked(is_demo=False).saved
    assert (one.saved, one.spent, one.stop) == (other.saved, other.spent, other.stop)
