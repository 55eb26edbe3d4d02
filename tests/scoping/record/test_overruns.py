"""What a decided proposal came to over what was signed: finished ones say it, of others only the least is known."""

from __future__ import annotations

import pytest

from scoping import Estimate, Proposal
from scoping.record import Actuals, Position, compared, read_actuals
from scoping.record.overruns import LEAST, Ratio, one_each, ratios
from scoping.record.own_classes import class_said, own_class
from scoping.record.reestimating import gains_as_signed
from scoping.reports.measured.figures import where_they_lie
from scoping.text.languages import ENGLISH
from scoping.vocabulary import ActualKind, Overrun, Timing
from tests.scoping.record.samples import BUILD, INDEX, NAME, OWN, SIGNED, actuals

COSTS = SIGNED.alternatives[INDEX].costs
ONCE = [n for n, each in enumerate(COSTS) if each.timing in (Timing.ONE_OFF, Timing.AT_START)]
MONEY = sum(COSTS[n].amount.p50 for n in ONCE)  # type: ignore[union-attr]


def paid(times: float, month: int = 3) -> list[tuple[str, int, float]]:
    return [(f"{OWN}.costs.{n}.amount", month, times * COSTS[n].amount.p50) for n in ONCE]  # type: ignore[union-attr]


def found(known: Actuals, signed: Proposal = SIGNED) -> dict[Overrun, tuple[float, bool]]:
    return {each.what: (each.value, each.at_least) for each in ratios("id", signed, known)}


@pytest.mark.parametrize("how", [{"stopped_month": 22}, {"through_month": 22}])
def test_a_build_that_is_not_finished_says_the_least_that_it_comes_to(how: dict[str, int]) -> None:
    known = found(actuals(*paid(1.4), **how))
    assert known == {Overrun.COST: (pytest.approx(1.4), True), Overrun.TIME: (pytest.approx(22 / 11), True)}


def test_what_went_live_and_was_stopped_in_use_was_finished() -> None:
    known = found(actuals((BUILD, 14, 14.0), *paid(1.4), stopped_month=20))
    assert known == {Overrun.COST: (pytest.approx(1.4), False), Overrun.TIME: (pytest.approx(14 / 11), False)}


def test_what_was_given_up_lies_nowhere_in_its_range_and_what_is_beyond_it_already_above() -> None:
    cheap, dear = (compared(SIGNED, actuals(*paid(times), stopped_month=9)) for times in (0.8, 9.0))
    assert {each.position for each in cheap if each.kind is ActualKind.COST} == {Position.GIVEN_UP}
    assert {each.position for each in dear if each.kind is ActualKind.COST} == {Position.ABOVE}
    assert {(each.months, each.of_months, each.is_settled) for each in cheap} == {(9, 9, False)}
    figure = where_they_lie(cheap, "EUR", ENGLISH)
    assert figure is not None
    assert "Nothing of it is finished" in figure.sentence


def test_what_is_in_use_though_nobody_said_since_when_says_nothing_of_its_build() -> None:
    assert Overrun.TIME not in found(actuals(*paid(1.4), (f"{OWN}.success_probability", 5, 1.0), through_month=30))
    assert Overrun.COST not in found(actuals(*paid(1.4), ("gain", 29, 10.0), through_month=30))


def test_a_finished_build_of_which_a_cost_was_never_entered_says_nothing_of_its_cost() -> None:
    assert Overrun.COST not in found(actuals((BUILD, 14, 14.0), *paid(1.4)[1:]))


def test_pieces_count_in_the_money_and_what_did_not_fall_due_cost_nothing() -> None:
    """Ten seats at 100 and a fine that may come, beside what was not foreseen: 1,600 over 1,000 and half of 1,000."""
    seats = COSTS[ONCE[0]].model_copy(update={"amount": Estimate.of(100), "pieces": Estimate.of(10)})
    fine = COSTS[ONCE[0]].model_copy(update={"amount": Estimate.of(1_000), "chance": Estimate.of(0.5)})
    own = SIGNED.alternatives[INDEX].model_copy(update={"costs": [seats, fine]})
    signed = SIGNED.model_copy(
        update={"alternatives": [*SIGNED.alternatives[:INDEX], own, *SIGNED.alternatives[INDEX + 1 :]]}
    )
    entries = [(f"{OWN}.costs.0.amount", 3, 1_100.0), (f"{OWN}.costs", 4, 500.0), (BUILD, 12, 11.0)]
    rows = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    known = read_actuals({"actuals_version": 1, "alternative": NAME, "entries": rows}, signed)
    assert found(known, signed)[Overrun.COST] == (pytest.approx(1_600 / 1_500), False)


@pytest.mark.parametrize("gain", [0.0, -500.0])
def test_a_gain_of_nothing_is_not_left_out(gain: float) -> None:
    known = actuals((BUILD, 11, 11.0), *(("gain", month, gain) for month in (24, 25)))
    assert found(known)[Overrun.BENEFIT] == (LEAST, False)


def test_a_gain_after_the_last_month_that_counts_is_held_against_nothing() -> None:
    start, last = (BUILD, 11, 11.0), SIGNED.returns.horizon_months or 0
    expected = gains_as_signed(SIGNED, actuals(start), [24])
    assert expected is not None
    known = found(actuals(start, ("gain", 24, expected), ("gain", last + 1, 9 * expected)))
    assert known[Overrun.BENEFIT] == (pytest.approx(1.0), False)


def test_a_project_that_was_begun_twice_counts_once_and_what_finished_comes_first() -> None:
    begun = [
        Ratio("a", Overrun.COST, 1.2, at_least=True),
        Ratio("a", Overrun.COST, 1.1),
        Ratio("a", Overrun.COST, 1.9),
        Ratio("b", Overrun.COST, 0.4, at_least=True),
        Ratio("b", Overrun.COST, 0.7, at_least=True),
        Ratio("b", Overrun.TIME, 3.0),
    ]
    assert one_each(begun, Overrun.COST) == [begun[1], begun[4]]


def test_a_class_says_how_many_it_knows_only_the_least_of() -> None:
    some = [Ratio(str(n), Overrun.COST, 1.2 + n / 10) for n in range(4)]
    more = [Ratio(f"s{n}", Overrun.COST, 1.6, at_least=True) for n in range(2)]
    alone, whole = own_class(Overrun.COST, some), own_class(Overrun.COST, [*some, *more])
    assert alone is not None and whole is not None  # noqa: PT018
    assert (whole.count, whole.unfinished) == (4, 2)
    assert whole.own > alone.own
    assert "2 more" in class_said(whole)
    assert own_class(Overrun.COST, [*some[:2], *more]) is None
    crowd = [Ratio(f"s{n}", Overrun.COST, 1.6, at_least=True) for n in range(60)]
    assert own_class(Overrun.COST, [*some, *crowd]) is None
