"""The demo portfolio: whole, the same each time, and with the biases that were put into it found by the scores."""

from __future__ import annotations

import pytest

from scoping import appraise, read, to_dict
from scoping.record import judged, own_class, ratios, read_actuals, scores, scores_by, signed_alone, write_actuals
from scoping.record.demo import JUDGES, DemoCase, demo
from scoping.record.scores import Calibration
from scoping.vocabulary import ActualKind, Overrun, Recommendation

pytestmark = pytest.mark.long

CASES = demo()
BEGUN = [each for each in CASES if each.actuals is not None]


def test_it_is_thirty_decided_proposals_under_titles_of_their_own() -> None:
    assert len(CASES) == 30
    assert len({each.proposal.title for each in CASES}) == 30
    assert {each.decided.outcome for each in CASES} == set(Recommendation)
    assert all(each.decided.decided_on for each in CASES)


def test_every_document_is_read_back_as_it_was_written() -> None:
    for each in CASES:
        assert read(to_dict(each.proposal)) == each.proposal
        if each.actuals is not None:
            again = read_actuals(write_actuals(each.actuals), each.proposal, each.decided.conditions)
            assert again == each.actuals


def test_the_same_seed_gives_the_same_portfolio_and_another_one_another() -> None:
    def told(found: DemoCase) -> object:
        return to_dict(found.proposal), found.actuals

    assert [told(each) for each in demo(1)] == [told(each) for each in CASES]
    assert [told(each) for each in demo(2)] != [told(each) for each in CASES]


@pytest.mark.long
def test_all_of_it_can_be_valued() -> None:
    for each in CASES:
        assert appraise(each.proposal).missing == ()


def test_two_years_are_recorded_unless_it_was_stopped() -> None:
    for each in BEGUN:
        assert each.actuals is not None
        assert each.actuals.months == (each.actuals.stopped_month or 24)
        assert all(entry.source and entry.measured_by and entry.measured_on for entry in each.actuals.entries)


def test_the_scores_find_the_biases_that_were_put_in() -> None:
    ranges, found = [], []
    for seed in (1, 2, 3):
        for number, each in enumerate(CASES if seed == 1 else demo(seed)):
            if each.actuals is not None:
                ranges += judged(f"{seed}.{number}", each.proposal, each.actuals)
                found += ratios(f"{seed}.{number}", each.proposal, each.actuals)
    by_kind = scores_by(signed_alone(ranges), lambda each: each.kind)
    for kind in (ActualKind.COST, ActualKind.TIME):
        late = by_kind[kind]
        assert late.worse is not None
        assert late.worse.low > 0.5
    assert scores(signed_alone(ranges)).verdict in (Calibration.BIASED, Calibration.TOO_NARROW)
    coverage = {name: each.coverage for name, each in scores_by(ranges, lambda one: one.judge).items()}
    wide, narrow, hopeful = (found_of.value if (found_of := coverage[name]) else 0.0 for name in JUDGES)
    assert narrow < hopeful < wide
    time = own_class(Overrun.TIME, found)
    assert time is not None
    assert time.factors[1] > 1.1
