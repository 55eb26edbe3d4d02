"""What asks for attention is named, with its value, its limit and the reason in words."""

from __future__ import annotations

import pytest

from scoping import appraise
from scoping.record import Watch, read_actuals, watched
from scoping.record.intervals import wilson
from scoping.record.places import CONDITIONS, GUARDRAILS
from tests.scoping.record.samples import BUILD, INDEX, NAME, OWN, RECALL, SIGNED, actuals

EVEN = next(each for each in appraise(SIGNED).break_even if each.index == INDEX and each.metric == "recall")
LIMIT = EVEN.value or 0.0


def test_a_metric_on_the_losing_side_of_its_break_even_is_named_with_both() -> None:
    (signal,) = watched(SIGNED, actuals((BUILD, 11, 11.0), (RECALL, 12, LIMIT - 0.05)))
    assert signal.watch is Watch.BREAK_EVEN
    assert signal.limit == pytest.approx(LIMIT)
    assert "month 12" in signal.reason
    assert not watched(SIGNED, actuals((BUILD, 11, 11.0), (RECALL, 12, LIMIT + 0.01)))


def test_it_is_the_latest_value_that_counts() -> None:
    assert not watched(SIGNED, actuals((BUILD, 11, 11.0), (RECALL, 12, 0.1), (RECALL, 13, LIMIT + 0.01)))
    assert watched(SIGNED, actuals((BUILD, 11, 11.0), (RECALL, 12, 0.1), (RECALL, 13, LIMIT + 0.01)), month=12)


def test_a_few_cases_do_not_make_sure_of_it() -> None:
    for cases, is_sure in ((20, False), (20_000, True)):
        row = {"about": RECALL, "month": 12, "value": LIMIT - 0.03, "cases": cases}
        known = read_actuals({"actuals_version": 1, "alternative": NAME, "entries": [row]}, SIGNED)
        (signal,) = watched(SIGNED, known)
        assert signal.is_sure is is_sure


def test_a_broken_guardrail_and_a_broken_condition_are_named_and_kept_ones_are_not() -> None:
    conditions = ("Two weeks of shadow running", "Works council agrees")
    known = actuals(
        (str(GUARDRAILS / 0), 3, 0), (str(CONDITIONS / 0), 3, 1), (str(CONDITIONS / 1), 3, 0), conditions=conditions
    )
    found = watched(SIGNED, known, conditions=conditions)
    assert [each.watch for each in found] == [Watch.GUARDRAIL, Watch.CONDITION]
    assert SIGNED.problem.business_metric.guardrails[0] in found[0].reason
    assert conditions[1] in found[1].reason


def test_more_than_p90_is_named_even_before_it_is_over() -> None:
    found = watched(SIGNED, actuals((f"{OWN}.costs.0.amount", 3, 250_000.0)))
    assert [each.watch for each in found] == [Watch.OVERRUN]
    assert watched(SIGNED, actuals(through_month=20))[0].path == BUILD
    assert not watched(SIGNED, actuals(through_month=16))


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe 1998, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, table I,
    # method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_the_published_one(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)
